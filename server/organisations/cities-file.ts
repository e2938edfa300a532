import { readTable, type TableFile, type TableRow, type Titles } from '../http/table-file.ts';

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

export type FileRow = Omit<TableRow<Field>, 'others'>;

const HEADERS: Titles<Field> = {
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

/** The rows of a file of cities as texts. Errors: Invalid of the path `file` when it cannot be read as one at all. */
export function readCities(bytes: Uint8Array): { rows: FileRow[]; ignored: TableFile<Field>['ignored'] } {
  const { rows, ignored } = readTable(bytes, HEADERS, ['name', 'country']);
  return { rows: rows.map(({ line, fields }) => ({ line, fields })), ignored };
}
