import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { inTransaction } from '../../db/database.ts';
import { closeQuestionnaire } from '../../server/questionnaires/actions.ts';
import { sealingKey } from '../../server/questionnaires/anonymity.ts';
import { mix } from '../../server/questionnaires/mixing.ts';
import { publish } from '../../server/questionnaires/publishing.ts';
import { questionnaireById } from '../../server/questionnaires/queries.ts';
import { resultsOf } from '../../server/questionnaires/results.ts';
import { type Opened, openedQuestionnaire } from '../questionnaires/world.ts';
import type { Call } from './clients.ts';
import { type Ground, openGround, runToEnd, SECRET } from './ground.ts';

const PEOPLE = 6000;
const CLIENTS = 64;
const MANY = 100_000;
const ITEMS = 60;

interface Driven {
  seconds: number;
  p95: number;
  answers: { status: number }[];
}

/** Six thousand people answer anonymously at once over HTTP, every fourth of them twice, with the mixer running all the while. */
export async function answers(): Promise<void> {
  const ground = await openGround();
  try {
    const now = Temporal.Now.instant();
    const warm = await openedQuestionnaire(ground.db, { people: 500, now, secret: SECRET });
    const measured = await openedQuestionnaire(ground.db, { people: PEOPLE, now, secret: SECRET });
    const straight = await openedQuestionnaire(ground.db, { people: PEOPLE, now, secret: SECRET });
    await sql`vacuum analyze`.execute(ground.db);
    await sql`checkpoint`.execute(ground.db);
    const { port } = await ground.startWeb();
    await send(ground, port, callsOf(warm));
    const twice = callsOf(measured).flatMap((call, at) => (at % 4 === 0 ? [call, call] : [call]));
    const mixer = startMixer(ground, measured.id);
    const driven = await send(ground, port, twice);
    await mixer();
    const accepted = driven.answers.filter(({ status }) => status === 201).length;
    const kept = await keptOf(ground, measured.id);
    const sqlPerSecond = Number(await runToEnd('answers-sql.ts', [ground.url, straightFile(ground, straight), String(CLIENTS)]));
    const perSecond = twice.length / driven.seconds;
    const reading = await readMany(ground);
    process.stdout.write(`${JSON.stringify({ sqlPerSecond: Math.round(sqlPerSecond), kept, ...reading })}\n`);
    const result = {
      accepted,
      duplicates: Math.max(0, accepted - PEOPLE) + Math.max(0, kept - PEOPLE),
      perSecond: Math.round(perSecond),
      p95ms: Math.round(driven.p95),
      ratioToSql: Math.round((perSecond / sqlPerSecond) * 100) / 100,
    };
    process.stdout.write(`${JSON.stringify(result)}\n`);
    const held = accepted === PEOPLE && kept === PEOPLE && result.duplicates === 0 && reading.resultsMs < 300;
    if (!held || perSecond < 1000 || result.ratioToSql < 0.4) process.exitCode = 1;
  } finally {
    await ground.close();
  }
}

const ANSWERS = {
  nps: '9',
  first: 'yes',
  value: { useful: '4', exchange: '5', organised: '3', accessible: 'na', language: '5' },
  best: 'What other cities do with their libraries.',
};

const callsOf = ({ people }: Opened): Call[] =>
  people.map(({ token }) => ({
    method: 'POST',
    path: `/api/askings/${token}/answers`,
    body: JSON.stringify({ answers: ANSWERS }),
  }));

async function send(ground: Ground, port: number, calls: Call[]): Promise<Driven> {
  const file = path.join(ground.dir, 'calls.json');
  writeFileSync(file, JSON.stringify(calls));
  return JSON.parse(await runToEnd('driver.ts', [String(port), file, String(CLIENTS)])) as Driven;
}

/** Mixes every second, much oftener than a worker does. The answer stops it. */
function startMixer(ground: Ground, id: string): () => Promise<void> {
  const state = { running: true };
  const key = sealingKey(SECRET);
  const run = (async () => {
    while (state.running) {
      await mix(ground.db, id, { key, now: Temporal.Now.instant(), last: false });
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  })();
  return () => {
    state.running = false;
    return run;
  };
}

async function keptOf(ground: Ground, id: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select ((select count(*) from answers where questionnaire_id = ${id}) + (select count(*) from answer_inbox where questionnaire_id = ${id}))::int as n`.execute(
    ground.db,
  );
  return rows[0]?.n ?? 0;
}

function straightFile(ground: Ground, { people }: Opened): string {
  const file = path.join(ground.dir, 'straight.json');
  writeFileSync(file, JSON.stringify(people.map(({ token }) => token)));
  return file;
}

/** How long it takes to count 100,000 answers to 60 questions once they are final, and to read them with a filter ever after. */
async function readMany(ground: Ground): Promise<{ countingMs: number; resultsMs: number }> {
  const now = Temporal.Now.instant();
  const codes = ['a', 'b', 'c', 'd', 'e'].map((code) => ({ code, label: { en: code } }));
  const items = Array.from({ length: ITEMS }, (_, at) => ({
    key: `q${at}`,
    type: 'choice',
    label: { en: `Question ${at}` },
    choices: codes,
    ...(at === 0 ? { segment: true } : {}),
  }));
  const definition = {
    key: 'many',
    kind: 'questionnaire',
    languages: ['en'],
    defaultLanguage: 'en',
    title: { en: 'Many' },
    pages: [{ key: 'page', items }],
  };
  const opened = await openedQuestionnaire(ground.db, { people: 12, definition, now, secret: SECRET });
  await sql`
    insert into answers (questionnaire_id, answers)
    select ${opened.id}::uuid, (select jsonb_object_agg('q' || i, chr(97 + ((n * 7 + i * i * 3 + n / 11) % 5)::int)) from generate_series(0, ${ITEMS - 1}) i)
    from generate_series(1, ${MANY}) n`.execute(ground.db);
  await closeQuestionnaire(ground.db, opened.viewer, opened.id, now);
  const began = performance.now();
  await inTransaction(ground.db, (tx) => publish(tx, opened.id, true));
  const countingMs = Math.round(performance.now() - began);
  const times: number[] = [];
  for (let round = 0; round < 9; round++) {
    const from = performance.now();
    const results = await resultsOf(ground.db, await questionnaireById(ground.db, opened.id), { segment: 'q0', group: 'b' }, now);
    times.push(performance.now() - from);
    if (results.items[1]?.base !== MANY / 5) throw new Error(`a group of ${results.items[1]?.base}`);
  }
  return { countingMs, resultsMs: Math.round(Math.max(...times)) };
}
