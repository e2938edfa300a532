import { sql } from 'kysely';
import { newToken } from '../../server/tokens.ts';
import { type Ground, openGround } from './ground.ts';

const SECONDS = Number(process.env.JURORS_SECONDS ?? 60);
const JURORS = Number(process.env.JURORS ?? 100);
const KILLS = 2;
const WORDS = 'the city listens to children and shows in figures what changed in a year of work with its schools'.split(' ');

interface Juror {
  entry: string;
  token: string;
  /** What stands in the field of the browser. */
  typed: string;
  /** What the server last said that it has. */
  base: string;
  acknowledged: string;
}

interface Seen {
  saves: number;
  failures: number;
  times: number[];
}

/**
 * A hundred jurors type and save once a second for a minute, each as the desk does: what was typed is sent with what the server last
 * acknowledged, and sent again until it is. Meanwhile the server is killed with -9 twice. Every keystroke must be there once.
 */
export async function jurors(): Promise<void> {
  const ground = await openGround();
  try {
    const people = await seated(ground);
    const web = { ...(await ground.startWeb()) };
    const seen: Seen = { saves: 0, failures: 0, times: [] };
    const began = performance.now();
    const killer = (async () => {
      for (let kill = 1; kill <= KILLS; kill++) {
        await until(began + (SECONDS * 1000 * kill) / (KILLS + 1));
        web.child.kill('SIGKILL');
        Object.assign(web, await ground.startWeb());
      }
    })();
    await Promise.all(people.map((juror, at) => types(juror, at, began, web, seen)));
    await killer;
    await Promise.all(people.map((juror) => finishes(juror, web, seen)));
    const { rows } = await sql<{ entry: string; text: string; notes: string }>`
      select entry_id as entry, comment_to_jury as text, notes from reviews`.execute(ground.db);
    const kept = new Map(rows.map((row) => [row.entry, row.text]));
    const differing = people.filter((juror) => kept.get(juror.entry) !== juror.typed);
    const lost = people.reduce((sum, juror) => sum + missing(juror.typed, kept.get(juror.entry) ?? ''), 0);
    const times = seen.times.toSorted((a, b) => a - b);
    const result = {
      jurors: JURORS,
      seconds: SECONDS,
      kills: KILLS,
      keystrokes: people.reduce((sum, juror) => sum + juror.typed.length, 0),
      saves: seen.saves,
      failures: seen.failures,
      p50ms: Math.round(times[Math.floor(times.length / 2)] ?? 0),
      p95ms: Math.round(times[Math.floor(times.length * 0.95)] ?? 0),
      differing: differing.length,
      lost,
    };
    process.stdout.write(`${JSON.stringify(result)}\n`);
    if (lost > 0 || differing.length > 0 || seen.failures === 0) process.exitCode = 1;
  } finally {
    await ground.close();
  }
}

async function types(juror: Juror, at: number, began: number, web: { port: number }, seen: Seen): Promise<void> {
  const offset = (at * 1000) / JURORS;
  for (let second = 0; second < SECONDS; second++) {
    await until(began + second * 1000 + offset);
    juror.typed += `${second === 0 ? '' : ' '}${WORDS[(second + at) % WORDS.length]}`;
    await save(juror, web, seen);
  }
}

async function finishes(juror: Juror, web: { port: number }, seen: Seen): Promise<void> {
  for (let tries = 0; juror.acknowledged !== juror.typed && tries < 60; tries++) {
    await save(juror, web, seen);
    if (juror.acknowledged !== juror.typed) await until(performance.now() + 500);
  }
}

async function save(juror: Juror, web: { port: number }, seen: Seen): Promise<void> {
  const written = juror.typed;
  const from = performance.now();
  try {
    const answer = await fetch(`http://127.0.0.1:${web.port}/api/entries/${juror.entry}/reviews/me`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${juror.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ commentToJury: written, base: { commentToJury: juror.base } }),
      signal: AbortSignal.timeout(5000),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    juror.base = ((await answer.json()) as { commentToJury: string }).commentToJury;
    juror.acknowledged = written;
    seen.saves += 1;
    seen.times.push(performance.now() - from);
  } catch {
    seen.failures += 1;
  }
}

/** How many of the words that were typed are not there in their order. */
function missing(typed: string, kept: string): number {
  let from = 0;
  let lost = 0;
  for (const word of typed.split(' ')) {
    const at = kept.indexOf(word, from);
    if (at < 0) lost += word.length;
    else from = at + word.length;
  }
  return lost;
}

const until = (time: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, time - performance.now())));

/** A call with an entry for each juror, given to them. */
async function seated(ground: Ground): Promise<Juror[]> {
  const people = Array.from({ length: JURORS }, () => newToken('cv_'));
  const hashes = people.map(({ hash }) => hash.toString('hex'));
  const { rows } = await sql<{ entry: string; at: number }>`
    with call as (insert into calls (slug, kind, title, languages, default_language, zone, opens_local, closes_local, opens_at, closes_at, published_at)
        values ('jury', 'award', '{"en":"Award"}', array['en'], 'en', 'Europe/Madrid', '2025-04-22T09:00', '2025-10-15T23:59',
          now() - interval '200 days', now() - interval '1 day', now() - interval '201 days') returning id),
      criterion as (insert into criteria (call_id, key, name, scale_min, scale_max, weight, position)
        select id, 'impact', '{"en":"Impact"}', 0, 10, 1, 0 from call),
      people as (select uuid_v7() as person, uuid_v7() as entry, uuid_v7() as city, h, n
        from unnest(${hashes}::text[]) with ordinality t(h, n)),
      named as (insert into people (id, name) select person, 'Juror ' || n from people),
      token as (insert into api_tokens (token_hash, person_id, name, last_used_at) select decode(h, 'hex'), person, 'jurors', now() from people),
      city as (insert into organisations (id, slug, kind, name, country, zone, membership)
        select city, 'city-' || n, 'city', 'City ' || n, 'ES', 'Europe/Madrid', 'member' from people),
      entry as (insert into entries (id, code, call_id, organisation_id, state, language, languages, title, submitted_at, content_hash)
        select p.entry, translate(lpad(n::text, 6, '0'), '01', 'AB'), call.id, city, 'submitted', 'en', array['en'], '{"en":"Practice"}', now(), repeat('a', 64)
        from people p, call),
      seat as (insert into jury_members (call_id, person_id, languages) select call.id, person, array['en'] from people, call),
      given as (insert into assignments (entry_id, person_id, call_id, published_at) select p.entry, person, call.id, now() from people p, call)
    select entry, n::int as at from people order by n`.execute(ground.db);
  return rows.map(({ entry, at }) => ({ entry, token: people[at - 1]?.token ?? '', typed: '', base: '', acknowledged: '' }));
}
