import type { Visit } from '../../server/study-visits/queries.ts';
import type { Reason } from '../../server/study-visits/reasons.ts';
import { formatDateRange } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import { reasonWords } from '../../web/study-visits/reason-words.ts';
import { actions, facts, mailOf, paragraph, type Site, section } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

export const WHYS = ['released', 'placed', 'served', 'swapped'] as const;
export type Why = (typeof WHYS)[number];

export interface AllottedTold {
  language: Language;
  site: Site;
  name: string;
  event: { title: Record<string, string>; defaultLanguage: string; zone: string };
  why: Why;
  visits: Visit[];
  /** Of all visits of the event: what reasons name. */
  all: Visit[];
  reasons: Reason[];
  url: string;
}

/** Which visits somebody has now, whom to meet where, and why they have these. */
export function visitsAllotted(data: AllottedTold): Mail {
  const { language, event, why } = data;
  const t = translator(language);
  const words = (map: Record<string, string>) => textIn(map, [language], event.defaultLanguage);
  const titleOf = (id: string) => words(data.all.find((visit) => visit.id === id)?.title ?? {});
  const called = words(event.title);
  const subject = t(`studyVisits.mail.subject.${why}`, { event: called });
  const lead = data.visits.length > 0 ? t(`studyVisits.mail.lead.${why}`) : t('studyVisits.mail.nothing');
  return mailOf(
    {
      site: data.site,
      subject,
      heading: subject,
      preheader: lead,
      parts: [
        paragraph(t('emails.greeting', { name: data.name })),
        paragraph(lead),
        ...data.visits.map((visit) =>
          section(words(visit.title), [
            facts(
              [
                {
                  name: t('studyVisits.fact.when'),
                  value: formatDateRange(visit.startsAt, visit.endsAt, language, event.zone, 'dateTime'),
                },
                words(visit.meetingPoint) !== '' && {
                  name: t('studyVisits.fact.meetingPoint'),
                  value: words(visit.meetingPoint),
                },
                words(visit.accessibility) !== '' && {
                  name: t('studyVisits.fact.accessibility'),
                  value: words(visit.accessibility),
                },
                visit.hostName !== '' && {
                  name: t('studyVisits.fact.contact'),
                  value: [visit.hostName, visit.hostPhone, visit.hostEmail].filter(Boolean).join(', '),
                },
              ],
              language,
            ),
          ]),
        ),
        ...data.reasons.map((reason) => paragraph(reasonWords(t, reason, titleOf))),
        actions({ label: t('studyVisits.mail.go'), url: data.url }),
      ],
      why: t('studyVisits.mail.why', { event: called }),
    },
    language,
  );
}
