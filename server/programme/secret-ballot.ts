import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { VoteChoice } from '../../db/tables/programme.ts';

// A secret vote is sealed before the database sees it: with a key of which one half is the installation's secret and the other is
// the ballot's own, which is destroyed when the ballot is counted. docs/programme.md says what is promised.

const CHOICES: readonly VoteChoice[] = ['for', 'against', 'abstain'];
const IV = 12;
const TAG = 16;

/** The half of the key that a ballot keeps while it is open. */
export const newBallotKey = (): Buffer => randomBytes(32);

/** Seals a vote with AES-256-GCM (NIST SP 800-38D): 29 bytes whatever was voted. */
export function sealVote(secret: string, ballotKey: Buffer, motionId: string, choice: VoteChoice): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, ballotKey), iv).setAAD(Buffer.from(motionId));
  return Buffer.concat([iv, cipher.update(Buffer.from([CHOICES.indexOf(choice)])), cipher.final(), cipher.getAuthTag()]);
}

/** What was voted. Errors: whatever the cipher throws when key, ballot or bytes are others. */
export function openVote(secret: string, ballotKey: Buffer, motionId: string, sealed: Buffer): VoteChoice {
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, ballotKey), sealed.subarray(0, IV))
    .setAAD(Buffer.from(motionId))
    .setAuthTag(sealed.subarray(-TAG));
  const [index = -1] = Buffer.concat([decipher.update(sealed.subarray(IV, -TAG)), decipher.final()]);
  const choice = CHOICES[index];
  if (!choice) throw new Error('a sealed vote holds no vote');
  return choice;
}

const keyOf = (secret: string, ballotKey: Buffer) => Buffer.from(hkdfSync('sha256', secret, ballotKey, 'secret ballot', 32));
