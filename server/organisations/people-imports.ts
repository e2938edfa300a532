import { sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import { newId } from '../../db/ids.ts';
import type { Viewer } from '../accounts/access.ts';
import { Refused } from '../errors.ts';
import type { ImportKind } from './import-store.ts';
import { type PersonFileRow, readPeople } from './people-file.ts';
import {
  type KnownOfRow,
  type KnownPerson,
  type MeantOrganisation,
  meant,
  ownAddress,
  type PeoplePlan,
  type PlannedPerson,
  planPeople,
} from './people-plan.ts';
import { type UnderstoodPerson, understandPerson } from './person-row.ts';
import { spoken } from './roster.ts';

export interface PeopleResult {
  created: number;
  updated: number;
  unchanged: number;
}

/** Importing people and their affiliations from a table: known by their address, else by their name on a roster. */
export const PEOPLE: ImportKind<PersonFileRow, PeoplePlan, PeopleResult> = {
  kind: 'people',
  read: readPeople,
  plan: planOf,
  // One import of people at a time; what others do meanwhile is met by the constraints, see `must`.
  still: (tx) => sql`select pg_advisory_xact_lock(hashtext('imports of people'))`.execute(tx),
  write,
};

async function planOf(db: Db | Transaction, rows: readonly PersonFileRow[]): Promise<PeoplePlan> {
  const understood = rows.map(understandPerson);
  const organisations = await organisationsOf(db, understood);
  const people = await peopleOf(db, understood, organisations);
  const known = people.map((person, at): KnownOfRow => ({ ...person, organisations: organisations[at] ?? [] }));
  return planPeople(understood, known);
}

async function organisationsOf(db: Db | Transaction, rows: readonly UnderstoodPerson[]): Promise<MeantOrganisation[][]> {
  const given = rows.map(({ entry }, at) => ({ at, words: entry.organisation ?? null, country: entry.country ?? null }));
  const { rows: found } = await sql<{ found: MeantOrganisation[] }>`
    with given as (select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as x(at int, words text, country text)),
      wanted as (select distinct words, country, fold(words) as key, lower(words) as id from given where words is not null),
      fits as (
        select w.words, w.country, o.id from wanted w join organisations o on o.id::text = w.id
        union
        select w.words, w.country, o.id from wanted w join organisations o on fold(o.name) = w.key and (w.country is null or o.country = w.country))
    select coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'zone', o.zone, 'languages', o.languages))
      from fits f join organisations o using (id) where f.words = g.words and f.country is not distinct from g.country), '[]') as found
    from given g order by g.at`.execute(db);
  return found.map((row) => row.found);
}

async function peopleOf(db: Db | Transaction, rows: readonly UnderstoodPerson[], organisations: readonly MeantOrganisation[][]) {
  const given = rows.map(({ entry }, at) => ({
    at,
    name: entry.name,
    own: ownAddress(entry),
    email: entry.email ?? null,
    organisationId: meant(organisations[at] ?? [])?.id ?? null,
  }));
  const { rows: found } = await sql<{ foldedName: string; person: KnownPerson | null }>`
    with given as (select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        as x(at int, name text, own text, email text, "organisationId" uuid)),
      matched as (
        select g.at, s.person_id as id from given g join sign_in_addresses s on s.address = g.own::citext
        union all
        select g.at, min(p.id::text)::uuid from given g join people p on fold(p.name) = fold(g.name) and p.erased_at is null
        left join affiliations a on a.person_id = p.id and a.organisation_id = g."organisationId" and a.ended_at is null
        where g.own is null and (g.email is null or lower(p.email) = lower(g.email)
            and not exists (select from sign_in_addresses s where s.person_id = p.id and s.address = g.email::citext))
          and case when g."organisationId" is null then g.email is not null or p.email is null
              and not exists (select from affiliations o where o.person_id = p.id and o.ended_at is null)
            else a.id is not null or g.email is not null end
        group by g.at)
    select fold(g.name) as "foldedName", case when p.id is not null then jsonb_build_object('id', p.id, 'name', p.name, 'email', p.email,
        'language', p.language, 'zone', p.zone,
        'theirs', exists (select from sign_in_addresses s where s.person_id = p.id and s.confirmed_at is not null)
          or exists (select from roles r where r.person_id = p.id and r.revoked_at is null and r.role = 'admin'),
        'affiliation', case when a.id is not null then jsonb_build_object('id', a.id, 'title', a.title, 'isContact', a.is_contact) end) end as person
    from given g left join matched m using (at) left join people p on p.id = m.id and p.erased_at is null
    left join affiliations a on a.person_id = p.id and a.organisation_id = g."organisationId" and a.ended_at is null
    order by g.at`.execute(db);
  return found;
}

async function write(tx: Transaction, viewer: Viewer, plan: PeoplePlan): Promise<PeopleResult> {
  const rows = plan.rows.filter((row) => row.state !== 'unchanged');
  const made = new Map(rows.filter((row) => row.state === 'created').map((row) => [row.key, newId()]));
  await createPeople(tx, viewer, rows, made);
  await changeProfiles(tx, viewer, rows);
  await join(tx, viewer, rows, made);
  await changePlaces(tx, viewer, rows);
  const { created, updated, unchanged } = plan.counts;
  return { created, updated, unchanged };
}

// Somebody else wrote the same meanwhile: then nothing of this is, and the preview is made anew.
function must(written: number, wanted: number): void {
  if (written !== wanted) throw new Refused('import-stale');
}

async function createPeople(tx: Transaction, viewer: Viewer, rows: readonly PlannedPerson[], made: ReadonlyMap<string, string>) {
  const people = rows
    .filter((row) => row.state === 'created')
    .map(({ key, entry, organisation }) => ({
      id: made.get(key),
      name: entry.name,
      email: entry.email ?? null,
      own: ownAddress(entry) !== null,
      language: entry.language ?? spoken(organisation?.languages ?? []) ?? 'en',
      zone: entry.zone ?? organisation?.zone ?? 'UTC',
    }));
  if (people.length === 0) return;
  const given = sql`jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as x(id uuid, name text, email text, own boolean, language text, zone text)`;
  await sql`
    with made as (insert into people (id, name, email, language, zone) select id, name, email, language, zone from ${given} returning id, name)
    insert into changes (actor_id, feature, row_id, action, after)
    select ${viewer.personId}::uuid, 'accounts', id, 'created', jsonb_build_object('name', name) from made`.execute(tx);
  const addresses = await sql`
    insert into sign_in_addresses (address, person_id) select email, id from ${given} where own on conflict do nothing`.execute(
    tx,
  );
  must(Number(addresses.numAffectedRows ?? 0), people.filter((person) => person.own).length);
}

async function changeProfiles(tx: Transaction, viewer: Viewer, rows: readonly PlannedPerson[]) {
  const changed = rows.flatMap(({ known, entry, changes }) => {
    const profile = changes.filter(({ field }) => field === 'name' || field === 'language' || field === 'zone');
    if (!known || profile.length === 0) return [];
    const { name, language, zone } = entry;
    const said = (side: 'before' | 'after') => Object.fromEntries(profile.map((change) => [change.field, change[side]]));
    return [{ id: known.id, name, language, zone, before: said('before'), after: said('after') }];
  });
  if (changed.length === 0) return;
  // A person of several rows is changed by the first that says something.
  const { rows: done } = await sql`
    with given as (select distinct on (x.id) x.* from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb)
        as x(id uuid, name text, language text, zone text, before jsonb, after jsonb) order by x.id),
      changed as (update people p set name = g.name, language = coalesce(g.language, p.language), zone = coalesce(g.zone, p.zone)
        from given g where g.id = p.id and not exists (select from sign_in_addresses s where s.person_id = p.id and s.confirmed_at is not null)
        returning p.id)
    insert into changes (actor_id, feature, row_id, action, before, after)
    select ${viewer.personId}::uuid, 'accounts', g.id, 'profileChanged', g.before, g.after from given g join changed using (id) returning row_id`.execute(
    tx,
  );
  must(done.length, new Set(changed.map((one) => one.id)).size);
}

async function join(tx: Transaction, viewer: Viewer, rows: readonly PlannedPerson[], made: ReadonlyMap<string, string>) {
  const joining = rows.flatMap(({ key, known, entry, organisation }) =>
    organisation && !known?.affiliation
      ? [
          {
            personId: known?.id ?? made.get(key),
            organisationId: organisation.id,
            name: entry.name,
            title: entry.title ?? '',
            isContact: entry.isContact ?? false,
            knownAs: known ? entry.name : null,
          },
        ]
      : [],
  );
  if (joining.length === 0) return;
  const { rows: done } = await sql`
    with given as (select * from jsonb_to_recordset(${JSON.stringify(joining)}::jsonb)
        as x("personId" uuid, "organisationId" uuid, name text, title text, "isContact" boolean, "knownAs" text)),
      joined as (insert into affiliations (person_id, organisation_id, title, is_contact, known_as)
        select "personId", "organisationId", title, "isContact", "knownAs" from given on conflict do nothing returning person_id, organisation_id)
    insert into changes (actor_id, feature, row_id, action, after)
    select ${viewer.personId}::uuid, 'organisations', organisation_id, 'personAdded', jsonb_build_object('name', g.name, 'title', g.title, 'isContact', g."isContact")
    from joined j join given g on g."personId" = j.person_id and g."organisationId" = j.organisation_id returning row_id`.execute(
    tx,
  );
  must(done.length, joining.length);
}

async function changePlaces(tx: Transaction, viewer: Viewer, rows: readonly PlannedPerson[]) {
  const changed = rows.flatMap(({ known, entry, changes, organisation }) => {
    const place = known?.affiliation;
    if (!place || !changes.some(({ field }) => field === 'title' || field === 'isContact')) return [];
    const after = { name: entry.name, title: entry.title ?? place.title, isContact: entry.isContact ?? place.isContact };
    const action = after.isContact === place.isContact ? 'personChanged' : after.isContact ? 'contactMade' : 'contactEnded';
    return [{ id: place.id, organisationId: organisation?.id, title: after.title, isContact: after.isContact, after, action }];
  });
  if (changed.length === 0) return;
  const { rows: done } = await sql`
    with given as (select * from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb)
        as x(id uuid, "organisationId" uuid, title text, "isContact" boolean, after jsonb, action text)),
      changed as (update affiliations a set title = g.title, is_contact = g."isContact" from given g where g.id = a.id and a.ended_at is null returning a.id)
    insert into changes (actor_id, feature, row_id, action, after)
    select ${viewer.personId}::uuid, 'organisations', g."organisationId", g.action, g.after from given g join changed using (id) returning row_id`.execute(
    tx,
  );
  must(done.length, changed.length);
}
