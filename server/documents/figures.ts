import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { DocumentKind } from '../../db/tables/documents.ts';
import { type Occasion } from './occasions.ts';
import { PRESENT } from './presence.ts';
import { kindsOf } from './rules.ts';

export interface Figures {
  kinds: { kind: DocumentKind; entitled: number; issued: number }[];
  /** Who would get a badge. */
  badges: number;
  visasAsked: number;
}

/** How many have a right to each kind, and how many were issued. One query. */
export async function overviewOf(db: Db, occasion: Occasion): Promise<Figures> {
  const { id, of } = occasion;
  const counts =
    of === 'event'
      ? sql`
        select (select count(distinct (registration_id, person_id))::int from ${PRESENT} h where h.event_id = ${id}) as attendance,
          (select count(*)::int from registrations where event_id = ${id} and state = 'confirmed') as participation,
          (select count(*)::int from visa_letters where event_id = ${id} and state = 'approved') as visa,
          (select count(*)::int from visa_letters where event_id = ${id} and state = 'asked') as asked`
      : sql`
        select count(*) filter (where kind = 'laureate')::int as laureate, count(*) filter (where kind = 'mention')::int as mention,
          count(*) filter (where kind = 'shortlisted')::int as finalist,
          (select count(*)::int from jury_members where call_id = ${id} and ended_at is null) as thanks
        from decisions where call_id = ${id} and revoked_at is null and entry_id is not null`;
  const column = sql.ref(of === 'event' ? 'event_id' : 'call_id');
  const { rows } = await sql<{ counts: Record<string, number>; issued: Record<string, number> }>`
    select (select to_jsonb(c) from (${counts}) c) as counts,
      coalesce((select jsonb_object_agg(kind, n) from (
        select kind, count(*)::int as n from documents where ${column} = ${id} and revoked_at is null group by kind) i), '{}') as issued`.execute(
    db,
  );
  const { counts: entitled = {}, issued = {} } = rows[0] ?? {};
  return {
    kinds: kindsOf(occasion).map((kind) => ({ kind, entitled: entitled[kind] ?? 0, issued: issued[kind] ?? 0 })),
    badges: entitled.participation ?? 0,
    visasAsked: entitled.asked ?? 0,
  };
}
