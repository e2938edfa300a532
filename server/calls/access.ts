import { isSecretariat, judged, organised, type Viewer } from '../accounts/access.ts';

export interface RunCall {
  id: string;
  kind: string;
  eventId: string | null;
  resultsPublishedAt: Temporal.Instant | null;
}

/**
 * Who runs a call: the secretariat, and the organisers of the event whose call for experiences it is. Being its juror outranks
 * either until its results are public, as who runs a call sees entries that a juror in conflict must not.
 */
export function mayManageCall(viewer: Viewer | null, call: RunCall): boolean {
  return mayCreateCall(viewer, call) && (call.resultsPublishedAt !== null || !judged(viewer).includes(call.id));
}

/** Who has charge of any call at all. */
export function mayCreateCall(viewer: Viewer | null, call: { kind: string; eventId?: string | null }): boolean {
  if (isSecretariat(viewer)) return true;
  return call.kind === 'experiences' && Boolean(call.eventId) && organised(viewer).includes(call.eventId ?? '');
}

export interface EntryScope {
  organisationId: string;
  authorIds: readonly string[];
}

/** Who writes an entry: the contacts of its organisation and those named as its authors. */
export function mayWriteEntry(viewer: Viewer | null, entry: EntryScope): boolean {
  return viewer !== null && (viewer.contactOf.includes(entry.organisationId) || entry.authorIds.includes(viewer.personId));
}

/** Who signs for a city (names authors, endorses, withdraws): its contacts. */
export function maySignFor(viewer: Viewer | null, organisationId: string): boolean {
  return viewer?.contactOf.includes(organisationId) ?? false;
}
