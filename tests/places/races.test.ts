import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { inTransaction } from '../../db/database.ts';
import { Refused } from '../../server/errors.ts';
import { setCapacity } from '../../server/places/actions.ts';
import { admit } from '../../server/registrations/admission.ts';
import { cancelRegistration } from '../../server/registrations/changes.ts';
import { eventContextById } from '../../server/registrations/context.ts';
import { acceptOffer, declineOffer, sweepPlaces } from '../../server/registrations/offers.ts';
import { testDatabase } from '../support/database.ts';
import { idle, makeWorld, secretariat, truths, type World } from './world.ts';

const { db } = await testDatabase({ connections: 24 });
const now = Temporal.Instant.from('2027-01-11T10:00:00Z');

/** A generator that a failure can be repeated with. */
function dice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % sides;
  };
}

async function party(
  world: World,
  organisation: number,
  persons: readonly number[],
  mode: 'all' | 'as-many-as-fit' | 'together',
  category = 0,
) {
  const event = await eventContextById(db, world.eventId, world.organisationIds[organisation] ?? null);
  const chosen = event.categories[category];
  if (!chosen) throw new Error('no such category');
  const members = persons.map((person) => ({
    personId: world.people[organisation]?.[person] ?? '',
    category: chosen,
    answers: {},
  }));
  return inTransaction(db, (tx) => admit(tx, { event, mode, members, actor: null, now }));
}

const refusedIsFine = (error: unknown) => {
  if (!(error instanceof Refused)) throw error;
};

describe('many at once', () => {
  it('fills an event to the last place and not one more, and queues the rest within their allowance', async () => {
    const world = await makeWorld(db, { places: 40, limit: 3, organisations: 20, people: 4 });
    const outcomes = (
      await Promise.all(
        world.people.flatMap((people, organisation) =>
          people.map((_, person) => party(world, organisation, [person], 'together')),
        ),
      )
    ).flat();
    const count = (outcome: string) => outcomes.filter((row) => row.outcome === outcome).length;
    expect({ confirmed: count('confirmed'), waiting: count('waiting'), allowance: count('allowance') }).toEqual({
      confirmed: 40,
      waiting: 20,
      allowance: 20,
    });
    expect(await truths(db, world.eventId)).toEqual({
      aboveTarget: 0,
      confirmedWithoutPlace: 0,
      heldByNobody: 0,
      overAllowance: 0,
      confirmed: 40,
      waiting: 20,
      free: 0,
    });
  });

  it('gives one person one registration however often they ask at once', async () => {
    const world = await makeWorld(db, { places: 10, limit: null, organisations: 1, people: 1 });
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => party(world, 0, [0], 'together')));
    expect(results.filter((result) => result.status === 'fulfilled').length).toBe(1);
    expect((await truths(db, world.eventId)).free).toBe(9);
  });

  for (const seed of [1, 2, 3]) {
    it(`keeps every truth while parties come, go, accept, decline and expire (seed ${seed})`, async () => {
      const roll = dice(seed);
      const world = await makeWorld(db, { places: 12, limit: 6, organisations: 12, people: 6, categories: [null, 5] });
      const viewer = secretariat(world.people[0]?.[0] ?? '');
      const modes = ['all', 'as-many-as-fit', 'together'] as const;
      let clock = now;
      const anyOf = async (state: string) => {
        const { rows } = await sql<{
          id: string;
        }>`select id from registrations where event_id = ${world.eventId} and state = ${state} order by random() limit 1`.execute(
          db,
        );
        return rows[0]?.id;
      };
      const step = async () => {
        const kind = roll(10);
        const at = clock;
        if (kind < 5) {
          const first = roll(4);
          const persons = Array.from({ length: 1 + roll(3) }, (_, index) => first + index);
          await party(world, roll(12), persons, modes[roll(3)] ?? 'all', roll(2)).catch(refusedIsFine);
        } else if (kind < 8) {
          const id = await anyOf(roll(3) === 0 ? 'waiting' : 'confirmed');
          if (id) await cancelRegistration(db, viewer, id, at);
        } else if (kind === 8) {
          const id = await anyOf('waiting');
          if (id) await (roll(2) === 0 ? acceptOffer : declineOffer)(db, viewer, id, at).catch(refusedIsFine);
        } else {
          clock = clock.add({ hours: roll(60) });
          await sweepPlaces(db, clock);
        }
      };
      for (let round = 0; round < 6; round++) {
        await Promise.all(
          Array.from({ length: 12 }, async () => {
            for (let i = 0; i < 4; i++) await step();
          }),
        );
        const { aboveTarget, confirmedWithoutPlace, heldByNobody, overAllowance } = await truths(db, world.eventId);
        expect({ aboveTarget, confirmedWithoutPlace, heldByNobody, overAllowance }).toEqual({
          aboveTarget: 0,
          confirmedWithoutPlace: 0,
          heldByNobody: 0,
          overAllowance: 0,
        });
        // Whatever was given back in the very moment somebody joined is passed on by the sweep at the latest.
        await sweepPlaces(db, clock);
        expect(await idle(db, world.eventId)).toBe(0);
      }
    });
  }

  it('serves the waiting list when there is more room, in order', async () => {
    const world = await makeWorld(db, { places: 1, limit: null, organisations: 4, people: 1 });
    for (const organisation of [0, 1, 2, 3]) await party(world, organisation, [0], 'together');
    await inTransaction(db, (tx) => setCapacity(tx, world.poolId, 3));
    await sweepPlaces(db, now);
    const { rows } = await sql<{ person_id: string }>`
      select r.person_id from registrations r join offers o on o.waiting_id = r.waiting_id where r.event_id = ${world.eventId} order by r.joined_at, r.id`.execute(
      db,
    );
    expect(new Set(rows.map((row) => row.person_id))).toEqual(new Set([world.people[1]?.[0], world.people[2]?.[0]]));
  });

  it('evicts nobody when the room shrinks, and deletes what is then given back', async () => {
    const world = await makeWorld(db, { places: 3, limit: null, organisations: 3, people: 1 });
    for (const organisation of [0, 1, 2]) await party(world, organisation, [0], 'together');
    await inTransaction(db, (tx) => setCapacity(tx, world.poolId, 1));
    expect(await truths(db, world.eventId)).toMatchObject({ confirmed: 3, free: 0 });
    const { rows } = await sql<{
      id: string;
    }>`select id from registrations where event_id = ${world.eventId} order by id limit 1`.execute(db);
    await cancelRegistration(db, secretariat(world.people[0]?.[0] ?? ''), rows[0]?.id ?? '', now);
    const { rows: places } = await sql<{
      n: number;
    }>`select count(*)::int as n from places where pool_id = ${world.poolId}`.execute(db);
    expect(places[0]?.n).toBe(2);
  });
});

describe('the negative control', () => {
  it('oversells when places are counted before they are taken, as the races here would show', async () => {
    await sql`create table naive (event int, person int)`.execute(db);
    const take = async (person: number) => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from naive`.execute(db);
      if ((rows[0]?.n ?? 0) < 10) await sql`insert into naive values (1, ${person})`.execute(db);
    };
    await Promise.all(Array.from({ length: 60 }, (_, person) => take(person)));
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from naive`.execute(db);
    expect(rows[0]?.n).toBeGreaterThan(10);
  });
});
