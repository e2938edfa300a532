import type { EventDetails } from '../../server/events/queries.ts';
import type { Report, ReportedEvent } from '../../server/reports/report.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import type { PageContext } from '../page.ts';
import { ReportFiles } from './report-files.tsx';
import { Events, ReportParts } from './report-parts.tsx';

export interface EventReportPageProps {
  ctx: PageContext;
  event: EventDetails;
  report: Report;
  /** The event with the editions before it, the first one first; empty when it stands alone. */
  editions: ReportedEvent[];
}

/** What an event came to. */
export function EventReportPage({ ctx, event, report, editions }: EventReportPageProps) {
  const { t } = ctx;
  return (
    <OfficeFrame ctx={ctx} event={event} title={t('reports.event')} lead={t('reports.eventLead')} tab="report">
      <ReportParts ctx={ctx} report={report} one />
      {editions.length > 1 && <Events ctx={ctx} events={editions} caption={t('reports.editions')} />}
      <ReportFiles ctx={ctx} path={`/back-office/events/${event.slug}/report`} />
    </OfficeFrame>
  );
}
