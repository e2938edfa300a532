import type { RosterRow } from '../../server/organisations/people.ts';
import type { PageContext } from '../page.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';

export interface RosterProps {
  ctx: PageContext;
  organisation: { slug: string; name: string };
  people: RosterRow[];
  mayManage: boolean;
}

/** The people of an organisation, with what its managers may do for each. */
export function Roster({ ctx, organisation, people, mayManage }: RosterProps) {
  const { t } = ctx;
  const path = `/organisations/${organisation.slug}/people`;
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={organisation.name}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t('organisations.person.name')}</th>
            <th scope="col">{t('organisations.person.title')}</th>
            <th scope="col">{t('organisations.person.email')}</th>
            {mayManage && <td />}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.affiliationId}>
              <th scope="row">
                <a href={`/people/${person.personId}`}>{person.name}</a>{' '}
                {person.isContact && <span class="tag">{t('organisations.person.contact')}</span>}
              </th>
              <td>{person.title}</td>
              <td>{person.email ?? '–'}</td>
              {mayManage && (
                <td class="row-actions">
                  <PostForm
                    action={`${path}/${person.affiliationId}/contact`}
                    inline
                    hidden={{ isContact: person.isContact ? 'off' : 'on' }}
                  >
                    <Button
                      kind="quiet"
                      small
                      label={
                        person.isContact
                          ? t('organisations.person.endContactOf', { name: person.name })
                          : t('organisations.person.makeContactOf', { name: person.name })
                      }
                    >
                      {person.isContact ? t('organisations.person.endContact') : t('organisations.person.makeContact')}
                    </Button>
                  </PostForm>
                  <ButtonLink
                    href={`${path}/${person.affiliationId}`}
                    kind="quiet"
                    small
                    label={t('organisations.person.editOf', { name: person.name })}
                  >
                    {t('organisations.person.edit')}
                  </ButtonLink>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
