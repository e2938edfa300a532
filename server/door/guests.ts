import { type RawBuilder, sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import type { RegistrationState } from '../../db/tables/registrations.ts';

/** That somebody is at a place. */
export interface Seen {
  /** The session or visit; null: the event itself. */
  sessionId: string | null;
  cameAt: string;
  /** Who saw them first, in words. */
  by: string;
  /** The steps that say so, all of which an undoing takes back. */
  steps: string[];
}

/** Somebody as a door knows them. */
export interface Guest {
  registrationId: string;
  personId: string;
  name: string;
  organisation: string | null;
  category: string;
  /** What the category is called, by language. */
  categoryName: Record<string, string>;
  state: RegistrationState;
  reference: string;
  /** The sessions in which they have a place. */
  sessionIds: string[];
  seen: Seen[];
}

/** Who did a step, as the doors read it. `p`, `k` and `d` are its person, its keeper and their door. */
export const BY = sql`coalesce(p.name, k.name || ' · ' || d.name)`;
export const BY_JOINS = sql`left join people p on p.id = s.by left join door_keepers k on k.id = s.keeper_id left join doors d on d.id = k.door_id`;

const SEEN = sql`(select coalesce(jsonb_agg(jsonb_build_object('sessionId', c.session_id, 'cameAt', c.came_at, 'by', ${BY},
    'steps', (select jsonb_agg(i.id order by i.id) from check_in_steps i where i.registration_id = c.registration_id and i.person_id = c.person_id
      and i.session_id is not distinct from c.session_id and i.kind = 'in' and not exists (select from check_in_steps u
        where u.registration_id = i.registration_id and u.person_id = i.person_id and u.session_id is not distinct from i.session_id
          and u.kind = 'undo' and i.id = any (u.undoes))))), '[]')
  from check_ins c join check_in_steps s on s.id = c.step_id ${BY_JOINS}
  where c.registration_id = r.id and c.person_id = r.person_id)`;

const COLUMNS = sql`r.id as "registrationId", r.person_id as "personId", n.name, o.name as organisation, c.key as category, c.name as "categoryName", r.state, r.reference,
  array(select v.id::text from places y join sessions v on v.pool_id = y.pool_id where y.registration_id = r.id) as "sessionIds",
  ${SEEN} as seen`;

const FROM = sql`registrations r join people n on n.id = r.person_id join categories c on c.id = r.category_id
  left join organisations o on o.id = r.organisation_id`;

const guestsWhere = async (db: Db | Transaction, eventId: string, where: RawBuilder<unknown>): Promise<Guest[]> =>
  (await sql<Guest>`select ${COLUMNS} from ${FROM} where r.event_id = ${eventId} and r.state <> 'draft' and ${where}`.execute(db))
    .rows;

/** Everybody a door may meet, by name: also those who wait, are refused or cancelled. One query. */
export const everyGuest = (db: Db, eventId: string) => guestsWhere(db, eventId, sql`true order by fold(n.name), r.id`);

/** These registrations, in no order. One query. */
export const guestsById = (db: Db | Transaction, eventId: string, ids: readonly string[]) =>
  guestsWhere(db, eventId, sql`r.id = any (${ids}::uuid[])`);

// More than a screen of names helps nobody at a door.
const MOST_FOUND = 20;

/** Whose name, organisation or reference has each of the words, without regard to accents and capitals; who may come in first. */
export async function searchGuests(db: Db, eventId: string, words: string): Promise<Guest[]> {
  const wanted = words.split(/\s+/).filter((word) => word !== '');
  if (wanted.length === 0) return [];
  const has = wanted.map(
    (word) => sql`strpos(fold(n.name || ' ' || coalesce(o.name, '') || ' ' || r.reference), fold(${word})) > 0`,
  );
  return guestsWhere(
    db,
    eventId,
    sql`${sql.join(has, sql` and `)} order by r.state <> 'confirmed', fold(n.name), r.id limit ${MOST_FOUND}`,
  );
}

export interface Found extends Guest {
  /** Whoever had the registration before. */
  formerIds: string[];
}

/** The registrations that steps are about, by id or reference. One query. */
export async function arrivals(
  db: Db | Transaction,
  eventId: string,
  { ids, references }: { ids: readonly string[]; references: readonly string[] },
): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select ${COLUMNS}, array(select f.from_person_id::text from replacements f where f.registration_id = r.id) as "formerIds"
    from ${FROM} where r.event_id = ${eventId} and r.state <> 'draft'
      and (r.id = any (${ids}::uuid[]) or r.reference = any (${references}::text[]))`.execute(db);
  return rows;
}
