import type { RoleName } from '../../db/tables/accounts.ts';

/** Who is asking: a person with what they may do, as of this request. */
export interface Viewer {
  personId: string;
  name: string;
  email: string | null;
  language: string;
  zone: string;
  roles: { role: RoleName; scopeId: string | null }[];
  /** The organisations whose contact this person is. */
  contactOf: string[];
  /** The sign-in or API token by which they are known. */
  signInId: string | null;
  tokenId: string | null;
}

export function holds(viewer: Viewer | null, role: RoleName, scopeId: string | null = null): boolean {
  return viewer?.roles.some((held) => held.role === role && held.scopeId === scopeId) ?? false;
}

export function isAdmin(viewer: Viewer | null): boolean {
  return holds(viewer, 'admin');
}

/** Admin or secretariat: whoever runs the whole network's matters. */
export function isSecretariat(viewer: Viewer | null): boolean {
  return holds(viewer, 'admin') || holds(viewer, 'secretariat');
}

/** The ids of the networks this person coordinates. */
export function coordinated(viewer: Viewer | null): string[] {
  return scopes(viewer, 'coordinator');
}

/** The ids of the events this person organises. */
export function organised(viewer: Viewer | null): string[] {
  return scopes(viewer, 'organiser');
}

/** The ids of the calls in which this person is a juror. */
export function judged(viewer: Viewer | null): string[] {
  return scopes(viewer, 'juror');
}

function scopes(viewer: Viewer | null, role: RoleName): string[] {
  return viewer?.roles.flatMap((held) => (held.role === role && held.scopeId ? [held.scopeId] : [])) ?? [];
}

/** Whether there is a back office for this person at all. */
export function hasBackOffice(viewer: Viewer | null): boolean {
  return isSecretariat(viewer) || coordinated(viewer).length > 0 || organised(viewer).length > 0;
}
