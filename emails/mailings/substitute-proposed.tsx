import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import type { Words } from '../layout.tsx';
import { actions, facts, mailOf, paragraph, quoted, type Site } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

export interface SubstituteProposedData {
  language: Language;
  site: Site;
  /** Who reads it. */
  name: string;
  event: Words;
  invited: string;
  organisation: string | null;
  substitute: string;
  note: string;
  url: string;
}

/** To the organisers: somebody who was invited cannot come and names another, whom nobody has invited yet. */
export function substituteProposed(data: SubstituteProposedData): Mail {
  const { language, event, invited, substitute } = data;
  const t = translator(language);
  const lead = t('emails.substituteProposed.lead', { invited, substitute, event: event.text });
  return mailOf(
    {
      site: data.site,
      subject: t('emails.substituteProposed.subject', { invited, event: event.text }),
      heading: t('emails.substituteProposed.heading'),
      tone: 'wait',
      preheader: lead,
      parts: [
        paragraph(t('emails.greeting', { name: data.name })),
        paragraph(lead),
        facts([data.organisation !== null && { name: t('emails.fact.organisation'), value: data.organisation }], language),
        data.note !== '' && quoted({ text: data.note, lang: language }, language),
        actions({ label: t('emails.substituteProposed.go'), url: data.url }),
      ],
      why: t('emails.substituteProposed.why', { event: event.text }),
    },
    language,
  );
}
