import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { closeQuestionnaire } from '../../server/questionnaires/actions.ts';
import { answer } from '../../server/questionnaires/answering.ts';
import { mix } from '../../server/questionnaires/mixing.ts';
import { settle } from '../../server/questionnaires/settling.ts';
import { testDatabase } from '../support/database.ts';
import { askedWith, KEY, NUMBERED, openedQuestionnaire } from './world.ts';

// Whoever has the whole database tries to say whose answer is whose. Everybody answers with a number of their own, in the order in
// which they are asked for it; an attack orders people by something they left and answers by something they left, and puts the two
// side by side. At chance it is right once, whatever the number of people.

const { db } = await testDatabase();
const now = Temporal.Now.instant();
const PEOPLE = 200;

interface Left {
  /** The number that this person's answer holds. */
  number: number;
  order: string[];
}

/** What each row shows of when it was written and where it lies, as text that sorts. */
const traces = (names: string[]) => sql.raw(names.map((name) => `lpad(${name}::text, 60, '0')`).join(', '));

async function people(id: string, numbers: Map<string, number>): Promise<Left[]> {
  const { rows } = await sql<{ person: string; traces: string[] }>`
    select person_id as person, array[${traces(['xmin', 'xmax', 'ctid', 'cmin', 'id', "encode(token_hash, 'hex')", 'person_id'])}] as traces
    from askings where questionnaire_id = ${id} and answered`.execute(db);
  return rows.map((row) => ({ number: numbers.get(row.person) ?? -1, order: row.traces }));
}

async function answers(id: string): Promise<Left[]> {
  const { rows } = await sql<{ number: number; traces: string[] }>`
    select (answers->>'no')::int as number, array[${traces(['xmin', 'xmax', 'ctid', 'cmin', 'id'])}] as traces
    from answers where questionnaire_id = ${id}`.execute(db);
  return rows.map((row) => ({ number: row.number, order: row.traces }));
}

/** How many of an ordering's neighbours are right: people sorted by trace `a`, answers by trace `b`. */
function hits(left: Left[], right: Left[], a: number, b: number): { hits: number; rho: number } {
  const sorted = (rows: Left[], at: number) => rows.toSorted((x, y) => ((x.order[at] ?? '') < (y.order[at] ?? '') ? -1 : 1));
  const one = sorted(left, a);
  const other = sorted(right, b);
  const same = one.filter((row, at) => row.number === other[at]?.number).length;
  // Spearman's rank correlation between the places that the same number has on both sides.
  const place = new Map(other.map((row, at) => [row.number, at]));
  const n = one.length;
  const d2 = one.reduce((sum, row, at) => sum + (at - (place.get(row.number) ?? 0)) ** 2, 0);
  return { hits: same, rho: 1 - (6 * d2) / (n * (n * n - 1)) };
}

const PAIRS = [0, 1, 2, 3, 4, 5, 6].flatMap((a) => [0, 1, 2, 3, 4].map((b) => [a, b] as const));

/** Answers one after the other, the mixer running as it does, and closes. */
async function answered(shape: { mixing: boolean }) {
  const opened = await openedQuestionnaire(db, { people: PEOPLE, definition: NUMBERED, now });
  const numbers = new Map<string, number>();
  for (const [number, { personId, token }] of opened.people.entries()) {
    numbers.set(personId, number);
    const { asked, definition } = await askedWith(db, token);
    await answer(db, asked, definition, { no: number, words: `words of ${number}` }, { key: KEY, now });
    if (shape.mixing && number % 40 === 39) await mix(db, opened.id, { key: KEY, now, last: false });
  }
  return { opened, numbers };
}

/** As everybody would do it: a flag and an answer in two transactions of their own. */
async function naive() {
  await sql`create table naive_people (person int primary key, answered boolean not null default false)`.execute(db);
  await sql`create table naive_answers (id uuid primary key default gen_random_uuid(), no int)`.execute(db);
  await sql`insert into naive_people select generate_series(0, ${PEOPLE - 1})`.execute(db);
  for (let number = 0; number < PEOPLE; number++) {
    await sql`insert into naive_answers (no) values (${number})`.execute(db);
    await sql`update naive_people set answered = true where person = ${number}`.execute(db);
  }
  const { rows: left } = await sql<{ number: number; traces: string[] }>`
    select person as number, array[${traces(['xmin'])}] as traces from naive_people where answered`.execute(db);
  const { rows: right } = await sql<{ number: number; traces: string[] }>`
    select no as number, array[${traces(['xmin'])}] as traces from naive_answers`.execute(db);
  const asLeft = (rows: typeof left) => rows.map((row) => ({ number: row.number, order: row.traces }));
  return hits(asLeft(left), asLeft(right), 0, 0);
}

describe('whose answer is whose', () => {
  it('is told by the naive scheme, of everybody', async () => {
    expect(await naive()).toEqual({ hits: PEOPLE, rho: 1 });
  });

  it('is told by no column, visible or hidden, while the questionnaire is open and when it has closed', async () => {
    const { opened, numbers } = await answered({ mixing: true });
    const found: { hits: number; rho: number; people: number }[] = [];
    const attack = async () => {
      const left = await people(opened.id, numbers);
      const right = await answers(opened.id);
      expect(right.length).toBe(left.length);
      expect(right.length).toBeGreaterThan(100);
      // One writer for all: ordering by the writing transaction orders nothing.
      expect(new Set(left.map((row) => row.order[0])).size).toBe(1);
      expect(new Set(right.map((row) => row.order[0])).size).toBe(1);
      for (const [a, b] of PAIRS) found.push({ ...hits(left, right, a, b), people: left.length });
    };
    await attack();
    await closeQuestionnaire(db, opened.viewer, opened.id, now);
    await settle(db, opened.id, { key: KEY, now });
    await attack();
    expect(await answers(opened.id)).toHaveLength(PEOPLE);
    // 70 attacks at chance: hits of each are Poisson with mean 1, and 9 or more happen to one in a million. |rho| above 4.5 standard
    // deviations happens to seven in a million.
    expect(Math.max(...found.map((one) => one.hits))).toBeLessThan(9);
    for (const one of found) expect(Math.abs(one.rho) * Math.sqrt(one.people - 1)).toBeLessThan(4.5);
  });

  it('is not told by what was written either: a text stands in no relation to its answer', async () => {
    const { opened } = await answered({ mixing: false });
    await mix(db, opened.id, { key: KEY, now, last: false });
    const { rows } = await sql<{ no: number; words: number }>`
      select a.no, t.words from (select row_number() over (order by ctid) as at, (answers->>'no')::int as no from answers where questionnaire_id = ${opened.id}) a
      join (select row_number() over (order by ctid) as at, substring(text from '\\d+')::int as words from answer_texts where questionnaire_id = ${opened.id}) t
        on t.at = a.at`.execute(db);
    expect(rows.length).toBe(PEOPLE - 5);
    expect(rows.filter((row) => row.no === row.words).length).toBeLessThan(9);
  });

  it('is not told by a batch: none is smaller than five, and five stay behind', async () => {
    const opened = await openedQuestionnaire(db, { people: 30, definition: NUMBERED, now });
    const batches: number[] = [];
    for (const [number, { token }] of opened.people.entries()) {
      const { asked, definition } = await askedWith(db, token);
      await answer(db, asked, definition, { no: number }, { key: KEY, now });
      batches.push(await mix(db, opened.id, { key: KEY, now, last: false }));
    }
    expect(batches.filter((n) => n > 0)).toEqual([5, 5, 5, 5, 5]);
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from answer_inbox where questionnaire_id = ${opened.id}`.execute(db);
    expect(rows).toEqual([{ n: 5 }]);
  });

  it('is told by nothing beside the tables: no outbox row, no audit row, no send, no key of a request', async () => {
    const opened = await openedQuestionnaire(db, { people: 12, definition: NUMBERED, now });
    const count = async () => {
      const { rows } = await sql`select (select count(*) from outbox) as outbox, (select count(*) from changes) as changes,
        (select count(*) from sends) as sends, (select count(*) from idempotency_keys) as keys`.execute(db);
      return rows[0];
    };
    const before = await count();
    for (const [number, { token }] of opened.people.entries()) {
      const { asked, definition } = await askedWith(db, token);
      await answer(db, asked, definition, { no: number }, { key: KEY, now });
    }
    await mix(db, opened.id, { key: KEY, now, last: false });
    expect(await count()).toEqual(before);
  });

  it('is not told by the columns: these and no others', async () => {
    const { rows } = await sql<{ column: string }>`
      select table_name || '.' || column_name || ' ' || data_type as column from information_schema.columns
      where table_name in ('answers', 'answer_texts', 'answer_inbox', 'answer_days', 'askings') order by 1`.execute(db);
    expect(rows.map((row) => row.column)).toEqual([
      'answer_days.day date',
      'answer_days.n integer',
      'answer_days.questionnaire_id uuid',
      'answer_inbox.questionnaire_id uuid',
      'answer_inbox.sealed bytea',
      'answer_inbox.token_hash bytea',
      'answer_texts.id uuid',
      'answer_texts.item_key text',
      'answer_texts.questionnaire_id uuid',
      'answer_texts.redacted text',
      'answer_texts.text text',
      'answers.answers jsonb',
      'answers.id uuid',
      'answers.questionnaire_id uuid',
      'askings.answered boolean',
      'askings.asked_on date',
      'askings.id uuid',
      'askings.organisation_id uuid',
      'askings.person_id uuid',
      'askings.questionnaire_id uuid',
      'askings.reminders smallint',
      'askings.token_hash bytea',
    ]);
    const { rows: references } = await sql<{ to: string }>`
      select distinct confrelid::regclass::text as to from pg_constraint where contype = 'f'
        and conrelid in ('answers'::regclass, 'answer_texts'::regclass, 'answer_inbox'::regclass)`.execute(db);
    expect(references).toEqual([{ to: 'questionnaires' }]);
    const { rows: defaults } = await sql<{ version: number }>`
      select distinct substring(id::text from 15 for 1)::int as version from answers`.execute(db);
    expect(defaults).toEqual([{ version: 4 }]);
  });

  it('is sealed on its way in: without the secret the inbox is noise of one size', async () => {
    const opened = await openedQuestionnaire(db, { people: 12, definition: NUMBERED, now });
    for (const [number, { token }] of opened.people.entries()) {
      const { asked, definition } = await askedWith(db, token);
      await answer(db, asked, definition, { no: number, words: 'long '.repeat(number * 10) }, { key: KEY, now });
    }
    const { rows } = await sql<{ sealed: Buffer }>`select sealed from answer_inbox where questionnaire_id = ${opened.id}`.execute(
      db,
    );
    expect(new Set(rows.map(({ sealed }) => sealed.length))).toEqual(new Set([1024]));
    expect(rows.some(({ sealed }) => sealed.includes('long'))).toBe(false);
  });
});
