import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encode } from 'uqr';

const SIDE = 480;
const FRAMES = 2;

/**
 * A film (YUV4MPEG2, 4:2:0) of a QR code that says `text`, as a file for a browser whose camera is not a real one. Answers where it is.
 */
export function codeFilm(text: string): string {
  const { data, size } = encode(text, { ecc: 'M', border: 6 });
  const light = Buffer.alloc(SIDE * SIDE, 0xeb);
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++)
      if (data[Math.floor((y * size) / SIDE)]?.[Math.floor((x * size) / SIDE)]) light[y * SIDE + x] = 0x10;
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((SIDE * SIDE) / 2, 0x80)]);
  const header = Buffer.from(`YUV4MPEG2 W${SIDE} H${SIDE} F10:1 Ip A1:1 C420jpeg\n`);
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'film-')), 'code.y4m');
  writeFileSync(file, Buffer.concat([header, ...Array.from({ length: FRAMES }, () => frame)]));
  return file;
}
