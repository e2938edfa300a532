import type { Difference } from '../../server/programme/differences.ts';
import type { Programme, Session } from '../../server/programme/programme.ts';
import { formatDateRange, formatList } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { type Translate, translator } from '../../web/locales/translate.ts';
import { actions, facts, mailOf, type Part, paragraph, type Site, section } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

export interface ProgrammeTold {
  language: Language;
  site: Site;
  personId: string;
  name: string;
  event: { slug: string; title: Record<string, string>; defaultLanguage: string; zone: string };
  programme: Programme;
  former: Programme;
  /** The first release: everything is new. */
  first: boolean;
  differences: Difference[];
}

/** A release, to one person whom it concerns: their sessions alone, each as it is now and as it was. */
export function programmeChanged(data: ProgrammeTold): Mail {
  const t = translator(data.language);
  const event = textIn(data.event.title, [data.language], data.event.defaultLanguage);
  const lead = t(data.first ? 'programme.mail.leadFirst' : 'programme.mail.lead');
  return mailOf(
    {
      site: data.site,
      subject: t(data.first ? 'programme.mail.subjectFirst' : 'programme.mail.subject', { event }),
      heading: t(data.first ? 'programme.mail.subjectFirst' : 'programme.mail.subject', { event }),
      preheader: lead,
      parts: [
        paragraph(t('emails.greeting', { name: data.name })),
        paragraph(lead),
        ...data.differences.map((difference) => told(t, data, difference)),
        actions({ label: t('programme.mail.go'), url: `${data.site.url}/events/${data.event.slug}/programme` }),
      ],
      why: t('programme.mail.why', { event }),
    },
    data.language,
  );
}

function told(t: Translate, data: ProgrammeTold, { how, aspects, before, after }: Difference): Part {
  const session = after ?? before;
  if (!session) return paragraph('');
  const title = textIn(session.title, [data.language], data.event.defaultLanguage);
  const spoke = before?.speakers.some((one) => one.personId === data.personId) ?? false;
  const speaks = after?.speakers.some((one) => one.personId === data.personId) ?? false;
  if (how === 'removed') return section(title, [paragraph(t('programme.mail.removed'))]);
  if (spoke && !speaks) return section(title, [paragraph(t('programme.mail.noLonger'))]);
  const moved = before && (aspects.includes('time') || aspects.includes('room'));
  return section(title, [
    facts(
      [
        { name: t('programme.mail.when'), value: when(data, session) },
        { name: t('programme.mail.where'), value: where(data, data.programme, session) || '–' },
        how === 'changed' && {
          name: t('programme.mail.changed'),
          value: formatList(
            aspects.map((aspect) => t(`programme.aspect.${aspect}`)),
            data.language,
          ),
        },
        moved && {
          name: t('programme.mail.before'),
          value: [when(data, before), where(data, data.former, before)].filter(Boolean).join(', '),
        },
      ],
      data.language,
    ),
  ]);
}

const when = ({ language, event }: ProgrammeTold, { startsAt, endsAt }: Session) =>
  formatDateRange(Temporal.Instant.from(startsAt), Temporal.Instant.from(endsAt), language, event.zone, 'dateTime');

function where({ language, event }: ProgrammeTold, programme: Programme, { roomId }: Session): string {
  const room = programme.rooms.find(({ id }) => id === roomId);
  return room ? textIn(room.name, [language], event.defaultLanguage) : '';
}
