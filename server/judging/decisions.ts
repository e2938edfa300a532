import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction, violated } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { DecisionKind } from '../../db/tables/judging.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotFound, Refused } from '../errors.ts';
import { chairedCall, runCall } from './found.ts';
import type { DecisionWrite } from './input.ts';
import { chainOf, entryHashes, prove } from './proof.ts';
import { JUDGED } from './visible.ts';

export interface Decision {
  id: string;
  kind: DecisionKind;
  place: number | null;
  reasons: Record<string, string>;
  present: string[];
  decidedAt: Temporal.Instant;
  decidedBy: string | null;
  entry: { id: string; code: string; title: Record<string, string>; organisation: string; country: string } | null;
}

/** What the jury resolved of a call, laureates first. */
export async function decisionsOf(db: Db | Transaction, callId: string): Promise<Decision[]> {
  const { rows } = await sql<Decision>`
    select d.id, d.kind, d.place, d.reasons, d.present, d.decided_at as "decidedAt", p.name as "decidedBy",
      case when n.id is not null then jsonb_build_object('id', n.id, 'code', n.code, 'title', n.title, 'organisation', o.name, 'country', o.country) end as entry
    from decisions d left join entries n on n.id = d.entry_id left join organisations o on o.id = n.organisation_id left join people p on p.id = d.decided_by
    where d.call_id = ${callId} and d.revoked_at is null
    order by array_position(array['void', 'laureate', 'mention', 'shortlisted', 'not-selected'], d.kind), d.place nulls last, d.decided_at`.execute(
    db,
  );
  return rows;
}

/**
 * Puts on record what the jury resolved of an entry, or that the award is void; what was resolved of the same before is revoked and
 * stays on record. Errors: NotFound, NotAllowed, Refused('one-laureate-a-city'), Refused('award-void'), Refused('call-decided'), Invalid.
 */
export async function decide(
  db: Db,
  viewer: Viewer,
  slug: string,
  input: DecisionWrite,
  now: Temporal.Instant,
): Promise<Decision[]> {
  try {
    return await inTransaction(db, async (tx) => {
      const call = await chairedCall(tx, viewer, slug, true);
      if (call.resultsPublishedAt) throw new Refused('call-decided');
      if (Object.keys(input.reasons).length === 0) throw new Invalid([{ path: 'reasons', code: 'required' }]);
      if (input.present.length === 0) throw new Invalid([{ path: 'present', code: 'required' }]);
      const entry = input.entry ? await judgedEntry(tx, call.id, input.entry) : null;
      await holdVoid(tx, call.id, input.kind);
      if (entry) await revoke(tx, viewer, entry.id, now);
      await tx
        .insertInto('decisions')
        .values({
          call_id: call.id,
          entry_id: entry?.id ?? null,
          organisation_id: entry?.organisation_id ?? null,
          kind: input.kind,
          place: input.place ?? null,
          reasons: json(input.reasons) as never,
          present: input.present,
          decided_by: viewer.personId,
          decided_at: now,
        })
        .execute();
      if (entry && input.kind === 'shortlisted')
        await tx.updateTable('entries').set({ state: 'shortlisted' }).where('id', '=', entry.id).execute();
      const facts = {
        kind: input.kind,
        entry: entry?.code ?? null,
        place: input.place ?? null,
        reasons: input.reasons,
        present: input.present,
      };
      await prove(tx, call.id, 'decision', facts, now);
      await record(tx, {
        actor: viewer.personId,
        feature: 'judging',
        row: entry?.id ?? call.id,
        action: 'decided',
        after: { ...facts },
      });
      return decisionsOf(tx, call.id);
    });
  } catch (error) {
    if (violated(error) === 'decisions_one_laureate_a_city') throw new Refused('one-laureate-a-city');
    if (violated(error) === 'decisions_void') throw new Refused('award-void');
    throw error;
  }
}

async function judgedEntry(tx: Transaction, callId: string, id: string) {
  const entry = await tx
    .selectFrom('entries')
    .select(['id', 'code', 'organisation_id', 'state'])
    .where('id', '=', id)
    .where('call_id', '=', callId)
    .executeTakeFirst();
  if (!entry || !(JUDGED as readonly string[]).includes(entry.state)) throw new Invalid([{ path: 'entry', code: 'choice' }]);
  return entry;
}

async function holdVoid(tx: Transaction, callId: string, kind: DecisionKind): Promise<void> {
  const { rows } = await sql<{ kind: DecisionKind }>`
    select kind from decisions where call_id = ${callId} and revoked_at is null and kind in ('void', 'laureate')`.execute(tx);
  if (kind === 'laureate' && rows.some((row) => row.kind === 'void')) throw new Refused('award-void');
  if (kind === 'void' && rows.some((row) => row.kind === 'laureate')) throw new Refused('award-has-laureates');
}

async function revoke(tx: Transaction, viewer: Viewer, entryId: string, now: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('decisions')
    .set({ revoked_at: now, revoked_by: viewer.personId })
    .where('entry_id', '=', entryId)
    .where('revoked_at', 'is', null)
    .execute();
}

/** Takes a decision back before it is published: on record, in the chain too. Errors: NotFound, NotAllowed, Refused('call-decided'). */
export async function revokeDecision(db: Db, viewer: Viewer, slug: string, id: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await chairedCall(tx, viewer, slug, true);
    if (call.resultsPublishedAt) throw new Refused('call-decided');
    const row = await tx
      .updateTable('decisions')
      .set({ revoked_at: now, revoked_by: viewer.personId })
      .where('id', '=', id)
      .where('call_id', '=', call.id)
      .where('revoked_at', 'is', null)
      .returning(['kind', 'entry_id'])
      .executeTakeFirst();
    if (!row) throw new NotFound();
    if (row.kind === 'shortlisted' && row.entry_id)
      await tx
        .updateTable('entries')
        .set({ state: 'eligible' })
        .where('id', '=', row.entry_id)
        .where('state', '=', 'shortlisted')
        .execute();
    await prove(tx, call.id, 'revocation', { decision: id, kind: row.kind }, now);
    await record(tx, {
      actor: viewer.personId,
      feature: 'judging',
      row: row.entry_id ?? call.id,
      action: 'decisionRevoked',
      before: { kind: row.kind },
    });
  });
}

/**
 * Publishes what was decided: laureates and mentions become public, all others not selected, and nothing changes any more. Errors:
 * NotFound, NotAllowed, Refused('nothing-decided').
 */
export async function publishResults(db: Db, viewer: Viewer, slug: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await runCall(tx, viewer, slug, true);
    if (call.resultsPublishedAt) return;
    const decisions = await decisionsOf(tx, call.id);
    if (!call.publishedAt || !decisions.some(({ kind }) => kind === 'laureate' || kind === 'void'))
      throw new Refused('nothing-decided');
    await sql`update entries n set state = coalesce((select case when d.kind in ('laureate', 'mention') then d.kind else 'not-selected' end
        from decisions d where d.entry_id = n.id and d.revoked_at is null), 'not-selected')
      where n.call_id = ${call.id} and n.state in ('submitted', 'eligible', 'shortlisted')`.execute(tx);
    await tx
      .updateTable('calls')
      .set({ results_published_at: now, results_published_by: viewer.personId })
      .where('id', '=', call.id)
      .execute();
    const facts = {
      decisions: decisions.map(({ kind, place, reasons, entry }) => ({ kind, place, reasons, entry: entry?.code ?? null })),
      entries: await entryHashes(tx, call.id),
    };
    await prove(tx, call.id, 'publication', facts, now);
    await record(tx, {
      actor: viewer.personId,
      feature: 'judging',
      row: call.id,
      action: 'resultsPublished',
      after: { decisions: decisions.length },
    });
    await emit(tx, 'calls.results-published', { call: call.id });
  });
}

/** The chain of a call for export: anybody who has the file can verify it. Errors: NotFound, NotAllowed. */
export async function exportedChain(db: Db, viewer: Viewer, slug: string) {
  const call = await chairedCall(db, viewer, slug);
  return { format: 'convivium-chain-1', call: call.slug, title: call.title, chain: await chainOf(db, call.id) };
}

/** The entries that the jury decides on, by their cities. */
export async function judgedEntries(db: Db, callId: string) {
  return db
    .selectFrom('entries as n')
    .innerJoin('organisations as o', 'o.id', 'n.organisation_id')
    .select(['n.id', 'n.code', 'n.title', 'o.name as organisation'])
    .where('n.call_id', '=', callId)
    .where('n.state', 'in', [...JUDGED])
    .orderBy('o.name')
    .limit(2000)
    .execute();
}

/** Laureates, mentions or that the award is void, once it is public. Who was there stays with the jury. Undefined before. */
export async function publishedResults(db: Db, slug: string) {
  const call = await db
    .selectFrom('calls')
    .select(['id', 'slug', 'title', 'default_language as defaultLanguage'])
    .where('slug', '=', slug)
    .where('published_at', 'is not', null)
    .where('results_published_at', 'is not', null)
    .executeTakeFirst();
  if (!call) return undefined;
  const decisions = (await decisionsOf(db, call.id))
    .filter(({ kind }) => kind === 'laureate' || kind === 'mention' || kind === 'void')
    .map(({ id, kind, place, reasons, entry }) => ({ id, kind, place, reasons, entry }));
  return { call: { slug: call.slug, title: call.title, defaultLanguage: call.defaultLanguage }, decisions };
}
