import type { RegistrationState } from '../../db/tables/registrations.ts';
import type { VisitRequestStep } from '../../db/tables/study-visits.ts';

/** How an event gives out its visits. */
export interface Choices {
  mode: 'wishes' | 'first-come';
  wishes: number;
  each: number;
  perCity: number | null;
  closes: Temporal.PlainDateTime | null;
  closesAt: Temporal.Instant | null;
  releasedAt: Temporal.Instant | null;
  frozenAt: Temporal.Instant | null;
}

type Code = `visits-${string}`;

/** Why wishes may not be stated or changed now, as the code of `refusal.<code>`, or null. Organisers may after the closing, too. */
export function wishRefusal(
  choices: Choices | undefined,
  state: RegistrationState,
  now: Temporal.Instant,
  runs: boolean,
): Code | null {
  if (!choices || choices.mode !== 'wishes') return 'visits-no-wishes';
  if (state !== 'confirmed') return 'visits-not-registered';
  if (choices.frozenAt) return 'visits-frozen';
  if (runs) return null;
  if (choices.releasedAt) return 'visits-released';
  if (choices.closesAt && Temporal.Instant.compare(now, choices.closesAt) >= 0) return 'visits-closed';
  return null;
}

/** Why nothing may be given back, waited for or swapped now, or null. */
export function exchangeRefusal(choices: Choices | undefined, state: RegistrationState): Code | null {
  if (!choices?.releasedAt) return 'visits-not-released';
  if (state !== 'confirmed') return 'visits-not-registered';
  return choices.frozenAt ? 'visits-frozen' : null;
}

/** Why nothing may be swapped now, or null: where places are first come, first served there is nothing to be released before. */
export function swapRefusal(choices: Choices | undefined, state: RegistrationState): Code | null {
  if (choices?.mode !== 'first-come') return exchangeRefusal(choices, state);
  if (state !== 'confirmed') return 'visits-not-registered';
  return choices.frozenAt ? 'visits-frozen' : null;
}

/** Why an organiser may not compute, release or move, or null. */
export function workRefusal(choices: Choices | undefined): Code | null {
  if (!choices || choices.mode !== 'wishes') return 'visits-no-wishes';
  return choices.frozenAt ? 'visits-frozen' : null;
}

export interface Standing {
  kind: VisitRequestStep;
  /** The city that spoke last. */
  organisationId: string;
}

/**
 * What a city may say to a request as it stands. The city that did not speak last accepts or proposes other dates; the host may decline
 * and the guest withdraw at any time, also what is agreed.
 */
export function nextSteps(
  last: Standing,
  request: { guestId: string; hostId: string },
  asks: { guest: boolean; host: boolean },
): Exclude<VisitRequestStep, 'asked'>[] {
  if (last.kind === 'declined' || last.kind === 'withdrawn') return [];
  const steps = new Set<Exclude<VisitRequestStep, 'asked'>>();
  const answers =
    (asks.host && last.organisationId === request.guestId) || (asks.guest && last.organisationId === request.hostId);
  if (answers && last.kind !== 'accepted') steps.add('accepted').add('proposed');
  if (asks.host) steps.add('declined');
  if (asks.guest) steps.add('withdrawn');
  return [...steps];
}
