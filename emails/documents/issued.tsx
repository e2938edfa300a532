import { codeShown } from '../../server/documents/rules.ts';
import type { Language } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import { actions, mailOf, paragraph, type Site } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

/** A certificate or letter is ready. */
export function documentIssued(data: {
  language: Language;
  site: Site;
  name: string;
  title: string;
  occasion: string;
  recipient: string;
  code: string;
  url: string;
  verify: string;
}): Mail {
  const t = translator(data.language);
  const lead = t('documents.mail.lead', { title: data.title, name: data.recipient });
  return mailOf(
    {
      site: data.site,
      subject: t('documents.mail.subject', { occasion: data.occasion }),
      heading: data.title,
      preheader: lead,
      parts: [
        paragraph(t('emails.greeting', { name: data.name })),
        paragraph(lead),
        paragraph(t('documents.mail.code', { code: codeShown(data.code), url: data.verify })),
        actions({ label: t('documents.mail.go'), url: data.url }),
      ],
      why: t('emails.why.part', { occasion: data.occasion }),
    },
    data.language,
  );
}

/** The organiser refused to write a letter of invitation. */
export function visaRefused(data: {
  language: Language;
  site: Site;
  name: string;
  title: Record<string, string>;
  defaultLanguage: string;
  reason: string;
}): Mail {
  const t = translator(data.language);
  const occasion = textIn(data.title, [data.language], data.defaultLanguage);
  const lead = t('documents.mail.refused.lead', { reason: data.reason });
  return mailOf(
    {
      site: data.site,
      subject: t('documents.mail.refused.subject', { occasion }),
      heading: t('documents.mail.refused.subject', { occasion }),
      preheader: lead,
      parts: [paragraph(t('emails.greeting', { name: data.name })), paragraph(lead)],
      why: t('emails.why.part', { occasion }),
    },
    data.language,
  );
}
