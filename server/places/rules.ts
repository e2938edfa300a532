/** How long a party that waits together may gather places that others could use, and how near the event it may not. */
export const GATHER_HOURS = 72;
export const NO_GATHERING_DAYS = 7;
/** How long somebody has to take an offered place, in hours by day and on working days. */
export const OFFER_HOURS = 48;

export interface Entry {
  waitingId: string;
  /** What each member needs, and what it holds already while the party gathers. */
  members: { registrationId: string; pools: string[]; held: string[] }[];
  /** The party may hold places while it lacks others. */
  mayGather: boolean;
}

export interface Serving {
  waitingId: string;
  /** True: everybody of the party now has all places. False: it gathers. */
  complete: boolean;
  takes: { registrationId: string; poolId: string }[];
}

/**
 * Who gets the free places of some pools: the entries in order of joining, each if all its lacking pools can serve it whole; a
 * party that may gather takes what there is, and nobody behind it gets that. Pure; the caller holds the pools' locks.
 *
 * @param entries in order of joining, without those that hold an open offer
 * @param free    free places of each pool
 */
export function serve(entries: readonly Entry[], free: ReadonlyMap<string, number>): Serving[] {
  const left = new Map(free);
  const servings: Serving[] = [];
  for (const entry of entries) {
    const lacking = entry.members.flatMap(({ registrationId, pools, held }) =>
      pools.filter((poolId) => !held.includes(poolId)).map((poolId) => ({ registrationId, poolId })),
    );
    const needs = new Map<string, number>();
    for (const { poolId } of lacking) needs.set(poolId, (needs.get(poolId) ?? 0) + 1);
    const complete = [...needs].every(([poolId, need]) => (left.get(poolId) ?? 0) >= need);
    if (!complete && !(entry.mayGather && entry.members.length > 1)) continue;
    const takes = lacking.filter(({ poolId }) => {
      const there = left.get(poolId) ?? 0;
      if (there > 0) left.set(poolId, there - 1);
      return there > 0;
    });
    if (complete || takes.length > 0) servings.push({ waitingId: entry.waitingId, complete, takes });
    if ([...left.values()].every((there) => there === 0)) break;
  }
  return servings;
}

export interface Gathering {
  since: Temporal.Instant | null;
  endedAt: Temporal.Instant | null;
}

/** Whether a party may hold places while it lacks others: for 72 hours from its first, and never within 7 days of the event. */
export function mayGather(gathering: Gathering, eventStarts: Temporal.Instant, now: Temporal.Instant): boolean {
  if (gathering.endedAt) return false;
  if (Temporal.Instant.compare(now.add({ hours: 24 * NO_GATHERING_DAYS }), eventStarts) >= 0) return false;
  return !gathering.since || Temporal.Instant.compare(now, gathering.since.add({ hours: GATHER_HOURS })) < 0;
}

/** When a gathering that began at `since` has to let go. */
export function gatheringEnds(since: Temporal.Instant, eventStarts: Temporal.Instant): Temporal.Instant {
  const byHours = since.add({ hours: GATHER_HOURS });
  const byEvent = eventStarts.subtract({ hours: 24 * NO_GATHERING_DAYS });
  return Temporal.Instant.compare(byHours, byEvent) < 0 ? byHours : byEvent;
}

const DAY_BEGINS = 8;
const DAY_ENDS = 21;

/** Days of the week (1 Monday … 7 Sunday) that are weekend in a country, by CLDR. */
export function weekend(country: string): readonly number[] {
  const locale: Intl.Locale & { getWeekInfo?: () => { weekend: number[] }; weekInfo?: { weekend: number[] } } = new Intl.Locale(
    `und-${country}`,
  );
  return (locale.getWeekInfo?.() ?? locale.weekInfo)?.weekend ?? [6, 7];
}

/**
 * Until when an offer made now stands: `hours` of the recipient's days, 8 to 21 o'clock in their zone, without the weekend of
 * their country; never past the event's start, and never less than an hour from now unless the event itself is nearer.
 */
export function offerDeadline(offer: {
  now: Temporal.Instant;
  zone: string;
  country: string | null;
  eventStarts: Temporal.Instant;
  hours?: number;
}): Temporal.Instant {
  const free = new Set(weekend(offer.country ?? '001'));
  // 48 hours of life are two days of 13 waking hours each.
  let minutes = ((offer.hours ?? OFFER_HOURS) / 24) * (DAY_ENDS - DAY_BEGINS) * 60;
  let at = offer.now.toZonedDateTimeISO(offer.zone);
  while (minutes > 0) {
    const begins = at.startOfDay().add({ hours: DAY_BEGINS });
    const day = at.toPlainDate().toZonedDateTime({ timeZone: offer.zone, plainTime: { hour: DAY_BEGINS } });
    const ends = at.toPlainDate().toZonedDateTime({ timeZone: offer.zone, plainTime: { hour: DAY_ENDS } });
    const from = Temporal.ZonedDateTime.compare(at, day) < 0 ? day : at;
    if (!free.has(at.dayOfWeek) && Temporal.ZonedDateTime.compare(from, ends) < 0) {
      const there = from.until(ends).total('minutes');
      if (there >= minutes) return earlier(from.add({ seconds: Math.round(minutes * 60) }).toInstant(), offer.eventStarts);
      minutes -= there;
    }
    if (Temporal.Instant.compare(begins.toInstant(), offer.eventStarts) > 0) break;
    at = at
      .toPlainDate()
      .add({ days: 1 })
      .toZonedDateTime({ timeZone: offer.zone, plainTime: { hour: 0 } });
  }
  return offer.eventStarts;
}

function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? a : b;
}
