import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { connect } from '../../db/database.ts';
import { newToken } from '../../server/tokens.ts';
import { idle, makeWorld, truths, type World } from '../places/world.ts';
import type { Call } from './clients.ts';
import { drive } from './clients.ts';
import { type Ground, openGround, runToEnd } from './ground.ts';

const CITIES = 500;
const PEOPLE = 8;
const ALLOWANCE = 5;
const PLACES = 2000;
const CLIENTS = 200;

interface Driven {
  seconds: number;
  p50: number;
  p95: number;
  answers: { status: number; body: string }[];
}

/** The day registration opens: 500 cities, 8 people each who are signed in, 5 allowed of each, 2,000 places, all at once. */
export async function rush(): Promise<void> {
  const ground = await openGround();
  try {
    const warm = await openEvent(ground, 20);
    const measured = await openEvent(ground, CITIES);
    const straight = await openEvent(ground, CITIES);
    await sql`vacuum analyze`.execute(ground.db);
    await sql`checkpoint`.execute(ground.db);
    const { port } = await ground.startWeb();
    await send(ground, port, warm.calls);
    const driven = await send(ground, port, shuffled(measured.calls));
    const seen = await truths(ground.db, measured.world.eventId);
    const count = (status: number, text = '') =>
      driven.answers.filter((answer) => answer.status === status && answer.body.includes(text)).length;
    const sqlPerSecond = Number(await runToEnd('rush-sql.ts', [ground.url, straightFile(ground, straight)]));
    const perSecond = driven.answers.length / driven.seconds;
    const naive = await naiveOversold(ground);
    const kept = await killed(ground);
    const result = {
      accepted: count(201, '"confirmed"'),
      waiting: count(201, '"waiting"'),
      refused: count(409, '"allowance"'),
      oversold: Math.max(0, (seen.confirmed ?? 0) - PLACES) + (seen.confirmedWithoutPlace ?? 0) + (seen.overAllowance ?? 0),
      idle: await idle(ground.db, measured.world.eventId),
      perSecond: Math.round(perSecond),
      p50ms: Math.round(driven.p50),
      p95ms: Math.round(driven.p95),
      ratioToSql: Math.round((perSecond / sqlPerSecond) * 100) / 100,
      sqlPerSecond: Math.round(sqlPerSecond),
      control: { oversoldByCounting: naive },
      killed: kept,
    };
    process.stdout.write(`${JSON.stringify(result)}\n`);
    const held =
      result.accepted === PLACES &&
      result.waiting === 500 &&
      result.refused === 1500 &&
      result.oversold === 0 &&
      result.idle === 0;
    if (!held || result.ratioToSql < 0.45 || naive <= 0 || kept.lost > 0) process.exitCode = 1;
  } finally {
    await ground.close();
  }
}

interface Opened {
  world: World;
  slug: string;
  calls: Call[];
  tokens: string[];
}

async function openEvent(ground: Ground, cities: number): Promise<Opened> {
  const world = await makeWorld(ground.db, { places: PLACES, limit: ALLOWANCE, organisations: cities, people: PEOPLE });
  const { rows } = await sql<{ slug: string }>`
    update events set registration_opens_at = now() - interval '1 hour', limit_member = ${ALLOWANCE} where id = ${world.eventId} returning slug`.execute(
    ground.db,
  );
  const slug = rows[0]?.slug ?? '';
  const people = world.people.flatMap((list, index) =>
    list.map((person) => ({ person, organisation: world.organisationIds[index] ?? '', ...newToken('cv_') })),
  );
  await sql`
    insert into affiliations (person_id, organisation_id) select * from unnest(${people.map((p) => p.person)}::uuid[], ${people.map((p) => p.organisation)}::uuid[])`.execute(
    ground.db,
  );
  await sql`
    insert into api_tokens (token_hash, person_id, name, last_used_at)
    select decode(h, 'hex'), p, 'rush', now() from unnest(${people.map((p) => p.hash.toString('hex'))}::text[], ${people.map((p) => p.person)}::uuid[]) t(h, p)`.execute(
    ground.db,
  );
  const calls = people.map(
    ({ token, organisation }): Call => ({
      method: 'POST',
      path: `/api/events/${slug}/registrations`,
      headers: { Authorization: `Bearer ${token}` },
      body: JSON.stringify({ organisationId: organisation, category: 'category-0' }),
    }),
  );
  return { world, slug, calls, tokens: people.map((p) => p.token) };
}

async function send(ground: Ground, port: number, calls: Call[]): Promise<Driven> {
  const file = path.join(ground.dir, 'calls.json');
  writeFileSync(file, JSON.stringify(calls));
  return JSON.parse(await runToEnd('driver.ts', [String(port), file, String(CLIENTS)])) as Driven;
}

function straightFile(ground: Ground, opened: Opened): string {
  const file = path.join(ground.dir, 'straight.json');
  const people = opened.world.people.flatMap((list, index) =>
    list.map((person) => ({ person, organisation: opened.world.organisationIds[index] })),
  );
  writeFileSync(
    file,
    JSON.stringify({
      slug: opened.slug,
      people: shuffled(people.map((row, index) => ({ ...row, token: opened.tokens[index] }))),
    }),
  );
  return file;
}

// Everybody comes at once, not city by city. Always the same order, so that two runs compare.
function shuffled<Item>(items: readonly Item[]): Item[] {
  let state = 42;
  const keyed = items.map((item) => ({ item, key: (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

/** The negative control: counting before inserting, on tables of its own without a constraint. By how many it oversold. */
async function naiveOversold(ground: Ground): Promise<number> {
  const { db } = connect(ground.url, 16);
  try {
    await sql`create table naive_registrations (id serial primary key, person int)`.execute(db);
    const one = async (person: number) => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from naive_registrations`.execute(db);
      if ((rows[0]?.n ?? 0) < 200) await sql`insert into naive_registrations (person) values (${person})`.execute(db);
    };
    await Promise.all(Array.from({ length: 1000 }, (_, person) => one(person)));
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from naive_registrations`.execute(db);
    return (rows[0]?.n ?? 0) - 200;
  } finally {
    await sql`drop table naive_registrations`.execute(db);
    await db.destroy();
  }
}

/** A web process killed in mid-rush and started again: every registration it acknowledged is there. */
async function killed(ground: Ground): Promise<{ acknowledged: number; lost: number; oversold: number }> {
  const opened = await openEvent(ground, 100);
  const { port, child } = await ground.startWeb();
  const acknowledged = new Set<string>();
  let answered = 0;
  await drive(port, shuffled(opened.calls), 50, (_, answer) => {
    if (answer.status === 201) acknowledged.add((JSON.parse(answer.body) as { id: string }).id);
    if (++answered === 250) child.kill('SIGKILL');
  });
  const again = await ground.startWeb();
  await drive(again.port, shuffled(opened.calls), 50, (_, answer) => {
    if (answer.status === 201) acknowledged.add((JSON.parse(answer.body) as { id: string }).id);
  });
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from registrations where id = any (${[...acknowledged]}::uuid[]) and state in ('confirmed', 'waiting')`.execute(
    ground.db,
  );
  const seen = await truths(ground.db, opened.world.eventId);
  return {
    acknowledged: acknowledged.size,
    lost: acknowledged.size - (rows[0]?.n ?? 0),
    oversold: (seen.confirmedWithoutPlace ?? 0) + (seen.overAllowance ?? 0),
  };
}
