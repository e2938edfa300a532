import type { Language } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import type { ExportColumn } from '../http/exports.ts';
import type { PersonRow } from './people.ts';
import { PERSON_FIELDS, type PersonField } from './people-file.ts';
import type { OrganisationRow } from './queries.ts';

/** The columns of an export of organisations. Those that an import reads have codes, not words, so that a file comes back as it went. */
export function organisationColumns(language: Language): ExportColumn<OrganisationRow>[] {
  const t = translator(language);
  return [
    { key: 'name', header: t('organisations.field.name'), value: (row) => row.name },
    { key: 'country', header: t('organisations.field.country'), value: (row) => row.country },
    { key: 'languages', header: t('organisations.field.languages'), value: (row) => row.languages },
    {
      key: 'networks',
      header: t('organisations.field.networks'),
      value: (row) => row.networks.map((network) => textIn(network.name, [language, 'en'])),
    },
    { key: 'zone', header: t('organisations.field.zone'), value: (row) => row.zone },
    { key: 'latitude', header: t('organisations.field.latitude'), value: (row) => row.latitude },
    { key: 'longitude', header: t('organisations.field.longitude'), value: (row) => row.longitude },
    { key: 'population', header: t('organisations.field.population'), value: (row) => row.population },
    { key: 'kind', header: t('organisations.field.kind'), value: (row) => t(`organisations.kind.${row.kind}`) },
    { key: 'membership', header: t('organisations.field.membership'), value: (row) => row.membership },
    { key: 'memberSince', header: t('organisations.field.memberSince'), value: (row) => row.memberSince },
    { key: 'feeYears', header: t('organisations.field.feePaid'), value: (row) => row.feeYears.map(String) },
    { key: 'people', header: t('organisations.field.people'), value: (row) => row.people },
  ];
}

/** A person in one of their organisations, as a file of people has a row for each. */
export type PlaceRow = Omit<PersonRow, 'affiliations'> & { affiliation: PersonRow['affiliations'][number] | undefined };

/** Each person once for each of their organisations; once where they have none. */
export async function* placesOf(people: AsyncIterable<PersonRow>): AsyncGenerator<PlaceRow> {
  for await (const { affiliations, ...person } of people)
    for (const affiliation of affiliations.length > 0 ? affiliations : [undefined]) yield { ...person, affiliation };
}

/** The columns of an export of people: those that an import reads, with codes, so that a file comes back as it went. */
export function personColumns(language: Language): ExportColumn<PlaceRow>[] {
  const t = translator(language);
  const values: Record<PersonField, ExportColumn<PlaceRow>['value']> = {
    name: (row) => row.name,
    email: (row) => row.email,
    sharedEmail: (row) => row.sharedEmail,
    language: (row) => row.language,
    zone: (row) => row.zone,
    organisation: (row) => row.affiliation?.organisation.name,
    country: (row) => row.affiliation?.organisation.country,
    title: (row) => row.affiliation?.title,
    isContact: (row) => row.affiliation?.isContact,
  };
  return PERSON_FIELDS.map((key) => ({ key, header: t(`organisations.person.${key}`), value: values[key] }));
}
