import { sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { type FileRow, readCities } from './cities-file.ts';
import {
  type ImportPlan,
  type KnownCity,
  type PlannedRow,
  planImport,
  type UnderstoodRow,
  understandAll,
} from './import-plan.ts';
import type { ImportKind } from './import-store.ts';
import { freeSlug, slugCandidates } from './rules.ts';

export interface ImportResult {
  created: number;
  updated: number;
  unchanged: number;
  networks: number;
}

async function planOf(db: Db | Transaction, rows: readonly FileRow[]): Promise<ImportPlan> {
  const understood = understandAll(rows);
  return planImport(understood, { cities: await knownCities(db, understood), networks: await knownNetworks(db, understood) });
}

async function knownCities(
  db: Db | Transaction,
  rows: readonly UnderstoodRow[],
): Promise<{ key: string; city: KnownCity | null }[]> {
  const { rows: found } = await sql<{ key: string; city: KnownCity | null }>`
    select fold(i.name) as key, case when o.id is not null then jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name,
      'languages', o.languages, 'zone', o.zone, 'latitude', o.latitude, 'longitude', o.longitude, 'population', o.population,
      'membership', o.membership, 'memberSince', o.member_since,
      'networkIds', coalesce((select jsonb_agg(m.network_id) from organisation_networks m where m.organisation_id = o.id), '[]')) end as city
    from unnest(${rows.map((row) => row.city.name)}::text[], ${rows.map((row) => row.city.country)}::text[]) with ordinality i(name, country, ord)
    left join organisations o on o.country = i.country and fold(o.name) = fold(i.name)
    order by i.ord`.execute(db);
  return found;
}

async function knownNetworks(db: Db | Transaction, rows: readonly UnderstoodRow[]) {
  const names = [...new Set(rows.flatMap((row) => row.city.networks ?? []))];
  const { rows: found } = await sql<{ name: string; key: string; id: string | null }>`
    select i.name, fold(i.name) as key, (select n.id from networks n
      where n.slug = i.name or exists (select from jsonb_each_text(n.name) t where fold(t.value) = fold(i.name)) order by n.id limit 1) as id
    from unnest(${names}::text[]) i(name)`.execute(db);
  return new Map(found.map((row) => [row.name, { key: row.key, id: row.id }]));
}

/** Importing organisations from a table of cities. */
export const CITIES: ImportKind<FileRow, ImportPlan, ImportResult> = {
  kind: 'organisations',
  read: readCities,
  plan: planOf,
  // Nobody else makes or renames an organisation or a network between the decision and the writing.
  still: (tx) => sql`lock table organisations, networks in share row exclusive mode`.execute(tx),
  write: writeCities,
};

async function writeCities(tx: Transaction, viewer: Viewer, plan: ImportPlan): Promise<ImportResult> {
  const networkIds = await createNetworks(tx, viewer, plan);
  const of = (state: PlannedRow['state']) => plan.rows.filter((row) => row.state === state);
  await insertCities(tx, viewer, of('created'), networkIds);
  await updateCities(tx, viewer, of('updated'), networkIds);
  const { created, updated, unchanged } = plan.counts;
  return { created, updated, unchanged, networks: plan.newNetworks.length };
}

/** Makes the missing networks; returns the ids of all that the file names, by the name as the file has it. */
async function createNetworks(tx: Transaction, viewer: Viewer, plan: ImportPlan): Promise<Map<string, string>> {
  if (plan.newNetworks.length > 0) {
    const slugs = await freeSlugs(
      tx,
      'network',
      plan.newNetworks.map((name) => slugCandidates(name, 'network')),
    );
    const made = plan.newNetworks.map((name, at) => ({ slug: slugs[at], name: { en: name } }));
    await sql`
      with made as (
        insert into networks (slug, name) select x.slug, x.name from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as x(slug text, name jsonb) returning id, name)
      insert into changes (actor_id, feature, row_id, action, after)
      select ${viewer.personId}::uuid, 'organisations', id, 'created', jsonb_build_object('name', name) from made`.execute(tx);
  }
  const known = await knownNetworks(tx, plan.rows);
  return new Map([...known].flatMap(([name, network]) => (network.id ? [[name, network.id] as const] : [])));
}

/** One free slug for each list of candidates, none given twice. */
async function freeSlugs(tx: Transaction, kind: 'organisation' | 'network', wanted: string[][]): Promise<string[]> {
  const { rows } = await sql<{ slug: string }>`
    select slug from ${sql.table(`${kind}s`)} union select slug from old_slugs where kind = ${kind}`.execute(tx);
  const taken = new Set(rows.map((row) => row.slug));
  return wanted.map((candidates) => {
    const slug = freeSlug(candidates, taken, crypto.randomUUID().slice(0, 8));
    taken.add(slug);
    return slug;
  });
}

async function insertCities(
  tx: Transaction,
  viewer: Viewer,
  rows: readonly PlannedRow[],
  networkIds: Map<string, string>,
): Promise<void> {
  if (rows.length === 0) return;
  const slugs = await freeSlugs(
    tx,
    'organisation',
    rows.map((row) => slugCandidates(row.city.name, row.city.country)),
  );
  const cities = rows.map((row, at) => ({
    ...written(row, networkIds),
    slug: slugs[at],
    name: row.city.name,
    country: row.city.country,
  }));
  await sql`
    with given as (select * from jsonb_to_recordset(${JSON.stringify(cities)}::jsonb) as x(slug text, name text, country text, languages text[], zone text,
        latitude double precision, longitude double precision, population int, membership text, "memberSince" int, "networkIds" uuid[])),
      made as (insert into organisations (slug, name, country, languages, zone, latitude, longitude, population, membership, member_since)
        select slug, name, country, coalesce(languages, '{}'), zone, latitude, longitude, population, coalesce(membership, 'member'), "memberSince" from given
        returning id, slug),
      placed as (insert into organisation_networks (organisation_id, network_id)
        select made.id, unnest(given."networkIds") from made join given using (slug))
    insert into changes (actor_id, feature, row_id, action, after)
    select ${viewer.personId}::uuid, 'organisations', made.id, 'created', jsonb_strip_nulls(to_jsonb(given)) from made join given using (slug)`.execute(
    tx,
  );
}

async function updateCities(
  tx: Transaction,
  viewer: Viewer,
  rows: readonly PlannedRow[],
  networkIds: Map<string, string>,
): Promise<void> {
  if (rows.length === 0) return;
  const cities = rows.map((row) => ({
    ...written(row, networkIds),
    id: row.known?.id,
    before: Object.fromEntries(row.changes.map((change) => [change.field, change.before])),
    after: Object.fromEntries(row.changes.map((change) => [change.field, change.after])),
  }));
  await sql`
    with given as (select * from jsonb_to_recordset(${JSON.stringify(cities)}::jsonb) as x(id uuid, languages text[], zone text, latitude double precision,
        longitude double precision, population int, membership text, "memberSince" int, "networkIds" uuid[], before jsonb, after jsonb)),
      changed as (update organisations o set languages = coalesce(g.languages, o.languages), zone = coalesce(g.zone, o.zone),
          latitude = coalesce(g.latitude, o.latitude), longitude = coalesce(g.longitude, o.longitude), population = coalesce(g.population, o.population),
          membership = coalesce(g.membership, o.membership), member_since = coalesce(g."memberSince", o.member_since)
        from given g where g.id = o.id),
      placed as (insert into organisation_networks (organisation_id, network_id) select id, unnest("networkIds") from given on conflict do nothing)
    insert into changes (actor_id, feature, row_id, action, before, after)
    select ${viewer.personId}::uuid, 'organisations', id, 'changed', before, after from given`.execute(tx);
}

function written({ city }: PlannedRow, networkIds: Map<string, string>) {
  const { languages, zone, latitude, longitude, population, membership, memberSince } = city;
  const ids = [...new Set((city.networks ?? []).flatMap((name) => networkIds.get(name) ?? []))];
  return { languages, zone, latitude, longitude, population, membership, memberSince, networkIds: ids };
}
