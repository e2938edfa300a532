import type { Language } from '../../web/locales/languages.ts';
import { readIn, type TextMap, textIn } from '../../web/locales/text-map.ts';
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
function feedbackLetter(data: {
  language: Language;
  site: Site;
  name: string;
  organisation: string;
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
      why: t('emails.why.contact', { organisation: data.organisation }),
    },
    data.language,
  );
}

/** The letter of one entry as somebody who reads this language gets it; null while nothing is written. */
export function letterIn(
  language: Language,
  site: Site,
  told: {
    name: string;
    organisation: string;
    title: TextMap;
    language: string;
    state: string;
    call: TextMap;
    defaultLanguage: string;
    text: TextMap;
  },
): Mail | null {
  const text = readIn(told.text, [language, told.language], told.defaultLanguage);
  if (!text) return null;
  return feedbackLetter({
    language,
    site,
    name: told.name,
    organisation: told.organisation,
    call: textIn(told.call, [language], told.defaultLanguage),
    title: textIn(told.title, [language, told.language], told.defaultLanguage),
    result: told.state === 'laureate' || told.state === 'mention' ? told.state : 'other',
    text,
  });
}
