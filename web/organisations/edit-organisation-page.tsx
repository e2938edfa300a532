import { KINDS, MEMBERSHIPS } from '../../server/organisations/rules.ts';
import { Layout } from '../layout.tsx';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { CheckboxList } from '../ui/choice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { chosen, countryOptions, networkName, typed } from './words.ts';

export interface EditOrganisationPageProps {
  ctx: PageContext;
  /** Absent for a new one. */
  organisation?: { slug: string; name: string };
  /** What stands in the fields: the organisation's, or what was typed. */
  values: Record<string, unknown>;
  networks: { id: string; name: Record<string, string> }[];
  /** Whether its standing in the network may be changed too. */
  mayRun: boolean;
  errors?: FieldError[];
}

export function EditOrganisationPage({ ctx, organisation, values, networks, mayRun, errors = [] }: EditOrganisationPageProps) {
  const { t } = ctx;
  const back = organisation ? `/organisations/${organisation.slug}` : '/organisations';
  const text = (name: string) => ({ ctx, errors, name, value: typed(values, name) });
  return (
    <Layout
      ctx={ctx}
      title={organisation ? t('organisations.edit.title', { name: organisation.name }) : t('organisations.new.title')}
      width="text"
      errors={errors}
      breadcrumbs={[
        { words: t('organisations.list.title'), href: '/organisations' },
        ...(organisation ? [{ words: organisation.name, href: back }] : []),
      ]}
    >
      <PostForm action={organisation ? `${back}/edit` : '/organisations/new'}>
        <TextInput {...text('name')} label={t('organisations.field.name')} required maxlength={200} />
        {mayRun && (
          <Select
            {...text('country')}
            label={t('organisations.field.country')}
            required
            empty
            options={countryOptions(ctx.language)}
            size="medium"
          />
        )}
        <TextInput
          {...text('languages')}
          label={t('organisations.field.languages')}
          hint={t('organisations.field.languagesHint')}
          size="medium"
        />
        <TextInput
          {...text('zone')}
          label={t('organisations.field.zone')}
          hint={t('organisations.field.zoneHint')}
          required
          size="medium"
          spellcheck={false}
        />
        <TextInput {...text('latitude')} label={t('organisations.field.latitude')} inputmode="decimal" size="short" />
        <TextInput {...text('longitude')} label={t('organisations.field.longitude')} inputmode="decimal" size="short" />
        <TextInput {...text('population')} label={t('organisations.field.population')} inputmode="numeric" size="short" />
        {mayRun && (
          <>
            <Select
              {...text('kind')}
              label={t('organisations.field.kind')}
              required
              size="medium"
              options={KINDS.map((value) => ({ value, words: t(`organisations.kind.${value}`) }))}
            />
            <Select
              {...text('membership')}
              label={t('organisations.field.membership')}
              required
              size="medium"
              options={MEMBERSHIPS.map((value) => ({ value, words: t(`organisations.membership.${value}`) }))}
            />
            <TextInput {...text('memberSince')} label={t('organisations.field.memberSince')} inputmode="numeric" size="short" />
            {networks.length > 0 && (
              <CheckboxList
                ctx={ctx}
                errors={errors}
                name="networkIds"
                label={t('organisations.field.networks')}
                values={chosen(values, 'networkIds')}
                options={networks.map((network) => ({ value: network.id, words: networkName(ctx, network.name) }))}
              />
            )}
          </>
        )}
        <ButtonRow>
          <Button>{organisation ? t('organisations.edit.save') : t('organisations.new.create')}</Button>
          <ButtonLink href={back} kind="quiet">
            {t('organisations.edit.cancel')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}
