import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';

/** Whom a release concerns: who has something else than before, and, the first time, everybody who wished something. */
export async function concernedBy(db: Db, allocationId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select i.registration_id as id from allocation_people i join allocations a on a.id = i.allocation_id
    join registrations r on r.id = i.registration_id and r.state = 'confirmed'
    where a.id = ${allocationId} and a.released_at is not null and (
      array(select unnest(i.visits) order by 1) <> array(select unnest(coalesce(i.before, '{}')) order by 1)
      or (not exists (select from allocations o where o.event_id = a.event_id and o.released_at < a.released_at)
        and exists (select from visit_wishes w where w.registration_id = i.registration_id)))
    order by 1`.execute(db);
  return rows.map(({ id }) => id);
}

export interface ContactOfCity {
  personId: string;
  name: string;
  address: string;
  language: string;
}

/** The contacts of the city that did not say this step, who can be written to. */
export async function othersIn(db: Db, requestId: string, no: number): Promise<ContactOfCity[]> {
  const { rows } = await sql<ContactOfCity>`
    select distinct p.id as "personId", p.name, p.email as address, p.language from visit_requests q
    join visit_request_steps t on t.request_id = q.id and t.no = ${no}
    join affiliations a on a.organisation_id = case when t.organisation_id = q.host_id then q.guest_id else q.host_id end
      and a.is_contact and a.ended_at is null
    join people p on p.id = a.person_id and p.email is not null and p.erased_at is null
    where q.id = ${requestId} order by p.id`.execute(db);
  return rows;
}
