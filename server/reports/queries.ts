import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { Report } from './report.ts';

type Texts = Record<string, string>;

export interface YearRow {
  year: number;
  events: number;
  releasedAt: Temporal.Instant | null;
}

/** The years in which there are events of all, or of some networks, the latest first. */
export async function reportYears(db: Db, networkIds: readonly string[] | null): Promise<YearRow[]> {
  const { rows } = await sql<YearRow>`
    select y.year, y.events, case when ${networkIds === null} then r.released_at end as "releasedAt" from (
      select extract(year from e.starts_local)::int as year, count(*)::int as events from events e
      where e.published_at is not null and e.cancelled_at is null
        and (${networkIds === null} or e.network_id = any (${networkIds ?? []}::uuid[])) group by 1) y
      left join released_years r on r.year = y.year
    order by y.year desc limit 200`.execute(db);
  return rows;
}

export interface ReleasedYear {
  year: number;
  note: Texts;
  report: Report;
  releasedAt: Temporal.Instant;
}

/** A year as everybody may read it: the figures of the day on which it was released. */
export async function releasedYear(db: Db, year: number): Promise<ReleasedYear | undefined> {
  const row = await db.selectFrom('released_years').selectAll().where('year', '=', year).executeTakeFirst();
  return row && { year, note: row.note, report: row.report as Report, releasedAt: row.released_at };
}

/** The years that everybody may read, the latest first. */
export async function releasedYears(db: Db): Promise<number[]> {
  const rows = await db.selectFrom('released_years').select('year').orderBy('year', 'desc').limit(200).execute();
  return rows.map(({ year }) => year);
}

/** The series of an event; null when it stands alone. */
export async function seriesOf(db: Db, eventId: string): Promise<string | null> {
  const row = await db.selectFrom('events').select('series_id').where('id', '=', eventId).executeTakeFirst();
  return row?.series_id ?? null;
}

/** Some networks, or all, by name. */
export async function networksToReport(db: Db, ids: readonly string[] | null) {
  const { rows } = await sql<{ id: string; slug: string; name: Texts }>`
    select id, slug, name from networks where ${ids === null} or id = any (${ids ?? []}::uuid[]) order by slug limit 500`.execute(
    db,
  );
  return rows;
}
