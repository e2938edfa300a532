const DRAWING = new Set(['VP8 ', 'VP8L', 'VP8X', 'ANIM', 'ANMF', 'ALPH', 'ICCP']);
const PICTURE = new Set(['VP8 ', 'VP8L', 'ANMF']);
// Of the flags of VP8X: EXIF and XMP follow.
const TELLING = 0x08 | 0x04;

/**
 * A WebP without what tells of more than the picture: no EXIF, XMP or unknown chunks, or anything after its end. Colours,
 * transparency and animation stay. Pure. Source: RFC 9649. Errors: RangeError for what has no picture in it.
 */
export function withoutMetadata(webp: Uint8Array): Uint8Array {
  const file = Buffer.from(webp);
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WEBP') throw new RangeError('no WebP');
  const kept: Buffer[] = [];
  let picture = false;
  const until = Math.min(file.length, file.readUInt32LE(4) + 8);
  for (let at = 12; at + 8 <= until; ) {
    const size = file.readUInt32LE(at + 4);
    // A chunk of odd length is followed by one more byte.
    const end = at + 8 + size + (size % 2);
    if (end > until) break;
    const name = file.toString('latin1', at, at + 4);
    if (DRAWING.has(name)) kept.push(name === 'VP8X' && size > 0 ? quiet(file.subarray(at, end)) : file.subarray(at, end));
    picture ||= PICTURE.has(name);
    at = end;
  }
  if (!picture) throw new RangeError('no picture');
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(4 + kept.reduce((sum, chunk) => sum + chunk.length, 0), 4);
  return new Uint8Array(Buffer.concat([head, ...kept]));
}

function quiet(chunk: Buffer): Buffer {
  const made = Buffer.from(chunk);
  made[8] = (made[8] ?? 0) & ~TELLING;
  return made;
}
