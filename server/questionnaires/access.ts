import { coordinated, hasBackOffice, isSecretariat, organised, type Viewer } from '../accounts/access.ts';

/** What decides who runs a questionnaire. */
export interface QuestionnaireScope {
  eventId: string | null;
  networkId: string | null;
  createdBy: string | null;
}

/** Whoever runs its event: secretariat, the event's organisers, the coordinators of its network. Without an event the secretariat and who made it. */
export function mayRun(viewer: Viewer | null, scope: QuestionnaireScope): boolean {
  if (isSecretariat(viewer)) return true;
  if (!viewer || !hasBackOffice(viewer)) return false;
  if (scope.eventId === null) return scope.createdBy === viewer.personId;
  return organised(viewer).includes(scope.eventId) || (scope.networkId !== null && coordinated(viewer).includes(scope.networkId));
}

/** Which questionnaires a list shows. */
export function questionnairesSeenBy(viewer: Viewer) {
  return { all: isSecretariat(viewer), personId: viewer.personId, eventIds: organised(viewer), networkIds: coordinated(viewer) };
}
export type QuestionnairesScope = ReturnType<typeof questionnairesSeenBy>;
