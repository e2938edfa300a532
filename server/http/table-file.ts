import { CsvError, parse } from 'csv-parse/sync';
import type { FastifyRequest } from 'fastify';
import { Invalid } from '../errors.ts';

// A table as spreadsheets, banks and colleagues make them: any usual separator, encoding, order and language of headers.

export const MOST_ROWS = 20_000;
export const MOST_BYTES = 8_000_000;

export interface TableFile<Field extends string> {
  rows: TableRow<Field>[];
  /** Headers that mean nothing here. */
  ignored: string[];
}

export interface TableRow<Field extends string> {
  /** The line of the file, the first being 1. */
  line: number;
  fields: Partial<Record<Field, string>>;
  /** The cells of the columns that mean nothing here. */
  others: string[];
}

/** Which titles of a column mean which field, written as `plainTitle` gives them. */
export type Titles<Field extends string> = Readonly<Record<Field, readonly string[]>>;

/**
 * The rows of a file as texts. Lines before the header, as banks write them, are passed over. Errors: Invalid of the path `file` when
 * it is no table, or none with the `required` columns.
 */
export function readTable<Field extends string>(
  bytes: Uint8Array,
  titles: Titles<Field>,
  required: readonly (Field | readonly Field[])[],
): TableFile<Field> {
  if (bytes.length === 0) throw wrong('fileEmpty');
  if (bytes.length > MOST_BYTES) throw wrong('fileTooBig', { most: MOST_BYTES / 1_000_000 });
  const fieldOf = (title: string) => {
    const plain = plainTitle(title);
    return (Object.keys(titles) as Field[]).find((field) => titles[field].includes(plain));
  };
  const text = decode(bytes);
  const table = records(text, separatorOf(text, fieldOf));
  const [header, body] = headed(table, fieldOf);
  if (!header) throw wrong('fileEmpty');
  const columns = header.record.map(fieldOf);
  refuseHeader(header.record, columns, required);
  if (body.length === 0) throw wrong('fileNoRows');
  if (body.length > MOST_ROWS) throw wrong('fileTooLong', { most: MOST_ROWS });
  return {
    rows: body.map(({ record, line }) => ({ line, ...named(columns, record) })),
    ignored: header.record.filter((title, at) => columns[at] === undefined && title.trim() !== ''),
  };
}

/** A title without accents, case, spaces and signs. */
export function plainTitle(title: string): string {
  return title
    .replace(/^\ufeff/, '')
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}

const wrong = (code: string, params: Record<string, string | number> = {}) => new Invalid([{ path: 'file', code, params }]);

/** UTF-8, UTF-16 with its mark, else what Windows writes in Europe. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4) throw wrong('fileWorkbook');
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.subarray(0, 10_000).includes(0)) throw wrong('fileNotText');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

type FieldOf = (title: string) => string | undefined;
interface Line {
  record: string[];
  line: number;
}

const BEFORE_HEADER = 15;

// The separator is the sign that parts one of the first lines into the most titles we know.
function separatorOf(text: string, fieldOf: FieldOf): string {
  const lines = text
    .trimStart()
    .slice(0, 20_000)
    .split(/\r\n|\r|\n/)
    .slice(0, BEFORE_HEADER);
  const known = (separator: string) =>
    Math.max(...lines.map((line) => line.split(separator).filter((title) => fieldOf(unquoted(title)) !== undefined).length));
  return [',', ';', '\t', '|'].reduce((best, separator) => (known(separator) > known(best) ? separator : best));
}

const unquoted = (title: string) => title.trim().replace(/^"(.*)"$/, '$1');

// The header is the line among the first ones with the most titles we know: the first line, where there are none.
function headed(table: readonly Line[], fieldOf: FieldOf): [Line | undefined, Line[]] {
  const known = table.slice(0, BEFORE_HEADER).map(({ record }) => record.filter((title) => fieldOf(title) !== undefined).length);
  const at = Math.max(0, known.indexOf(Math.max(...known)));
  return [table[at], table.slice(at + 1)];
}

function records(text: string, delimiter: string): Line[] {
  try {
    const parsed = parse(text, {
      delimiter,
      bom: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 100_000,
      info: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return parsed
      .filter(({ record }) => record.some((cell) => cell !== ''))
      .map(({ record, info }) => ({ record, line: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw wrong('fileBroken', { line: typeof error.lines === 'number' ? error.lines : 1 });
  }
}

function refuseHeader<Field extends string>(
  titles: readonly string[],
  columns: readonly (Field | undefined)[],
  required: readonly (Field | readonly Field[])[],
): void {
  const missing = required.filter((field) => ![field].flat().some((one) => columns.includes(one as Field)));
  if (missing.length > 0)
    throw wrong('fileHeader', {
      missing: missing.map((field) => [field].flat()[0]).join(', '),
      found: titles.join(', ').slice(0, 200),
    });
  const twice = columns.find((field, at) => field !== undefined && columns.indexOf(field) !== at);
  if (twice) throw wrong('fileHeaderTwice', { field: twice });
}

// The mark that our exports, and others, put before what a spreadsheet would take for a formula.
const ESCAPED = /^'(?=[=+\-@\t\r\uff0b\uff0d\uff1d\uff20])/;

function named<Field extends string>(columns: readonly (Field | undefined)[], record: readonly string[]) {
  const fields: Partial<Record<Field, string>> = {};
  const others: string[] = [];
  for (const [at, written] of record.entries()) {
    const cell = written.replace(ESCAPED, '');
    const field = columns[at];
    if (field && cell) fields[field] = cell.slice(0, 1000);
    else if (cell) others.push(cell.slice(0, 1000));
  }
  return { fields, others };
}

/** The file of a request, as the body itself or as the first file of a form. Errors: Invalid of `file`. */
export async function uploaded(request: FastifyRequest): Promise<{ name: string; bytes: Buffer }> {
  if (Buffer.isBuffer(request.body)) return { name: 'import.csv', bytes: request.body };
  let file: { name: string; bytes: Buffer } | undefined;
  if (request.isMultipart()) {
    // Every part is read to its end, wanted or not: a part left alone would hold the request for ever.
    for await (const part of request.parts({ limits: { fileSize: MOST_BYTES, files: 3, fields: 20 } })) {
      if (part.type !== 'file') continue;
      const bytes = await part.toBuffer();
      if (part.filename && bytes.length > 0) file ??= { name: part.filename, bytes };
    }
  }
  if (!file) throw wrong('fileNone');
  return file;
}

/** The same for a page: what is too big is told at the field, like everything else that is wrong with a file. */
export async function smallUpload(request: FastifyRequest): Promise<{ name: string; bytes: Buffer }> {
  try {
    return await uploaded(request);
  } catch (error) {
    if (!(error instanceof Error) || !('statusCode' in error) || error.statusCode !== 413) throw error;
    throw wrong('fileTooBig', { most: MOST_BYTES / 1_000_000 });
  }
}
