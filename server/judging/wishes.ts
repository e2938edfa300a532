import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, Refused } from '../errors.ts';
import { runCall, seatedCall } from './found.ts';
import { LONG_LIST, tellJurors } from './rounds.ts';
import { JUDGED } from './visible.ts';

/** An entry as a juror sees it who is asked whether they would like to read it. */
export interface Wishable {
  id: string;
  code: string;
  title: Record<string, string>;
  language: string;
  theme: Record<string, string> | null;
  organisation: { name: string; country: string };
  wished: boolean;
}

// What is before the jury and may be theirs: never what they are in conflict with.
const open = (callId: string, personId: string) => sql`n.call_id = ${callId} and n.state = any (${[...JUDGED]}::text[])
  and not exists (select from juror_conflicts x where x.call_id = n.call_id and x.entry_id = n.id and x.person_id = ${personId})`;

/**
 * What a juror may wish to read while they are asked, in an order of their own; nothing when they are not asked.
 * Errors: NotFound for who is no juror of the call.
 */
export async function wishesOf(db: Db, viewer: Viewer, slug: string): Promise<{ open: boolean; entries: Wishable[] }> {
  const call = await seatedCall(db, viewer, slug);
  if (!call.scoring.wishes) return { open: false, entries: [] };
  const { rows } = await sql<Wishable>`
    select n.id, n.code, n.title, n.language, (select t.title from call_themes t where t.call_id = n.call_id and t.key = n.theme) as theme,
      jsonb_build_object('name', o.name, 'country', o.country) as organisation, w.entry_id is not null as wished
    from entries n join organisations o on o.id = n.organisation_id
      left join wishes w on w.entry_id = n.id and w.person_id = ${viewer.personId}
    where ${open(call.id, viewer.personId)} order by md5(n.code || ${viewer.personId}), n.code limit 1000`.execute(db);
  return { open: true, entries: rows };
}

/** Keeps what a juror would like to read; what they wished before and do not name is forgotten. Errors: NotFound,
 * Refused('wishes-closed'), Invalid for an entry that is not theirs to wish. */
export async function wish(
  db: Db,
  viewer: Viewer,
  slug: string,
  entries: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await seatedCall(tx, viewer, slug);
    const round = await tx
      .selectFrom('rounds')
      .select(['wishes_opened_at', 'wishes_closed_at'])
      .where('call_id', '=', call.id)
      .where('number', '=', LONG_LIST)
      .forShare()
      .executeTakeFirst();
    if (!round?.wishes_opened_at || round.wishes_closed_at) throw new Refused('wishes-closed');
    const wished = sql`(select n.id from entries n where n.id = any (${[...entries]}::uuid[]) and ${open(call.id, viewer.personId)})`;
    await sql`delete from wishes where call_id = ${call.id} and person_id = ${viewer.personId}`.execute(tx);
    const made = await sql`insert into wishes (entry_id, person_id, call_id, wished_at)
      select id, ${viewer.personId}, ${call.id}, ${now}::timestamptz from ${wished} found returning entry_id`.execute(tx);
    if (made.rows.length !== new Set(entries).size) throw new Invalid([{ path: 'entries', code: 'choice' }]);
    const after = { entries: made.rows.length };
    await record(tx, { actor: viewer.personId, feature: 'judging', row: call.id, action: 'wished', after });
  });
}

/**
 * Asks the jurors by mail what they would like to read, before anything is given to them; or ends the asking. Errors: NotFound,
 * NotAllowed, Refused('assigned-already').
 */
export async function setWishesOpen(db: Db, viewer: Viewer, slug: string, asked: boolean, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await runCall(tx, viewer, slug, true);
    if (asked === call.scoring.wishes) return;
    const { rows: given } = await sql`select from assignments where call_id = ${call.id} limit 1`.execute(tx);
    if (asked && given.length > 0) throw new Refused('assigned-already');
    await sql`insert into rounds (call_id, number, kind, opened_at, opened_by, wishes_opened_at)
      values (${call.id}, ${LONG_LIST}, 'long-list', ${now}, ${viewer.personId}, ${now}) on conflict (call_id, number) do update
      set wishes_opened_at = coalesce(rounds.wishes_opened_at, ${now}), wishes_closed_at = ${asked ? null : now}::timestamptz`.execute(
      tx,
    );
    if (asked) {
      const jurors = await tx
        .selectFrom('jury_members')
        .select(['call_id as call', 'person_id as person'])
        .where('call_id', '=', call.id)
        .where('seat', '=', 'juror')
        .where('ended_at', 'is', null)
        .execute();
      await tellJurors(tx, 'judging.wishes', jurors, now);
    }
    const action = asked ? 'wishesOpened' : 'wishesClosed';
    await record(tx, { actor: viewer.personId, feature: 'judging', row: call.id, action });
  });
}
