import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutMetadata as barePng } from '../../server/forms/png.ts';
import { withoutMetadata as bareWebp } from '../../server/forms/webp.ts';

const SECRET = 'GPS 41.6 2.28';
const words = fc
  .array(fc.integer({ min: 0, max: 255 }), { maxLength: 40 })
  .map((noise) => Buffer.from([...Buffer.from(SECRET), ...noise]));
const telling = (names: string[]) => fc.array(fc.record({ name: fc.constantFrom(...names), content: words }), { maxLength: 5 });
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

describe('a PNG', () => {
  const chunk = (name: string, content: Buffer) => {
    const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(content.length, 0);
    frame.writeUInt32BE(crc32(named), 4);
    return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
  };
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const header = chunk('IHDR', Buffer.from('00000001000000010800000000', 'hex'));
  const picture = [chunk('gAMA', Buffer.from('0000b18f', 'hex')), chunk('IDAT', deflateSync(Buffer.from([0, 128])))];
  const end = chunk('IEND', Buffer.alloc(0));
  const plain = Buffer.concat([signature, header, ...picture, end]);

  it('loses whatever tells where and when, wherever it stands, and nothing else', () => {
    const more = telling(['eXIf', 'tEXt', 'iTXt', 'zTXt', 'tIME', 'prVt']);
    fc.assert(
      fc.property(more, more, words, (before, after, tail) => {
        const told = (all: { name: string; content: Buffer }[]) => all.map(({ name, content }) => chunk(name, content));
        const photo = Buffer.concat([signature, header, ...told(before), ...picture, ...told(after), end, tail]);
        expect(Buffer.from(barePng(photo))).toEqual(plain);
      }),
    );
  });

  it('without a picture in it is refused', () => {
    expect(() => barePng(Buffer.concat([signature, header, end]))).toThrow(RangeError);
    expect(() => barePng(plain.subarray(0, 60))).toThrow(RangeError);
    expect(() => barePng(Buffer.from('RIFF'))).toThrow(RangeError);
  });
});

describe('a WebP', () => {
  const chunk = (name: string, content: Buffer) => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(content.length);
    return Buffer.concat([Buffer.from(name, 'latin1'), size, content, Buffer.alloc(content.length % 2)]);
  };
  const file = (...chunks: Buffer[]) => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(4 + chunks.reduce((sum, one) => sum + one.length, 0));
    return Buffer.concat([Buffer.from('RIFF'), size, Buffer.from('WEBP'), ...chunks]);
  };
  const extended = (flags: number) => chunk('VP8X', Buffer.from([flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  const picture = [chunk('ICCP', Buffer.from([1, 2, 3])), chunk('VP8 ', Buffer.from([9, 8, 7, 6, 5]))];

  it('loses whatever tells where and when, and says no more that it is there', () => {
    fc.assert(
      fc.property(telling(['EXIF', 'XMP ', 'priv']), words, (more, tail) => {
        const photo = file(extended(0x20 | 0x0c), ...picture, ...more.map(({ name, content }) => chunk(name, content)));
        const bare = bareWebp(Buffer.concat([photo, tail]));
        expect(Buffer.from(bare)).toEqual(file(extended(0x20), ...picture));
        expect(text(bare)).not.toContain(SECRET);
      }),
    );
  });

  it('without a picture in it is refused', () => {
    expect(() => bareWebp(file(extended(0)))).toThrow(RangeError);
    expect(() => bareWebp(Buffer.from('RIFF0000WAVE'))).toThrow(RangeError);
    expect(() => bareWebp(Buffer.from('RIFF'))).toThrow(RangeError);
  });
});
