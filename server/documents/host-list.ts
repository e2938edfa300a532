import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Db } from '../../db/database.ts';
import { compareWords, countryName, languageName } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import { type ExportColumn, type ExportValue, sendExport } from '../http/exports.ts';
import { parse } from '../http/input.ts';
import { questionsOf } from '../registrations/answers.ts';
import { eventContextById } from '../registrations/context.ts';
import { RegistrationFilter } from '../registrations/input.ts';
import { registrationColumns } from '../registrations/office-columns.ts';
import { type ExportRow, everyRegistration } from '../registrations/office-queries.ts';
import { newSheet } from '../typesetting.ts';
import { sendFileNamed } from './answering.ts';
import type { Occasion } from './occasions.ts';

const isQuestion = ({ key }: { key?: string }) => /^(answers|delegation)\./.test(key ?? '');

async function questionColumns(db: Db, eventId: string, language: Language): Promise<ExportColumn<ExportRow>[]> {
  return registrationColumns(language, questionsOf(await eventContextById(db, eventId))).filter(isQuestion);
}

/** The questions of the form whose answers may be put on the list. */
export async function hostQuestions(db: Db, eventId: string, language: Language): Promise<{ key: string; words: string }[]> {
  return (await questionColumns(db, eventId, language)).map(({ key = '', header }) => ({ key, words: header }));
}

/** Who comes, by city and name, with the answers that were chosen and no other: as a PDF or a workbook. */
export async function sendHostList(
  request: FastifyRequest,
  reply: FastifyReply,
  event: Occasion,
  { format, answers }: { format: 'pdf' | 'xlsx'; answers: readonly string[] },
) {
  const { db, clock, config } = request.server.system;
  const { language } = request;
  const t = translator(language);
  const rows: ExportRow[] = [];
  for await (const row of everyRegistration(db, event.id, parse(RegistrationFilter, { state: 'confirmed' }))) rows.push(row);
  const key = (row: ExportRow) => `${row.organisation?.name ?? '￿'} ${row.person.name}`;
  rows.sort((one, other) => compareWords(key(one), key(other), language));
  const chosen = (await questionColumns(db, event.id, language)).filter(({ key: own = '' }) => answers.includes(own));
  const columns: ExportColumn<ExportRow>[] = [
    { key: 'name', header: t('documents.name'), value: (row) => row.person.name },
    { key: 'organisation', header: t('documents.field.organisation'), value: (row) => row.organisation?.name },
    {
      key: 'country',
      header: t('documents.field.country'),
      value: (row) => row.organisation && countryName(row.organisation.country, language),
    },
    {
      key: 'category',
      header: t('documents.field.category'),
      value: (row) => textIn(row.category.name, [language], event.defaultLanguage),
    },
    { key: 'language', header: t('documents.languages'), value: (row) => languageName(row.person.language, language) },
    ...chosen,
  ];
  const name = `${t('documents.hostList')} ${event.slug}`;
  if (format === 'xlsx') return sendExport(reply, { name, format, columns, rows: each(rows) });
  const title = textIn(event.title, [language], event.defaultLanguage);
  const sheet = await newSheet({ title, language, created: clock() });
  sheet.text(config.installationName, { size: 9, soft: true });
  sheet.heading(`${t('documents.hostList')}: ${title}`, 18);
  for (const row of rows) {
    const [, ...rest] = columns.slice(0, 5).map((column) => wordsOf(column.value(row)));
    sheet.text(row.person.name, { bold: true });
    sheet.text(rest.filter(Boolean).join(' · '), { soft: true, size: 9.5 });
    for (const { header, value } of chosen) {
      const words = wordsOf(value(row));
      if (words) sheet.text(`${header}: ${words}`, { size: 9.5 });
    }
    sheet.space(6);
  }
  return sendFileNamed(reply, { name, type: 'pdf' }, await sheet.end());
}

const wordsOf = (value: ExportValue): string =>
  value === null || value === undefined ? '' : Array.isArray(value) ? value.join(', ') : String(value);

async function* each<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}
