import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Entry, mayGather, offerDeadline, serve, weekend } from '../../server/places/rules.ts';

const POOLS = ['event', 'workshop', 'visit'];

const entries = fc
  .array(
    fc.record({
      members: fc.array(fc.subarray(POOLS.slice(1)), { minLength: 1, maxLength: 4 }),
      mayGather: fc.boolean(),
    }),
    { maxLength: 8 },
  )
  .map((list): Entry[] =>
    list.map(({ members, mayGather: gathers }, index) => ({
      waitingId: `w${index}`,
      mayGather: gathers,
      members: members.map((chosen, member) => ({
        registrationId: `w${index}m${member}`,
        pools: ['event', ...chosen],
        held: [],
      })),
    })),
  );
const freePlaces = fc
  .record(Object.fromEntries(POOLS.map((pool) => [pool, fc.nat({ max: 6 })])))
  .map((record) => new Map(Object.entries(record)));

const needsOf = (entry: Entry) => {
  const needs = new Map<string, number>();
  for (const pool of entry.members.flatMap((member) => member.pools)) needs.set(pool, (needs.get(pool) ?? 0) + 1);
  return needs;
};

describe('passing places on', () => {
  it('never gives a place twice, and to nobody more than they need', () => {
    fc.assert(
      fc.property(entries, freePlaces, (queue, free) => {
        const taken = serve(queue, free).flatMap((serving) => serving.takes);
        for (const pool of POOLS)
          expect(taken.filter((take) => take.poolId === pool).length).toBeLessThanOrEqual(free.get(pool) ?? 0);
        expect(new Set(taken.map((take) => `${take.registrationId} ${take.poolId}`)).size).toBe(taken.length);
      }),
    );
  });

  it('leaves no place free beside a party whom the rest would serve whole', () => {
    fc.assert(
      fc.property(entries, freePlaces, (queue, free) => {
        const servings = serve(queue, free);
        const left = new Map(free);
        for (const { poolId } of servings.flatMap((serving) => serving.takes)) left.set(poolId, (left.get(poolId) ?? 0) - 1);
        const served = new Set(servings.filter((serving) => serving.complete).map((serving) => serving.waitingId));
        for (const entry of queue.filter(
          ({ waitingId }) => !served.has(waitingId) && !servings.some((serving) => serving.waitingId === waitingId),
        )) {
          expect([...needsOf(entry)].every(([pool, need]) => (left.get(pool) ?? 0) >= need)).toBe(false);
        }
      }),
    );
  });

  it('lets nobody overtake: whoever is served would not have been kept from it by serving an earlier one instead', () => {
    fc.assert(
      fc.property(entries, freePlaces, (queue, free) => {
        const complete = serve(queue, free)
          .filter((serving) => serving.complete)
          .map((serving) => serving.waitingId);
        const left = new Map(free);
        for (const entry of queue) {
          const needs = needsOf(entry);
          const fits = [...needs].every(([pool, need]) => (left.get(pool) ?? 0) >= need);
          if (fits) expect(complete).toContain(entry.waitingId);
          else if (!complete.includes(entry.waitingId) && !(entry.mayGather && entry.members.length > 1)) continue;
          for (const take of serve(queue, free).find((serving) => serving.waitingId === entry.waitingId)?.takes ?? []) {
            left.set(take.poolId, (left.get(take.poolId) ?? 0) - 1);
          }
        }
      }),
    );
  });

  it('keeps a party whole: complete means every lacking place', () => {
    fc.assert(
      fc.property(entries, freePlaces, (queue, free) => {
        for (const serving of serve(queue, free).filter(({ complete }) => complete)) {
          const entry = queue.find(({ waitingId }) => waitingId === serving.waitingId);
          expect(serving.takes.length).toBe(entry?.members.flatMap((member) => member.pools).length);
        }
      }),
    );
  });
});

describe('gathering', () => {
  const starts = Temporal.Instant.from('2026-05-26T07:00:00Z');
  const since = Temporal.Instant.from('2026-04-01T10:00:00Z');

  it('lasts 72 hours', () => {
    expect(mayGather({ since, endedAt: null }, starts, since.add({ hours: 71 }))).toBe(true);
    expect(mayGather({ since, endedAt: null }, starts, since.add({ hours: 72 }))).toBe(false);
    expect(mayGather({ since: null, endedAt: since }, starts, since.add({ hours: 1 }))).toBe(false);
  });

  it('never happens within 7 days of the event', () => {
    expect(mayGather({ since: null, endedAt: null }, starts, starts.subtract({ hours: 24 * 7 + 1 }))).toBe(true);
    expect(mayGather({ since: null, endedAt: null }, starts, starts.subtract({ hours: 24 * 7 }))).toBe(false);
  });
});

describe('the deadline of an offer', () => {
  const eventStarts = Temporal.Instant.from('2026-05-26T07:00:00Z');
  const deadline = (now: string, zone: string, country: string) =>
    offerDeadline({ now: Temporal.Instant.from(now), zone, country, eventStarts })
      .toZonedDateTimeISO(zone)
      .toPlainDateTime()
      .toString();

  it('counts two days of waking hours from a working morning', () => {
    expect(deadline('2026-03-03T09:00:00Z', 'Europe/Madrid', 'ES')).toBe('2026-03-05T10:00:00');
  });

  it('skips the night and the weekend', () => {
    expect(deadline('2026-03-06T19:00:00Z', 'Europe/Madrid', 'ES')).toBe('2026-03-10T20:00:00');
    expect(deadline('2026-03-07T12:00:00Z', 'Europe/Madrid', 'ES')).toBe('2026-03-10T21:00:00');
  });

  it('knows the weekend of the country', () => {
    expect(weekend('ES')).toEqual([6, 7]);
    expect(weekend('EG')).toEqual([5, 6]);
    expect(deadline('2026-03-05T19:00:00Z', 'Africa/Cairo', 'EG')).toBe('2026-03-09T21:00:00');
  });

  it('is never past the event', () => {
    const now = eventStarts.subtract({ hours: 5 });
    expect(offerDeadline({ now, zone: 'Europe/Madrid', country: 'ES', eventStarts }).equals(eventStarts)).toBe(true);
  });

  it('always falls in waking hours of a working day, or at the start of the event', () => {
    const zones = ['Europe/Madrid', 'America/Sao_Paulo', 'Asia/Seoul', 'Australia/Adelaide', 'Atlantic/Cape_Verde'] as const;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 24 * 120 }), fc.constantFrom(...zones), (minutes, zone) => {
        const now = Temporal.Instant.from('2026-01-01T00:00:00Z').add({ minutes });
        const until = offerDeadline({ now, zone, country: 'ES', eventStarts });
        if (until.equals(eventStarts)) return;
        const local = until.toZonedDateTimeISO(zone);
        expect(local.dayOfWeek).toBeLessThan(6);
        expect(local.hour * 60 + local.minute).toBeGreaterThan(8 * 60);
        expect(local.hour * 60 + local.minute).toBeLessThanOrEqual(21 * 60);
        expect(until.since(now).total('hours')).toBeGreaterThan(24);
      }),
    );
  });
});
