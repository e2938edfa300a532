import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';

/** What time alone demands of a questionnaire. */
export interface Due {
  id: string;
  what: 'open' | 'tend' | 'close' | 'settle';
}

/** Questionnaires with which something is to be done now. One query. */
export async function dueQuestionnaires(db: Db, now: Temporal.Instant): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select q.id, case
        when q.closed_at is not null then 'settle'
        when q.opened_at is not null and q.closes_at <= ${now} then 'close'
        when q.opened_at is not null then 'tend'
        else 'open' end as what
    from questionnaires q left join events e on e.id = q.event_id
    where q.settled_at is null and (q.opened_at is not null
      or (q.automatic and e.ends_at <= ${now} and e.ends_at > ${now.subtract({ hours: 24 * 14 })} and e.cancelled_at is null))
    order by q.id`.execute(db);
  return rows;
}
