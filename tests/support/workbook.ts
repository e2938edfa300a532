import { inflateRawSync } from 'node:zlib';

/** The cells of the first sheet of a workbook (XLSX), row by row, as a spreadsheet reads them: texts, numbers and truth values. */
export function readWorkbook(bytes: Buffer): Cell[][] {
  const files = unzip(bytes);
  const shared = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(([, si]) => textOf(si ?? ''));
  const sheet = files.get('xl/worksheets/sheet1.xml') ?? '';
  const rows = [...sheet.matchAll(/<row[^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(([, row]) => {
    const cells: Cell[] = [];
    for (const [, attributes = '', cell = ''] of (row ?? '').matchAll(/<c([^>]*?)(?:\/>|>(.*?)<\/c>)/gs))
      cells[columnOf(attributes)] = valueOf(attributes, cell, shared);
    return cells;
  });
  const width = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => Array.from({ length: width }, (_, at) => row[at] ?? null));
}

type Cell = string | number | boolean | null;

function valueOf(attributes: string, cell: string, shared: readonly string[]): Cell {
  if (cell.includes('<f')) throw new Error(`a formula: ${cell}`);
  const value = /<v>(.*?)<\/v>/s.exec(cell)?.[1];
  if (attributes.includes('t="s"')) return shared[Number(value)] ?? null;
  if (attributes.includes('t="inlineStr"')) return textOf(cell);
  if (attributes.includes('t="b"')) return value === '1';
  return value === undefined ? null : Number(value);
}

// r="C3": the third column.
const columnOf = (attributes: string) =>
  [...(/ r="([A-Z]+)/.exec(attributes)?.[1] ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

const textOf = (xml: string) =>
  [...xml.matchAll(/<t[^>]*>(.*?)<\/t>/gs)]
    .map(([, text]) => text)
    .join('')
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name] ?? '');

// The end record says where the central directory stands, the directory where each file does.
function unzip(bytes: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    const [method, size, name, extra, comment] = [
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt16LE(at + 32),
    ];
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(from, from + size);
    files.set(bytes.toString('utf8', at + 46, at + 46 + name), (method === 8 ? inflateRawSync(data) : data).toString('utf8'));
    at += 46 + name + extra + comment;
  }
  return files;
}
