import type { EventChangeRow } from '../../server/events/history.ts';
import type { EventDetails } from '../../server/events/queries.ts';
import type { Page } from '../../server/http/cursor.ts';
import { formatInstant } from '../locales/format.ts';
import { translateCode } from '../locales/translate.ts';
import type { PageContext } from '../page.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Timeline } from '../ui/facts.tsx';
import { Pager } from '../ui/pager.tsx';
import { Happened } from '../ui/when.tsx';
import { differences } from './differences.ts';
import { OfficeFrame } from './office-frame.tsx';

export interface HistoryPageProps {
  ctx: PageContext;
  event: EventDetails;
  page: Page<EventChangeRow>;
  later: boolean;
}

/** Who changed what of the event and when, before and after, in words. */
export function HistoryPage({ ctx, event, page, later }: HistoryPageProps) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/history`;
  return (
    <OfficeFrame ctx={ctx} event={event} title={t('events.office.tab.history')} lead={t('events.history.lead')} tab="history">
      {page.items.length === 0 ? (
        <EmptyState title={t('events.history.none')} />
      ) : (
        <Timeline
          label={t('events.office.tab.history')}
          moments={page.items.map((change) => ({
            key: change.id,
            what: translateCode(ctx.language, `events.change.${change.action}`) ?? change.action,
            by: change.actor?.name ?? t('events.history.system'),
            when: <Happened ctx={ctx} at={change.at} />,
            children: <Differences ctx={ctx} change={change} event={event} />,
          }))}
        />
      )}
      <Pager ctx={ctx} first={later ? path : null} next={page.next && `${path}?cursor=${encodeURIComponent(page.next)}`} />
    </OfficeFrame>
  );
}

function Differences({ ctx, change, event }: { ctx: PageContext; change: EventChangeRow; event: EventDetails }) {
  const lines = differences(ctx, change, event.currency);
  if (lines.length === 0) return null;
  return (
    <ul class="changes">
      {lines.map((line) => (
        <li key={`${line.field} ${line.language ?? ''}`}>
          {line.field}
          {line.language && ` (${line.language})`}:{' '}
          {line.before !== null && (
            <>
              {line.before ? (
                <del class="changes-before">{line.before}</del>
              ) : (
                <span class="changes-before">{ctx.t('events.history.nothing')}</span>
              )}{' '}
              <span aria-hidden="true">→</span>{' '}
            </>
          )}
          <ins>{line.after || ctx.t('events.history.nothing')}</ins>
        </li>
      ))}
    </ul>
  );
}

/** The last change, for the overview. */
export function lastChange(ctx: PageContext, change: EventChangeRow | undefined): string {
  if (!change) return '';
  const what = translateCode(ctx.language, `events.change.${change.action}`) ?? change.action;
  return [what, change.actor?.name, formatInstant(change.at, ctx.language, ctx.zone)].filter(Boolean).join(' · ');
}
