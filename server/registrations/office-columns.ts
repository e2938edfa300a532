import { minorDigits } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import type { Definition, Item } from '../forms/definition.ts';
import { choicesOf } from '../forms/walk.ts';
import type { ExportColumn, ExportValue } from '../http/exports.ts';
import type { ExportRow } from './office-queries.ts';

/** What the list of registrations can show. The name always stands first. */
export const LIST_COLUMNS = [
  'name',
  'email',
  'organisation',
  'country',
  'category',
  'state',
  'joined',
  'amount',
  'paid',
  'reference',
  'language',
] as const;
export type ListColumn = (typeof LIST_COLUMNS)[number];

export const USUAL_COLUMNS: readonly ListColumn[] = ['organisation', 'category', 'state', 'joined', 'paid'];

/**
 * The columns of an export: the registration, then each question of the form, those of the delegation last. Answers are in the reader's
 * words, or as the codes that the form keeps: for whoever reckons with them.
 */
export function registrationColumns(
  language: Language,
  definition: Definition | null,
  answers: 'words' | 'codes' = 'words',
): ExportColumn<ExportRow>[] {
  const t = translator(language);
  const own: [string, (row: ExportRow) => ExportValue][] = [
    ['reference', (row) => row.reference],
    ['name', (row) => row.person.name],
    ['email', (row) => row.person.email],
    ['language', (row) => row.person.language],
    ['organisation', (row) => row.organisation?.name],
    ['country', (row) => row.organisation?.country],
    ['category', (row) => textIn(row.category.name, [language], 'en') || row.category.key],
    ['state', (row) => t(`registrations.state.${row.state}`)],
    ['joined', (row) => row.joinedAt],
    ['confirmed', (row) => row.confirmedAt],
    ['amount', (row) => row.amount / 10 ** minorDigits(row.currency)],
    ['paid', (row) => row.paid / 10 ** minorDigits(row.currency)],
    ['currency', (row) => row.currency],
    ['reason', (row) => row.reason],
  ];
  return [
    ...own.map(([key, value]) => ({ key, header: t(`registrationsOffice.list.${key as 'name'}`), value })),
    ...(definition ? questionColumns(language, definition, answers) : []),
  ];
}

function questionColumns(language: Language, definition: Definition, answers: 'words' | 'codes'): ExportColumn<ExportRow>[] {
  const words = (map: Record<string, string> | undefined) => textIn(map, [language], definition.defaultLanguage);
  const asked = definition.pages.flatMap((page) =>
    page.items.filter((item) => item.type !== 'note').map((item) => ({ item, once: (item.per ?? page.per) === 'delegation' })),
  );
  return [...asked.filter(({ once }) => !once), ...asked.filter(({ once }) => once)].map(({ item, once }) => ({
    key: `${once ? 'delegation' : 'answers'}.${item.key}`,
    header: answers === 'codes' ? item.key : words(item.label) || item.key,
    value: (row) => {
      const answer = (once ? row.delegationAnswers : row.answers)?.[item.key];
      return answers === 'codes' ? plain(answer) : answerOf(definition, item, answer, words);
    },
  }));
}

function answerOf(
  definition: Definition,
  item: Item,
  answer: unknown,
  words: (map: Record<string, string> | undefined) => string,
): ExportValue {
  if (answer === undefined || answer === null) return null;
  if (item.type === 'choice' || item.type === 'multiChoice' || item.type === 'ranking') {
    const choices = choicesOf(definition, item);
    const label = (code: unknown) => words(choices.find((choice) => choice.code === String(code))?.label) || String(code);
    return Array.isArray(answer) ? answer.map(label) : label(answer);
  }
  return plain(answer);
}

function plain(answer: unknown): ExportValue {
  if (answer === undefined || answer === null) return null;
  if (typeof answer === 'string' || typeof answer === 'number' || typeof answer === 'boolean') return answer;
  return Array.isArray(answer) && answer.every((one) => typeof one === 'string') ? (answer as string[]) : JSON.stringify(answer);
}
