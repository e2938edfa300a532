import { createHmac } from 'node:crypto';

/** What the code on a badge says to the door: the address of the pass of this registration and this person. */
export function doorCode(
  config: { publicUrl: string; secret: string },
  { registrationId, personId }: { registrationId: string; personId: string },
): string {
  const id = Buffer.from(registrationId.replaceAll('-', ''), 'hex').toString('base64url');
  const mark = createHmac('sha256', config.secret).update(`pass:${registrationId}:${personId}`).digest().subarray(0, 12);
  return `${config.publicUrl}/pass/${id}${mark.toString('base64url')}`;
}
