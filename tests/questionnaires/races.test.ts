import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../db/database.ts';
import { closeQuestionnaire } from '../../server/questionnaires/actions.ts';
import { answer } from '../../server/questionnaires/answering.ts';
import { mix } from '../../server/questionnaires/mixing.ts';
import { askedBy } from '../../server/questionnaires/queries.ts';
import { settle } from '../../server/questionnaires/settling.ts';
import { testDatabase } from '../support/database.ts';
import { askedWith, KEY, NUMBERED, openedQuestionnaire } from './world.ts';

const { db, pool, url } = await testDatabase({ connections: 12 });
// As several web processes are: within one of them answers that arrive at once share a statement.
const processes = Array.from({ length: 4 }, () => connect(url, 3).db);
afterAll(() => Promise.all(processes.map((one) => one.destroy())));
const now = Temporal.Now.instant();

const die = () => Promise.reject(new Error('killed'));

async function inAll(id: string) {
  const { rows } = await sql<{ answers: number; numbers: number; inbox: number; answered: number }>`
    select (select count(*)::int from answers where questionnaire_id = ${id}) as answers,
      (select count(distinct answers->>'no')::int from answers where questionnaire_id = ${id}) as numbers,
      (select count(*)::int from answer_inbox where questionnaire_id = ${id}) as inbox,
      (select count(*)::int from askings where questionnaire_id = ${id} and answered) as answered`.execute(db);
  return rows[0];
}

describe('everybody at once', () => {
  it('keeps one answer of each, with the mixer running all the while and dying now and then', async () => {
    const PEOPLE = 120;
    const opened = await openedQuestionnaire(db, { people: PEOPLE, definition: NUMBERED, now });
    const { definition } = await askedWith(db, opened.people[0]?.token ?? '');
    const state = { running: true, died: 0 };
    let midways = 0;
    const everySecondDies = () => (midways++ % 2 === 0 ? die() : Promise.resolve());
    const mixer = (async () => {
      while (state.running || state.died === 0) {
        await mix(db, opened.id, { key: KEY, now, last: false, midway: everySecondDies }).catch((error: Error) => {
          if (error.message !== 'killed') throw error;
          state.died++;
        });
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    // Each sends the same answer eight times, all mixed up; they have looked before anybody answered.
    const asked = await Promise.all(opened.people.map(({ token }) => askedBy(db, token)));
    const posts = Array.from({ length: PEOPLE * 8 }, (_, n) => n % PEOPLE).sort(() => Math.random() - 0.5);
    const outcomes = { accepted: 0, refused: 0 };
    await Promise.all(
      Array.from({ length: 16 }, async (_, client) => {
        for (let number = posts.pop(); number !== undefined; number = posts.pop()) {
          const one = asked[number];
          if (!one) continue;
          await answer(processes[client % processes.length] ?? db, one, definition, { no: number }, { key: KEY, now }).then(
            () => outcomes.accepted++,
            (error: { code?: string }) => {
              if (error.code !== 'already-answered') throw error;
              outcomes.refused++;
            },
          );
        }
      }),
    );
    state.running = false;
    await mixer;
    expect(outcomes).toEqual({ accepted: PEOPLE, refused: PEOPLE * 7 });
    expect(state.died).toBeGreaterThan(0);
    await closeQuestionnaire(db, opened.viewer, opened.id, now);
    await settle(db, opened.id, { key: KEY, now });
    expect(await inAll(opened.id)).toEqual({ answers: PEOPLE, numbers: PEOPLE, inbox: 0, answered: PEOPLE });
  });

  it('would keep two of somebody if the lock were taken in the statement of the insert', async () => {
    // The negative control: what the shared lock as a statement of its own protects from.
    const opened = await openedQuestionnaire(db, { people: 20, definition: NUMBERED, now });
    const client = await pool.connect();
    const late = await pool.connect();
    const { rows } = await client.query(
      `select encode(token_hash, 'hex') as hash from askings where questionnaire_id = $1 limit 1`,
      [opened.id],
    );
    const hash = rows[0].hash;
    const once = `insert into answer_inbox select questionnaire_id, token_hash, 'x' from askings where token_hash = decode('${hash}', 'hex') and not answered on conflict do nothing`;
    await client.query(once);
    await client.query('begin');
    await client.query(`delete from answer_inbox where questionnaire_id = '${opened.id}'`);
    await client.query(`update askings set answered = true where token_hash = decode('${hash}', 'hex')`);
    const waiting = late.query(once);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await client.query('commit');
    const { rowCount } = await waiting;
    client.release();
    late.release();
    expect(rowCount).toBe(1);
  });

  it('loses and doubles nothing when the mixer is cut off half-way', async () => {
    const opened = await openedQuestionnaire(db, { people: 40, definition: NUMBERED, now });
    for (const [number, { token }] of opened.people.entries()) {
      const { asked, definition } = await askedWith(db, token);
      await answer(db, asked, definition, { no: number, words: `words ${number}` }, { key: KEY, now });
      if (number === 19) await mix(db, opened.id, { key: KEY, now, last: false });
    }
    const before = await inAll(opened.id);
    expect(before).toEqual({ answers: 15, numbers: 15, inbox: 25, answered: 15 });
    // The server itself ends the connection of the transaction, as when a process is killed.
    const cutOff = mix(db, opened.id, {
      key: KEY,
      now,
      last: false,
      midway: async () => {
        await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and query like '%delete from answer_inbox%' and state = 'idle in transaction'`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      },
    });
    await expect(cutOff).rejects.toThrow();
    expect(await inAll(opened.id)).toEqual(before);
    await closeQuestionnaire(db, opened.viewer, opened.id, now);
    await settle(db, opened.id, { key: KEY, now });
    await settle(db, opened.id, { key: KEY, now });
    expect(await inAll(opened.id)).toEqual({ answers: 40, numbers: 40, inbox: 0, answered: 40 });
    const { rows } =
      await sql`select count(*)::int as n, count(distinct text)::int as texts from answer_texts where questionnaire_id = ${opened.id}`.execute(
        db,
      );
    expect(rows).toEqual([{ n: 40, texts: 40 }]);
  });

  it('destroys unread what fewer than five have answered', async () => {
    const opened = await openedQuestionnaire(db, { people: 12, definition: NUMBERED, now });
    for (const [number, { token }] of opened.people.slice(0, 4).entries()) {
      const { asked, definition } = await askedWith(db, token);
      await answer(db, asked, definition, { no: number }, { key: KEY, now });
    }
    await closeQuestionnaire(db, opened.viewer, opened.id, now);
    await settle(db, opened.id, { key: KEY, now });
    expect(await inAll(opened.id)).toEqual({ answers: 0, numbers: 0, inbox: 0, answered: 4 });
  });
});
