import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import { emitAll } from '../../db/outbox.ts';
import type { SessionKind } from '../../db/tables/programme.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound, Refused } from '../errors.ts';
import { lockEvent } from '../events/actions.ts';
import { addSessions } from '../programme/actions.ts';
import { SessionWrite } from '../programme/input.ts';
import { chairedCall, runCall } from './found.ts';
import type { PresentationsWrite } from './input.ts';

export interface Presentation {
  entry: string;
  code: string;
  title: Record<string, string>;
  language: string;
  organisation: string;
  /** The modality that it was given, else the one it asked for; empty where the call has none. */
  modality: string;
  session: { id: string; kind: SessionKind; starts: string } | null;
}

// Selected: the results are public, and the jury chose it or gave it a mention.
const SELECTED = sql`n.state in ('laureate', 'mention')`;

/** The selected experiences of a call, and which sessions they became. Errors: NotFound, NotAllowed. */
export async function presentationsOf(db: Db, viewer: Viewer, slug: string): Promise<Presentation[]> {
  const call = await chairedCall(db, viewer, slug);
  if (call.kind !== 'experiences' || !call.eventId) throw new NotFound();
  return call.resultsPublishedAt ? selectedOf(db, call.id) : [];
}

/** The event whose call it is, for the form. */
export async function eventOf(db: Db, eventId: string | null) {
  if (!eventId) return null;
  const found = await db
    .selectFrom('events')
    .select(['slug', 'starts_local as starts', 'zone'])
    .where('id', '=', eventId)
    .executeTakeFirst();
  return found ?? null;
}

async function selectedOf(db: Db | Transaction, callId: string): Promise<Presentation[]> {
  const { rows } = await sql<Presentation>`
    select n.id as entry, n.code, n.title, n.language, o.name as organisation, coalesce(n.assigned_modality, n.modality, '') as modality,
      case when s.id is not null then jsonb_build_object('id', s.id, 'kind', s.kind, 'starts', s.starts_local) end as session
    from entries n join organisations o on o.id = n.organisation_id
      left join entry_sessions e on e.entry_id = n.id left join sessions s on s.id = e.session_id and s.removed_at is null
    where n.call_id = ${callId} and ${SELECTED} order by o.name, n.code limit 2000`.execute(db);
  return rows;
}

/**
 * Makes every selected experience of a modality that is no session (or no longer) one in the draft of the programme, with its authors as speakers,
 * who are told by mail. They begin at the same time; the programme's grid moves them. Answers how many. Errors: NotFound, NotAllowed,
 * Invalid, Refused('results-first').
 */
export async function makePresentations(
  db: Db,
  viewer: Viewer,
  slug: string,
  { modality, kind, starts, minutes }: PresentationsWrite,
  now: Temporal.Instant,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const call = await runCall(tx, viewer, slug, true);
    if (call.kind !== 'experiences' || !call.eventId) throw new NotFound();
    if (!call.resultsPublishedAt) throw new Refused('results-first');
    const { slug: eventSlug } = await tx
      .selectFrom('events')
      .select('slug')
      .where('id', '=', call.eventId)
      .executeTakeFirstOrThrow();
    const event = await lockEvent(tx, viewer, eventSlug);
    const { rows } = await sql<{ id: string; title: object; summary: object; language: string; authors: Author[] }>`
      select n.id, n.title, n.summary, n.language, coalesce((select jsonb_agg(jsonb_build_object('personId', p.id, 'name', p.name,
          'organisation', o.name) order by w.added_at, p.id) from entry_authors w join people p on p.id = w.person_id
          where w.entry_id = n.id and p.erased_at is null), '[]') as authors
      from entries n join organisations o on o.id = n.organisation_id
      where n.call_id = ${call.id} and ${SELECTED} and coalesce(n.assigned_modality, n.modality, '') = ${modality}
        and not exists (select from entry_sessions e join sessions s on s.id = e.session_id and s.removed_at is null
          where e.entry_id = n.id) order by n.code`.execute(tx);
    const sessions = rows.map(({ title, summary, language, authors }) => {
      const written = { kind, title, abstract: summary, starts: starts.toString(), minutes, languages: [language] };
      return { written: SessionWrite.parse(written), speakers: authors };
    });
    const made = await addSessions(tx, viewer, event, sessions, now);
    const entries = rows.map(({ id }) => id);
    await sql`insert into entry_sessions (entry_id, session_id, made_by, made_at)
      select e, s, ${viewer.personId}, ${now}::timestamptz from unnest(${entries}::uuid[], ${made}::uuid[]) new (e, s)
      on conflict (entry_id) do update set session_id = excluded.session_id, made_by = excluded.made_by, made_at = excluded.made_at`.execute(
      tx,
    );
    const told = entries.map((entry) => ({ entry }));
    await emitAll(tx, 'judging.presented', told);
    const after = { modality, sessions: rows.length };
    await record(tx, { actor: viewer.personId, feature: 'judging', row: call.id, action: 'presentationsMade', after });
    return rows.length;
  });
}

interface Author {
  personId: string;
  name: string;
  organisation: string;
}

/** What somebody is told of an experience of theirs that became a session; undefined once it is none. */
export async function presentationToTell(db: Db, entryId: string, personId: string) {
  const { rows } = await sql<{
    entry: string;
    name: string;
    title: Record<string, string>;
    language: string;
    kind: SessionKind;
    event: Record<string, string>;
    defaultLanguage: string;
  }>`
    select n.id as entry, p.name, n.title, n.language, s.kind, v.title as event, v.default_language as "defaultLanguage"
    from entry_sessions e join entries n on n.id = e.entry_id join sessions s on s.id = e.session_id and s.removed_at is null
      join events v on v.id = s.event_id join people p on p.id = ${personId} where e.entry_id = ${entryId}`.execute(db);
  return rows[0];
}
