import { createHmac, timingSafeEqual } from 'node:crypto';

// In hexadecimal digits, because some programs write addresses in lower case.
const PATTERN = /^rsvp\+([0-9a-f]{32})\.([0-9a-f]{20})@/i;

const proof = (secret: string, event: string) => createHmac('sha256', secret).update(`rsvp:${event}`).digest('hex').slice(0, 20);

/**
 * The address that answers of calendar programs about an event go to: it stands as ORGANIZER in all of its entries and never changes,
 * so that an answer finds its event even where a program leaves out who organises.
 */
export function replyAddress(secret: string, domain: string, eventId: string): string {
  const event = eventId.replaceAll('-', '').toLowerCase();
  return `rsvp+${event}.${proof(secret, event)}@${domain}`;
}

/** The event of such an address; undefined where we never gave it out. */
export function eventOfReplyAddress(secret: string, address: string): string | undefined {
  const match = PATTERN.exec(address.trim());
  if (!match) return undefined;
  const event = (match[1] ?? '').toLowerCase();
  if (!timingSafeEqual(Buffer.from(proof(secret, event)), Buffer.from((match[2] ?? '').toLowerCase()))) return undefined;
  return event.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
