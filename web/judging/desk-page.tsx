import type { DeskCall, DeskRow } from '../../server/judging/desk.ts';
import type { ScoringRound } from '../../server/judging/found.ts';
import { Layout } from '../layout.tsx';
import { countryName, formatMoment } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Card, Cards, Progress } from '../ui/facts.tsx';
import { ListTools } from '../ui/list-tools.tsx';
import { Notice } from '../ui/notice.tsx';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { type CallInJudging, langOf, read } from './words.ts';

/** The calls that somebody judges. */
export function DesksPage({ ctx, calls }: { ctx: PageContext; calls: DeskCall[] }) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} title={t('judging.desk.title')} lead={t('judging.desk.lead')}>
      {calls.length === 0 ? (
        <p class="empty">{t('judging.desk.none')}</p>
      ) : (
        <>
          <h2 class="unseen">{t('judging.tabs.label')}</h2>
          <Cards>
            {calls.map((call) => {
              const title = read(ctx, call.title, call.defaultLanguage);
              return (
                <Card key={call.slug} title={title.text} lang={langOf(ctx, title)} href={`/desk/${call.slug}`}>
                  <Progress ctx={ctx} label={t('judging.desk.handedIn')} value={call.submitted} total={call.entries} />
                </Card>
              );
            })}
          </Cards>
        </>
      )}
    </Layout>
  );
}

export interface DeskPageProps {
  ctx: PageContext;
  call: CallInJudging & { scoring: ScoringRound };
  entries: DeskRow[];
  q: string;
  /** Whether the ballot of the final is open. */
  ballot?: boolean;
  errors?: FieldError[];
}

/** What a juror was given, what is done, and where to go on. */
export function DeskPage({ ctx, call, entries, q, ballot, errors }: DeskPageProps) {
  const { t } = ctx;
  const title = read(ctx, call.title, call.defaultLanguage);
  const done = entries.filter((entry) => entry.submittedAt).length;
  const next = entries.find((entry) => !entry.submittedAt);
  const href = (entry: DeskRow) => `/desk/${call.slug}/${entry.code}`;
  return (
    <Layout
      ctx={ctx}
      title={title.text}
      titleLang={langOf(ctx, title)}
      kicker={t('judging.desk.title')}
      breadcrumbs={[{ words: t('judging.desk.title'), href: '/desk' }]}
      errors={errors}
      actions={
        next &&
        !call.scoring.closedAt && (
          <ButtonLink href={href(next)}>{done === 0 ? t('judging.desk.begin') : t('judging.desk.goOn')}</ButtonLink>
        )
      }
    >
      {ballot && (
        <Notice title={t('judging.ballot.nowOpen')}>
          <p>
            <a href={`/desk/${call.slug}/ballot`}>{t('judging.ballot.toIt')}</a>
          </p>
        </Notice>
      )}
      {call.scoring.wishes && (
        <Notice title={t('judging.wishes.title')}>
          <p>
            <a href={`/desk/${call.slug}/wishes`}>{t('judging.wishes.toIt')}</a>
          </p>
        </Notice>
      )}
      {entries.length > 0 && (done < entries.length || call.scoring.closedAt) && <ScoringUntil ctx={ctx} call={call} />}
      <p>
        <a href={`/desk/${call.slug}/conflicts`}>{t('judging.conflicts.toIt')}</a>
      </p>
      {entries.length === 0 && !q ? (
        <p class="empty">{t('judging.desk.nothingYet')}</p>
      ) : (
        <>
          <Progress ctx={ctx} label={t('judging.desk.handedIn')} value={done} total={entries.length} />
          <ListTools ctx={ctx} action={`/desk/${call.slug}`} search={q} searchLabel={t('judging.desk.search')} />
          <Table
            ctx={ctx}
            caption={t('judging.desk.entries')}
            captionUnseen
            rows={entries}
            rowKey={(entry) => entry.code}
            columns={[
              {
                key: 'title',
                words: t('judging.field.entry'),
                cell: (entry) => {
                  const name = read(ctx, entry.title, entry.language);
                  return (
                    <a href={href(entry)} lang={langOf(ctx, name)}>
                      {name.text}
                    </a>
                  );
                },
              },
              {
                key: 'city',
                words: t('judging.field.city'),
                cell: (entry) => `${entry.organisation.name}, ${countryName(entry.organisation.country, ctx.language)}`,
              },
              { key: 'code', words: t('judging.field.code'), cell: (entry) => entry.code },
              { key: 'state', words: t('judging.field.state'), cell: (entry) => <DeskState ctx={ctx} entry={entry} /> },
            ]}
          />
        </>
      )}
    </Layout>
  );
}

/** Until when this juror is asked to score, or that it is over. */
export function ScoringUntil({ ctx, call }: { ctx: PageContext; call: CallInJudging & { scoring: ScoringRound } }) {
  const { t } = ctx;
  const { endsAt, closedAt } = call.scoring;
  if (closedAt)
    return <Notice>{t('judging.scoring.closedDesk', { when: formatMoment(closedAt, call.zone, ctx.language) })}</Notice>;
  return endsAt && <p>{t('judging.scoring.until', { when: formatMoment(endsAt, call.zone, ctx.language) })}</p>;
}

function DeskState({ ctx, entry }: { ctx: PageContext; entry: DeskRow }) {
  if (entry.submittedAt) return <Tag tone="good">{ctx.t('judging.state.handedIn')}</Tag>;
  if (entry.scored > 0) return <Tag tone="wait">{ctx.t('judging.state.begun', { n: entry.scored })}</Tag>;
  return <Tag tone="new">{ctx.t('judging.state.new')}</Tag>;
}
