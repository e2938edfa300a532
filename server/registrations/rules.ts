import { randomInt } from 'node:crypto';
import type { CategoryAudience } from '../../db/tables/events.ts';
import type { Membership } from '../../db/tables/organisations.ts';
import type { RegistrationState } from '../../db/tables/registrations.ts';

/** What of an event decides whether somebody may register for it. */
export interface OpenTo {
  publishedAt: Temporal.Instant | null;
  closedAt: Temporal.Instant | null;
  cancelledAt: Temporal.Instant | null;
  endsAt: Temporal.Instant;
  registrationOpensAt: Temporal.Instant | null;
  registrationClosesAt: Temporal.Instant | null;
  selfRegistration: boolean;
}

export interface Asking {
  now: Temporal.Instant;
  /** The organiser may register people outside the window and in any category. */
  organises: boolean;
  /** They register themselves and belong to no organisation here. */
  alone: boolean;
  /** Of the organisation for which they register; null for none. */
  membership: Membership | null;
}

export type RefusalCode =
  | 'cancelled'
  | 'not-published'
  | 'past'
  | 'registration-closed'
  | 'not-yet-open'
  | 'window-closed'
  | 'organisations-only'
  | 'members-only'
  | 'non-members-only'
  | 'organiser-only';

/**
 * Why somebody may not register for an event, or null. The page asks it to draw the button, the action obeys it. What is left of
 * the places is not decided here: only taking one tells.
 */
export function refusal(event: OpenTo, asking: Asking): RefusalCode | null {
  const before = (a: Temporal.Instant, b: Temporal.Instant | null) => b !== null && Temporal.Instant.compare(a, b) < 0;
  const reached = (b: Temporal.Instant | null) => b !== null && !before(asking.now, b);
  if (event.cancelledAt) return 'cancelled';
  if (reached(event.endsAt)) return 'past';
  if (asking.organises) return null;
  if (!event.publishedAt) return 'not-published';
  if (event.closedAt) return 'registration-closed';
  if (before(asking.now, event.registrationOpensAt)) return 'not-yet-open';
  if (reached(event.registrationClosesAt)) return 'window-closed';
  if (asking.alone && !event.selfRegistration) return 'organisations-only';
  return null;
}

/** Why a category is not for them, or null. */
export function categoryRefusal(openTo: CategoryAudience, asking: Asking): RefusalCode | null {
  if (asking.organises) return null;
  if (openTo === 'organiser') return 'organiser-only';
  if (openTo === 'members' && asking.membership !== 'member') return 'members-only';
  if (openTo === 'non-members' && asking.membership === 'member') return 'non-members-only';
  return null;
}

/** How many people an organisation may register; null: as many as fit. */
export function limitFor(
  event: { limitMember: number | null; limitNonMember: number | null },
  membership: Membership | null,
): number | null {
  return membership === 'member' ? event.limitMember : event.limitNonMember;
}

/** Until when answers may be changed and people replaced. */
export function changeableUntil(event: { changesUntil: Temporal.Instant | null; startsAt: Temporal.Instant }): Temporal.Instant {
  return event.changesUntil ?? event.startsAt;
}

/** What may become of a registration, by its state. `giveBack` is the person's own word for cancelling. */
export function possible(state: RegistrationState) {
  const alive = state === 'confirmed' || state === 'waiting' || state === 'pending';
  return {
    giveBack: alive,
    cancel: alive || state === 'draft',
    approve: state === 'pending',
    refuse: state === 'pending' || state === 'waiting',
    replace: alive,
    change: alive,
    pay: state === 'confirmed' || state === 'pending' || state === 'waiting',
  };
}

// Crockford's alphabet: nothing that is misread on paper.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What a bank transfer names: readable, and of 40 random bits. */
export function newReference(slug: string): string {
  const prefix =
    slug
      .replace(/[^a-z0-9]/g, '')
      .slice(0, 6)
      .toUpperCase() || 'CV';
  return `${prefix}-${Array.from({ length: 8 }, () => ALPHABET[randomInt(32)]).join('')}`;
}

/** How long an unconfirmed self-registration holds its place. */
export const SELF_REGISTRATION_MINUTES = 30;
