import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { actions, mailOf, paragraph, type Site } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

/** A mailing was paused because of what providers say to it. */
export function pausedMailing(data: {
  language: Language;
  site: Site;
  name: string;
  mailing: string;
  reason: string;
  url: string;
}): Mail {
  const t = translator(data.language);
  const lead = t('emails.sends.paused.lead', { mailing: data.mailing });
  return mailOf(
    {
      site: data.site,
      subject: t('emails.sends.paused.subject', { mailing: data.mailing }),
      heading: t('emails.sends.paused.heading'),
      preheader: lead,
      parts: [
        paragraph(t('emails.greeting', { name: data.name })),
        paragraph(lead),
        paragraph(data.reason),
        paragraph(t('emails.sends.paused.what')),
        actions({ label: t('emails.sends.paused.go'), url: data.url }),
      ],
      why: t('emails.sends.paused.why', { installation: data.site.installation }),
    },
    data.language,
  );
}
