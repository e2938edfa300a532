import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Due, type Limits, type Pace, pace, rateNow, slowed } from '../../server/sends/pacing.ts';

const MINUTE = 60_000;
const limits: Limits = { burst: 5, together: 1000, usual: () => 60 };
const due = (count: number, domain: string, more: Partial<Due> = {}): Due[] =>
  Array.from({ length: count }, (_, n) => ({ id: `${domain}-${n}`, domain, bulk: true, turn: null, ...more }));

/** Sends all that is due as its turn comes, millisecond by millisecond; answers when each went out. */
function run(
  start: Due[],
  { paces = new Map<string, Pace>(), until = 60 * MINUTE, at = limits } = {},
): { id: string; domain: string; at: number }[] {
  const sent: { id: string; domain: string; at: number }[] = [];
  let waiting = start.map((one) => ({ ...one, when: 0 }));
  let now = 0;
  while (waiting.length > 0 && now <= until) {
    const ready = waiting.filter(({ when }) => when <= now).slice(0, 50);
    const { now: going, later, paces: changed } = pace(ready, paces, new Map(), at, now);
    for (const [domain, one] of changed) paces.set(domain, one);
    for (const id of going) sent.push({ id, domain: ready.find((one) => one.id === id)?.domain ?? '', at: now });
    const times = new Map(later.map((one) => [one.id, one]));
    waiting = waiting
      .filter(({ id }) => !going.includes(id))
      .map((one) => ({ ...one, when: times.get(one.id)?.at ?? one.when, turn: times.get(one.id)?.turn ?? one.turn }));
    now = Math.max(
      now + (ready.length === 50 ? 0 : 1),
      waiting.some(({ when }) => when <= now) ? now : Math.min(...waiting.map(({ when }) => when)),
    );
  }
  return sent;
}

describe('R29 the pace of a domain', () => {
  it('sends a burst at once and the rest at an even pace', () => {
    const times = run(due(8, 'example.org')).map(({ at }) => at);
    expect(times).toEqual([0, 0, 0, 0, 0, 0, 1000, 2000]);
  });

  it('never sends more than the burst and the rate in any stretch of time, whatever the rate', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6000 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 80 }),
        (rate, burst, count) => {
          const times = run(due(count, 'example.org'), {
            at: { ...limits, burst, usual: () => rate },
            until: Number.POSITIVE_INFINITY,
          }).map(({ at }) => at);
          if (times.length !== count) return false;
          for (let from = 0; from < times.length; from++)
            for (let to = from; to < times.length; to++) {
              const span = (times[to] ?? 0) - (times[from] ?? 0);
              if (to - from + 1 > burst + 1 + (span * rate) / MINUTE + 1e-6) return false;
            }
          return true;
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps no other domain waiting', () => {
    const sent = run([...due(100, 'slow.example.org'), ...due(3, 'fast.example.org')]);
    expect(sent.filter(({ domain }) => domain === 'fast.example.org').map(({ at }) => at)).toEqual([0, 0, 0]);
  });

  it('lets out at once what somebody has just asked for; the many wait longer for it', () => {
    const paces = new Map<string, Pace>();
    pace(due(20, 'example.org'), paces, new Map(), limits, 0).paces.forEach((one, domain) => void paces.set(domain, one));
    const { now, paces: after } = pace(due(1, 'example.org', { bulk: false }), paces, new Map(), limits, 0);
    expect(now.length).toBe(1);
    expect(after.get('example.org')?.nextAt).toBe((paces.get('example.org')?.nextAt ?? 0) + 1000);
  });

  it('has no more under way to one domain than it may, in all processes', () => {
    const { now, later } = pace(due(5, 'example.org'), new Map(), new Map([['example.org', 3]]), { ...limits, together: 4 }, 0);
    expect([now.length, later.map(({ at }) => at)]).toEqual([1, [1000, 1000, 1000, 1000]]);
  });

  it('is halved by a 421, for that domain only, after a minute of silence; turns given out before count no more', () => {
    const paces = new Map<string, Pace>([
      ['example.org', slowed({ perMinute: 60, nextAt: 0, closedUntil: null, round: 0, slowedAt: null }, 60, 0)],
    ]);
    const closed = pace([...due(1, 'example.org', { bulk: false }), ...due(1, 'other.example.org')], paces, new Map(), limits, 1);
    expect(closed.now).toEqual(['other.example.org-0']);
    expect(closed.later[0]?.at).toBeGreaterThanOrEqual(MINUTE);
    const sent = run(due(10, 'example.org', { turn: 0 }), { paces }).map(({ at }) => at);
    expect(sent[0]).toBeGreaterThanOrEqual(MINUTE);
    expect((sent[9] ?? 0) - (sent[0] ?? 0)).toBe(9 * 2000);
  });

  it('recovers by a quarter each ten minutes, never above the usual', () => {
    const pace: Pace = { perMinute: 30, nextAt: 0, closedUntil: null, round: 1, slowedAt: 0 };
    expect([0, 9, 10, 20, 1000].map((minutes) => rateNow(pace, 60, minutes * MINUTE))).toEqual([30, 30, 37.5, 46.875, 60]);
    expect(slowed(pace, 60, 0).perMinute).toBe(15);
    expect(slowed({ ...pace, perMinute: 1 }, 60, 0).perMinute).toBe(1);
  });
});
