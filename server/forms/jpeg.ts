// What a camera writes into a picture beside the picture: where it was taken, with what, by whom, and a small copy of it.

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const COM = 0xfe;
const APP = { first: 0xe0, exif: 0xe1, icc: 0xe2, adobe: 0xee, last: 0xef };
const ORIENTATION = 0x0112;
const SHORT = 3;

interface Piece {
  marker: number;
  from: number;
  to: number;
}

/**
 * A JPEG without what tells of more than the picture: no EXIF (place, time, camera), XMP, IPTC, comments, second pictures, or anything
 * after its end. What it takes to draw it right stays: colours (ICC, Adobe), and which side is up. Pure. Source: ITU-T T.81 annex B;
 * JEITA CP-3451 (Exif). Errors: RangeError for what has no picture in it.
 */
export function withoutMetadata(jpeg: Uint8Array): Uint8Array {
  const pieces = piecesOf(jpeg);
  if (!pieces.some(({ marker }) => marker === SOS)) throw new RangeError('no picture');
  const up = orientationOf(jpeg, pieces);
  const kept = pieces.filter((piece) => isOfPicture(jpeg, piece)).map(({ from, to }) => jpeg.subarray(from, to));
  return joined([Uint8Array.of(0xff, SOI), ...(up > 1 ? [orientation(up)] : []), ...kept, Uint8Array.of(0xff, EOI)]);
}

/** The segments between its beginning and its end; a scan with the coded picture after it. What is cut off is left out. */
function piecesOf(jpeg: Uint8Array): Piece[] {
  const pieces: Piece[] = [];
  if (jpeg[0] !== 0xff || jpeg[1] !== SOI) return pieces;
  let at = 2;
  for (;;) {
    // Any number of FF may stand before a marker.
    while (jpeg[at] === 0xff && jpeg[at + 1] === 0xff) at += 1;
    const marker = jpeg[at] === 0xff ? jpeg[at + 1] : undefined;
    if (marker === undefined || marker === EOI || marker === 0) return pieces;
    const length = ((jpeg[at + 2] ?? 0) << 8) | (jpeg[at + 3] ?? 0);
    const end = at + 2 + length;
    if (length < 2 || end > jpeg.length) return pieces;
    const to = marker === SOS ? scanEnd(jpeg, end) : end;
    pieces.push({ marker, from: at, to });
    at = to;
  }
}

/** Where coded data ends: at the next marker that is neither a stuffed zero nor a restart. */
function scanEnd(jpeg: Uint8Array, from: number): number {
  for (let at = jpeg.indexOf(0xff, from); at >= 0; at = jpeg.indexOf(0xff, at + 1)) {
    const next = jpeg[at + 1];
    if (next === undefined) return at;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return jpeg.length;
}

function isOfPicture(jpeg: Uint8Array, { marker, from }: Piece): boolean {
  if (marker === COM) return false;
  if (marker < APP.first || marker > APP.last) return true;
  if (marker === APP.first) return says(jpeg, from, 'JFIF\0');
  return marker === APP.icc ? says(jpeg, from, 'ICC_PROFILE\0') : marker === APP.adobe && says(jpeg, from, 'Adobe');
}

const says = (jpeg: Uint8Array, from: number, words: string) =>
  [...words].every((letter, n) => jpeg[from + 4 + n] === letter.charCodeAt(0));

/** Which side is up, 1 to 8: of the first directory of the EXIF. 1 when it does not say. */
function orientationOf(jpeg: Uint8Array, pieces: readonly Piece[]): number {
  const exif = pieces.find(({ marker, from }) => marker === APP.exif && says(jpeg, from, 'Exif\0\0'));
  if (!exif) return 1;
  const tiff = new DataView(jpeg.buffer, jpeg.byteOffset + exif.from + 10, exif.to - exif.from - 10);
  try {
    const little = tiff.getUint16(0) === 0x4949;
    const directory = tiff.getUint32(4, little);
    for (let n = 0; n < tiff.getUint16(directory, little); n++) {
      const entry = directory + 2 + n * 12;
      if (tiff.getUint16(entry, little) !== ORIENTATION || tiff.getUint16(entry + 2, little) !== SHORT) continue;
      const up = tiff.getUint16(entry + 8, little);
      return up >= 1 && up <= 8 ? up : 1;
    }
  } catch (error) {
    // A directory that points outside of itself says nothing.
    if (!(error instanceof RangeError)) throw error;
  }
  return 1;
}

/** An EXIF segment that says which side is up, and nothing else. */
function orientation(up: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, SHORT, 0, 0, 0, 1, 0, up, 0, 0, 0, 0, 0, 0];
  const exif = [...'Exif\0\0'].map((letter) => letter.charCodeAt(0));
  return Uint8Array.of(0xff, APP.exif, 0, 2 + exif.length + tiff.length, ...exif, ...tiff);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
