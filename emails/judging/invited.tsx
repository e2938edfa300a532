import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { actions, mailOf, paragraph, type Site } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

/** Somebody was given a seat on the jury of a call. */
export function invitedToJury(data: {
  language: Language;
  site: Site;
  name: string;
  call: string;
  seat: 'juror' | 'chair';
  url: string;
}): Mail {
  const t = translator(data.language);
  const lead = t(data.seat === 'chair' ? 'judging.mail.leadChair' : 'judging.mail.leadJuror', { call: data.call });
  return mailOf(
    {
      site: data.site,
      subject: t('judging.mail.subject', { call: data.call }),
      heading: t('judging.mail.heading'),
      preheader: lead,
      parts: [
        paragraph(t('emails.greeting', { name: data.name })),
        paragraph(lead),
        paragraph(t('judging.mail.conflicts')),
        actions({ label: t('judging.mail.go'), url: data.url }),
      ],
      why: t('emails.why.part', { occasion: data.call }),
    },
    data.language,
  );
}
