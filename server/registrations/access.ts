import { coordinated, isSecretariat, organised, type Viewer } from '../accounts/access.ts';

interface EventScope {
  eventId: string;
  networkId: string | null;
}

/** Secretariat, the event's organisers, and the coordinators of its network. */
export function organises(viewer: Viewer | null, event: EventScope): boolean {
  return (
    isSecretariat(viewer) ||
    organised(viewer).includes(event.eventId) ||
    (event.networkId !== null && coordinated(viewer).includes(event.networkId))
  );
}

/** The contact acts for the delegation of their organisation. */
export function actsFor(viewer: Viewer | null, organisationId: string | null): boolean {
  return organisationId !== null && (viewer?.contactOf.includes(organisationId) ?? false);
}

interface RegistrationScope extends EventScope {
  personId: string;
  organisationId: string | null;
}

/** Who sees a registration: the person, their organisation's contact, whoever organises the event. */
export function maySee(viewer: Viewer | null, registration: RegistrationScope): boolean {
  return (
    viewer !== null &&
    (viewer.personId === registration.personId || actsFor(viewer, registration.organisationId) || organises(viewer, registration))
  );
}

/** Who gives back, changes answers and replaces the person: the same people. What is possible when, rules.ts says. */
export const mayChange = maySee;
