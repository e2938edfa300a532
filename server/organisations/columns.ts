import type { Language } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import type { ExportColumn } from '../http/exports.ts';
import type { PersonRow } from './people.ts';
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

export function personColumns(language: Language): ExportColumn<PersonRow>[] {
  const t = translator(language);
  return [
    { key: 'name', header: t('organisations.person.name'), value: (row) => row.name },
    { key: 'email', header: t('organisations.person.email'), value: (row) => row.email },
    { key: 'language', header: t('organisations.person.language'), value: (row) => row.language },
    {
      key: 'organisations',
      header: t('organisations.people.organisations'),
      value: (row) => row.affiliations.map((affiliation) => affiliation.organisation.name),
    },
    {
      key: 'titles',
      header: t('organisations.person.title'),
      value: (row) => row.affiliations.map((affiliation) => affiliation.title).filter(Boolean),
    },
    {
      key: 'contact',
      header: t('organisations.person.isContact'),
      value: (row) => row.affiliations.some((affiliation) => affiliation.isContact),
    },
  ];
}
