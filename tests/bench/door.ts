import { sql } from 'kysely';
import { newId } from '../../db/ids.ts';
import { keepDoor, openDoor } from '../../server/door/doors.ts';
import { makeWorld } from '../places/world.ts';
import { type Ground, openGround } from './ground.ts';

const PEOPLE = 2000;
const DEVICES = 4;
const OFFLINE = 2;
const TEN_MINUTES = 600_000;
/** Every so many-th goes through two doors, and so many come to each device without connection who had not registered. */
const TWICE = 10;
const WALK_INS = 20;
const AT_ONCE = 500;
const WALK_INS_AT_ONCE = 25;
/** People whom a device with a connection lets in while one request of it is under way. */
const IN_HAND = 5;

type Sent = Record<string, unknown> & { id: string };

/** 2,000 people through 4 devices, two of which have no connection for ten minutes and then send all they kept, twice. */
export async function door(): Promise<void> {
  const ground = await openGround();
  try {
    const world = await makeWorld(ground.db, { places: PEOPLE * 2, limit: PEOPLE * 2, organisations: 1, people: 1 });
    const now = Temporal.Now.instant();
    const { rows } = await sql<{ slug: string }>`update events set starts_at = ${now}, ends_at = ${now.add({ hours: 8 })},
      published_at = ${now} where id = ${world.eventId} returning slug`.execute(ground.db);
    const slug = rows[0]?.slug ?? '';
    const people = await guests(ground, world.eventId);
    const devices = await openDevices(ground, world.eventId, world.people[0]?.[0] ?? '', now);
    const { port } = await ground.startWeb();
    const post = sender(`http://127.0.0.1:${port}/api/events/${slug}`);
    for (const cookie of devices)
      await post(cookie, '/check-ins', { steps: [{ id: newId(), kind: 'undo', registration: people[0] }] });

    const queues = devices.map((_, device) => queueOf(people, device, now));
    const walkIns = devices.map((_, device) =>
      device < OFFLINE ? Array.from({ length: WALK_INS }, (_one, n) => coming(`Walk-in ${device} ${n}`, now)) : [],
    );
    const began = performance.now();
    await Promise.all(
      devices.map(async (cookie, device) => {
        const steps = queues[device] ?? [];
        if (device >= OFFLINE) return inTurn(steps, IN_HAND, (batch) => post(cookie, '/check-ins', { steps: batch }));
        // No answer was heard: the same is sent again while the first is still being written.
        const all = async () => {
          await inTurn(walkIns[device] ?? [], WALK_INS_AT_ONCE, (batch) => post(cookie, '/walk-ins', { walkIns: batch }));
          await inTurn(steps, AT_ONCE, (batch) => post(cookie, '/check-ins', { steps: batch }));
        };
        await Promise.all([all(), all()]);
      }),
    );
    const seconds = (performance.now() - began) / 1000;
    const seen = await truth(ground, world.eventId, people);
    const doubled = seen.doubled + seen.steps - queues.flat().length - seen.walkIns + Math.abs(seen.walkIns - OFFLINE * WALK_INS);
    const result = {
      checkedIn: seen.checkedIn,
      missing: PEOPLE + OFFLINE * WALK_INS - seen.checkedIn,
      doubled,
      perSecond: Math.round((PEOPLE + OFFLINE * WALK_INS) / seconds),
      walkIns: seen.walkIns,
      seconds: Math.round(seconds * 100) / 100,
    };
    process.stdout.write(`${JSON.stringify(result)}\n`);
    if (result.missing !== 0 || doubled !== 0) process.exitCode = 1;
  } finally {
    await ground.close();
  }
}

/** What a device notes: its share of the people, spread over ten minutes, and some who went through another door as well. */
function queueOf(people: readonly string[], device: number, now: Temporal.Instant): Sent[] {
  return people.flatMap((registration, n) => {
    const other = n % TWICE === 0 && (n + 1) % DEVICES === device;
    if (n % DEVICES !== device && !other) return [];
    const at = now.subtract({ milliseconds: TEN_MINUTES - Math.floor((n * TEN_MINUTES) / people.length) });
    return [{ id: newId(), kind: 'in', registration, at: at.toString() }];
  });
}

const coming = (name: string, now: Temporal.Instant): Sent => ({ id: newId(), name, category: 'category-0', at: now.toString() });

async function inTurn(all: readonly Sent[], size: number, act: (batch: Sent[]) => Promise<void>): Promise<void> {
  for (let from = 0; from < all.length; from += size) await act(all.slice(from, from + size));
}

const sender = (base: string) => async (cookie: string, path: string, body: object) => {
  const answer = await fetch(base + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: `door=${cookie}` },
    body: JSON.stringify({ ...body, sentAt: Temporal.Now.instant().toString() }),
  });
  const text = await answer.text();
  if (answer.status !== 200 || text.includes('"refused"')) throw new Error(`${answer.status} ${text.slice(0, 500)}`);
};

async function openDevices(ground: Ground, eventId: string, personId: string, now: Temporal.Instant): Promise<string[]> {
  const tokens: string[] = [];
  for (let n = 0; n < DEVICES; n++) {
    const { token } = await openDoor(ground.db, { personId } as never, eventId, { name: `Door ${n}` }, now);
    tokens.push((await keepDoor(ground.db, token, { name: `Volunteer ${n}` }, now)).token);
  }
  return tokens;
}

/** Confirmed registrations, straight into the database: how they came to be is measured elsewhere. */
async function guests(ground: Ground, eventId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with e as (select c.event_id as id, c.id as category, (select p.id from pools p where p.event_id = c.event_id and p.kind = 'event') as pool
        from categories c where c.event_id = ${eventId} limit 1),
      made as (insert into people (name, language, zone) select 'Guest ' || n, 'en', 'UTC' from generate_series(1, ${PEOPLE}::int) n returning id)
    insert into registrations (event_id, person_id, category_id, state, pool_ids, currency, reference, confirmed_at)
    select e.id, made.id, e.category, 'confirmed', array[e.pool], 'EUR', 'R-' || made.id, now() from e, made returning id`.execute(
    ground.db,
  );
  return rows.map(({ id }) => id);
}

async function truth(ground: Ground, eventId: string, people: readonly string[]) {
  const { rows } = await sql<{ checkedIn: number; doubled: number; steps: number; walkIns: number }>`
    select (select count(distinct registration_id)::int from check_ins where event_id = ${eventId} and came_at is not null
        and (registration_id = any (${people}::uuid[]) or registration_id in (select registration_id from walk_ins))) as "checkedIn",
      (select (count(*) - count(distinct registration_id))::int from check_ins where event_id = ${eventId} and came_at is not null) as doubled,
      (select count(*)::int from check_in_steps where event_id = ${eventId} and kind = 'in') as steps,
      (select count(*)::int from people where name like 'Walk-in %') as "walkIns"`.execute(ground.db);
  return rows[0] ?? { checkedIn: 0, doubled: 0, steps: 0, walkIns: 0 };
}
