import type { RegistrationState } from '../../db/tables/registrations.ts';
import { formatDate, formatMoney } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { type Translate, translateCode, translator } from '../../web/locales/translate.ts';
import { eventPart, type MailEvent, moment } from '../events/event-part.tsx';
import type { Tone, Words } from '../layout.tsx';
import { type Action, actions, facts, mailOf, type Part, paragraph, quoted, type Site, section } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

export type Told =
  | 'confirmed'
  | 'waiting'
  | 'pending'
  | 'offered'
  | 'offerExpired'
  | 'cancelled'
  | 'refused'
  | 'replaced'
  | 'replacedBy'
  | 'changed'
  | 'confirmAddress'
  | 'paymentReceived'
  | 'moved'
  | 'eventCancelled';

export interface ToldData {
  language: Language;
  site: Site;
  /** Of whom it tells; `forContact` when somebody else reads it for them. */
  name: string;
  forContact: boolean;
  readerZone: string;
  event: MailEvent;
  organisation: string | null;
  category: Words;
  state: RegistrationState;
  /** Minor units. */
  amount: number;
  paid: number;
  currency: string;
  reference: string;
  /** Where to pay. */
  payTo: Words | null;
  /** From 1, in the waiting list. */
  position: number | null;
  /** When an offer or a held place ends. */
  until: Temporal.Instant | null;
  reason: Words | null;
  /** Why it ended, as the catalogue's `emails.why.<code>` tells it. */
  reasonCode: string | null;
  approvalBy: 'organisation' | 'organiser';
  /** Who came or left in their stead. */
  other: string | null;
  payment: { amount: number; currency: string; receivedOn: Temporal.PlainDate } | null;
  /** Where they see and change it without signing in; null when there is nothing to change. */
  url: string | null;
  calendar?: Mail['calendar'];
}

const TONES: Record<Told, Tone> = {
  confirmed: 'good',
  waiting: 'wait',
  pending: 'wait',
  offered: 'good',
  offerExpired: 'bad',
  cancelled: 'bad',
  refused: 'bad',
  replaced: 'good',
  replacedBy: 'plain',
  changed: 'plain',
  confirmAddress: 'wait',
  paymentReceived: 'good',
  moved: 'plain',
  eventCancelled: 'bad',
};

/** What became of a registration, in the reader's language, with the calendar entry where there is one. */
export function toldOf(what: Told, data: ToldData): Mail {
  const { language, event } = data;
  const t = translator(language);
  const lead = leadOf(what, data, t);
  const over = what === 'eventCancelled' || what === 'replacedBy' || data.state === 'cancelled' || data.state === 'refused';
  return mailOf(
    {
      site: data.site,
      subject: t(`emails.${what}.subject`, { event: event.title.text }),
      heading: t(`emails.${what}.heading`),
      state: over || what === 'offered' ? undefined : t(`emails.state.${data.state}`),
      tone: TONES[what],
      preheader: lead,
      parts: [
        data.forContact
          ? paragraph(t('emails.about', { person: data.name }))
          : paragraph(t('emails.greeting', { name: data.name })),
        paragraph(lead),
        data.position !== null && what === 'waiting' && paragraph(t('emails.waiting.position', { position: data.position })),
        data.reason && facts([{ name: t('emails.fact.reason'), value: data.reason.text, lang: data.reason.lang }], language),
        eventPart(event, language, data.readerZone, over),
        what === 'offered' && linksOf(what, data, t),
        facts(factsOf(what, data, t), language),
        ...(over ? [] : payParts(what, data, t)),
        data.calendar && paragraph(t(calendarWords(what, over)), true),
        what === 'confirmed' && paragraph(t('emails.confirmed.giveBack')),
        what === 'moved' && paragraph(t('emails.moved.giveBack')),
        what === 'eventCancelled' && data.paid > 0 && paragraph(t('emails.eventCancelled.paid')),
        what !== 'offered' && linksOf(what, data, t),
        what === 'confirmAddress' && paragraph(t('emails.confirmAddress.ignore'), true),
      ],
      why: t('emails.why.registration', { event: event.title.text }),
      calendar: data.calendar,
    },
    language,
  );
}

function leadOf(what: Told, data: ToldData, t: Translate): string {
  const until = data.until ? untilWords(data.until, data, t) : '';
  if (what === 'offered' || what === 'confirmAddress') return t(`emails.${what}.lead`, { until });
  if (what === 'offerExpired') return `${t('emails.offerExpired.lead', { until })} ${t('emails.offerExpired.gone')}`;
  if (what === 'replaced') return data.other ? t('emails.replaced.lead', { other: data.other }) : t('emails.replaced.leadAlone');
  if (what === 'replacedBy') return t('emails.replacedBy.lead', { other: data.other ?? '' });
  if (what === 'paymentReceived') {
    const { payment } = data;
    return t('emails.paymentReceived.lead', {
      amount: payment ? formatMoney(payment.amount, payment.currency, data.language) : '',
    });
  }
  if (what === 'pending' && data.approvalBy === 'organisation')
    return t('emails.pending.leadOrganisation', { organisation: data.organisation ?? '' });
  if (what === 'refused' && data.reasonCode === 'by-organisation')
    return t('emails.refused.leadOrganisation', { organisation: data.organisation ?? '' });
  if (what === 'cancelled')
    return translateCode(data.language, `emails.cancelled.${data.reasonCode}`) ?? t('emails.cancelled.lead');
  return t(`emails.${what}.lead`);
}

/** In the reader's zone, and in the event's where clocks differ. */
export function untilWords(
  at: Temporal.Instant,
  { language, readerZone, event }: Pick<ToldData, 'language' | 'readerZone' | 'event'>,
  t: Translate,
): string {
  const mine = moment(at, language, readerZone);
  const offset = (zone: string) => at.toZonedDateTimeISO(zone).offsetNanoseconds;
  if (offset(readerZone) === offset(event.zone)) return mine;
  return t('emails.bothZones', { here: mine, there: moment(at, language, event.zone) });
}

function factsOf(what: Told, data: ToldData, t: Translate) {
  const money = (minor: number) => formatMoney(minor, data.currency, data.language);
  const alive = data.state !== 'cancelled' && data.state !== 'refused' && what !== 'replacedBy' && what !== 'eventCancelled';
  return [
    { name: t('emails.fact.participant'), value: data.name },
    data.organisation ? { name: t('emails.fact.organisation'), value: data.organisation } : null,
    { name: t('emails.fact.category'), value: data.category.text, lang: data.category.lang },
    data.payment && {
      name: t('emails.fact.received'),
      value: formatDate(data.payment.receivedOn, data.language),
    },
    alive && { name: t('emails.fact.fee'), value: data.amount > 0 ? money(data.amount) : t('emails.pay.free') },
    data.paid > 0 && { name: t('emails.fact.paid'), value: money(data.paid) },
  ];
}

// How to pay stands only where somebody takes part; before that nobody shall pay.
function payParts(what: Told, data: ToldData, t: Translate): Part[] {
  const due = data.amount - data.paid;
  if (data.amount === 0) return [];
  if (data.state === 'draft' || what === 'confirmAddress') return [];
  if (data.state !== 'confirmed') return [paragraph(t('emails.pay.later'), true)];
  if (due <= 0) return [paragraph(t('emails.pay.none'))];
  return [
    section(t('emails.pay.title'), [
      paragraph(t('emails.pay.lead')),
      facts(
        [
          { name: t('emails.fact.remaining'), value: formatMoney(due, data.currency, data.language) },
          { name: t('emails.fact.reference'), value: data.reference },
        ],
        data.language,
      ),
      data.payTo && quoted(data.payTo, data.language),
    ]),
  ];
}

const calendarWords = (what: Told, over: boolean) =>
  over ? 'emails.calendar.removes' : what === 'moved' ? 'emails.calendar.updates' : 'emails.calendar.attached';

function linksOf(what: Told, data: ToldData, t: Translate): Part {
  const { url, event } = data;
  const go: (Action | null)[] =
    what === 'confirmAddress' && url
      ? [{ label: t('emails.go.confirm'), url }]
      : what === 'offered' && url
        ? [
            { label: t('emails.go.accept'), url: `${url}/offer` },
            { label: t('emails.go.decline'), url: `${url}/offer/removal` },
          ]
        : url
          ? [{ label: t('emails.go.registration'), url }]
          : [{ label: t('emails.go.event'), url: event.url }];
  return actions(...go);
}
