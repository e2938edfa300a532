import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '../../db/ids.ts';
import { merged, type Step, spotOf } from '../../server/door/merge.ts';
import { visitsWorld } from '../study-visits/world.ts';
import { testApp } from '../support/app.ts';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const anyStep = fc.record({
  registrationId: fc.constantFrom('r1', 'r2'),
  personId: fc.constantFrom('p1', 'p2'),
  sessionId: fc.constantFrom(null, 's1'),
  kind: fc.constantFrom('in' as const, 'undo' as const),
  undoes: fc.subarray(IDS),
  at: fc.integer({ min: 0, max: 5 }),
});
const anySteps = fc
  .array(anyStep, { maxLength: IDS.length })
  .map((steps) => steps.map((step, n): Step => ({ ...step, id: IDS[n] ?? '', undoes: step.kind === 'undo' ? step.undoes : [] })));
const plain = (steps: Iterable<Step>) => Object.fromEntries([...merged(steps)].sort(([one], [other]) => (one < other ? -1 : 1)));

describe('what steps come to', () => {
  it('is the same in whatever order, and however often, they arrive', () => {
    const cases = anySteps.chain((steps) =>
      fc.record({
        steps: fc.constant(steps),
        arriving: fc.shuffledSubarray([...steps, ...steps], { minLength: steps.length * 2, maxLength: steps.length * 2 }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ steps, arriving }) => {
        expect(plain(arriving)).toEqual(plain(steps));
      }),
      { numRuns: 1000, seed: 6 },
    );
  });

  it('is that somebody is there exactly while a step stands that nobody took back', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        for (const [spot, so] of merged(steps)) {
          const here = steps.filter((step) => spotOf(step) === spot);
          const gone = here.flatMap(({ undoes }) => undoes);
          const standing = here.filter(({ kind, id }) => kind === 'in' && !gone.includes(id));
          expect(so?.steps ?? []).toEqual(standing.map(({ id }) => id).sort());
          expect(so?.at ?? null).toBe(standing.length > 0 ? Math.min(...standing.map(({ at }) => at)) : null);
        }
      }),
      { numRuns: 1000, seed: 6 },
    );
  });
});

const test = await testApp();
const world = await visitsWorld(test);
const PEOPLE = Number(process.env.DOOR_PEOPLE ?? 120);

describe('four devices, two of them without connection for ten minutes', () => {
  it('come to exactly who was there, each counted once since they came first', async () => {
    const people = await guests(PEOPLE);
    const began = test.clock().subtract({ minutes: 30 });
    const came = new Map<string, number>();
    const devices: { id: string; kind: string; registration: string; at: string; undoes?: string[] }[][] = [[], [], [], []];
    for (const [n, registration] of people.entries()) {
      const at = began.add({ milliseconds: Math.floor((n * 600_000) / people.length) });
      const step = { id: newId(), kind: 'in', registration, at: at.toString() };
      devices[n % 4]?.push(step);
      came.set(registration, at.epochMilliseconds);
      // Every ninth goes through another door too, a little earlier by its list; every eleventh was a mistake.
      if (n % 9 === 0) {
        devices[(n + 1) % 4]?.push({ ...step, id: newId(), at: at.subtract({ seconds: 5 }).toString() });
        came.set(registration, at.epochMilliseconds - 5000);
      } else if (n % 11 === 0) {
        devices[n % 4]?.push({ id: newId(), kind: 'undo', registration, at: at.toString(), undoes: [step.id] });
        came.delete(registration);
      }
    }
    // Two send as they go, by tens; then two send all they kept, twice and at once, as a device does that heard no answer.
    const [one = [], two = [], three = [], four = []] = devices;
    await Promise.all(
      [one, two].map(async (steps) => {
        for (let n = 0; n < steps.length; n += 10) await send(steps.slice(n, n + 10));
      }),
    );
    await Promise.all([three, four, three, four].flatMap((steps) => inBatches(steps, 250).map(send)));

    const { rows } = await test.system.pool.query<{ registration_id: string; at: string }>(
      'select registration_id, (extract(epoch from came_at) * 1000)::int8::text as at from check_ins where came_at is not null',
    );
    expect(new Map(rows.map((row) => [row.registration_id, Number(row.at)]))).toEqual(came);
    const { items } = (await test.get(world.api('/check-ins/counts'), world.asSecretariat)).json<{
      items: { present: number; expected: number }[];
    }>();
    expect(items[0]).toEqual({ sessionId: null, expected: PEOPLE, present: came.size });
  });
});

const inBatches = <One>(all: One[], size: number) =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));

async function send(steps: unknown[]): Promise<void> {
  const answer = await test.send('POST', world.api('/check-ins'), { steps }, world.asSecretariat);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  const refused = answer.json<{ results: { result: string }[] }>().results.filter(({ result }) => result === 'refused');
  expect(refused).toEqual([]);
}

/** Registrations that are confirmed, straight into the database: how they came to be is another matter. */
async function guests(n: number): Promise<string[]> {
  const { rows } = await test.system.pool.query<{ id: string }>(
    `with e as (select e.id, c.id as category, (select p.id from pools p where p.event_id = e.id and p.kind = 'event') as pool
        from events e join categories c on c.event_id = e.id where e.slug = $1 limit 1),
      people as (insert into people (name, language, zone) select 'Guest ' || n, 'en', 'UTC' from generate_series(1, $2::int) n returning id)
    insert into registrations (event_id, person_id, category_id, state, pool_ids, currency, reference, confirmed_at)
    select e.id, people.id, e.category, 'confirmed', array[e.pool], 'EUR', 'R-' || people.id, now() from e, people returning id`,
    [world.slug, n],
  );
  return rows.map(({ id }) => id);
}
