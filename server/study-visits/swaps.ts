import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { HELD } from './held.ts';

export interface OpenSwap {
  id: string;
  gives: string;
  wants: string;
  /** They proposed it themselves; else they may accept it. */
  own: boolean;
  proposedAt: Temporal.Instant;
}

/** The open proposals that concern somebody: their own, and those for a visit they have by people who have it yet. */
export async function swapsFor(
  db: Db,
  { registration, event, visits }: { registration: string; event: string; visits: string[] },
): Promise<OpenSwap[]> {
  const { rows } = await sql<OpenSwap>`
    select x.id, x.gives, x.wants, x.registration_id = ${registration} as own, x.proposed_at as "proposedAt"
    from visit_swaps x join registrations r on r.id = x.registration_id and r.state = 'confirmed'
    where x.event_id = ${event} and x.accepted_at is null and x.withdrawn_at is null
      and (x.registration_id = ${registration} or (x.wants = any (${visits}::uuid[]) and not x.gives = any (${visits}::uuid[])))
      and exists (select from ${HELD} c where c.session_id = x.gives and c.registration_id = x.registration_id)
    order by x.proposed_at, x.id limit 100`.execute(db);
  return rows;
}
