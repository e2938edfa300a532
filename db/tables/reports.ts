import type { Generated } from 'kysely';
import type { Jsonb, Texts } from './base.ts';

export interface ReleasedYearsTable {
  id: Generated<string>;
  year: number;
  note: Texts;
  /** As `server/reports/report.ts` made it when it was released. */
  report: Jsonb<unknown>;
  released_at: Temporal.Instant;
  released_by: string | null;
}

export interface ReportsTables {
  released_years: ReleasedYearsTable;
}
