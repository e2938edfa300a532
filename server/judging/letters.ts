import { type RawBuilder, sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json } from '../../db/database.ts';
import type { DecisionKind } from '../../db/tables/judging.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound, Refused } from '../errors.ts';
import { enqueueSends } from '../sends/actions.ts';
import { chairedCall, runCall } from './found.ts';
import { JUDGED } from './visible.ts';

export interface Letter {
  entry: string;
  code: string;
  title: Record<string, string>;
  organisation: string;
  state: string;
  language: string;
  /** By language, exactly as it will be sent; until somebody writes one, the jurors' comments to the city. */
  text: Record<string, string>;
  written: boolean;
  sentAt: Temporal.Instant | null;
  /** How many contacts of the city it goes to. */
  recipients: number;
  /** The languages of these contacts: each reads it in theirs where it is written in it. */
  readers: string[];
  /** What the jury resolved of the entry so far. */
  decision: DecisionKind | null;
}

/** The letters to the cities as they would arrive, for preview before any is sent. Errors: NotFound, NotAllowed. */
export async function lettersOf(db: Db, viewer: Viewer, slug: string): Promise<Letter[]> {
  const call = await chairedCall(db, viewer, slug);
  return lettersWhere(db, sql`n.call_id = ${call.id}`);
}

/** One of them. Errors: NotFound, NotAllowed. */
export async function letterOf(db: Db, viewer: Viewer, slug: string, entryId: string): Promise<Letter> {
  const call = await chairedCall(db, viewer, slug);
  const [letter] = await lettersWhere(db, sql`n.call_id = ${call.id} and n.id = ${entryId}`);
  if (!letter) throw new NotFound();
  return letter;
}

const CONTACTS = sql`from affiliations a join people p on p.id = a.person_id
  where a.organisation_id = n.organisation_id and a.is_contact and a.ended_at is null and p.email is not null and p.erased_at is null`;

async function lettersWhere(db: Db, which: RawBuilder<unknown>): Promise<Letter[]> {
  const { rows } = await sql<Omit<Letter, 'text'> & { text: Record<string, string> | null; comments: string }>`
    select n.id as entry, n.code, n.title, o.name as organisation, n.state, n.language, l.text, l.entry_id is not null as written, l.sent_at as "sentAt",
      coalesce((select string_agg(r.comment_to_applicant, E'\n\n' order by md5(n.code || r.person_id)) from reviews r
        where r.entry_id = n.id and r.removed_at is null and r.submitted_at is not null and r.comment_to_applicant <> ''), '') as comments,
      (select count(*)::int ${CONTACTS}) as recipients,
      array(select distinct p.language ${CONTACTS} order by 1) as readers,
      (select d.kind from decisions d where d.entry_id = n.id and d.revoked_at is null) as decision
    from entries n join organisations o on o.id = n.organisation_id left join feedback_letters l on l.entry_id = n.id
    where ${which} and n.state = any (${[...JUDGED]}::text[]) order by o.name, n.code limit 2000`.execute(db);
  return rows.map(({ comments, ...row }) => ({ ...row, text: row.text ?? (comments ? { [row.language]: comments } : {}) }));
}

/** Writes the letter of one entry. A letter that was sent never changes. Errors: NotFound, NotAllowed, Refused('letter-sent'). */
export async function writeLetter(
  db: Db,
  viewer: Viewer,
  slug: string,
  entryId: string,
  text: Record<string, string>,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await chairedCall(tx, viewer, slug, true);
    const entry = await tx
      .selectFrom('entries')
      .select('id')
      .where('id', '=', entryId)
      .where('call_id', '=', call.id)
      .executeTakeFirst();
    if (!entry) throw new NotFound();
    const { rows } = await sql`
      insert into feedback_letters (entry_id, call_id, text, written_by, written_at) values (${entryId}, ${call.id}, ${json(text)}, ${viewer.personId}, ${now})
      on conflict (entry_id) do update set text = excluded.text, written_by = excluded.written_by, written_at = excluded.written_at
        where feedback_letters.sent_at is null returning entry_id`.execute(tx);
    if (rows.length === 0) throw new Refused('letter-sent');
    await record(tx, { actor: viewer.personId, feature: 'judging', row: entryId, action: 'letterWritten', after: { text } });
  });
}

/** Sends every written letter that was not sent yet, to the contacts of its city; one without contacts waits for them. Errors: NotFound, NotAllowed, Refused('results-first'). */
export async function sendLetters(db: Db, viewer: Viewer, slug: string, now: Temporal.Instant): Promise<number> {
  return inTransaction(db, async (tx) => {
    const call = await runCall(tx, viewer, slug, true);
    if (!call.resultsPublishedAt) throw new Refused('results-first');
    const { rows } = await sql<{ entry: string; personId: string; address: string; language: string }>`
      with ready as (update feedback_letters l set sent_at = ${now}, sent_by = ${viewer.personId} from entries n
        where l.call_id = ${call.id} and l.sent_at is null and l.text <> '{}' and n.id = l.entry_id and exists (select ${CONTACTS})
        returning l.entry_id)
      select n.id as entry, p.id as "personId", p.email as address, p.language from ready join entries n on n.id = ready.entry_id
        join affiliations a on a.organisation_id = n.organisation_id and a.is_contact and a.ended_at is null
        join people p on p.id = a.person_id and p.email is not null and p.erased_at is null`.execute(tx);
    const sends = rows.map(({ entry, ...to }) => ({
      ...to,
      cause: `judging:letter:${entry}:${to.personId}`,
      kind: 'judging.letter',
      payload: { entryId: entry },
    }));
    const sent = await enqueueSends(tx, sends, now);
    await record(tx, {
      actor: viewer.personId,
      feature: 'judging',
      row: call.id,
      action: 'lettersSent',
      after: { letters: sent },
    });
    return sent;
  });
}
