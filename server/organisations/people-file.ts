import { LANGUAGES } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { plainTitle, readTable, type TableFile, type TableRow, type Titles } from '../http/table-file.ts';

export const PERSON_FIELDS = [
  'name',
  'email',
  'sharedEmail',
  'language',
  'zone',
  'organisation',
  'country',
  'title',
  'isContact',
] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];

export type PersonFileRow = Omit<TableRow<PersonField>, 'others'>;

const OTHER_TITLES: Record<PersonField, readonly string[]> = {
  name: ['name', 'person', 'nom', 'nomcomplet', 'nombre', 'nombrecompleto', 'nome', 'nomecompleto'],
  email: ['email', 'mail', 'emailaddress', 'address', 'courriel', 'adresse', 'correo', 'correoelectronico', 'correio'],
  sharedEmail: ['shared', 'sharedemail', 'sharedmailbox'],
  language: ['language', 'langue', 'idioma', 'lingua'],
  zone: ['timezone', 'zone', 'tz'],
  organisation: [
    'organisation',
    'organization',
    'organisationid',
    'city',
    'ville',
    'ciudad',
    'cidade',
    'organizacion',
    'organizacao',
  ],
  country: ['country', 'pays', 'pais'],
  title: ['title', 'role', 'function', 'fonction', 'cargo', 'funcion', 'funcao'],
  isContact: ['contact', 'iscontact', 'contacto'],
};

let titles: Titles<PersonField> | undefined;

// Every header that an export of people has in any language is understood, so that a file comes back as it went.
function personTitles(): Titles<PersonField> {
  titles ??= Object.fromEntries(
    PERSON_FIELDS.map((field) => [
      field,
      [...OTHER_TITLES[field], ...LANGUAGES.map((language) => plainTitle(translator(language)(`organisations.person.${field}`)))],
    ]),
  ) as unknown as Titles<PersonField>;
  return titles;
}

/** The rows of a file of people as texts. Errors: Invalid of the path `file` when it cannot be read as one at all. */
export function readPeople(bytes: Uint8Array): { rows: PersonFileRow[]; ignored: TableFile<PersonField>['ignored'] } {
  const { rows, ignored } = readTable(bytes, personTitles(), ['name']);
  return { rows: rows.map(({ line, fields }) => ({ line, fields })), ignored };
}
