import { FIELDS, type FieldName, type FieldValues, filled } from '../../server/mailings/fields.ts';
import type { LetterFacts } from '../../server/mailings/letters.ts';
import { countryName, formatDateRange, formatInstant } from '../../web/locales/format.ts';
import { isLanguage, type Language } from '../../web/locales/languages.ts';
import { readIn, textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import { eventPart } from '../events/event-part.tsx';
import { type Action, actions, keyAction, mailOf, type Part, quietLink, type Site } from '../letter.tsx';
import type { Mail } from '../mailer.ts';
import { writtenParts } from './markup.tsx';

export interface LetterLinks {
  /** Where an invitation is answered; null when it asks for no answer. */
  invitation: string | null;
  /** Where the questionnaire is answered. */
  questionnaire: string | null;
  /** Where its reader says that it is enough; null for what has no topic. */
  unsubscribe: string | null;
}

/**
 * The letter of a mailing to one person: in their language or, where it was not written in that, in the default one, marked as such.
 * The preview, the test and what is sent are made here and nowhere else.
 */
export function mailingLetter({ mailing, recipient }: LetterFacts, site: Site, links: LetterLinks): Mail {
  const lang = mailing.texts[recipient.language] ? recipient.language : mailing.defaultLanguage;
  const text = mailing.texts[lang] ?? { subject: mailing.name, body: '' };
  // The frame speaks the language of the text where it can, so that a letter is of one piece.
  const language: Language = isLanguage(lang) ? lang : isLanguage(recipient.language) ? recipient.language : 'en';
  const t = translator(language);
  const values = valuesOf({ mailing, recipient }, site, lang);
  const subject = filled(text.subject, values);
  const body = writtenParts(text.body, values, lang === language ? undefined : lang);
  const { event, kind } = mailing;
  const page = event && `${site.url}/events/${event.slug}`;
  const words = text.button ? filled(text.button, values) : '';
  const linked = links.questionnaire !== null || links.invitation !== null;
  const card =
    event && kind !== 'questionnaire'
      ? eventPart(
          {
            title: readIn(event.title, [lang], event.defaultLanguage) ?? { text: '', lang },
            startsAt: event.startsAt,
            endsAt: event.endsAt,
            zone: event.zone,
            place: readIn(event.venue, [lang], event.defaultLanguage) ?? null,
            url: page ?? site.url,
          },
          language,
          recipient.zone,
        )
      : null;
  const answers = invitationButtons(links.invitation, language, words);
  return {
    ...mailOf(
      {
        site,
        subject,
        heading: subject,
        state: t(`mailings.kind.${kind}`),
        preheader: (body[0]?.text ?? subject).replace(/\s+/g, ' ').slice(0, 140),
        parts: [
          ...body,
          card,
          answers,
          links.questionnaire !== null && keyAction(t, { label: words || t('questionnaires.mail.go'), url: links.questionnaire }),
          !linked && words !== '' && page !== null && actions({ label: words, url: page }),
          links.unsubscribe !== null && quietLink({ label: t('sends.unsubscribe.go'), url: links.unsubscribe }),
        ],
        why: whyOf({ mailing, recipient }, site, language),
      },
      language,
    ),
    list: { id: mailing.topic ?? `mailings-${kind}`, name: `${site.installation}: ${t(`mailings.kind.${kind}`)}` },
  };
}

function invitationButtons(url: string | null, language: Language, accept: string): Part | null {
  if (url === null) return null;
  const t = translator(language);
  const to = (answer: string, label: string): Action => ({ label, url: `${url}?answer=${answer}` });
  return actions(
    to('accepted', accept || t('mailings.mail.accept')),
    to('declined', t('mailings.mail.decline')),
    to('substitute', t('mailings.mail.substitute')),
  );
}

function whyOf({ mailing, recipient }: LetterFacts, site: Site, language: Language): string {
  const t = translator(language);
  if (recipient.organisation)
    return t('mailings.mail.why.organisation', { organisation: recipient.organisation, installation: site.installation });
  if (mailing.event)
    return t('mailings.mail.why.event', { event: textIn(mailing.event.title, [language], mailing.event.defaultLanguage) });
  return t('mailings.mail.why.known', { installation: site.installation });
}

/** What each field stands for in the letter to one person, in the language of the text. */
export function valuesOf({ mailing, recipient }: LetterFacts, site: Site, lang: string): FieldValues {
  const { event, closesAt, questionnaireTitle, fallbacks, defaultLanguage } = mailing;
  const own: FieldValues = {
    name: recipient.name,
    organisation: recipient.organisation ?? '',
    country: recipient.country ? countryName(recipient.country, lang) : '',
    sender: site.installation,
    ...(event
      ? {
          event: textIn(event.title, [lang], event.defaultLanguage),
          'event.dates': formatDateRange(event.startsAt, event.endsAt, lang, event.zone),
          'event.place': textIn(event.venue, [lang], event.defaultLanguage),
          'event.link': `${site.url}/events/${event.slug}`,
        }
      : {}),
    ...(questionnaireTitle ? { questionnaire: textIn(questionnaireTitle, [lang], event?.defaultLanguage) } : {}),
    ...(closesAt ? { closes: formatInstant(closesAt, lang, recipient.zone, 'date') } : {}),
  };
  const stand = (field: FieldName) => fallbacks[field]?.[lang] ?? fallbacks[field]?.[defaultLanguage] ?? '';
  return Object.fromEntries(FIELDS.map((field) => [field, own[field]?.trim() || stand(field)]));
}
