import { sql } from 'kysely';
import type { Transaction } from '../../db/database.ts';
import { parseDefinition } from '../forms/definition.ts';
import { type Cell, type Parts, tally } from './figures.ts';
import { mayFollow } from './suppression.ts';

const BATCH = 5000;

/**
 * Makes the figures that may be shown: of all who answered while the questionnaire is open, of groups too once it is `settled`.
 * What was shown stays until its base has grown by a whole group. Call it under the lock under which answers change.
 */
export async function publish(tx: Transaction, questionnaireId: string, settled = false): Promise<void> {
  const { rows } = await sql<{ definition: unknown; least: number; privacy: string }>`
    select v.definition, q.minimum_group as least, q.privacy from questionnaires q join form_versions v on v.id = q.form_version_id
    where q.id = ${questionnaireId}`.execute(tx);
  const [found] = rows;
  if (!found) return;
  const definition = parseDefinition(found.definition);
  const counted = tally(definition, found.least);
  for await (const batch of answersOf(tx, questionnaireId, found.privacy === 'anonymous')) counted.add(batch);
  if (found.privacy === 'anonymous') counted.addTexts(await textCounts(tx, questionnaireId));
  const before = await shownBefore(tx, questionnaireId);
  const whole = counted.whole(settled);
  const cells = whole.filter((cell) => mayFollow(before.get(cell.item)?.base, cell.base, found.least));
  const showing = cells.map((cell) => ({
    ...cell,
    history: [...(before.get(cell.item)?.history ?? []), counted.partsOf(cell.item)],
  }));
  const histories = new Map([...before].map(([item, { history }]) => [item, history]));
  for (const { item, history } of showing) histories.set(item, history);
  // Of groups only where the whole is told as it is now: else their sum would say what the whole does not.
  const current = new Set(
    whole.filter((cell) => cells.includes(cell) || before.get(cell.item)?.base === cell.base).map((cell) => cell.item),
  );
  const groups = settled ? counted.groups((item) => histories.get(item) ?? []).filter((cell) => current.has(cell.item)) : [];
  await keep(tx, questionnaireId, [...showing, ...groups.map((cell) => ({ ...cell, history: [] }))]);
}

async function* answersOf(tx: Transaction, questionnaireId: string, anonymous: boolean) {
  const [table, id, extra] = anonymous
    ? [sql`answers`, sql`id`, sql`true`]
    : [sql`named_answers`, sql`asking_id`, sql`not draft`];
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await sql<{ id: string; answers: Record<string, unknown> }>`
      select ${id} as id, answers from ${table} where questionnaire_id = ${questionnaireId} and ${extra} and ${id} > ${after}::uuid
      order by ${id} limit ${BATCH}`.execute(tx);
    yield rows.map(({ answers }) => answers);
    if (rows.length < BATCH) return;
    after = rows.at(-1)?.id ?? after;
  }
}

async function textCounts(tx: Transaction, questionnaireId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ item: string; n: number }>`
    select item_key as item, count(*)::int as n from answer_texts where questionnaire_id = ${questionnaireId} group by item_key`.execute(
    tx,
  );
  return new Map(rows.map(({ item, n }) => [item, n]));
}

async function shownBefore(tx: Transaction, questionnaireId: string): Promise<Map<string, { base: number; history: Parts[] }>> {
  const rows = await tx
    .selectFrom('published_figures')
    .select(['item_key', 'base', 'history'])
    .where('questionnaire_id', '=', questionnaireId)
    .where('segment_key', '=', '')
    .execute();
  return new Map(rows.map(({ item_key, base, history }) => [item_key, { base, history }]));
}

async function keep(tx: Transaction, questionnaireId: string, cells: (Cell & { history: Parts[] })[]): Promise<void> {
  await sql`
    insert into published_figures (questionnaire_id, item_key, segment_key, segment_code, base, counts, history)
    select ${questionnaireId}::uuid, item, segment, code, base, counts, history
    from jsonb_to_recordset(${JSON.stringify(cells)}::jsonb) as new (item text, segment text, code text, base int, counts jsonb, history jsonb)
    on conflict (questionnaire_id, segment_key, segment_code, item_key) do update set base = excluded.base, counts = excluded.counts,
      history = excluded.history`.execute(tx);
}
