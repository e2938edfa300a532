import type { CalendarAnswer } from '../../db/tables/calendars.ts';
import { ANSWERS, VERDICTS } from '../../server/calendars/input.ts';
import type { AnswerRow, EntryAnswer } from '../../server/calendars/queries.ts';
import type { EventDetails } from '../../server/events/queries.ts';
import type { Page } from '../../server/http/cursor.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import type { FieldError, PageContext } from '../page.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Stats } from '../ui/facts.tsx';
import { ListTools } from '../ui/list-tools.tsx';
import { Pager } from '../ui/pager.tsx';
import { at, queryOf } from '../ui/query.ts';
import { Table } from '../ui/table.tsx';
import { Tag, type Tone } from '../ui/tag.tsx';
import { Happened } from '../ui/when.tsx';

interface Props {
  ctx: PageContext;
  event: EventDetails;
  page: Page<AnswerRow>;
  counts: Record<CalendarAnswer | 'none', number>;
  filter: { verdict?: string; answer?: string; registrationId?: string };
  /** Whether answers are read at all. */
  read: boolean;
  later: boolean;
  errors?: FieldError[];
}

const TONES: Record<CalendarAnswer, Tone> = { accepted: 'good', declined: 'bad', tentative: 'wait', delegated: 'wait' };

/** What the participants' calendar programs said, the latest first: also what did not count, for somebody to look at. */
export function AnswersPage({ ctx, event, page, counts, filter, read, later, errors = [] }: Props) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/calendar-answers`;
  const query = queryOf(filter);
  return (
    <OfficeFrame ctx={ctx} event={event} title={t('calendars.answers.title')} lead={t('calendars.answers.lead')} errors={errors}>
      {!read && <p>{t('calendars.answers.off')}</p>}
      <Stats
        ctx={ctx}
        stats={[...ANSWERS, 'none' as const].map((answer) => ({
          words: t(`calendars.answer.${answer}`),
          value: counts[answer],
          href: answer === 'none' ? undefined : at(path, queryOf({ ...filter, answer })),
        }))}
      />
      <ListTools
        ctx={ctx}
        action={path}
        filters={[
          {
            name: 'answer',
            label: t('calendars.answers.answer'),
            value: filter.answer,
            options: ANSWERS.map((value) => ({ value, words: t(`calendars.answer.${value}`) })),
          },
          {
            name: 'verdict',
            label: t('calendars.answers.verdict'),
            value: filter.verdict,
            options: VERDICTS.map((value) => ({ value, words: t(`calendars.verdict.${value}`) })),
          },
        ]}
        hidden={{ registrationId: filter.registrationId }}
      />
      <div data-list>
        {page.items.length === 0 ? (
          <EmptyState title={t('calendars.answers.empty')} />
        ) : (
          <Table
            ctx={ctx}
            caption={t('calendars.answers.title')}
            captionUnseen
            rows={page.items}
            rowKey={(row) => row.id}
            columns={[
              {
                key: 'who',
                words: t('calendars.answers.who'),
                cell: ({ registration, attendee }) =>
                  registration ? (
                    <a href={`/back-office/events/${event.slug}/registrations/${registration.id}`}>{registration.name}</a>
                  ) : (
                    attendee || '–'
                  ),
              },
              {
                key: 'answer',
                words: t('calendars.answers.answer'),
                cell: ({ answer }) => (answer ? <Tag tone={TONES[answer]}>{t(`calendars.answer.${answer}`)}</Tag> : '–'),
              },
              { key: 'verdict', words: t('calendars.answers.verdict'), cell: (row) => t(`calendars.verdict.${row.verdict}`) },
              { key: 'when', words: t('calendars.answers.when'), cell: (row) => <Happened ctx={ctx} at={row.receivedAt} /> },
              { key: 'sender', words: t('calendars.answers.sender'), cell: (row) => row.sender || '–' },
              { key: 'comment', words: t('calendars.answers.comment'), cell: (row) => row.comment || '–' },
            ]}
          />
        )}
        <Pager
          ctx={ctx}
          first={later ? at(path, query) : null}
          next={page.next && `${path}?${query ? `${query}&` : ''}cursor=${encodeURIComponent(page.next)}`}
        />
      </div>
    </OfficeFrame>
  );
}

/** What somebody's calendar program answered; nothing where it is silent. */
export function AnswerTag({ ctx, entry }: { ctx: PageContext; entry: EntryAnswer | undefined }) {
  if (!entry?.answer) return null;
  const { t } = ctx;
  const words = t(`calendars.answer.${entry.answer}`);
  return (
    <Tag tone={entry.outdated ? 'off' : TONES[entry.answer]}>
      <span class="unseen">{t('calendars.answers.inCalendar')}: </span>
      {entry.outdated ? t('calendars.answers.earlier', { answer: words }) : words}
    </Tag>
  );
}
