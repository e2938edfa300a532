import type { Viewer } from '../accounts/access.ts';
import { coordinated, isSecretariat } from '../accounts/access.ts';

/** How many there must be of each kind before anything is said of kinds of people. */
export const LEAST = 5;

export interface GenderCounts {
  woman: number;
  man: number;
  other: number;
  /** Who did not say. */
  unsaid: number;
}

/** Whole percents: of all who might have said, how many did; of those, women and men. */
export interface GenderShares {
  said: number;
  women: number;
  men: number;
}

/**
 * What may be said of gender: shares in whole percents, no counts, of those who said woman or man. Null where one of the two is of
 * one to four people, or fewer than ten said so at all: a share would then tell of somebody.
 */
export function genderShares({ woman, man, other, unsaid }: GenderCounts): GenderShares | null {
  const said = woman + man;
  const small = [woman, man].some((n) => n > 0 && n < LEAST);
  if (small || said < 2 * LEAST) return null;
  const women = Math.round((woman / said) * 100);
  return { said: Math.round((said / (said + other + unsaid)) * 100), women, men: 100 - women };
}

/** Whether somebody may read the report of a year: of all, or of the network that they coordinate. */
export function mayReadYear(viewer: Viewer | null, networkId: string | null): boolean {
  return isSecretariat(viewer) || (networkId !== null && coordinated(viewer).includes(networkId));
}

/** Only whoever runs the whole network's matters says that everybody may read a year. */
export const mayRelease = isSecretariat;
