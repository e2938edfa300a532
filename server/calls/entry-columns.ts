import { countryName } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translateCode, translator } from '../../web/locales/translate.ts';
import type { ExportColumn } from '../http/exports.ts';
import type { BankRow } from './bank.ts';
import type { ScreeningRow } from './screening.ts';

/** The columns of a call's entries as a sheet, in the reader's language; the keys of JSON are always the same. */
export function entryColumns(language: Language): ExportColumn<ScreeningRow>[] {
  const t = translator(language);
  return [
    { key: 'code', header: t('entries.fact.code'), value: (row) => row.code },
    { key: 'title', header: t('entries.field.title'), value: (row) => textIn(row.title, [language, row.language]) },
    { key: 'city', header: t('entries.fact.city'), value: (row) => row.organisation.name },
    { key: 'country', header: t('callsOffice.country'), value: (row) => countryName(row.organisation.country, language) },
    {
      key: 'state',
      header: t('calls.fact.state'),
      value: (row) => translateCode(language, `entries.state.${row.state}`) ?? row.state,
    },
    { key: 'theme', header: t('entries.field.theme'), value: (row) => row.theme },
    { key: 'modality', header: t('entries.field.modality'), value: (row) => row.modality },
    { key: 'languages', header: t('calls.fact.languages'), value: (row) => row.languages },
    { key: 'authors', header: t('entries.authors.title'), value: (row) => row.authors },
    { key: 'submittedAt', header: t('emails.calls.fact.at'), value: (row) => row.submittedAt },
    { key: 'late', header: t('entries.late'), value: (row) => row.late },
    { key: 'files', header: t('callsOffice.files'), value: (row) => row.files },
    { key: 'reasons', header: t('entries.fact.reasons'), value: (row) => row.screeningReasons },
    { key: 'note', header: t('callsOffice.screen.note'), value: (row) => row.screeningNote },
    { key: 'contentHash', header: t('emails.calls.fact.hash'), value: (row) => row.contentHash },
  ];
}

/** The columns of the bank of experiences. */
export function bankColumns(language: Language): ExportColumn<BankRow>[] {
  const t = translator(language);
  return [
    { key: 'title', header: t('entries.field.title'), value: (row) => textIn(row.title, [language, row.language]) },
    { key: 'summary', header: t('entries.field.summary'), value: (row) => textIn(row.summary, [language, row.language]) },
    { key: 'city', header: t('entries.fact.city'), value: (row) => row.city.name },
    { key: 'country', header: t('callsOffice.country'), value: (row) => countryName(row.city.country, language) },
    { key: 'theme', header: t('entries.field.theme'), value: (row) => textIn(row.theme?.title, [language]) },
    { key: 'languages', header: t('calls.fact.languages'), value: (row) => row.languages },
    { key: 'call', header: t('calls.list.call'), value: (row) => textIn(row.call.title, [language], row.call.defaultLanguage) },
    {
      key: 'distinction',
      header: t('calls.fact.state'),
      value: (row) => translateCode(language, `entries.state.${row.distinction}`) ?? '',
    },
  ];
}
