import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { actions, mailOf, paragraph, type Site } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

/** Somebody may run an event from now on. */
export function appointedOrganiser(data: {
  language: Language;
  site: Site;
  name: string;
  event: string;
  by: string;
  url: string;
}): Mail {
  const t = translator(data.language);
  const { event, by } = data;
  const lead = t('emails.events.appointed.lead', { event, by });
  return mailOf(
    {
      site: data.site,
      subject: t('emails.events.appointed.subject', { event }),
      heading: t('emails.events.appointed.heading'),
      preheader: lead,
      parts: [
        paragraph(t('emails.greeting', { name: data.name })),
        paragraph(lead),
        paragraph(t('emails.events.appointed.what')),
        actions({ label: t('emails.events.appointed.go'), url: data.url }),
      ],
      why: t('emails.events.appointed.why', { installation: data.site.installation }),
    },
    data.language,
  );
}
