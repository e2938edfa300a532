import { countryName, formatDate, formatNumber, languageName } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import { newSheet } from '../typesetting.ts';
import type { Report } from './report.ts';

export interface ReportPdf {
  title: string;
  report: Report;
  language: Language;
  installation: string;
  now: Temporal.Instant;
}

/** A report as a document of A4 pages. */
export async function reportPdf({ title, report, language, installation, now }: ReportPdf): Promise<Buffer> {
  const t = translator(language);
  const number = (value: number) => formatNumber(value, language);
  const sheet = await newSheet({ title, language, created: now });
  sheet.text(installation, { size: 9, soft: true });
  sheet.heading(title, 20);
  sheet.text(t('reports.transparency.asOf', { when: formatDate(now.toZonedDateTimeISO('UTC').toPlainDate(), language) }), {
    size: 9,
    soft: true,
  });
  sheet.space();
  for (const key of ['people', 'cities', 'countries', 'firstTimers'] as const)
    sheet.fact(t(`reports.${key}`), number(report[key]));
  if (report.attendance) {
    sheet.fact(t('reports.attended'), number(report.attendance.attended));
    sheet.fact(t('reports.noShows'), number(report.attendance.noShows));
  }
  const bars = (heading: string, rows: { name: string; value: number }[]) => {
    if (rows.length === 0) return;
    sheet.heading(heading, 13);
    sheet.bars(rows.map(({ name, value }) => ({ name, value, figure: number(value) })));
  };
  sheet.heading(t('reports.eventList'), 13);
  for (const event of report.events) {
    const satisfaction = event.satisfaction
      ? ` · ${t('reports.recommend')}: ${formatNumber(event.satisfaction.score, language, { signDisplay: 'exceptZero' })}`
      : '';
    sheet.text(textIn(event.title, [language], event.defaultLanguage), { bold: true });
    sheet.text(
      `${formatDate(Temporal.PlainDate.from(event.startsOn), language)} · ${t('reports.people')}: ${number(event.people)} · ${t('reports.cities')}: ${number(event.cities)}${satisfaction}`,
      { size: 9, soft: true },
    );
    sheet.space(4);
  }
  bars(
    t('reports.byCountry'),
    report.byCountry.map(({ key, people }) => ({ name: countryName(key, language), value: people })),
  );
  bars(
    t('reports.byNetwork'),
    report.byNetwork.map(({ key, name, people }) => ({ name: textIn(name ?? {}, [language]) || key, value: people })),
  );
  bars(
    t('reports.byLanguage'),
    report.byLanguage.map(({ key, people }) => ({ name: languageName(key, language), value: people })),
  );
  sheet.heading(t('reports.gender'), 13);
  for (const who of ['participants', 'speakers', 'juries'] as const) {
    const shares = report.gender[who];
    const words = shares
      ? t('reports.gender.line', { women: `${shares.women} %`, men: `${shares.men} %`, said: `${shares.said} %` })
      : t('reports.gender.few');
    sheet.fact(t(`reports.gender.${who}`), words);
  }
  for (const award of report.awards) {
    sheet.heading(textIn(award.title, [language], award.defaultLanguage), 13);
    sheet.text(t('reports.award.line', { entries: award.entries, cities: award.cities }));
    for (const { city, country, title: own, language: tag } of award.laureates)
      sheet.text(`${city}, ${countryName(country, language)}: ${textIn(own, [language], tag)}`);
  }
  return sheet.end();
}
