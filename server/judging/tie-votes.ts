import { record } from '../../db/changes.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, Refused } from '../errors.ts';
import { chairedCall } from './found.ts';
import type { TieVoteWrite } from './input.ts';
import { prove } from './proof.ts';
import { JUDGED } from './visible.ts';

export interface TieVote {
  id: string;
  /** The best first. */
  entries: string[];
  reasons: string;
  present: string[];
  decidedBy: string | null;
  decidedAt: Temporal.Instant;
}

/** What the jury resolved of ties in a call, the oldest first. */
export async function tieVotesOf(db: Db, callId: string): Promise<TieVote[]> {
  return db
    .selectFrom('tie_votes as v')
    .leftJoin('people as p', 'p.id', 'v.decided_by')
    .select(['v.id', 'v.entries', 'v.reasons', 'v.present', 'p.name as decidedBy', 'v.decided_at as decidedAt'])
    .where('v.call_id', '=', callId)
    .orderBy('v.decided_at')
    .orderBy('v.id')
    .limit(500)
    .execute();
}

/**
 * Puts on record in which order the jury puts entries that no score tells apart. Errors: NotFound, NotAllowed, Invalid when an entry is
 * not of the call or stands twice, Refused('call-decided').
 */
export async function voteOnTie(db: Db, viewer: Viewer, slug: string, input: TieVoteWrite, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await chairedCall(tx, viewer, slug, true);
    if (call.resultsPublishedAt) throw new Refused('call-decided');
    const found = await tx
      .selectFrom('entries')
      .select(['id', 'code'])
      .where('call_id', '=', call.id)
      .where('id', 'in', input.entries)
      .where('state', 'in', [...JUDGED])
      .execute();
    if (found.length !== input.entries.length) throw new Invalid([{ path: 'entries', code: 'choice' }]);
    const { entries, reasons, present } = input;
    await tx
      .insertInto('tie_votes')
      .values({ call_id: call.id, entries, reasons, present, decided_by: viewer.personId, decided_at: now })
      .execute();
    const codes = entries.map((id) => found.find((entry) => entry.id === id)?.code ?? id);
    await prove(tx, call.id, 'tie', { order: codes, reasons, present }, now);
    await record(tx, {
      actor: viewer.personId,
      feature: 'judging',
      row: call.id,
      action: 'tieVoted',
      after: { entries, reasons },
    });
  });
}
