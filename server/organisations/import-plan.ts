import { createHash } from 'node:crypto';
import type { Membership } from '../../db/tables/organisations.ts';
import type { FileRow } from './cities-file.ts';
import { type City, type RowError, understand } from './city.ts';

/** What the database has under a row's name and country. */
export interface KnownCity {
  id: string;
  slug: string;
  name: string;
  languages: string[];
  zone: string;
  latitude: number | null;
  longitude: number | null;
  population: number | null;
  membership: Membership;
  memberSince: number | null;
  networkIds: string[];
}

export interface PlannedRow {
  line: number;
  name: string;
  country: string;
  state: 'created' | 'updated' | 'unchanged' | 'wrong';
  errors: RowError[];
  /** The fields that an update changes, from what to what. */
  changes: { field: string; before: string; after: string }[];
  city: City;
  known: KnownCity | null;
}

export interface ImportPlan {
  rows: PlannedRow[];
  counts: Record<PlannedRow['state'], number>;
  /** Networks that do not exist yet and would. */
  newNetworks: string[];
  /** Of everything above: an application that names it does what was previewed or nothing. */
  fingerprint: string;
}

/** What the database knows of a file: by row the folded name and the city there, by network name its folded name and id. */
export interface Known {
  cities: { key: string; city: KnownCity | null }[];
  networks: Map<string, { key: string; id: string | null }>;
}

export interface UnderstoodRow {
  line: number;
  city: City;
  errors: RowError[];
}

export function understandAll(rows: readonly FileRow[]): UnderstoodRow[] {
  return rows.map((row) => ({ line: row.line, ...understand(row) }));
}

/** Decides for each row what would happen. A row that is wrong, or says again what an earlier one said, stops the whole file. */
export function planImport(rows: readonly UnderstoodRow[], known: Known): ImportPlan {
  const first = new Map<string, number>();
  const planned = rows.map((row, at) => {
    const { key, city } = known.cities[at] ?? { key: '', city: null };
    const errors = [...row.errors];
    const earlier = first.get(`${row.city.country} ${key}`);
    if (earlier !== undefined) errors.push({ field: 'name', code: 'cityTwice', params: { line: earlier } });
    else if (row.city.country && key) first.set(`${row.city.country} ${key}`, row.line);
    if (!city && row.city.zone === undefined && !errors.some((error) => error.field === 'timezone'))
      errors.push({ field: 'timezone', code: 'required' });
    return planRow({ ...row, errors }, city, known);
  });
  const unknown = new Map(planned.flatMap((row) => (row.city.networks ?? []).flatMap((name) => newNetwork(name, known))));
  const counts = { created: 0, updated: 0, unchanged: 0, wrong: 0 };
  for (const row of planned) counts[row.state]++;
  const newNetworks = [...unknown.values()];
  return { rows: planned, counts, newNetworks, fingerprint: fingerprintOf(planned, newNetworks) };
}

function newNetwork(name: string, known: Known): [string, string][] {
  const network = known.networks.get(name);
  return network && network.id === null ? [[network.key, name]] : [];
}

function planRow(row: UnderstoodRow, known: KnownCity | null, all: Known): PlannedRow {
  const planned = {
    line: row.line,
    name: known?.name ?? row.city.name,
    country: row.city.country,
    errors: row.errors,
    city: row.city,
    known,
  };
  if (row.errors.length > 0) return { ...planned, state: 'wrong', changes: [] };
  if (!known) return { ...planned, state: 'created', changes: [] };
  const changes = changesOf(row.city, known, all);
  return { ...planned, state: changes.length > 0 ? 'updated' : 'unchanged', changes };
}

const COMPARED = ['languages', 'zone', 'latitude', 'longitude', 'population', 'membership', 'memberSince'] as const;

function changesOf(city: City, known: KnownCity, all: Known): PlannedRow['changes'] {
  const changes = COMPARED.flatMap((field) => {
    const [before, after] = [said(known[field]), said(city[field])];
    return city[field] === undefined || before === after ? [] : [{ field, before, after }];
  });
  const joined = (city.networks ?? []).filter((name) => {
    const id = all.networks.get(name)?.id;
    return !id || !known.networkIds.includes(id);
  });
  return joined.length > 0 ? [...changes, { field: 'network', before: '', after: joined.join(', ') }] : changes;
}

const said = (value: unknown) =>
  Array.isArray(value) ? value.join(', ') : value === null || value === undefined ? '' : String(value);

function fingerprintOf(rows: readonly PlannedRow[], newNetworks: readonly string[]): string {
  const said = JSON.stringify([rows.map((row) => [row.line, row.state, row.errors, row.changes]), newNetworks]);
  return createHash('sha256').update(said).digest('base64url').slice(0, 22);
}
