import { formatInstant } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import type { Words } from '../layout.tsx';
import { type Action, choices, keyAction, mailOf, paragraph, type Site, section } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

export interface AskedMail {
  language: Language;
  site: Site;
  name: string;
  zone: string;
  reminder: boolean;
  title: Words;
  /** For which the reader answers, in a self-assessment. */
  organisation: string | null;
  privacy: 'named' | 'confidential' | 'anonymous';
  minimumGroup: number;
  closesAt: Temporal.Instant | null;
  url: string;
  /** The first question with a link for each of its options: only where a link may say what was chosen. */
  first: { question: Words; options: Action[] /** What the ends of a scale mean. */; hint: string | null } | null;
}

/** Asks somebody to answer a questionnaire, or asks again who has not. */
export function askedMail(data: AskedMail): Mail {
  const { language } = data;
  const t = translator(language);
  const { subject, heading, lead, why } = wordsOf(data);
  return mailOf(
    {
      site: data.site,
      subject,
      heading,
      state: t(`questionnaires.privacy.${data.privacy}`),
      preheader: lead,
      parts: [
        paragraph(t('emails.greeting', { name: data.name })),
        paragraph(lead),
        data.first &&
          section(data.first.question.text, [
            paragraph(t('questionnaires.mail.first'), true),
            data.first.hint !== null && paragraph(data.first.hint, true),
            choices(data.first.options),
          ]),
        keyAction(t, { label: t('questionnaires.mail.go'), url: data.url }),
        paragraph(t(`questionnaires.promise.${data.privacy}`, { least: data.minimumGroup }), true),
        data.closesAt &&
          paragraph(t('questionnaires.mail.until', { when: formatInstant(data.closesAt, language, data.zone, 'date') }), true),
      ],
      why: `${why} ${t('questionnaires.mail.whyOwn')}`,
    },
    language,
  );
}

function wordsOf({ language, title, reminder, organisation }: AskedMail) {
  const t = translator(language);
  if (organisation !== null)
    return {
      subject: t('assessments.mail.subject', { title: title.text, organisation }),
      heading: t('assessments.mail.heading'),
      lead: t(reminder ? 'assessments.mail.reminder' : 'assessments.mail.lead', { organisation }),
      why: t('assessments.mail.why', { organisation }),
    };
  return {
    subject: t(reminder ? 'questionnaires.mail.reminder.subject' : 'questionnaires.mail.asked.subject', { title: title.text }),
    heading: t('questionnaires.mail.asked.heading'),
    lead: reminder ? t('questionnaires.mail.reminder.lead') : t('questionnaires.mail.asked.lead', { title: title.text }),
    why: t('questionnaires.mail.why', { title: title.text }),
  };
}
