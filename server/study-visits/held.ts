import { sql } from 'kysely';

/**
 * Who has which visit, as a table to select from: a choice counts with the place it holds. A registration that was cancelled gave its
 * places back; were it restored, the choice alone would be worth nothing.
 */
export const HELD = sql`(select v.event_id, c.session_id, c.registration_id from visits v
  join sessions vs on vs.id = v.session_id join session_choices c on c.session_id = v.session_id
  join places p on p.pool_id = vs.pool_id and p.registration_id = c.registration_id
  join registrations vr on vr.id = c.registration_id and vr.state = 'confirmed')`;
