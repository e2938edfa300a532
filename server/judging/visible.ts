import { type RawBuilder, sql } from 'kysely';

/** The states in which an entry is before the jury or was. */
export const JUDGED = ['submitted', 'eligible', 'shortlisted', 'laureate', 'mention', 'not-selected'] as const;

/**
 * Which entries (as `n`) a juror reaches as juror: those they were given, and in an open final those that are shortlisted; never
 * one they are in conflict with, and nothing once their seat is taken back. Every query of the desk goes through it.
 */
export function visibleTo(personId: string): RawBuilder<boolean> {
  return sql<boolean>`(
    n.state = any (${sql.val([...JUDGED])}::text[])
    and exists (select from jury_members m where m.call_id = n.call_id and m.person_id = ${personId} and m.seat = 'juror' and m.ended_at is null)
    and (exists (select from assignments a where a.entry_id = n.id and a.person_id = ${personId} and a.withdrawn_at is null)
      or (n.state = 'shortlisted' and exists (select from rounds r where r.call_id = n.call_id and r.kind = 'final' and r.closed_at is null)))
    and not exists (select from juror_conflicts x where x.call_id = n.call_id and x.entry_id = n.id and x.person_id = ${personId}))`;
}

/** Whether an entry (as `n`) is in the final or was, also once it is a laureate; not when it was taken out again. */
export const FINALIST: RawBuilder<boolean> = sql<boolean>`(n.state = 'shortlisted' or exists (select from decisions d
  where d.entry_id = n.id and d.kind = 'shortlisted' and (d.revoked_at is null
    or exists (select from decisions l where l.entry_id = n.id and l.id <> d.id and l.decided_at >= d.revoked_at))))`;
