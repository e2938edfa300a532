import { CsvError, parse } from 'csv-parse/sync';
import { Invalid } from '../errors.ts';

// A file of cities as spreadsheets and colleagues make them: any usual separator, encoding, order and language of headers.

export const MOST_ROWS = 20_000;
export const MOST_BYTES = 8_000_000;

export const FIELDS = [
  'name',
  'country',
  'language',
  'network',
  'timezone',
  'latitude',
  'longitude',
  'population',
  'membership',
  'memberSince',
] as const;
export type Field = (typeof FIELDS)[number];

export interface FileRow {
  /** The line of the file, the header being 1. */
  line: number;
  fields: Partial<Record<Field, string>>;
}

export interface CitiesFile {
  rows: FileRow[];
  /** Headers that mean nothing here. */
  ignored: string[];
}

const HEADERS: Record<Field, string[]> = {
  name: ['name', 'city', 'organisation', 'organization', 'nom', 'ville', 'nombre', 'ciudad', 'nome', 'cidade'],
  country: ['country', 'countrycode', 'pays', 'pais'],
  language: ['language', 'languages', 'langue', 'langues', 'idioma', 'idiomas', 'lengua', 'lingua', 'linguas'],
  network: ['network', 'networks', 'reseau', 'reseaux', 'red', 'redes', 'rede'],
  timezone: ['timezone', 'zone', 'tz', 'fuseauhoraire', 'fuseau', 'zonahoraria', 'fusohorario', 'fuso'],
  latitude: ['latitude', 'lat', 'latitud'],
  longitude: ['longitude', 'lon', 'lng', 'long', 'longitud'],
  population: ['population', 'poblacion', 'populacao', 'habitants', 'habitantes'],
  membership: ['membership', 'adhesion', 'status', 'statut', 'estado', 'adesao'],
  memberSince: ['membersince', 'membredepuis', 'miembrodesde', 'membrodesde'],
};

/** The rows of a file as texts. Errors: Invalid of the path `file` when it cannot be read as a table of cities at all. */
export function readCities(bytes: Uint8Array): CitiesFile {
  if (bytes.length === 0) throw wrong('fileEmpty');
  if (bytes.length > MOST_BYTES) throw wrong('fileTooBig', { most: MOST_BYTES / 1_000_000 });
  const text = decode(bytes);
  const table = records(text, separatorOf(text));
  const [header, ...body] = table;
  if (!header) throw wrong('fileEmpty');
  const columns = header.record.map((title) => fieldOf(title));
  refuseHeader(header.record, columns);
  if (body.length === 0) throw wrong('fileNoRows');
  if (body.length > MOST_ROWS) throw wrong('fileTooLong', { most: MOST_ROWS });
  return {
    rows: body.map(({ record, line }) => ({ line, fields: named(columns, record) })),
    ignored: header.record.filter((title, at) => columns[at] === undefined && title.trim() !== ''),
  };
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

// The separator is the sign that parts the header into the most titles we know.
function separatorOf(text: string): string {
  const firstLine =
    text
      .trimStart()
      .slice(0, 5000)
      .split(/\r\n|\r|\n/)[0] ?? '';
  const known = (separator: string) => firstLine.split(separator).filter((title) => fieldOf(title) !== undefined).length;
  return [',', ';', '\t', '|'].reduce((best, separator) => (known(separator) > known(best) ? separator : best));
}

function records(text: string, delimiter: string): { record: string[]; line: number }[] {
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

function fieldOf(title: string): Field | undefined {
  const plain = title
    .replace(/^\ufeff/, '')
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
  return FIELDS.find((field) => HEADERS[field].includes(plain));
}

function refuseHeader(titles: readonly string[], columns: readonly (Field | undefined)[]): void {
  const missing = (['name', 'country'] as const).filter((field) => !columns.includes(field));
  if (missing.length > 0) throw wrong('fileHeader', { missing: missing.join(', '), found: titles.join(', ').slice(0, 200) });
  const twice = columns.find((field, at) => field !== undefined && columns.indexOf(field) !== at);
  if (twice) throw wrong('fileHeaderTwice', { field: twice });
}

function named(columns: readonly (Field | undefined)[], record: readonly string[]): FileRow['fields'] {
  const fields: FileRow['fields'] = {};
  for (const [at, field] of columns.entries()) if (field && record[at]) fields[field] = record[at].slice(0, 1000);
  return fields;
}
