import { Layout } from '../layout.tsx';
import { formatNumber } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import { ButtonLink } from '../ui/button.tsx';

interface Props {
  ctx: PageContext;
  /** How many rows each table holds of this person; none are left out. */
  counts: { table: string; count: number }[];
}

/** What is held of the person who asks: how much of what, all of it to take along, and the way out. */
export function MyDataPage({ ctx, counts }: Props) {
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      title={t('personalData.title')}
      width="text"
      breadcrumbs={[{ words: t('accounts.account.title'), href: '/account' }]}
    >
      <p>{t('personalData.lead')}</p>
      <ul>
        {grouped(counts).map(({ group, count }) => (
          <li key={group}>
            {t(`personalData.group.${group}`)}: {formatNumber(count, ctx.language)}
          </li>
        ))}
      </ul>
      <ButtonLink href="/account/data.json" kind="secondary">
        {t('personalData.download')}
      </ButtonLink>
      <section aria-labelledby="erasure">
        <h2 id="erasure">{t('personalData.erasure.heading')}</h2>
        <p>{t('personalData.erasure.lead')}</p>
        <ButtonLink href="/account/erasure" kind="danger">
          {t('personalData.erasure.ask')}
        </ButtonLink>
      </section>
    </Layout>
  );
}

// By table, what it is about in words that everybody knows.
const GROUPS = {
  profile: ['people', 'affiliations', 'roles', 'changes'],
  signIns: ['sign_in_links', 'sign_ins', 'sign_in_addresses', 'api_tokens'],
  registrations: ['registrations', 'registration_links', 'delegation_drafts', 'payments', 'check_ins', 'files', 'visa_letters'],
  mail: ['sends', 'bounces', 'suppressions', 'unsubscriptions', 'invitations', 'invitation_answers'],
  calendars: ['calendar_entries', 'calendar_answers', 'calendar_feeds'],
  answers: ['askings', 'named_answers', 'named_answer_versions'],
  juries: ['jury_members', 'reviews', 'conflicts', 'conflict_declarations', 'ballots', 'deliberation_notes'],
  other: ['session_speakers', 'documents', 'entry_authors'],
} as const;
const NAMES = Object.keys(GROUPS) as (keyof typeof GROUPS)[];

function grouped(counts: Props['counts']) {
  const of = new Map(counts.map(({ table, count }) => [table, count]));
  return NAMES.map((group) => ({ group, count: GROUPS[group].reduce((sum, table) => sum + (of.get(table) ?? 0), 0) })).filter(
    ({ count }) => count > 0,
  );
}
