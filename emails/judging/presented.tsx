import type { SessionKind } from '../../db/tables/programme.ts';
import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { actions, mailOf, paragraph, type Site } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

/** Whoever wrote a selected experience hears that it will be presented. */
export function presentedMail(data: {
  language: Language;
  site: Site;
  name: string;
  title: string;
  event: string;
  kind: SessionKind;
  url: string;
}): Mail {
  const t = translator(data.language);
  const names = { title: data.title, event: data.event, kind: t(`programme.kind.${data.kind}`) };
  const lead = t('judging.presented.lead', names);
  return mailOf(
    {
      site: data.site,
      subject: t('judging.presented.subject', names),
      heading: t('judging.presented.heading'),
      preheader: lead,
      parts: [
        paragraph(t('emails.greeting', { name: data.name })),
        paragraph(lead),
        paragraph(t('judging.presented.next')),
        actions({ label: t('judging.presented.go'), url: data.url }),
      ],
      why: t('emails.why.part', { occasion: data.event }),
    },
    data.language,
  );
}
