import type { Language } from '../../web/locales/languages.ts';
import { type Key, translator } from '../../web/locales/translate.ts';
import type { Words } from '../layout.tsx';
import { mailOf, paragraph, quoted, type Site } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

const RESULTS = {
  laureate: 'judging.letter.laureate',
  mention: 'judging.letter.mention',
  other: 'judging.letter.other',
} as const satisfies Record<string, Key>;

/** What the jury says to a city that took part. */
export function feedbackLetter(data: {
  language: Language;
  site: Site;
  name: string;
  call: string;
  title: string;
  result: keyof typeof RESULTS;
  text: Words;
}): Mail {
  const t = translator(data.language);
  const lead = t(RESULTS[data.result], { title: data.title, call: data.call });
  return mailOf(
    {
      site: data.site,
      subject: t('judging.letter.subject', { call: data.call }),
      heading: t('judging.letter.heading'),
      preheader: lead,
      parts: [
        paragraph(t('emails.greeting', { name: data.name })),
        paragraph(lead),
        paragraph(t('judging.letter.jury')),
        quoted(data.text, data.language),
      ],
      why: t('emails.why.account', { installation: data.site.installation }),
    },
    data.language,
  );
}
