import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import type { EntryState } from '../../db/tables/calls.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, Refused } from '../errors.ts';
import { decodeCursor, type Page, pageOf } from '../http/cursor.ts';
import type { EntryFilter } from './input.ts';
import { lockManaged } from './submission.ts';

export interface ScreeningRow {
  id: string;
  code: string;
  state: EntryState;
  title: Record<string, string>;
  summary: Record<string, string>;
  language: string;
  languages: string[];
  theme: string | null;
  modality: string | null;
  assignedModality: string | null;
  organisation: { id: string; slug: string; name: string; country: string };
  authors: string[];
  changedAt: Temporal.Instant;
  submittedAt: Temporal.Instant | null;
  late: boolean;
  contentHash: string | null;
  mayPublish: boolean;
  screeningReasons: string[];
  screeningNote: string;
  files: number;
}

const columns = sql`n.id, n.code, n.state, n.title, n.summary, n.language, n.languages, n.theme, n.modality, n.assigned_modality as "assignedModality",
  jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name, 'country', o.country) as organisation,
  coalesce((select array_agg(p.name order by p.name) from entry_authors a join people p on p.id = a.person_id where a.entry_id = n.id), '{}') as authors,
  n.changed_at as "changedAt", n.submitted_at as "submittedAt", n.late, n.content_hash as "contentHash", n.may_publish as "mayPublish",
  n.screening_reasons as "screeningReasons", n.screening_note as "screeningNote",
  (select count(*)::int from files f where f.owner_kind = 'entry' and f.owner_id = n.id and f.removed_at is null) as files`;

function matching(callId: string, filter: EntryFilter) {
  const like = `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`;
  return sql`entries n join organisations o on o.id = n.organisation_id where n.call_id = ${callId}
    ${filter.q === '' ? sql`` : sql`and (fold(n.title::text) like fold(${like}) or fold(o.name) like fold(${like}) or n.code = upper(${filter.q}))`}
    ${filter.state ? sql`and n.state = ${filter.state}` : sql``} ${filter.theme ? sql`and n.theme = ${filter.theme}` : sql``}
    ${filter.modality ? sql`and n.modality = ${filter.modality}` : sql``} ${filter.country ? sql`and o.country = ${filter.country}` : sql``}
    ${filter.late ? sql`and n.late` : sql``}`;
}

// Each sorting by one value that is never null, and the id.
const SORTS = {
  '-changed': { value: sql`n.changed_at`, type: sql`timestamptz`, down: true },
  '-submitted': {
    value: sql`coalesce(n.submitted_at, '-infinity')`,
    type: sql`timestamptz`,
    down: true,
  },
  city: { value: sql`fold(o.name)`, type: sql`text`, down: false },
  title: { value: sql`fold(n.title::text)`, type: sql`text`, down: false },
} as const;

/** The entries of a call, drafts included, for whoever runs it. */
export async function screeningPage(
  db: Db,
  callId: string,
  filter: EntryFilter,
  page: { cursor?: string; limit: number },
): Promise<Page<ScreeningRow>> {
  const after = decodeCursor(page.cursor, 2);
  const { value, type, down } = SORTS[filter.sort ?? '-changed'];
  const way = down ? sql`desc` : sql`asc`;
  const { rows } = await sql<ScreeningRow & { sortedBy: string }>`
    select ${columns}, (${value})::text as "sortedBy" from ${matching(callId, filter)}
    ${after ? sql`and ((${value}), n.id) ${down ? sql`<` : sql`>`} (${after[0]}::${type}, ${after[1]}::uuid)` : sql``}
    order by ${value} ${way}, n.id ${way} limit ${page.limit + 1}`.execute(db);
  return pageOf(rows, page.limit, (row) => [row.sortedBy, row.id]);
}

/** All of them, two hundred at a time, for an export. */
export async function* everyEntry(db: Db, callId: string, filter: EntryFilter): AsyncGenerator<ScreeningRow> {
  let cursor: string | undefined;
  do {
    const page: Page<ScreeningRow> = await screeningPage(db, callId, filter, { cursor, limit: 200 });
    yield* page.items;
    cursor = page.next ?? undefined;
  } while (cursor);
}

export interface EntryCounts {
  total: number;
  states: Partial<Record<EntryState, number>>;
  late: number;
  countries: string[];
  exceptions: number;
}

/** How many entries there are in each state, from which countries, and how many questions for exceptions are open. */
export async function entryCounts(db: Db, callId: string): Promise<EntryCounts> {
  const { rows } = await sql<EntryCounts>`
    select (select count(*)::int from entries where call_id = ${callId}) as total,
      coalesce((select jsonb_object_agg(state, n) from (select state, count(*)::int as n from entries where call_id = ${callId} group by state) s), '{}') as states,
      (select count(*)::int from entries where call_id = ${callId} and late) as late,
      coalesce((select array_agg(distinct o.country) from entries n join organisations o on o.id = n.organisation_id where n.call_id = ${callId}), '{}') as countries,
      (select count(*)::int from entry_exceptions where call_id = ${callId} and state = 'asked') as exceptions`.execute(db);
  return rows[0] ?? { total: 0, states: {}, late: 0, countries: [], exceptions: 0 };
}

/**
 * Says whether a submitted entry is eligible, with reasons, or takes that back (`submitted`). Errors: NotFound, NotAllowed,
 * Invalid for an ineligible one without reason, Refused('entry-not-screenable') once it is judged or withdrawn.
 */
export async function screenEntry(
  db: Db,
  viewer: Viewer,
  id: string,
  { state, reasons, note }: { state: 'eligible' | 'ineligible' | 'submitted'; reasons: string[]; note: string },
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { entry } = await lockManaged(tx, viewer, id);
    if (!['submitted', 'eligible', 'ineligible'].includes(entry.state)) throw new Refused('entry-not-screenable');
    if (state === 'ineligible' && reasons.length === 0 && note === '') throw new Invalid([{ path: 'reasons', code: 'required' }]);
    await tx
      .updateTable('entries')
      .set({
        state,
        screened_at: now,
        screened_by: viewer.personId,
        screening_reasons: state === 'ineligible' ? reasons : [],
        screening_note: note,
        reopened_until: state === 'submitted' ? entry.reopenedUntil : null,
      })
      .where('id', '=', id)
      .execute();
    await record(tx, {
      actor: viewer.personId,
      feature: 'entries',
      row: id,
      action: 'screened',
      before: { state: entry.state, reasons: entry.screeningReasons },
      after: { state, reasons, note },
    });
  });
}

/** Gives an experience its modality, within the quota. Errors: NotFound, NotAllowed, Invalid, Refused('modality-full'). */
export async function assignModality(db: Db, viewer: Viewer, id: string, modality: string | null): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { entry, call } = await lockManaged(tx, viewer, id);
    const wanted = call.modalities.find(({ key }) => key === modality);
    if (modality !== null && !wanted) throw new Invalid([{ path: 'modality', code: 'choice' }]);
    await sql`select 1 from call_modalities where call_id = ${call.id} and key = ${modality} for update`.execute(tx);
    const { rows } = await sql<{ taken: number }>`
      select count(*)::int as taken from entries where call_id = ${call.id} and assigned_modality = ${modality} and id <> ${id}
        and state not in ('withdrawn', 'ineligible')`.execute(tx);
    if (wanted && wanted.quota !== null && (rows[0]?.taken ?? 0) >= wanted.quota)
      throw new Refused('modality-full', { quota: wanted.quota });
    await tx.updateTable('entries').set({ assigned_modality: modality }).where('id', '=', id).execute();
    await record(tx, {
      actor: viewer.personId,
      feature: 'entries',
      row: id,
      action: 'modalityAssigned',
      before: { modality: entry.assignedModality },
      after: { modality },
    });
  });
}
