import { createHash } from 'node:crypto';
import type { AnyPlan } from './import-store.ts';
import type { PersonEntry, PersonRowError, UnderstoodPerson } from './person-row.ts';

/** An organisation that a row may mean. */
export interface MeantOrganisation {
  id: string;
  name: string;
  zone: string;
  languages: string[];
}

/** What the database has of a row's person and of their place in the row's organisation. */
export interface KnownPerson {
  id: string;
  name: string;
  email: string | null;
  language: string;
  zone: string;
  /** Their profile is theirs alone: they have signed in, or run this installation. */
  theirs: boolean;
  affiliation: { id: string; title: string; isContact: boolean } | null;
}

export interface PlannedPerson {
  line: number;
  name: string;
  /** Of the organisation. */
  about: string;
  state: 'created' | 'updated' | 'unchanged' | 'wrong';
  errors: PersonRowError[];
  changes: { field: string; before: string; after: string }[];
  entry: PersonEntry;
  organisation: MeantOrganisation | null;
  known: KnownPerson | null;
  /** Rows of one key are one person. */
  key: string;
}

export interface PeoplePlan extends AnyPlan {
  rows: PlannedPerson[];
}

/** By row: the organisations that its words fit, and the person they mean with their folded name. */
export interface KnownOfRow {
  organisations: MeantOrganisation[];
  person: KnownPerson | null;
  foldedName: string;
}

/** Whether a row names an address of the person's own, by which they are known everywhere. */
export const ownAddress = (entry: PersonEntry): string | null =>
  entry.email && !entry.sharedEmail ? entry.email.toLowerCase() : null;

/** The one organisation that a row means, or undefined where its words fit none or several. */
export const meant = (organisations: readonly MeantOrganisation[]) => (organisations.length === 1 ? organisations[0] : undefined);

/**
 * Decides for each row what would happen: a new person, a known one who joins a roster or whose place on it changes, nothing. The
 * profile of somebody who has signed in stays theirs. A row that is wrong stops the whole file.
 */
export function planPeople(rows: readonly UnderstoodPerson[], known: readonly KnownOfRow[]): PeoplePlan {
  const firsts = new Map<string, UnderstoodPerson>();
  const people = new Map<string, UnderstoodPerson>();
  const planned = rows.map((row, at): PlannedPerson => {
    const { organisations, person, foldedName } = known[at] ?? { organisations: [], person: null, foldedName: '' };
    const organisation = meant(organisations) ?? null;
    const { entry } = row;
    const key = ownAddress(entry) ?? person?.id ?? `${foldedName} ${entry.email?.toLowerCase() ?? ''} ${organisation?.id ?? ''}`;
    const errors = [...row.errors];
    if (entry.organisation !== undefined && !organisation)
      errors.push({ field: 'organisation', code: organisations.length > 1 ? 'organisationSeveral' : 'organisationNone' });
    const place = `${key} in ${organisation?.id ?? ''}`;
    const twice = firsts.get(place);
    const before = people.get(key);
    if (twice) errors.push({ field: 'name', code: 'personTwice', params: { line: twice.line } });
    else if (before && before.entry.name !== entry.name)
      errors.push({ field: 'name', code: 'personOtherName', params: { line: before.line } });
    if (!twice && entry.name) firsts.set(place, row);
    if (!before && entry.name) people.set(key, row);
    const shared = {
      line: row.line,
      name: entry.name,
      about: organisation?.name ?? entry.organisation ?? '',
      entry,
      organisation,
      known: person,
      key,
    };
    if (errors.length > 0) return { ...shared, errors, state: 'wrong', changes: [] };
    if (!person && !before) return { ...shared, errors, state: 'created', changes: [] };
    const changes = changesOf(entry, person, organisation);
    return { ...shared, errors, state: changes.length > 0 ? 'updated' : 'unchanged', changes };
  });
  const counts = { created: 0, updated: 0, unchanged: 0, wrong: 0 };
  for (const row of planned) counts[row.state]++;
  const said = JSON.stringify(
    planned.map((row) => [row.line, row.state, row.errors, row.changes, row.known?.id, row.organisation?.id]),
  );
  return { rows: planned, counts, fingerprint: createHash('sha256').update(said).digest('base64url').slice(0, 22) };
}

function changesOf(entry: PersonEntry, known: KnownPerson | null, organisation: MeantOrganisation | null) {
  const changes: PlannedPerson['changes'] = [];
  const compare = (field: string, before: string | boolean, after: string | boolean | undefined) => {
    if (after !== undefined && before !== after) changes.push({ field, before: String(before), after: String(after) });
  };
  if (known && !known.theirs) {
    compare('name', known.name, entry.name);
    compare('language', known.language, entry.language);
    compare('zone', known.zone, entry.zone);
  }
  if (!organisation) return changes;
  if (!known?.affiliation) return [...changes, { field: 'organisation', before: '', after: organisation.name }];
  compare('title', known.affiliation.title, entry.title);
  compare('isContact', known.affiliation.isContact, entry.isContact);
  return changes;
}
