import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { newId } from '../../db/ids.ts';
import type { TestApp } from '../support/app.ts';

export interface Judge {
  id: string;
  bearer: { authorization: string };
}

export interface JudgingWorld {
  call: { id: string; slug: string };
  secretariat: Judge;
  chair: Judge;
  jurors: Judge[];
  entries: { id: string; code: string; country: string; organisation: string }[];
  criteria: string[];
}

const COUNTRIES = ['ES', 'FR', 'PT', 'BR', 'KR', 'MX'];
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** The code of the n-th entry of a call: six letters that tell nothing of its neighbours. */
const codeOf = (call: string, n: number) =>
  [...createHash('sha256').update(`${call} ${n}`).digest()]
    .slice(0, 6)
    .map((byte) => LETTERS[byte % LETTERS.length])
    .join('');

/** A person with a token; roles are given by name. */
export async function somebody(test: TestApp, name: string, role?: 'secretariat' | 'admin'): Promise<Judge> {
  const id = newId();
  await sql`insert into people (id, name, email) values (${id}, ${name}, ${`${id}@example.org`})`.execute(test.db);
  await sql`insert into sign_in_addresses (address, person_id) values (${`${id}@example.org`}, ${id})`.execute(test.db);
  if (role) await sql`insert into roles (person_id, role) values (${id}, ${role})`.execute(test.db);
  return { id, bearer: await test.bearer(id) };
}

/** A closed call with entries of as many cities, a jury of so many, and a chair. Nobody has a country of their own unless said. */
export async function judgingWorld(
  test: TestApp,
  { slug = 'award', entries = 6, jurors = 3, countries = [] as (string | null)[] } = {},
): Promise<JudgingWorld> {
  const { db } = test;
  const secretariat = await somebody(test, 'Secretariat', 'secretariat');
  const now = test.clock();
  const call = newId();
  await sql`insert into calls (id, slug, kind, title, languages, default_language, zone, opens_local, closes_local, opens_at, closes_at, published_at)
    values (${call}, ${slug}, 'award', '{"en":"Award"}', array['en'], 'en', 'Europe/Madrid', '2025-04-22T09:00', '2025-10-15T23:59',
      ${now.subtract({ hours: 24 * 200 })}, ${now.subtract({ hours: 24 })}, ${now.subtract({ hours: 24 * 201 })})`.execute(db);
  const criteria = ['relevance', 'impact'];
  for (const [position, key] of criteria.entries()) {
    await sql`insert into criteria (call_id, key, name, guidance, scale_min, scale_max, weight, position) values (${call}, ${key},
      ${JSON.stringify({ en: key === 'impact' ? 'Impact' : 'Relevance' })}::jsonb, ${'[{"value":10,"text":{"en":"Changes a whole city"}}]'}::jsonb, 0, 10, ${position + 1}, ${position})`.execute(
      db,
    );
  }
  const made = [];
  for (let n = 0; n < entries; n++) made.push(await newEntry(db, call, slug, n, now));
  const seats: Judge[] = [];
  for (let n = 0; n < jurors; n++) seats.push(await seat(test, call, `Juror ${n + 1}`, 'juror', countries[n] ?? null));
  const chair = await seat(test, call, 'Chair', 'chair', null);
  return { call: { id: call, slug }, secretariat, chair, jurors: seats, entries: made, criteria };
}

async function newEntry(db: Db, call: string, slug: string, n: number, now: Temporal.Instant) {
  const country = COUNTRIES[n % COUNTRIES.length] ?? 'ES';
  const organisation = newId();
  await sql`insert into organisations (id, slug, kind, name, country, zone, membership) values (${organisation}, ${`${slug}-city-${n}`}, 'city',
    ${`${slug} City ${n}`}, ${country}, 'Europe/Madrid', 'member')`.execute(db);
  const id = newId();
  const code = codeOf(slug, n);
  const hash = createHash('sha256').update(id).digest('hex');
  await sql`insert into entries (id, code, call_id, organisation_id, state, language, languages, title, summary, submitted_at, content_hash)
    values (${id}, ${code}, ${call}, ${organisation}, 'submitted', 'en', array['en'], ${JSON.stringify({ en: `Practice ${slug} ${n}` })}::jsonb,
      ${JSON.stringify({ en: `What city ${n} does.` })}::jsonb, ${now}, ${hash})`.execute(db);
  return { id, code, country, organisation };
}

async function seat(test: TestApp, call: string, name: string, kind: 'juror' | 'chair', country: string | null): Promise<Judge> {
  const judge = await somebody(test, name);
  await sql`insert into jury_members (call_id, person_id, seat, country, languages) values (${call}, ${judge.id}, ${kind}, ${country}, array['en'])`.execute(
    test.db,
  );
  if (kind === 'juror')
    await sql`insert into roles (person_id, role, scope_id) values (${judge.id}, 'juror', ${call})`.execute(test.db);
  return judge;
}

/** Gives every juror every entry they may have. */
export async function giveAll(test: TestApp, world: JudgingWorld): Promise<void> {
  const body = { automatic: { reviews: world.jurors.length }, publish: true };
  const answer = await test.send('PUT', `/api/calls/${world.call.slug}/assignments`, body, world.secretariat.bearer);
  if (answer.statusCode !== 200) throw new Error(answer.body);
}
