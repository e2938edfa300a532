import type { Member } from '../../server/mailings/audience.ts';
import { type Audience, INVITATION_RULES, PEOPLE_ROLES, REGISTRATION_RULES } from '../../server/mailings/input.ts';
import type { Mailing } from '../../server/mailings/queries.ts';
import type { Readiness } from '../../server/mailings/readiness.ts';
import { Layout } from '../layout.tsx';
import { countryName, languageName } from '../locales/format.ts';
import { LANGUAGES } from '../locales/languages.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { CheckboxList } from '../ui/choice.tsx';
import { Pager } from '../ui/pager.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { type Option, Select } from '../ui/select.tsx';
import { Table } from '../ui/table.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { Check } from './mailing-page.tsx';
import { crumbs, HOME } from './words.ts';

export interface AudiencePageProps {
  ctx: PageContext;
  mailing: Mailing;
  audience: Audience;
  /** As typed, where it could not be understood. */
  countries: string;
  networks: Option[];
  events: Option[];
  readiness: Readiness;
  members: Member[];
  next: string | null;
  errors?: FieldError[];
}

/** Whom a mailing is for: the rules, how many that is, and who. */
export function AudiencePage(props: AudiencePageProps) {
  const { ctx, mailing, members, readiness, next, errors = [] } = props;
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      title={t('mailings.audience.title')}
      lead={t('mailings.audience.lead')}
      errors={errors}
      breadcrumbs={crumbs(ctx, mailing)}
    >
      <Check ctx={ctx} mailing={mailing} readiness={readiness} />
      <Rules {...props} />
      <div>
        <h2>{t('mailings.audience.behind')}</h2>
        <Table
          ctx={ctx}
          caption={t('mailings.audience.behind')}
          captionUnseen
          rows={members}
          rowKey={(row) => row.personId}
          columns={[
            { key: 'name', words: t('mailings.audience.person'), cell: (row) => row.name },
            {
              key: 'organisation',
              words: t('mailings.audience.organisation'),
              cell: (row) =>
                row.organisation
                  ? `${row.organisation}${row.country ? ` (${countryName(row.country, ctx.language)})` : ''}`
                  : '–',
            },
            { key: 'language', words: t('mailings.audience.language'), cell: (row) => languageName(row.language, ctx.language) },
            {
              key: 'zone',
              words: t('mailings.audience.zone'),
              cell: (row) => (row.reachable ? row.zone : t('mailings.audience.noAddress')),
            },
          ]}
        />
        <Pager ctx={ctx} next={next} />
      </div>
    </Layout>
  );
}

function Rules({ ctx, mailing, audience, countries, networks, events, errors = [] }: AudiencePageProps) {
  const { t } = ctx;
  const many = (
    name: 'kinds' | 'memberships' | 'networks' | 'languages' | 'roles' | 'attended' | 'notAttended',
    options: Option[],
  ) =>
    options.length > 0 && (
      <CheckboxList
        ctx={ctx}
        name={name}
        label={t(`mailings.audience.${name}`)}
        options={options}
        values={audience[name]}
        unmarked
        errors={errors}
      />
    );
  const one = (name: 'registration' | 'invitation' | 'answered' | 'fee', options: Option[]) => (
    <Select
      ctx={ctx}
      name={name}
      label={t(`mailings.audience.${name}`)}
      empty={t('mailings.audience.any')}
      value={audience[name]}
      options={options}
      unmarked
      errors={errors}
    />
  );
  return (
    <PostForm action={`${HOME}/${mailing.id}/audience`}>
      {many(
        'roles',
        PEOPLE_ROLES.map((role) => ({ value: role, words: t(`mailings.role.${role}`) })),
      )}
      {many(
        'kinds',
        (['city', 'university', 'association', 'other'] as const).map((kind) => ({
          value: kind,
          words: t(`organisations.kind.${kind}`),
        })),
      )}
      {many(
        'memberships',
        (['member', 'candidate', 'former', 'none'] as const).map((one) => ({
          value: one,
          words: t(`organisations.membership.${one}`),
        })),
      )}
      {many('networks', networks)}
      <TextInput ctx={ctx} name="countries" label={t('mailings.audience.countries')} value={countries} unmarked errors={errors} />
      {many(
        'languages',
        LANGUAGES.map((tag) => ({ value: tag, words: languageName(tag, ctx.language) })),
      )}
      {mailing.eventId !== null &&
        one(
          'registration',
          REGISTRATION_RULES.map((rule) => ({ value: rule, words: t(`mailings.registration.${rule}`) })),
        )}
      {mailing.eventId !== null &&
        one(
          'invitation',
          INVITATION_RULES.map((rule) => ({ value: rule, words: t(`mailings.invited.${rule}`) })),
        )}
      {mailing.questionnaireId !== null &&
        mailing.kind !== 'questionnaire' &&
        one(
          'answered',
          (['yes', 'no'] as const).map((rule) => ({ value: rule, words: t(`mailings.answered.${rule}`) })),
        )}
      {many('attended', events)}
      {many('notAttended', events)}
      {mailing.reach !== 'event' &&
        one(
          'fee',
          (['paid', 'unpaid'] as const).map((rule) => ({ value: rule, words: t(`mailings.fee.${rule}`) })),
        )}
      {mailing.reach !== 'event' && (
        <TextInput
          ctx={ctx}
          name="feeYear"
          type="number"
          size="short"
          label={t('mailings.audience.feeYear')}
          value={audience.feeYear}
          unmarked
          errors={errors}
        />
      )}
      <ButtonRow>
        <Button>{t('mailings.audience.save')}</Button>
      </ButtonRow>
    </PostForm>
  );
}
