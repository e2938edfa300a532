import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { FastifyReply } from 'fastify';
import type { Cell } from 'write-excel-file/node';
import { Refused } from '../errors.ts';

export const EXPORT_FORMATS = ['csv', 'xlsx', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export type ExportValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | Temporal.Instant
  | Temporal.PlainDate
  | Temporal.PlainDateTime
  | readonly string[];

export interface ExportColumn<Row> {
  /** The name of the field in JSON, always the same; the header's text when not given. */
  key?: string;
  /** In the reader's language. */
  header: string;
  value: (row: Row) => ExportValue;
}

export interface Export<Row> {
  /** File name without its ending, of any characters. */
  name: string;
  format: ExportFormat;
  columns: readonly ExportColumn<Row>[];
  /** Rows as they come, in batches of the query's own. */
  rows: AsyncIterable<Row>;
}

// A workbook is one zipped document that has to be made whole, so it has an end where CSV and JSON have none.
const MOST_WORKBOOK_ROWS = 100_000;
const CELL_CHARACTERS = 32_767;

const TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
};

/**
 * Answers with a list as a file to download. CSV and JSON are streamed as the rows arrive; a cell that a spreadsheet would take
 * for a formula is text. Errors: Refused('export-too-long') for a workbook of more than 100,000 rows.
 */
export async function sendExport<Row>(reply: FastifyReply, { name, format, columns, rows }: Export<Row>): Promise<FastifyReply> {
  const body = await exportOf({ format, columns, rows });
  return reply
    .type(TYPES[format])
    .header('cache-control', 'private, no-store')
    .header('content-disposition', disposition(`${name}.${format}`))
    .header('x-content-type-options', 'nosniff')
    .send(body);
}

/** The same list as bytes, for a file inside another. Errors: as above. */
export async function exportOf<Row>({ format, columns, rows }: Omit<Export<Row>, 'name'>): Promise<Buffer | Readable> {
  if (format === 'xlsx') return workbook(columns, rows);
  return format === 'csv' ? csv(columns, rows) : jsonArray(columns, rows);
}

function disposition(fileName: string): string {
  const ascii = fileName
    .normalize('NFD')
    .replace(/[^\w .-]/g, '')
    .replace(/\s+/g, '-');
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

function csv<Row>(columns: readonly ExportColumn<Row>[], rows: AsyncIterable<Row>): Readable {
  const lines = stringify({ bom: true, escape_formulas: true, record_delimiter: 'windows', cast: { boolean: String } });
  async function* records() {
    yield columns.map((column) => column.header);
    for await (const row of rows) yield columns.map((column) => plainCell(column.value(row)));
  }
  const source = Readable.from(records());
  source.on('error', (error) => lines.destroy(error));
  lines.on('close', () => source.destroy());
  return source.pipe(lines);
}

function plainCell(value: ExportValue): string | number | boolean {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'string' ? value : textOf(value);
}

const textOf = (value: readonly string[] | { toString(): string }) =>
  Array.isArray(value) ? value.join('; ') : value.toString();

function jsonArray<Row>(columns: readonly ExportColumn<Row>[], rows: AsyncIterable<Row>): Readable {
  async function* parts() {
    let between = '[\n';
    for await (const row of rows) {
      yield between +
        JSON.stringify(Object.fromEntries(columns.map((column) => [column.key ?? column.header, column.value(row) ?? null])));
      between = ',\n';
    }
    yield between === '[\n' ? '[]\n' : '\n]\n';
  }
  return Readable.from(parts(), { objectMode: false });
}

async function workbook<Row>(columns: readonly ExportColumn<Row>[], rows: AsyncIterable<Row>): Promise<Buffer> {
  const sheet: Cell[][] = [columns.map((column) => ({ value: column.header, type: String, fontWeight: 'bold' }))];
  for await (const row of rows) {
    if (sheet.length > MOST_WORKBOOK_ROWS) throw new Refused('export-too-long', { most: MOST_WORKBOOK_ROWS });
    sheet.push(columns.map((column) => excelCell(column.value(row))));
  }
  const { default: writeExcel } = await import('write-excel-file/node');
  return writeExcel(sheet, { stickyRowsCount: 1, columns: columns.map(() => ({ width: 22 })) }).toBuffer();
}

// Text is written as text, whatever it begins with: only a cell of type "Formula" would be computed.
function excelCell(value: ExportValue): Cell {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'number') return Number.isFinite(value) ? { value, type: Number } : null;
  if (typeof value === 'boolean') return { value, type: Boolean };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no words for them
  const text = (typeof value === 'string' ? value : textOf(value)).replace(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g,
    '',
  );
  return text === '' ? null : { value: text.slice(0, CELL_CHARACTERS), type: String };
}
