import type { ActivityState } from '../../db/tables/activities.ts';
import { coordinated, isSecretariat, type Viewer } from '../accounts/access.ts';

/** Who writes the activities of a city: its contacts, and the secretariat for whoever cannot. */
export function mayWrite(viewer: Viewer | null, organisationId: string): boolean {
  return isSecretariat(viewer) || (viewer?.contactOf.includes(organisationId) ?? false);
}

/** Who says whether an activity is published: the secretariat, and the coordinators of the city's networks. */
export function mayModerate(viewer: Viewer | null, networkIds: readonly string[]): boolean {
  return isSecretariat(viewer) || coordinated(viewer).some((id) => networkIds.includes(id));
}

/** What a city reads of an activity: the state of its last writing, and whether an earlier one is read by everybody meanwhile. */
export function standing(
  last: ActivityState,
  published: boolean,
): 'pending' | 'pendingAgain' | 'published' | 'returned' | 'returnedAgain' {
  if (last === 'pending') return published ? 'pendingAgain' : 'pending';
  if (last === 'returned') return published ? 'returnedAgain' : 'returned';
  return 'published';
}
