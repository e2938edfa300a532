import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'uqr';

/** Of whom a pass is: another person with the same registration has another. */
export interface PassOf {
  registrationId: string;
  personId: string;
}

const BORDER = 4;

/**
 * What the code on a pass says: the registration, and 96 bits of an HMAC-SHA-256 over it and its person under the installation's
 * secret. Nobody makes one, and that of somebody who was replaced opens nothing.
 */
export function passToken(secret: string, of: PassOf): string {
  return `${Buffer.from(of.registrationId.replaceAll('-', ''), 'hex').toString('base64url')}${markOf(secret, of)}`;
}

function markOf(secret: string, { registrationId, personId }: PassOf): string {
  return createHmac('sha256', secret).update(`pass:${registrationId}:${personId}`).digest().subarray(0, 12).toString('base64url');
}

/** The registration that a pass names; whether it is a true one, `isPassOf` says. Undefined for anything else. */
export function registrationOfPass(token: string): string | undefined {
  if (!/^[\w-]{38}$/.test(token)) return undefined;
  const hex = Buffer.from(token.slice(0, 22), 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The pass in what a camera or somebody typed: the whole address, or what stands at its end. Undefined: it is something else. */
export function passIn(code: string): string | undefined {
  return /(?:^|\/pass\/)([\w-]{38})(?:[?#].*)?$/.exec(code.trim())?.[1];
}

export function isPassOf(secret: string, token: string, of: PassOf): boolean {
  const [own, given] = [Buffer.from(passToken(secret, of)), Buffer.from(token)];
  return own.length === given.length && timingSafeEqual(own, given);
}

/** By what a door without connection knows a pass without being able to make one: SHA-256 of it, in hexadecimal. */
export function passHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The address in the code: any phone's camera opens it. */
export function passUrl(config: { publicUrl: string; secret: string }, of: PassOf): string {
  return `${config.publicUrl}/pass/${passToken(config.secret, of)}`;
}

// ISO/IEC 18004 §7.8.3 scores all eight masks, so that a text that is all alike gives no pattern that readers stumble over. What stands
// here is as good as chance under any mask, and scoring them took nine tenths of the time: see tests/door/pass.test.ts.
const MASK = 2;

const codeOf = (text: string) => encode(text, { ecc: 'M', border: 0, maskPattern: MASK });

/** A code as one path of an SVG whose side is `size` units, its quiet zone included (ISO/IEC 18004: four modules). */
export function qrPath(text: string): { path: string; size: number } {
  const { data, size } = codeOf(text);
  const drawn = data.flatMap((row, y) => runsOf(row).map(([x, width]) => `M${x + BORDER} ${y + BORDER}h${width}v1h-${width}z`));
  return { path: drawn.join(''), size: size + 2 * BORDER };
}

function runsOf(row: readonly boolean[]): [start: number, width: number][] {
  const runs: [number, number][] = [];
  for (const [x, dark] of row.entries()) {
    const last = runs.at(-1);
    if (dark && last && last[0] + last[1] === x) last[1]++;
    else if (dark) runs.push([x, 1]);
  }
  return runs;
}

/** The same as a PNG for mail programs, which draw no SVG: one bit a pixel, `scale` pixels a module (PNG, third edition, §5). */
export function qrPng(text: string, scale = 6): Buffer {
  const { data, size } = codeOf(text);
  const border = BORDER * scale;
  const side = size * scale + 2 * border;
  const stride = 1 + Math.ceil(side / 8);
  const lines = Buffer.alloc(stride * side, 0xff);
  for (let y = 0; y < side; y++) lines[y * stride] = 0;
  for (const [module, row] of data.entries()) {
    const first = (border + module * scale) * stride;
    for (const [start, width] of runsOf(row)) {
      const left = border + start * scale;
      for (let x = left; x < left + width * scale; x++) {
        const at = first + 1 + (x >> 3);
        lines[at] = (lines[at] ?? 0) & ~(0x80 >> (x & 7));
      }
    }
    // A module is as high as it is wide.
    for (let y = 1; y < scale; y++) lines.copy(lines, first + y * stride, first, first + stride);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines, { level: 6, memLevel: 5, windowBits: 12 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
