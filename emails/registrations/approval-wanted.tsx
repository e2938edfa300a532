import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { eventPart, type MailEvent } from '../events/event-part.tsx';
import type { Words } from '../layout.tsx';
import { actions, facts, mailOf, paragraph, type Site } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

export interface ApprovalData {
  language: Language;
  site: Site;
  /** Who reads it. */
  name: string;
  readerZone: string;
  event: MailEvent;
  organisation: string;
  participant: { name: string; address: string | null };
  category: Words;
  url: string;
}

/** To the contacts of an organisation that somebody has named who does not belong to it: is this person one of yours? */
export function approvalWanted(data: ApprovalData): Mail {
  const { language } = data;
  const t = translator(language);
  const lead = t('emails.approvalWanted.lead', { person: data.participant.name, organisation: data.organisation });
  return mailOf(
    {
      site: data.site,
      subject: t('emails.approvalWanted.subject', { person: data.participant.name, event: data.event.title.text }),
      heading: t('emails.approvalWanted.heading'),
      tone: 'wait',
      state: t('emails.state.pending'),
      preheader: lead,
      parts: [
        paragraph(t('emails.greeting', { name: data.name })),
        paragraph(lead),
        facts(
          [
            { name: t('emails.fact.participant'), value: data.participant.name },
            data.participant.address ? { name: t('emails.fact.address'), value: data.participant.address } : null,
            { name: t('emails.fact.category'), value: data.category.text, lang: data.category.lang },
          ],
          language,
        ),
        eventPart(data.event, language, data.readerZone),
        actions({ label: t('emails.approvalWanted.go'), url: data.url }),
      ],
      why: t('emails.why.contact', { organisation: data.organisation }),
    },
    language,
  );
}
