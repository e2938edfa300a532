import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutMetadata } from '../../server/forms/jpeg.ts';

const bytes = (text: string) => [...Buffer.from(text, 'latin1')];
const segment = (marker: number, content: readonly number[]) => [
  0xff,
  marker,
  (content.length + 2) >> 8,
  (content.length + 2) & 255,
  ...content,
];
const SECRET = 'GPS 41.6 2.28';
/** What must not stay, whatever is in it; it always says where. */
const telling = fc
  .record({
    head: fc.constantFrom(
      [0xe1, ...bytes('Exif\0\0')],
      [0xe1, ...bytes('http://ns.adobe.com/xap/1.0/\0')],
      [0xe2, ...bytes('MPF\0')],
      [0xe0, ...bytes('JFXX\0')],
      [0xed, ...bytes('Photoshop 3.0\0')],
      [0xfe],
      [0xef],
    ),
    noise: fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 60 }),
  })
  .map(({ head: [marker = 0, ...head], noise }) => ({
    keep: false,
    all: segment(marker, [...head, ...bytes(SECRET), ...noise]),
  }));
/** What it takes to draw it. */
const drawing = fc
  .record({
    head: fc.constantFrom(
      [0xe0, ...bytes('JFIF\0')],
      [0xe2, ...bytes('ICC_PROFILE\0')],
      [0xee, ...bytes('Adobe')],
      [0xdb],
      [0xc2],
      [0xc4],
      [0xdd],
    ),
    noise: fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 60 }),
  })
  .map(({ head: [marker = 0, ...head], noise }) => ({ keep: true, all: segment(marker, [...head, ...noise]) }));
/** A scan, with its coded data: every FF in it is stuffed or a restart. */
const scan = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 254 }).map((byte) => [byte]),
      fc.constantFrom([0xff, 0x00], [0xff, 0xd3]),
    ),
    { maxLength: 60 },
  )
  .map((coded) => ({ keep: true, all: [...segment(0xda, [1, 1, 0, 0, 63, 0]), ...coded.flat()] }));
const picture = fc
  .tuple(fc.array(fc.oneof(telling, drawing)), fc.array(fc.oneof(scan, telling, drawing)), scan)
  .map(([before, between, last]) => [...before, ...between, last]);
const whole = (pieces: { all: number[] }[], after: readonly number[] = []) =>
  Uint8Array.from([0xff, 0xd8, ...pieces.flatMap(({ all }) => all), 0xff, 0xd9, ...after]);

/** EXIF whose first directory says which side is up, and where it was taken. */
function exif(up: number, little: boolean): number[] {
  const tiff = new DataView(new ArrayBuffer(60));
  tiff.setUint16(0, little ? 0x4949 : 0x4d4d);
  tiff.setUint16(2, 42, little);
  tiff.setUint32(4, 8, little);
  tiff.setUint16(8, 2, little);
  for (const [n, [tag, value]] of (
    [
      [0x010f, 7],
      [0x0112, up],
    ] as const
  ).entries()) {
    tiff.setUint16(10 + n * 12, tag, little);
    tiff.setUint16(12 + n * 12, 3, little);
    tiff.setUint32(14 + n * 12, 1, little);
    tiff.setUint16(18 + n * 12, value, little);
  }
  return segment(0xe1, [...bytes('Exif\0\0'), ...new Uint8Array(tiff.buffer), ...bytes(SECRET)]);
}

describe('a photo that is published', () => {
  it('keeps what it takes to draw it, byte by byte, and nothing that tells of more', () => {
    fc.assert(
      fc.property(picture, fc.array(fc.integer({ min: 0, max: 255 })), (pieces, after) => {
        const bare = withoutMetadata(whole(pieces, [...bytes(SECRET), ...after]));
        expect(Buffer.from(bare)).toEqual(Buffer.from(whole(pieces.filter(({ keep }) => keep))));
        expect(Buffer.from(withoutMetadata(bare))).toEqual(Buffer.from(bare));
      }),
      { numRuns: 500, seed: 11 },
    );
  });

  it.each([2, 3, 6, 8])('still says that side %i is up', (up) => {
    for (const little of [true, false]) {
      const bare = Buffer.from(withoutMetadata(whole([{ all: exif(up, little) }, { all: segment(0xda, [1]) }])));
      expect(bare.includes(SECRET)).toBe(false);
      // Read again as a camera's own would be.
      expect(Buffer.from(withoutMetadata(bare))).toEqual(bare);
      expect(bare.subarray(2, 4)).toEqual(Buffer.from([0xff, 0xe1]));
      expect(bare.readUInt16BE(2 + 4 + 6 + 18)).toBe(up);
    }
  });

  it('is no photo when it is cut off before the picture, or is something else', () => {
    for (const text of ['', 'GIF89a', '\xff\xd8', '\xff\xd8\xff\xe1\x00\x90Exif'])
      expect(() => withoutMetadata(Uint8Array.from(bytes(text)))).toThrow(RangeError);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        try {
          expect(withoutMetadata(noise)[1]).toBe(0xd8);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 500, seed: 12 },
    );
  });
});
