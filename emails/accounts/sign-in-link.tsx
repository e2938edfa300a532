import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { keyAction, mailOf, paragraph, type Site } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

/** The link that signs somebody in: once, for 15 minutes. */
export function signInLink(data: { language: Language; name: string; url: string; minutes: number; site: Site }): Mail {
  const t = translator(data.language);
  const { installation } = data.site;
  const lead = t('emails.signIn.lead', { minutes: data.minutes });
  return mailOf(
    {
      site: data.site,
      subject: t('emails.signIn.subject', { installation }),
      heading: t('emails.signIn.heading'),
      preheader: lead,
      parts: [
        paragraph(t('emails.greeting', { name: data.name })),
        paragraph(lead),
        keyAction(t, { label: t('emails.signIn.go'), url: data.url }),
        paragraph(t('emails.signIn.ignore'), true),
      ],
      why: t('emails.why.account', { installation }),
    },
    data.language,
  );
}
