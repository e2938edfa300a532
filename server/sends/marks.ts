import { createHmac, timingSafeEqual } from 'node:crypto';

// A mark names a message of the ledger where only we can have written it: in the address that bounces go to, in the link that ends
// a subscription. In hexadecimal digits, because some programs write addresses in lower case.

const PROOF = 20;

/** What names a message, for one purpose: its id and a proof that we wrote it. */
export function markOf(secret: string, purpose: string, sendId: string): string {
  const id = sendId.replaceAll('-', '').toLowerCase();
  return `${id}.${proof(secret, purpose, id)}`;
}

/** The message that a mark names; undefined for one that is not ours or of another purpose. */
export function sendOfMark(secret: string, purpose: string, mark: string): string | undefined {
  const [, id = '', given = ''] = /^([0-9a-f]{32})\.([0-9a-f]{20})$/.exec(mark.toLowerCase()) ?? [];
  if (id === '' || !timingSafeEqual(Buffer.from(given), Buffer.from(proof(secret, purpose, id)))) return undefined;
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const proof = (secret: string, purpose: string, id: string) =>
  createHmac('sha256', secret).update(`${purpose}:${id}`).digest('hex').slice(0, PROOF);

/** The address that a message comes back to: VERP, so that a bounce says which one it was, however little else it says. */
export const bounceAddress = (secret: string, domain: string, sendId: string): string =>
  `b+${markOf(secret, 'bounce', sendId)}@${domain}`;

/** The message that came back to such an address. */
export function sendOfBounceAddress(secret: string, address: string): string | undefined {
  const mark = /^b\+([0-9a-f.]+)@/i.exec(address.trim())?.[1];
  return mark && sendOfMark(secret, 'bounce', mark);
}
