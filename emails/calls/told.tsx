import { formatMoment } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import type { Words } from '../layout.tsx';
import { actions, facts, mailOf, paragraph, quoted, type Site } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

export type CallMail =
  | 'submitted'
  | 'extended'
  | 'cancelled'
  | 'withdrawn'
  | 'reopened'
  | 'results'
  | 'exceptionAsked'
  | 'exceptionGranted'
  | 'exceptionRefused';

export interface CallMailData {
  language: Language;
  site: Site;
  /** Who reads it. */
  name: string;
  call: Words;
  organisation: string;
  entry: { title: Words; code: string } | null;
  submission: { at: Temporal.Instant; hash: string; late: boolean } | null;
  /** Of the call or of the reopening, in the call's zone and, where they differ, in the reader's. */
  deadline: { at: Temporal.Instant; zone: string; readerZone: string } | null;
  rule: string | null;
  reason: Words | null;
  url: string;
  attachments?: Mail['attachments'];
}

const TONES = {
  submitted: 'good',
  extended: 'good',
  cancelled: 'bad',
  withdrawn: 'plain',
  reopened: 'wait',
  results: 'plain',
  exceptionAsked: 'wait',
  exceptionGranted: 'good',
  exceptionRefused: 'bad',
} as const;

/** What is told to those who write an entry, and to the secretariat, about a call. */
export function callMail(kind: CallMail, data: CallMailData): Mail {
  const { language, submission } = data;
  const t = translator(language);
  const deadline = data.deadline ? inBothZones(data.deadline, language) : '';
  const title = data.entry?.title.text ?? '';
  const names = { call: data.call.text, organisation: data.organisation };
  const lead = leadOf(kind, names, deadline, language);
  const zone = data.deadline?.zone ?? 'UTC';
  const mail = mailOf(
    {
      site: data.site,
      subject: subjectOf(kind, { ...names, title }, language),
      heading: t(`emails.calls.${kind}.heading`),
      tone: TONES[kind],
      preheader: lead,
      parts: [
        paragraph(t('emails.greeting', { name: data.name })),
        paragraph(lead),
        submission?.late && paragraph(t('emails.calls.submitted.late')),
        data.reason && quoted(data.reason, language),
        facts(
          [
            { name: t('emails.calls.fact.call'), value: data.call.text, lang: data.call.lang },
            data.organisation !== '' && { name: t('emails.calls.fact.organisation'), value: data.organisation },
            data.entry && { name: t('emails.calls.fact.entry'), value: title, lang: data.entry.title.lang },
            data.entry && { name: t('emails.calls.fact.code'), value: data.entry.code },
            submission && { name: t('emails.calls.fact.at'), value: formatMoment(submission.at, zone, language) },
            submission && { name: t('emails.calls.fact.hash'), value: submission.hash },
            data.rule ? { name: t('emails.calls.fact.rule'), value: data.rule } : null,
          ],
          language,
        ),
        actions({ label: t(goOf(kind)), url: data.url }),
      ],
      why:
        kind === 'exceptionAsked'
          ? t('emails.calls.whySecretariat')
          : kind === 'results' && data.entry === null
            ? t('emails.calls.whyJury')
            : t('emails.calls.why', { organisation: data.organisation }),
    },
    language,
  );
  return { ...mail, attachments: data.attachments };
}

function goOf(kind: CallMail) {
  if (kind === 'exceptionAsked') return 'emails.calls.go.decide' as const;
  if (kind === 'results') return 'emails.calls.go.results' as const;
  return kind === 'cancelled' || kind === 'exceptionGranted' || kind === 'exceptionRefused'
    ? ('emails.calls.go.call' as const)
    : ('emails.calls.go.entry' as const);
}

function subjectOf(kind: CallMail, names: { call: string; organisation: string; title: string }, language: Language): string {
  const t = translator(language);
  const { call, organisation, title } = names;
  switch (kind) {
    case 'submitted':
    case 'withdrawn':
    case 'reopened':
      return t(`emails.calls.${kind}.subject`, { title });
    case 'exceptionAsked':
      return t('emails.calls.exceptionAsked.subject', { organisation });
    default:
      return t(`emails.calls.${kind}.subject`, { call });
  }
}

function leadOf(
  kind: CallMail,
  { call, organisation }: { call: string; organisation: string },
  deadline: string,
  language: Language,
) {
  const t = translator(language);
  switch (kind) {
    case 'extended':
      return t('emails.calls.extended.lead', { deadline, call });
    case 'reopened':
      return t('emails.calls.reopened.lead', { deadline });
    case 'cancelled':
      return t('emails.calls.cancelled.lead', { call });
    default:
      return t(`emails.calls.${kind}.lead`, { organisation, call });
  }
}

function inBothZones(
  { at, zone, readerZone }: { at: Temporal.Instant; zone: string; readerZone: string },
  language: Language,
): string {
  const there = formatMoment(at, zone, language);
  const here = formatMoment(at, readerZone, language);
  return here === there ? there : `${there} (${here})`;
}
