import { countryName, languageName, minorDigits } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import type { ExportColumn } from '../http/exports.ts';
import type { Report } from './report.ts';

/** One figure of a report, in words: which part, of what, which figure, how much. */
export interface ReportRow {
  part: string;
  name: string;
  figure: string;
  value: number | string;
}

/** A report as one long list of figures, for spreadsheets and documents. Pure. */
export function rowsOf(report: Report, language: Language): ReportRow[] {
  const t = translator(language);
  const people = t('reports.people');
  const cities = t('reports.cities');
  const part = (key: string, rows: [name: string, figure: string, value: number | string][]) =>
    rows.map(([name, figure, value]): ReportRow => ({ part: t(`reports.${key}` as 'reports.totals'), name, figure, value }));
  return [
    ...part('totals', [
      ['', t('reports.events'), report.events.length],
      ['', t('reports.registrations'), report.registrations],
      ['', people, report.people],
      ['', cities, report.cities],
      ['', t('reports.countries'), report.countries],
      ['', t('reports.firstTimers'), report.firstTimers],
      ...(report.attendance
        ? ([
            ['', t('reports.attended'), report.attendance.attended],
            ['', t('reports.noShows'), report.attendance.noShows],
          ] as [string, string, number][])
        : []),
    ]),
    ...part(
      'eventList',
      report.events.flatMap((event): [string, string, number | string][] => {
        const name = textIn(event.title, [language], event.defaultLanguage);
        return [
          [name, t('reports.when'), event.startsOn],
          [name, people, event.people],
          [name, cities, event.cities],
          [name, t('reports.countries'), event.countries],
          ...(event.satisfaction ? [[name, t('reports.recommend'), event.satisfaction.score] as [string, string, number]] : []),
        ];
      }),
    ),
    ...part(
      'byCountry',
      report.byCountry.flatMap(({ key, people: n, cities: c }): [string, string, number][] => [
        [countryName(key, language), people, n],
        [countryName(key, language), cities, c],
      ]),
    ),
    ...part(
      'byNetwork',
      report.byNetwork.flatMap(({ key, name, people: n, cities: c }): [string, string, number][] => [
        [textIn(name ?? {}, [language]) || key, people, n],
        [textIn(name ?? {}, [language]) || key, cities, c],
      ]),
    ),
    ...part(
      'byLanguage',
      report.byLanguage.map(({ key, people: n }): [string, string, number] => [languageName(key, language), people, n]),
    ),
    ...part(
      'gender',
      (['participants', 'speakers', 'juries'] as const).flatMap((who): [string, string, number | string][] => {
        const shares = report.gender[who];
        const name = t(`reports.gender.${who}`);
        if (!shares) return [[name, t('reports.gender.women'), t('reports.gender.few')]];
        return [
          [name, t('reports.gender.said'), shares.said],
          [name, t('reports.gender.women'), shares.women],
          [name, t('reports.gender.men'), shares.men],
        ];
      }),
    ),
    ...part(
      'awards',
      report.awards.flatMap((award): [string, string, number | string][] => {
        const name = textIn(award.title, [language], award.defaultLanguage);
        return [
          [name, t('reports.award.entries'), award.entries],
          [name, cities, award.cities],
          ...award.laureates.map(({ city, country, title, language: own }): [string, string, string] => [
            name,
            t('reports.award.laureate'),
            `${city} (${countryName(country, language)}): ${textIn(title, [language], own)}`,
          ]),
        ];
      }),
    ),
    ...part(
      'money',
      report.money.flatMap(({ currency, due, received }): [string, string, number][] => [
        [currency, t('reports.money.due'), due / 10 ** minorDigits(currency)],
        [currency, t('reports.money.received'), received / 10 ** minorDigits(currency)],
      ]),
    ),
  ];
}

/** The columns of a report as a file. */
export function reportColumns(language: Language): ExportColumn<ReportRow>[] {
  const t = translator(language);
  return [
    { key: 'part', header: t('reports.column.part'), value: (row) => row.part },
    { key: 'name', header: t('reports.column.name'), value: (row) => row.name },
    { key: 'figure', header: t('reports.column.figure'), value: (row) => row.figure },
    { key: 'value', header: t('reports.column.value'), value: (row) => row.value },
  ];
}
