// How fast each mailbox provider is written to. The algorithm is GCRA (ITU-T I.371 annex A, virtual scheduling): a domain keeps the
// time at which the next message is due at an even pace; a message that would come too early is given its turn then, and is not looked
// at before. So a million messages to one domain cost two looks each, and no other domain waits for them.

/** Instants in milliseconds since 1970. */
export interface Pace {
  perMinute: number;
  nextAt: number;
  closedUntil: number | null;
  /** Turns of an earlier round are not turns any more. */
  round: number;
  slowedAt: number | null;
}

export interface Due {
  id: string;
  domain: string;
  /** One of many: it waits for its turn. What somebody has just asked for goes out at once, and the many wait longer for it. */
  bulk: boolean;
  /** The round of the turn that it waited for. */
  turn: number | null;
}

export interface Paced {
  now: string[];
  later: { id: string; at: number; turn: number | null }[];
  paces: Map<string, Pace>;
}

export interface Limits {
  /** What goes out at once before the pace counts. */
  burst: number;
  /** Messages of a domain that are on their way at the same time, in all processes. */
  together: number;
  /** The rate of a domain that was not slowed down. */
  usual: (domain: string) => number;
}

const RECOVERY = 600_000;
const BUSY = 1000;
const CLOSED = 60_000;

/** The rate by now: half of it after a 421, and a quarter more with each ten minutes without another. */
export function rateNow({ perMinute, slowedAt }: Pace, usual: number, now: number): number {
  if (slowedAt === null) return usual;
  return Math.min(usual, perMinute * 1.25 ** Math.max(0, Math.floor((now - slowedAt) / RECOVERY)));
}

/** A domain that asks to be written to less: half the rate, at least one a minute, and nothing for a minute. */
export function slowed(pace: Pace, usual: number, now: number): Pace {
  return {
    perMinute: Math.max(1, rateNow(pace, usual, now) / 2),
    nextAt: now + CLOSED,
    closedUntil: now + CLOSED,
    round: pace.round + 1,
    slowedAt: now,
  };
}

/** Which of the messages that are due go out now, and when the others have their turn. `underWay` counts what is being sent. */
export function pace(
  due: readonly Due[],
  known: ReadonlyMap<string, Pace>,
  underWay: ReadonlyMap<string, number>,
  { burst, together, usual }: Limits,
  now: number,
): Paced {
  const paced: Paced = { now: [], later: [], paces: new Map() };
  const busy = new Map(underWay);
  for (const { id, domain, bulk, turn } of due) {
    const pace = paced.paces.get(domain) ?? { ...(known.get(domain) ?? fresh(usual(domain), now)) };
    paced.paces.set(domain, pace);
    const interval = 60_000 / rateNow(pace, usual(domain), now);
    const ahead = burst * interval;
    const hasTurn = turn === pace.round;
    const closed = pace.closedUntil !== null && pace.closedUntil > now;
    if (closed || (bulk && !hasTurn && pace.nextAt - ahead > now)) {
      const at = closed ? Math.max(pace.closedUntil ?? now, pace.nextAt) : pace.nextAt - ahead;
      pace.nextAt = Math.max(pace.nextAt, at) + interval;
      paced.later.push({ id, at: Math.ceil(Math.max(at, now + 1)), turn: pace.round });
    } else if ((busy.get(domain) ?? 0) >= together) {
      paced.later.push({ id, at: now + BUSY, turn });
    } else {
      busy.set(domain, (busy.get(domain) ?? 0) + 1);
      if (!hasTurn) pace.nextAt = Math.max(now, pace.nextAt) + interval;
      paced.now.push(id);
    }
  }
  return paced;
}

const fresh = (perMinute: number, now: number): Pace => ({ perMinute, nextAt: now, closedUntil: null, round: 0, slowedAt: null });
