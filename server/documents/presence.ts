import { sql } from 'kysely';

/**
 * Who was at an event, as a table to select from with `registration_id, event_id, person_id, hours`: seen at a door, or marked by an
 * organiser. Hours are those of the sessions they were seen at, null where nobody looked.
 */
export const PRESENT = sql`(
  select registration_id, event_id, person_id, max(hours) as hours from (
    select registration_id, event_id, person_id, null::float8 as hours from document_presences
    union all
    select c.registration_id, c.event_id, c.person_id, sum(extract(epoch from s.ends_at - s.starts_at) / 3600)::float8
    from check_ins c left join sessions s on s.id = c.session_id and s.removed_at is null
    where c.came_at is not null group by c.registration_id, c.event_id, c.person_id
  ) seen group by registration_id, event_id, person_id)`;
