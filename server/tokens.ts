import { createHash, createHmac, randomBytes } from 'node:crypto';

/** A new secret of 256 random bits, and the SHA-256 that is stored in its place. */
export function newToken(prefix = ''): { token: string; hash: Buffer } {
  const token = prefix + randomBytes(32).toString('base64url');
  return { token, hash: hashToken(token) };
}

/**
 * The token of a link that a mail carries: an HMAC-SHA-256 of the row's id under the installation's secret. The mail can be
 * rendered again by whoever has the secret, and nothing in the database opens the link.
 */
export function linkToken(secret: string, purpose: string, id: string): string {
  return createHmac('sha256', secret).update(`${purpose}:${id}`).digest('base64url');
}

/** What the database holds of a token. A fast hash is right here: the token has 256 bits of its own. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
