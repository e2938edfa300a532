import { timingSafeEqual } from 'node:crypto';
import { linkToken } from '../tokens.ts';

// The address of an invitation names its row and proves that we wrote it. Nothing of it is in the database, so that a million of them
// are made by one statement, and nothing in the database opens one.

const macOf = (secret: string, id: string) => linkToken(secret, 'invitation', id);

/** The token of an invitation's link. */
export function invitationToken(secret: string, id: string): string {
  return `${Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')}${macOf(secret, id)}`;
}

/** The invitation that a token is of, or undefined when we did not write it. */
export function invitationIn(secret: string, token: string): string | undefined {
  if (!/^[\w-]{65}$/.test(token)) return undefined;
  const hex = Buffer.from(token.slice(0, 22), 'base64url').toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const [given, right] = [Buffer.from(token.slice(22)), Buffer.from(macOf(secret, id))];
  return given.length === right.length && timingSafeEqual(given, right) ? id : undefined;
}
