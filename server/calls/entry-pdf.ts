import { countryName, formatBytes, formatMoment, languageName } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import type { Definition } from '../forms/definition.ts';
import { newSheet, type Sheet } from '../typesetting.ts';
import { answersInWords } from './answers-in-words.ts';
import type { EntryDetails } from './entry-queries.ts';
import type { CallDetails } from './queries.ts';

export interface EntryPdf {
  call: CallDetails;
  entry: EntryDetails;
  definition: Definition | null;
  /** What was submitted when; null for one that is not submitted. */
  submission: { number: number; at: Temporal.Instant; hash: string; late: boolean; by: string | null } | null;
  /** Of the words around it. */
  language: Language;
  installation: string;
  now: Temporal.Instant;
}

/** An entry as a PDF in all of its languages, with its receipt on top. */
export async function entryPdf({ call, entry, definition, submission, language, installation, now }: EntryPdf): Promise<Buffer> {
  const t = translator(language);
  const title = textIn(entry.title, [entry.language]) || t('entries.untitled', { code: entry.code });
  const sheet = await newSheet({ title, language, created: submission?.at ?? now });
  sheet.text(installation, { size: 9, soft: true });
  sheet.heading(title, 20);
  sheet.fact(t('emails.calls.fact.call'), textIn(call.title, [language], call.defaultLanguage));
  sheet.fact(
    t('emails.calls.fact.organisation'),
    `${entry.organisation.name}, ${countryName(entry.organisation.country, language)}`,
  );
  sheet.fact(t('emails.calls.fact.code'), entry.code);
  const theme = call.themes.find(({ key }) => key === entry.theme);
  if (theme) sheet.fact(t('entries.field.theme'), textIn(theme.title, [language], call.defaultLanguage));
  if (submission) {
    const late = submission.late ? ` (${t('entries.late')})` : '';
    sheet.fact(
      t('emails.calls.fact.at'),
      `${formatMoment(submission.at, call.zone, language)}${late} · ${submission.at.toString()}`,
    );
    sheet.fact(t('emails.calls.fact.hash'), submission.hash);
  }
  for (const tag of entry.languages) inLanguage(sheet, { entry, definition, language }, tag);
  return sheet.end();
}

function inLanguage(
  sheet: Sheet,
  { entry, definition, language }: Pick<EntryPdf, 'entry' | 'definition' | 'language'>,
  tag: string,
): void {
  if (tag !== entry.language && !entry.title[tag] && !entry.translations[tag]) return;
  sheet.space(10);
  sheet.text(languageName(tag, language), { size: 9, soft: true });
  if (entry.title[tag]) sheet.heading(entry.title[tag], 15);
  if (entry.summary[tag]) sheet.text(entry.summary[tag]);
  for (const page of definition ? answersInWords(definition, entry, tag, language) : []) {
    if (page.title) sheet.heading(page.title.text, 13);
    for (const answer of page.answers) {
      sheet.space(4);
      sheet.text(answer.question.text, { size: 9.5, soft: true });
      for (const line of answer.lines) sheet.text(line);
      for (const id of answer.files ?? []) {
        const file = entry.files.find((one) => one.id === id);
        if (file) sheet.text(`${file.name} · ${formatBytes(file.bytes, language)} · SHA-256 ${file.sha256}`);
      }
    }
  }
}
