import type { System } from './system.ts';

/** A link that signs in once, for the page of links that the first start prints. */
export interface SignInLink {
  /** As `Secretariat` or `Contact of Granollers`. */
  role: string;
  url: string;
}

/** Fills an empty installation with a world to look around in, and answers a sign-in link for each role. Does nothing a second time. */
export async function loadDemonstration(_system: System): Promise<SignInLink[]> {
  return [];
}
