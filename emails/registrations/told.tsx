import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { Button, Facts, Frame, Paragraph, renderMail } from '../layout.tsx';
import type { Mail } from '../mailer.ts';

export type Told =
  | 'confirmed'
  | 'waiting'
  | 'pending'
  | 'offered'
  | 'cancelled'
  | 'refused'
  | 'replaced'
  | 'changed'
  | 'confirmAddress'
  | 'moved'
  | 'eventCancelled';

export interface ToldData {
  language: Language;
  installation: string;
  name: string;
  event: { title: string; when: string; where: string; url: string };
  category: string;
  /** As the reader writes money; null when it costs nothing. */
  amount: string | null;
  reference: string;
  /** When an offer or a held place ends, in the reader's words. */
  until: string | null;
  reason: string | null;
  /** What the button leads to. */
  url: string;
  calendar?: Mail['calendar'];
}

/** What became of a registration, in the reader's language, with the calendar entry where there is one. */
export function toldOf(what: Told, data: ToldData): Mail {
  const t = translator(data.language);
  const subject = t(`emails.${what}.subject`, { event: data.event.title });
  const greeting = t('emails.greeting', { name: data.name });
  const lead =
    what === 'offered' || what === 'confirmAddress'
      ? t(`emails.${what}.lead`, { until: data.until ?? '' })
      : t(`emails.${what}.lead`);
  const facts: [string, string][] = [
    [t('emails.fact.event'), data.event.title],
    [t('emails.fact.when'), data.event.when],
    ...(data.event.where ? [[t('emails.fact.where'), data.event.where] as [string, string]] : []),
    [t('emails.fact.category'), data.category],
    ...(data.amount
      ? [
          [t('emails.fact.amount'), data.amount] as [string, string],
          [t('emails.fact.reference'), data.reference] as [string, string],
        ]
      : []),
    ...(data.reason ? [[t('emails.fact.reason'), data.reason] as [string, string]] : []),
  ];
  const go = what === 'confirmAddress' ? t('emails.go.confirm') : what === 'offered' ? t('emails.go.offer') : t('emails.go.see');
  const html = renderMail(
    <Frame language={data.language} title={subject} installation={data.installation}>
      <Paragraph>{greeting}</Paragraph>
      <Paragraph>{lead}</Paragraph>
      <Facts facts={facts} />
      <Button href={data.url}>{go}</Button>
    </Frame>,
  );
  const text = [
    greeting,
    lead,
    facts.map(([name, value]) => `${name}: ${value}`).join('\n'),
    `${go}: ${data.url}`,
    data.installation,
  ].join('\n\n');
  return { subject, text: `${text}\n`, html, calendar: data.calendar };
}
