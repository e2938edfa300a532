import { approvalWanted } from '../emails/registrations/approval-wanted.tsx';
import { mailEventOf } from '../emails/registrations/calendar.ts';
import { delegationSummary } from '../emails/registrations/delegation.tsx';
import { type Told, type ToldData, toldOf } from '../emails/registrations/told.tsx';
import { passUrl, qrPng } from '../server/door/pass.ts';
import { delegationFacts, rosterNames } from '../server/registrations/delegation-queries.ts';
import { type MailFacts, mailFact, paymentFacts, readerOf, replacementFacts } from '../server/registrations/mail-facts.ts';
import { manageUrl } from '../server/registrations/manage-links.ts';
import type { Claimed } from '../server/sends/claims.ts';
import type { System } from '../server/system.ts';
import { linkToken } from '../server/tokens.ts';
import { isLanguage, type Language } from '../web/locales/languages.ts';
import { readIn, textIn } from '../web/locales/text-map.ts';
import { translateCode } from '../web/locales/translate.ts';
import { calendarFor } from './registration-calendar.ts';
import type { Renderer, Renderers } from './sends.ts';

const alive = (fact: MailFacts) => fact.state !== 'cancelled' && fact.state !== 'refused';

// A message goes out only while it is true: nobody is told of an offer that has passed on.
const STILL: Record<Told, (fact: MailFacts) => boolean> = {
  confirmed: (fact) => fact.state === 'confirmed',
  waiting: (fact) => fact.state === 'waiting' && fact.offerExpiresAt === null,
  pending: (fact) => fact.state === 'pending',
  offered: (fact) => fact.state === 'waiting' && fact.offerExpiresAt !== null,
  offerExpired: (fact) => fact.state === 'cancelled',
  cancelled: (fact) => fact.state === 'cancelled',
  refused: (fact) => fact.state === 'refused',
  replaced: alive,
  replacedBy: () => true,
  changed: alive,
  confirmAddress: (fact) => fact.state === 'draft',
  paymentReceived: () => true,
  moved: (fact) => alive(fact) && !fact.eventCancelled,
  eventCancelled: (fact) => fact.eventCancelled,
};

const languageOf = (send: Claimed): Language => (isLanguage(send.language) ? send.language : 'en');

function told(kind: Told): Renderer {
  return async (system, send) => {
    const fact = await mailFact(system.db, String(send.payload.registration));
    if (!fact || !STILL[kind](fact)) return null;
    const left = send.payload.replacement ? await replacementFacts(system.db, String(send.payload.replacement)) : undefined;
    // Somebody else has come in their stead: what is theirs now goes to nobody who was there before.
    if (kind !== 'replacedBy' && send.personId !== fact.personId) return null;
    const payment = send.payload.payment ? ((await paymentFacts(system.db, String(send.payload.payment))) ?? null) : null;
    if (kind === 'paymentReceived' && !payment) return null;
    const gone = kind === 'replacedBy';
    const reader = { name: gone ? (left?.from.name ?? '') : fact.name, address: send.address, instead: !gone && fact.forContact };
    const calendar = await calendarFor(system, kind, fact, languageOf(send), reader);
    const mail = toldOf(kind, drawn(system, kind, fact, languageOf(send), { left, payment, calendar }));
    return PASSES.includes(kind) && fact.state === 'confirmed' ? { ...mail, attachments: [passFile(system, fact)] } : mail;
  };
}

// These bring the pass along, as a picture that mail programs show.
const PASSES: readonly Told[] = ['confirmed', 'replaced'];

function passFile({ config }: System, fact: MailFacts) {
  const url = passUrl(config, { registrationId: fact.id, personId: fact.personId });
  return { name: `pass-${fact.reference}.png`, mediaType: 'image/png', content: qrPng(url) };
}

const KINDS = Object.keys(STILL) as Told[];

export const registrationMails: Renderers = {
  ...Object.fromEntries(KINDS.map((kind) => [`registrations.${kind}`, told(kind)])),
  'registrations.delegation': delegation,
  'registrations.approvalWanted': approval,
};

type More = {
  left: Awaited<ReturnType<typeof replacementFacts>>;
  payment: ToldData['payment'];
  calendar: ToldData['calendar'];
};

function drawn(system: System, kind: Told, fact: MailFacts, language: Language, { left, payment, calendar }: More): ToldData {
  const { config } = system;
  const words = (map: Record<string, string>) => readIn(map, [language], fact.defaultLanguage) ?? null;
  const gone = kind === 'replacedBy';
  const over = gone || !alive(fact) || kind === 'eventCancelled';
  const until =
    kind === 'confirmAddress' ? fact.heldUntil : kind === 'offerExpired' ? fact.lastOfferEndedAt : fact.offerExpiresAt;
  return {
    language,
    site: { installation: config.installationName, url: config.publicUrl },
    name: gone ? (left?.from.name ?? '') : fact.name,
    forContact: !gone && fact.forContact,
    readerZone: gone ? (left?.from.zone ?? fact.zone) : fact.readerZone,
    event: { ...mailEventOf(fact, config.publicUrl, language), ...(gone ? { onlineUrl: null } : {}) },
    organisation: fact.organisation?.name ?? null,
    category: words(fact.category) ?? { text: '–', lang: language },
    state: fact.state,
    amount: fact.amount,
    paid: gone ? 0 : fact.paid,
    currency: fact.currency,
    reference: fact.reference,
    payTo: words(fact.paymentDetails),
    position: fact.ahead === null ? null : fact.ahead + 1,
    until,
    reason:
      kind === 'eventCancelled' ? words(fact.cancellationReason) : fact.reason ? { text: fact.reason, lang: language } : null,
    reasonCode: fact.reasonCode,
    approvalBy: fact.approvalBy,
    other: gone ? (left?.to.name ?? null) : (left?.from.name ?? null),
    payment,
    url:
      kind === 'confirmAddress'
        ? `${config.publicUrl}/registrations/confirm/${linkToken(config.secret, 'confirm', fact.id)}`
        : over
          ? null
          : manageUrl(config, fact),
    calendar,
  };
}

async function delegation(system: System, send: Claimed) {
  const { db, config } = system;
  const language = languageOf(send);
  const found = await delegationFacts(db, String(send.payload.delegation));
  const reader = send.personId ? await readerOf(db, send.personId) : undefined;
  if (!found || !reader) return null;
  const { event, people } = found;
  const refused = listOf(send.payload.refused);
  const names = await rosterNames(
    db,
    found.organisation.id,
    refused.map(({ personId }) => personId),
  );
  return delegationSummary({
    language,
    site: { installation: config.installationName, url: config.publicUrl },
    name: reader.name,
    readerZone: reader.zone,
    event: mailEventOf({ ...event, onlineUrl: null, state: 'confirmed' }, config.publicUrl, language),
    organisation: found.organisation.name,
    people: people.map((person) => ({
      name: person.name,
      category: textIn(person.category, [language], event.defaultLanguage),
      state: person.state,
      amount: person.amount,
    })),
    refused: refused.map(({ personId, code }) => ({
      name: names.get(personId) ?? '',
      why: translateCode(language, `refusal.${code}`) ?? '',
    })),
    due: found.due,
    currency: event.currency,
    reference: found.reference,
    payTo: readIn(event.paymentDetails, [language], event.defaultLanguage) ?? null,
    url: `${config.publicUrl}/events/${event.slug}/delegations/${found.organisation.slug}`,
  });
}

const listOf = (value: unknown) => (Array.isArray(value) ? value : []) as { personId: string; code: string }[];

async function approval(system: System, send: Claimed) {
  const { db, config } = system;
  const language = languageOf(send);
  const fact = await mailFact(db, String(send.payload.registration));
  const reader = send.personId ? await readerOf(db, send.personId) : undefined;
  if (!fact?.organisation || !reader || fact.state !== 'pending' || fact.approvalBy !== 'organisation') return null;
  return approvalWanted({
    language,
    site: { installation: config.installationName, url: config.publicUrl },
    name: reader.name,
    readerZone: reader.zone,
    event: mailEventOf(fact, config.publicUrl, language),
    organisation: fact.organisation.name,
    participant: { name: fact.name, address: fact.address },
    category: readIn(fact.category, [language], fact.defaultLanguage) ?? { text: '–', lang: language },
    url: `${config.publicUrl}/events/${fact.slug}/delegations/${fact.organisation.slug}`,
  });
}
