import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Definition } from '../forms/definition.ts';
import { measuresOf } from './measures.ts';

// What makes an anonymous answer anonymous, as far as it is not SQL. `docs/questionnaires.md` says what is promised and to whom.

/** No batch of answers is smaller, and as many stay in the pool until the questionnaire closes. */
export const POOL = 5;
/** The fewest invitations with which a questionnaire may call itself anonymous. */
export const FEWEST_ASKED = 10;
/** A sealed answer has one of these sizes, in bytes, whatever was written. */
export const SIZES = [1024, 4096, 16_384, 65_536, 262_144, 1_048_576] as const;

/** The key with which answers are sealed: from the installation's secret, never in the database. */
export function sealingKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'convivium', 'sealed answers', 32));
}

const IV = 12;
const TAG = 16;
const LENGTH = 4;

/**
 * Seals a value with AES-256-GCM (NIST SP 800-38D), padded to one of SIZES. `bound` is authenticated with it: what was sealed for one
 * place opens nowhere else. Errors: RangeError for what is larger than the largest size.
 */
export function seal(key: Buffer, value: unknown, bound: Buffer): Buffer {
  const text = Buffer.from(JSON.stringify(value));
  const room = SIZES.find((size) => size >= text.length + IV + TAG + LENGTH);
  if (room === undefined) throw new RangeError('an answer is too long to be sealed');
  const plain = Buffer.alloc(room - IV - TAG);
  plain.writeUInt32BE(text.length, 0);
  text.copy(plain, LENGTH);
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(bound);
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** What was sealed. Errors: whatever the cipher throws when key, place or bytes are others. */
export function unseal(key: Buffer, sealed: Buffer, bound: Buffer): unknown {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV)).setAAD(bound).setAuthTag(sealed.subarray(-TAG));
  const plain = Buffer.concat([decipher.update(sealed.subarray(IV, -TAG)), decipher.final()]);
  return JSON.parse(plain.toString('utf8', LENGTH, LENGTH + plain.readUInt32BE(0)));
}

/** Sealed with a key that is not at hand: the installation's secret is another than it was. */
export class SealedOtherwise extends Error {
  constructor() {
    super(
      'Sealed answers cannot be opened: SECRET is not the one with which they were sealed. Put it back, or name it in SECRET_BEFORE. Nothing is lost as long as they stay.',
    );
    this.name = 'SealedOtherwise';
  }
}

/** What was sealed with any of these keys. Errors: SealedOtherwise. */
export function unsealAny(keys: readonly Buffer[], sealed: Buffer, bound: Buffer): unknown {
  for (const key of keys) {
    try {
      return unseal(key, sealed, bound);
    } catch {
      // Of another key: the next one is tried.
    }
  }
  throw new SealedOtherwise();
}

/** Where an answer in the inbox is at home. */
export function homeOf(questionnaireId: string, tokenHash: Buffer): Buffer {
  return Buffer.concat([Buffer.from(questionnaireId), tokenHash]);
}

/** A seal on what a page carries to the next page in the reader's own hands. */
export function pageHome(tokenHash: Buffer): Buffer {
  return createHmac('sha256', 'page').update(tokenHash).digest();
}

export interface Parted {
  /** Codes and numbers only. */
  coded: Record<string, unknown>;
  /** Everything that was written, each on its own: a style that somebody recognises must not give away the rest. */
  texts: { item: string; text: string }[];
}

/** Parts an answer into what is counted and what is read. What the definition does not know is dropped. */
export function part(definition: Definition, answers: Record<string, unknown>): Parted {
  const parted: Parted = { coded: {}, texts: [] };
  for (const { kind, item } of measuresOf(definition)) {
    const value = answers[item.key];
    if (value === undefined) continue;
    if (kind === 'text') parted.texts.push({ item: item.key, text: String(value) });
    else parted.coded[item.key] = value;
  }
  return parted;
}

/**
 * How many of `waiting` answers are mixed in now, with `mixed` in already: none before there are ten or a twentieth of all (to
 * rewrite everything for each would be quadratic), and a pool stays behind so that the last batch is again large enough. At the
 * end all; fewer than POOL in all are none.
 */
export function batchSize(waiting: number, mixed: number, last: boolean): number {
  if (last) return waiting + mixed < POOL ? 0 : waiting;
  return waiting >= Math.max(2 * POOL, Math.ceil(mixed / 20)) ? waiting - POOL : 0;
}
