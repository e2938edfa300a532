import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { countryName, formatList, formatMoment, formatNumber } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import { newSheet } from '../typesetting.ts';
import { type Criterion, composite } from './composite.ts';
import type { Decision } from './decisions.ts';

export interface JudgedEntry {
  id: string;
  code: string;
  title: Record<string, string>;
  language: string;
  theme: string | null;
  organisation: string;
  country: string;
  contentHash: string | null;
  reviews: {
    juror: string;
    scores: Record<string, number>;
    commentToJury: string;
    commentToApplicant: string;
    submittedAt: string | null;
    removalReason: string;
  }[];
}

export type NamedCriterion = Criterion & { name: Record<string, string>; themes: string[] };

/** The criteria of a call as they were scored. */
export async function scoredCriteria(db: Db, callId: string): Promise<NamedCriterion[]> {
  const { rows } = await sql<NamedCriterion>`
    select id, name, weight, scale_min as least, scale_max as most, required, themes from criteria
    where call_id = ${callId} and removed_at is null order by position, id`.execute(db);
  return rows;
}

/** What was said of entries, each with all its reviews; private notes are nobody else's. In the order of their codes. */
export async function judgedWithReviews(db: Db, callId: string, codes: readonly string[]): Promise<JudgedEntry[]> {
  const { rows } = await sql<JudgedEntry>`
    select n.id, n.code, n.title, n.language, n.theme, o.name as organisation, o.country, n.content_hash as "contentHash",
      coalesce((select jsonb_agg(jsonb_build_object('juror', p.name, 'scores', r.scores, 'commentToJury', r.comment_to_jury,
          'commentToApplicant', r.comment_to_applicant, 'submittedAt', r.submitted_at, 'removalReason', r.removal_reason) order by p.name, p.id)
        from reviews r join people p on p.id = r.person_id where r.entry_id = n.id), '[]') as reviews
    from entries n join organisations o on o.id = n.organisation_id
    where n.call_id = ${callId} and n.code = any (${[...codes]}::text[]) order by n.code`.execute(db);
  return rows;
}

/** One page, or a few, on which the jury can justify what became of an entry: every review, the comments and what was decided. */
export async function entryReport(data: {
  call: { title: Record<string, string>; defaultLanguage: string; zone: string };
  entry: JudgedEntry;
  criteria: readonly NamedCriterion[];
  decisions: readonly Decision[];
  language: Language;
  installation: string;
  now: Temporal.Instant;
}): Promise<Buffer> {
  const { call, entry, language } = data;
  const t = translator(language);
  const number = (value: number) => formatNumber(value, language, { maximumFractionDigits: 1 });
  const title = textIn(entry.title, [language, entry.language], call.defaultLanguage) || entry.code;
  const sheet = await newSheet({ title, language, created: data.now });
  sheet.text(data.installation, { size: 9, soft: true });
  sheet.heading(title, 20);
  sheet.fact(t('emails.calls.fact.call'), textIn(call.title, [language], call.defaultLanguage));
  sheet.fact(t('judging.field.city'), `${entry.organisation}, ${countryName(entry.country, language)}`);
  sheet.fact(t('judging.field.code'), entry.code);
  if (entry.contentHash) sheet.fact(t('emails.calls.fact.hash'), entry.contentHash);
  const asked = data.criteria.filter(
    ({ themes }) => themes.length === 0 || (entry.theme !== null && themes.includes(entry.theme)),
  );
  for (const decision of data.decisions.filter((one) => one.entry?.id === entry.id)) {
    sheet.space(10);
    sheet.heading(t(`judging.decision.${decision.kind}`), 15);
    sheet.text(textIn(decision.reasons, [language], call.defaultLanguage));
    sheet.text(t('judging.decisions.there', { names: formatList(decision.present, language) }), { size: 9, soft: true });
    sheet.text(formatMoment(decision.decidedAt, call.zone, language), { size: 9, soft: true });
  }
  sheet.space(10);
  sheet.heading(t('judging.field.reviews'), 15);
  if (entry.reviews.length === 0) sheet.text('–');
  for (const review of entry.reviews) {
    const whole = composite(asked, review.scores);
    sheet.space(8);
    sheet.heading(review.juror, 12);
    if (review.removalReason) sheet.fact(t('judging.recusal.reason'), review.removalReason);
    else if (!review.submittedAt) sheet.text(t('judging.report.draft'), { size: 9, soft: true });
    if (whole !== null) sheet.fact(t('judging.report.whole'), number(whole));
    for (const one of asked) {
      const score = review.scores[one.id];
      const scale = `${number(one.least)}–${number(one.most)}`;
      sheet.fact(
        textIn(one.name, [language], call.defaultLanguage),
        typeof score === 'number' ? `${number(score)} (${scale})` : '–',
      );
    }
    if (review.commentToJury) sheet.fact(t('judging.review.commentToJury'), review.commentToJury);
    if (review.commentToApplicant) sheet.fact(t('judging.review.commentToApplicant'), review.commentToApplicant);
  }
  return sheet.end();
}
