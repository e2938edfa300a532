import type { RegistrationState } from '../../db/tables/registrations.ts';
import { formatMoney } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { eventPart, type MailEvent } from '../events/event-part.tsx';
import type { Words } from '../layout.tsx';
import { actions, facts, mailOf, paragraph, quoted, type Site, section, table } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

export interface DelegationData {
  language: Language;
  site: Site;
  name: string;
  readerZone: string;
  event: MailEvent;
  organisation: string;
  people: { name: string; category: string; state: RegistrationState; amount: number }[];
  /** Names of those who could not be registered, with why. */
  refused: { name: string; why: string }[];
  /** What the confirmed still have to pay together, in minor units. */
  due: number;
  currency: string;
  reference: string;
  payTo: Words | null;
  url: string;
}

/** To whoever registered a delegation: who is in, who waits, what is to be paid. */
export function delegationSummary(data: DelegationData): Mail {
  const { language } = data;
  const t = translator(language);
  const money = (minor: number) => (minor > 0 ? formatMoney(minor, data.currency, language) : t('emails.pay.free'));
  const lead = t('emails.delegation.lead', { count: data.people.length });
  return mailOf(
    {
      site: data.site,
      subject: t('emails.delegation.subject', { event: data.event.title.text }),
      heading: t('emails.delegation.heading', { organisation: data.organisation }),
      preheader: lead,
      parts: [
        paragraph(t('emails.greeting', { name: data.name })),
        paragraph(lead),
        table(
          t('emails.delegation.people'),
          [t('emails.fact.name'), t('emails.fact.state'), t('emails.fact.fee')],
          data.people.map((person) => [
            person.name,
            `${t(`emails.state.${person.state}`)} · ${person.category}`,
            money(person.amount),
          ]),
        ),
        data.refused.length > 0 &&
          section(t('emails.delegation.refused'), [
            facts(
              data.refused.map(({ name, why }) => ({ name, value: why })),
              language,
            ),
          ]),
        eventPart(data.event, language, data.readerZone),
        data.due > 0 &&
          section(t('emails.pay.title'), [
            paragraph(t('emails.delegation.pay')),
            facts(
              [
                { name: t('emails.fact.total'), value: money(data.due) },
                { name: t('emails.fact.reference'), value: data.reference },
              ],
              language,
            ),
            data.payTo && quoted(data.payTo, language),
          ]),
        actions({ label: t('emails.go.delegation'), url: data.url }),
      ],
      why: t('emails.why.contact', { organisation: data.organisation }),
    },
    language,
  );
}
