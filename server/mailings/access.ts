import type { MailingReach } from '../../db/tables/mailings.ts';
import { coordinated, hasBackOffice, isSecretariat, organised, type Viewer } from '../accounts/access.ts';

/** What decides who runs a mailing. */
export interface MailingScope {
  reach: MailingReach;
  networkId: string | null;
  eventId: string | null;
  /** The network of its event. */
  eventNetworkId: string | null;
}

/** The secretariat runs all; coordinators those to their network and its events; organisers those to the people of their event. */
export function mayRunMailing(viewer: Viewer | null, scope: MailingScope): boolean {
  if (isSecretariat(viewer)) return true;
  if (!viewer || !hasBackOffice(viewer) || scope.reach === 'all') return false;
  if (scope.reach === 'network') return scope.networkId !== null && coordinated(viewer).includes(scope.networkId);
  return (
    (scope.eventId !== null && organised(viewer).includes(scope.eventId)) ||
    (scope.eventNetworkId !== null && coordinated(viewer).includes(scope.eventNetworkId))
  );
}

/** Which mailings a list shows. */
export function mailingsSeenBy(viewer: Viewer) {
  return { all: isSecretariat(viewer), eventIds: organised(viewer), networkIds: coordinated(viewer) };
}
export type MailingsScope = ReturnType<typeof mailingsSeenBy>;

/** Who may make and remove templates of a network (null: of the whole house). */
export function mayKeepTemplate(viewer: Viewer | null, networkId: string | null): boolean {
  return isSecretariat(viewer) || (networkId !== null && coordinated(viewer).includes(networkId));
}
