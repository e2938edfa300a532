import type { Served } from './figures.ts';
import type { WaitingRow } from './queries.ts';

export interface Overtaker {
  name: string;
  partySize: number;
  at: Temporal.Instant;
  /** Why they came first though they had joined later. */
  why: 'smaller' | 'elsewhere' | 'let-go';
}

/**
 * Who joined the queue after this party and was served before it, the first three, and why the queue's order allowed it: a party of
 * fewer fits into places that do not suffice for this one; they needed a place of another kind; or this party gathered places, let
 * them go in time and now waits until all are free at once.
 */
export function overtakers(
  party: Pick<WaitingRow, 'rank' | 'partySize' | 'poolIds' | 'joinedAt' | 'gatheringEndedAt'>,
  served: readonly Served[],
): Overtaker[] {
  return served
    .filter(({ rank, at }) => rank > party.rank && Temporal.Instant.compare(at, party.joinedAt) > 0)
    .sort((one, other) => Temporal.Instant.compare(one.at, other.at))
    .flatMap(({ name, partySize, poolIds, at }): Overtaker[] => {
      const lacking = party.poolIds.filter((pool) => !poolIds.includes(pool));
      const why =
        partySize < party.partySize ? 'smaller' : lacking.length > 0 ? 'elsewhere' : party.gatheringEndedAt ? 'let-go' : null;
      return why ? [{ name, partySize, at, why }] : [];
    })
    .slice(0, 3);
}
