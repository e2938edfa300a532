import { inflateSync } from 'node:zlib';
import { decodeQR } from 'qr/decode.js';
import { expect, test } from 'vitest';
import { type PassOf, passUrl, qrPath, qrPng } from '../../server/door/pass.ts';

const config = { publicUrl: 'https://convivium.example.org', secret: 'a secret of this test' };
const nth = (n: number) => `0198f3a1-0000-7000-8000-${String(n).padStart(12, '0')}`;
const passes = Array.from({ length: 60 }, (_, n): PassOf => ({ registrationId: nth(n * 7919), personId: nth(n * 104_729 + 1) }));

test('every pass can be read from its picture, whatever stands in it, though one mask serves all', () => {
  expect(passes.map((pass) => decodeQR(pixelsOf(qrPng(passUrl(config, pass), 4))))).toEqual(
    passes.map((pass) => passUrl(config, pass)),
  );
});

test('on paper and on screen stands the same as in the picture', () => {
  const url = passUrl(config, passes[0] as PassOf);
  const { path, size } = qrPath(url);
  const dark = new Uint8Array(size * size);
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    dark.fill(1, Number(y) * size + Number(x), Number(y) * size + Number(x) + Number(width));
  const { width, data } = pixelsOf(qrPng(url, 1));
  expect(width).toBe(size);
  expect([...dark]).toEqual(Array.from({ length: size * size }, (_, at) => Number(data[at * 3] === 0)));
});

/** Of a PNG of one bit a pixel whose lines are not filtered: red, green and blue. */
function pixelsOf(png: Buffer): { width: number; height: number; data: Uint8Array } {
  const side = png.readUInt32BE(16);
  const from = png.indexOf('IDAT');
  const lines = inflateSync(png.subarray(from + 4, from + 4 + png.readUInt32BE(from - 4)));
  const stride = 1 + Math.ceil(side / 8);
  const data = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      data.fill(
        (lines[y * stride + 1 + (x >> 3)] as number) & (0x80 >> (x & 7)) ? 255 : 0,
        (y * side + x) * 3,
        (y * side + x) * 3 + 3,
      );
  return { width: side, height: side, data };
}
