const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const DRAWING = new Set([
  'gAMA',
  'cHRM',
  'sRGB',
  'iCCP',
  'cICP',
  'mDCV',
  'cLLI',
  'sBIT',
  'tRNS',
  'bKGD',
  'pHYs',
  'acTL',
  'fcTL',
  'fdAT',
]);

/**
 * A PNG without what tells of more than the picture: no EXIF, texts, time, unknown chunks, or anything after its end. Colours,
 * transparency and animation stay. Pure. Source: PNG, third edition (W3C 2025), 11. Errors: RangeError for what has no picture in it.
 */
export function withoutMetadata(png: Uint8Array): Uint8Array {
  const view = new DataView(png.buffer, png.byteOffset, png.length);
  const kept: Uint8Array[] = [SIGNATURE];
  let picture = false;
  if (!SIGNATURE.every((byte, n) => png[n] === byte)) throw new RangeError('no PNG');
  for (let at = SIGNATURE.length; at + 12 <= png.length; ) {
    const end = at + 12 + view.getUint32(at);
    if (end > png.length) break;
    const name = String.fromCharCode(...png.subarray(at + 4, at + 8));
    // Those with a capital cannot be done without.
    if (/^[A-Z]/.test(name) || DRAWING.has(name)) kept.push(png.subarray(at, end));
    picture ||= name === 'IDAT';
    if (name === 'IEND') break;
    at = end;
  }
  if (!picture) throw new RangeError('no picture');
  return new Uint8Array(Buffer.concat(kept));
}
