import { formatMoment } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { actions, mailOf, paragraph, type Site } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

/** What a juror is asked to do: to read what they were given, to hand in what is left, or to say what they would like to read. */
export function askedOfJurorMail(data: {
  what: 'assigned' | 'reminded' | 'wishes';
  language: Language;
  site: Site;
  name: string;
  call: string;
  entries: number;
  left: number;
  endsAt: Temporal.Instant | null;
  zone: string;
  url: string;
}): Mail {
  const { what, language, call, endsAt } = data;
  const t = translator(language);
  const lead = t(`judging.asked.${what}`, { n: what === 'assigned' ? data.entries : data.left, call });
  return mailOf(
    {
      site: data.site,
      subject: t(`judging.asked.${what}Subject`, { call }),
      heading: t(`judging.asked.${what}Heading`),
      preheader: lead,
      parts: [
        paragraph(t('emails.greeting', { name: data.name })),
        paragraph(lead),
        what !== 'wishes' && endsAt && paragraph(t('judging.scoring.until', { when: formatMoment(endsAt, data.zone, language) })),
        paragraph(t('judging.mail.conflicts')),
        actions({ label: t('judging.mail.go'), url: data.url }),
      ],
      why: t('emails.why.part', { occasion: call }),
    },
    language,
  );
}
