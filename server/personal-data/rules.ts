import { isAdmin, type Viewer } from '../accounts/access.ts';

/** Whoever asks about themselves, and the administrators, whom a person may have asked by letter. */
export function mayErase(viewer: Viewer, personId: string): boolean {
  return viewer.personId === personId || isAdmin(viewer);
}

/** What keeps somebody from being erased as yet. */
export interface Ties {
  lastAdmin: boolean;
  /** Events that are not over, for which they are registered or wait. */
  registrations: number;
  /** Calls not yet decided, on whose jury they sit. */
  juries: number;
}

/** Why somebody cannot be erased now, as the catalogue's `refusal.<code>`; null when they can. */
export function erasureRefusal(ties: Ties): 'last-admin' | 'erasure-registered' | 'erasure-jury' | null {
  if (ties.lastAdmin) return 'last-admin';
  if (ties.registrations > 0) return 'erasure-registered';
  return ties.juries > 0 ? 'erasure-jury' : null;
}
