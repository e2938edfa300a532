import type { PersonRow, rolesOf } from '../../server/organisations/people.ts';
import { Layout } from '../layout.tsx';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { PersonFields } from './add-person-page.tsx';
import { Affiliations } from './people-page.tsx';
import { networkName, said, typed } from './words.ts';

export interface PersonPageProps {
  ctx: PageContext;
  person: PersonRow;
  values: Record<string, unknown>;
  mayChange: boolean;
  /** Roles and who may give them: for the secretariat alone. */
  roles: Awaited<ReturnType<typeof rolesOf>>;
  grantable: string[];
  networks: { id: string; name: Record<string, string> }[];
  errors?: FieldError[];
}

/** A person: profile, organisations, roles. */
export function PersonPage({ ctx, person, values, mayChange, roles, grantable, networks, errors = [] }: PersonPageProps) {
  const { t } = ctx;
  const path = `/people/${person.id}`;
  return (
    <Layout
      ctx={ctx}
      title={person.name}
      width="text"
      errors={errors}
      breadcrumbs={grantable.length > 0 ? [{ words: t('organisations.people.title'), href: '/people' }] : undefined}
    >
      <section aria-labelledby="organisations">
        <h2 id="organisations">{t('organisations.people.organisations')}</h2>
        <Affiliations ctx={ctx} person={person} />
      </section>
      <section aria-labelledby="profile">
        <h2 id="profile">{t('organisations.page.profile')}</h2>
        {mayChange ? (
          <PostForm action={path}>
            <PersonFields ctx={ctx} values={values} errors={errors} />
            <Button>{t('organisations.edit.save')}</Button>
          </PostForm>
        ) : (
          <>
            <p>{person.email}</p>
            <p class="hint">{person.joined ? t('organisations.person.joined') : t('organisations.person.theirs')}</p>
          </>
        )}
      </section>
      {grantable.length > 0 && (
        <section aria-labelledby="roles">
          <h2 id="roles">{t('organisations.people.roles')}</h2>
          {roles.length === 0 && <p class="empty">{t('organisations.people.noRoles')}</p>}
          <ul class="plain-list">
            {roles.map((role) => (
              <li key={role.id}>
                {said(ctx, 'role', role.role)} {role.network && `(${networkName(ctx, role.network)})`}{' '}
                {grantable.includes(role.role) && (
                  <PostForm action={`${path}/roles/${role.id}/removal`} inline>
                    <Button kind="quiet" small label={t('organisations.people.revokeOf', { role: said(ctx, 'role', role.role) })}>
                      {t('organisations.people.revoke')}
                    </Button>
                  </PostForm>
                )}
              </li>
            ))}
          </ul>
          <PostForm action={`${path}/roles`} label={t('organisations.people.grant')}>
            <Select
              ctx={ctx}
              errors={errors}
              name="role"
              label={t('organisations.people.role')}
              required
              empty
              size="medium"
              value={typed(values, 'role')}
              options={grantable
                .filter((role) => role === 'admin' || role === 'secretariat' || role === 'coordinator')
                .map((role) => ({ value: role, words: said(ctx, 'role', role) }))}
            />
            <Select
              ctx={ctx}
              errors={errors}
              name="scopeId"
              label={t('organisations.people.scope')}
              empty
              size="medium"
              value={typed(values, 'scopeId')}
              options={networks.map((network) => ({ value: network.id, words: networkName(ctx, network.name) }))}
            />
            <Button kind="secondary">{t('organisations.people.grant')}</Button>
          </PostForm>
        </section>
      )}
      {grantable.includes('admin') && (
        <section aria-labelledby="personal-data">
          <h2 id="personal-data">{t('personalData.heading')}</h2>
          <p>{t('personalData.forPerson')}</p>
          <ButtonRow>
            <ButtonLink kind="secondary" href={`${path}/data.json`}>
              {t('personalData.download')}
            </ButtonLink>
            <ButtonLink kind="danger" href={`${path}/erasure`}>
              {t('personalData.erasure.askFor')}
            </ButtonLink>
          </ButtonRow>
        </section>
      )}
    </Layout>
  );
}
