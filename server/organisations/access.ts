import { coordinated, isAdmin, isSecretariat, type Viewer } from '../accounts/access.ts';

/** Which organisations somebody may see: all, or those of these networks and these themselves. */
export interface OrganisationScope {
  all: boolean;
  networkIds: string[];
  organisationIds: string[];
}

export function organisationScope(viewer: Viewer | null): OrganisationScope {
  if (isSecretariat(viewer)) return { all: true, networkIds: [], organisationIds: [] };
  return { all: false, networkIds: coordinated(viewer), organisationIds: viewer?.contactOf ?? [] };
}

/** Whether there is any organisation that this person may look at. */
export function seesOrganisations(viewer: Viewer | null): boolean {
  const scope = organisationScope(viewer);
  return scope.all || scope.networkIds.length > 0 || scope.organisationIds.length > 0;
}

/** Whether `viewer` has charge of an organisation: its profile and its people. The same who may see it. */
export function mayManage(viewer: Viewer | null, organisation: { id: string; networkIds: string[] }): boolean {
  const scope = organisationScope(viewer);
  return (
    scope.all ||
    scope.organisationIds.includes(organisation.id) ||
    organisation.networkIds.some((id) => scope.networkIds.includes(id))
  );
}

/** What is the network's own affair: new organisations, country, membership, networks, fees, imports, bulk changes. */
export const mayRunMembership = isSecretariat;

export const mayManageNetworks = isSecretariat;

/** What decides whether a person's profile may be changed by somebody else. */
export interface PersonScope {
  /** They have signed in: from then on their profile is theirs. */
  confirmed: boolean;
  /** Every roster on which the viewer sees them made them, none merely added a person already known. */
  ownRoster: boolean;
  roles: readonly string[];
}

/**
 * The secretariat changes everybody but administrators; whoever manages an organisation changes only people whom it entered and
 * who never signed in. An address is a key: changing another's would be taking their account.
 */
export function mayChangePerson(viewer: Viewer | null, person: PersonScope): boolean {
  if (isSecretariat(viewer)) return isAdmin(viewer) || !person.roles.includes('admin');
  return person.ownRoster && !person.confirmed && person.roles.length === 0;
}
