import { inflateRawSync } from 'node:zlib';
import { Invalid } from '../errors.ts';

// What a spreadsheet is made of: a zip archive of XML, read to texts and within bounds. Source: ECMA-376, parts 1 and 2.

const MOST_FILES = 500;
const MOST_UNPACKED = 40_000_000;
const MOST_CELLS = 400_000;

/** A sheet's rows of cells, as texts; rows and columns stand where they stood. */
export interface Sheet {
  name: string;
  rows: string[][];
}

export const isWorkbook = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/** The sheets of a workbook (XLSX), formulas by their last value. Errors: Invalid of the path `file` when it is none, or unpacks to too much. */
export function readSheets(bytes: Buffer): Sheet[] {
  try {
    return sheetsIn(unpacked(bytes));
  } catch (error) {
    if (error instanceof Invalid) throw error;
    throw new Invalid([{ path: 'file', code: 'fileNoWorkbook' }]);
  }
}

type Files = (name: string) => string | undefined;

/** What is in the archive, each file unpacked when it is asked for. */
function unpacked(bytes: Buffer): Files {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const parts = new Map<string, { at: number; size: number; method: number }>();
  let at = bytes.readUInt32LE(end + 16);
  for (let n = Math.min(bytes.readUInt16LE(end + 10), MOST_FILES); n > 0; n--) {
    const name = bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28));
    parts.set(name, {
      at: bytes.readUInt32LE(at + 42),
      size: bytes.readUInt32LE(at + 20),
      method: bytes.readUInt16LE(at + 10),
    });
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  let left = MOST_UNPACKED;
  return (name) => {
    const part = parts.get(name);
    if (!part) return undefined;
    const from = part.at + 30 + bytes.readUInt16LE(part.at + 26) + bytes.readUInt16LE(part.at + 28);
    const packed = bytes.subarray(from, from + part.size);
    const plain = part.method === 8 ? inflateRawSync(packed, { maxOutputLength: left }) : packed;
    left -= plain.length;
    return plain.toString('utf8');
  };
}

function sheetsIn(file: Files): Sheet[] {
  const shared = textsOf(file('xl/sharedStrings.xml') ?? '', 'si');
  const targets = new Map(
    tagsOf(file('xl/_rels/workbook.xml.rels') ?? '').map(({ attributes }) => [attributes.Id ?? '', attributes.Target ?? '']),
  );
  const listed = tagsOf(file('xl/workbook.xml') ?? '').filter(({ name, closing }) => name === 'sheet' && !closing);
  if (listed.length === 0) throw new Invalid([{ path: 'file', code: 'fileNoWorkbook' }]);
  return listed.slice(0, 50).map(({ attributes }) => {
    const target = targets.get(attributes['r:id'] ?? '') ?? '';
    const xml = file(target.startsWith('/') ? target.slice(1) : `xl/${target}`) ?? '';
    return { name: attributes.name ?? '', rows: rowsOf(xml, shared) };
  });
}

interface Tag {
  name: string;
  closing: boolean;
  /** It has no content: `<c/>`. */
  empty: boolean;
  attributes: Record<string, string>;
  /** What stands between it and the next tag. */
  text: string;
}

// A name space before the names of the tags (`x:row`) is what some programs write.
function tagsOf(xml: string): Tag[] {
  return [...xml.matchAll(/<(\/?)([\w.:-]+)([^<>]*)>([^<]*)/g)].map(([, slash = '', name = '', inner = '', text = '']) => ({
    name: name.replace(/^\w+:/, ''),
    closing: slash !== '',
    empty: inner.endsWith('/'),
    attributes: Object.fromEntries(
      [...inner.matchAll(/([\w.:-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, plain(value)]),
    ),
    text: plain(text),
  }));
}

const NAMED: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const plain = (text: string) =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|quot|apos|amp));/gi, (_, hex, decimal, name) =>
    name ? (NAMED[String(name).toLowerCase()] ?? '') : fromCode(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  );
const fromCode = (code: number) => (code <= 0x10ffff ? String.fromCodePoint(code) : '');

/** The text of each `around` element: its pieces joined, what is said of their reading left out. */
function textsOf(xml: string, around: string): string[] {
  const texts: string[] = [];
  let reading = false;
  for (const { name, closing, empty, text } of tagsOf(xml)) {
    if (name === around && !closing) texts.push('');
    if (name === 'rPh') reading = !closing && !empty;
    if (name === 't' && !closing && !reading) texts[texts.length - 1] += text;
  }
  return texts;
}

function rowsOf(xml: string, shared: readonly string[]): string[][] {
  const rows: string[][] = [];
  let cells = 0;
  let [row, column, type, inValue] = [-1, -1, '', false];
  for (const { name, closing, attributes, text } of tagsOf(xml)) {
    if (name === 'row' && !closing) {
      row = attributes.r ? Number(attributes.r) - 1 : row + 1;
      column = -1;
    } else if (name === 'c' && !closing) {
      column = attributes.r ? columnOf(attributes.r) : column + 1;
      type = attributes.t ?? '';
      if (++cells > MOST_CELLS || row > 20_000 || column > 1000)
        throw new Invalid([{ path: 'file', code: 'fileTooLong', params: { most: 20_000 } }]);
    } else if ((name === 'v' || name === 't') && !closing) {
      inValue = true;
    }
    if (inValue && row >= 0 && column >= 0) {
      while (rows.length <= row) rows.push([]);
      const cell = type === 's' ? (shared[Number(text)] ?? '') : type === 'b' ? (text === '1' ? 'yes' : 'no') : text;
      const into = rows[row] ?? [];
      while (into.length < column) into.push('');
      into[column] = (into[column] ?? '') + cell;
    }
    inValue = false;
  }
  return rows;
}

// C3: the third column, from nought.
const columnOf = (place: string) =>
  [...place.replace(/\d+$/, '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
