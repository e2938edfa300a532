import { coordinated, hasBackOffice, isSecretariat, organised, type Viewer } from '../accounts/access.ts';

/** What decides who edits a form: who made it, and the events that ask it, at registration or by a questionnaire. */
export interface FormScope {
  createdBy: string | null;
  events: { id: string; networkId: string | null }[];
}

/**
 * Secretariat edits every form; organisers and coordinators those that only events of theirs ask, and, until an event asks it, what
 * they made themselves.
 */
export function mayEditForm(viewer: Viewer | null, form: FormScope): boolean {
  if (isSecretariat(viewer)) return true;
  if (!viewer || !hasBackOffice(viewer)) return false;
  if (form.events.length === 0) return form.createdBy === viewer.personId;
  return form.events.every(
    ({ id, networkId }) => organised(viewer).includes(id) || (networkId !== null && coordinated(viewer).includes(networkId)),
  );
}

export function mayCreateForm(viewer: Viewer | null): boolean {
  return hasBackOffice(viewer);
}

/** Which forms a list shows: all, or those made by somebody or asked by their events. */
export function formsSeenBy(viewer: Viewer): { all: boolean; personId: string; eventIds: string[]; networkIds: string[] } {
  return { all: isSecretariat(viewer), personId: viewer.personId, eventIds: organised(viewer), networkIds: coordinated(viewer) };
}
