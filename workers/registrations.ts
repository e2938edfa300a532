import { type Told, toldOf } from '../emails/registrations/told.tsx';
import { calendarFile } from '../server/calendars/ical.ts';
import { type MailFacts, mailFacts, membersOfWaiting, registrationsToTell } from '../server/registrations/mail-facts.ts';
import { sweepPlaces } from '../server/registrations/offers.ts';
import { enqueueSends } from '../server/sends/actions.ts';
import type { System } from '../server/system.ts';
import { linkToken } from '../server/tokens.ts';
import { isLanguage, type Language } from '../web/locales/languages.ts';
import { textIn } from '../web/locales/text-map.ts';
import type { Handler, Handlers } from './handler.ts';
import type { Renderers } from './sends.ts';

const ids = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

// One message to each registration's person, or to their delegation's contact when they have no address.
async function tell(
  system: System,
  jobId: string,
  kind: Told,
  registrationIds: string[],
  payload: Record<string, unknown> = {},
): Promise<void> {
  const facts = await mailFacts(system.db, registrationIds);
  await enqueueSends(
    system.db,
    facts.flatMap((fact) =>
      fact.address
        ? [
            {
              cause: `outbox:${jobId}:${fact.id}`,
              kind: `registrations.${kind}`,
              personId: fact.personId,
              address: fact.address,
              language: fact.language,
              payload: { ...payload, registration: fact.id },
              expiresAt: fact.endsAt,
            },
          ]
        : [],
    ),
    system.clock(),
  );
}

const one =
  (kind: Told): Handler =>
  ({ registration }, system, job) =>
    tell(system, job.id, kind, [String(registration)]);

/** What is said about each thing that happens to a registration. */
export const registrationHandlers: Handlers = {
  'registrations.registered': async ({ confirmed, waiting, pending }, system, job) => {
    await tell(system, job.id, 'confirmed', ids(confirmed));
    await tell(system, job.id, 'waiting', ids(waiting));
    await tell(system, job.id, 'pending', ids(pending));
  },
  'registrations.self-registered': one('confirmAddress'),
  'registrations.offered': async ({ waiting, offer }, system, job) =>
    tell(system, job.id, 'offered', await membersOfWaiting(system.db, String(waiting)), { offer }),
  'registrations.cancelled': async ({ registration, before }, system, job) => {
    if (before !== 'draft') await tell(system, job.id, 'cancelled', [String(registration)]);
  },
  'registrations.refused': one('refused'),
  'registrations.replaced': one('replaced'),
  'registrations.changed': one('changed'),
  'registrations.paid': async () => {},
  'events.changed': async ({ event }, system, job) => {
    const { cancelled, registrations } = await registrationsToTell(system.db, String(event));
    await tell(system, job.id, cancelled ? 'eventCancelled' : 'moved', registrations);
  },
  'places.freed': async (_, { db, clock }) => {
    await sweepPlaces(db, clock());
  },
};

const KINDS: Told[] = [
  'confirmed',
  'waiting',
  'pending',
  'offered',
  'cancelled',
  'refused',
  'replaced',
  'changed',
  'confirmAddress',
  'moved',
  'eventCancelled',
];

// A message goes out only while it is true: nobody is told of an offer that has passed on.
const STILL: Record<Told, (fact: MailFacts) => boolean> = {
  confirmed: (fact) => fact.state === 'confirmed',
  waiting: (fact) => fact.state === 'waiting',
  pending: (fact) => fact.state === 'pending',
  offered: (fact) => fact.state === 'waiting' && fact.offerExpiresAt !== null,
  cancelled: (fact) => fact.state === 'cancelled',
  refused: (fact) => fact.state === 'refused',
  replaced: (fact) => fact.state !== 'cancelled' && fact.state !== 'refused',
  changed: (fact) => fact.state !== 'cancelled' && fact.state !== 'refused',
  confirmAddress: (fact) => fact.state === 'draft',
  moved: (fact) => fact.state !== 'cancelled' && fact.state !== 'refused' && !fact.eventCancelled,
  eventCancelled: (fact) => fact.eventCancelled,
};

export const registrationMails: Renderers = Object.fromEntries(
  KINDS.map((kind) => [
    `registrations.${kind}`,
    async (system, send) => {
      const [fact] = await mailFacts(system.db, [String(send.payload.registration)]);
      return fact && STILL[kind](fact)
        ? toldOf(kind, drawn(system, kind, fact, isLanguage(send.language) ? send.language : 'en'))
        : null;
    },
  ]),
);

function drawn(system: System, kind: Told, fact: MailFacts, language: Language) {
  const { config } = system;
  const title = textIn(fact.title, [language], fact.defaultLanguage);
  const eventUrl = `${config.publicUrl}/events/${fact.slug}`;
  const moment = (instant: Temporal.Instant | null) =>
    instant && instant.toLocaleString(language, { dateStyle: 'long', timeStyle: 'short', timeZone: fact.zone });
  const where = [textIn(fact.venue, [language], fact.defaultLanguage), fact.address1].filter(Boolean).join(', ');
  const when = `${moment(fact.startsAt)} – ${moment(fact.endsAt)} (${fact.zone})`;
  const cancelled = kind === 'cancelled' || kind === 'eventCancelled';
  const withCalendar =
    kind === 'confirmed' ||
    kind === 'replaced' ||
    (kind === 'moved' && fact.confirmedAt !== null) ||
    (cancelled && fact.confirmedAt !== null);
  const method: 'PUBLISH' | 'CANCEL' = cancelled ? 'CANCEL' : 'PUBLISH';
  const url =
    kind === 'confirmAddress'
      ? `${config.publicUrl}/registrations/confirm/${linkToken(config.secret, 'confirm', fact.id)}`
      : kind === 'offered'
        ? `${config.publicUrl}/registrations`
        : eventUrl;
  return {
    language,
    installation: config.installationName,
    name: fact.name,
    event: { title, when, where, url: eventUrl },
    category: textIn(fact.category, [language], fact.defaultLanguage),
    amount: fact.amount > 0 ? money(fact.amount, fact.currency, language) : null,
    reference: fact.reference,
    until: moment(kind === 'confirmAddress' ? fact.heldUntil : fact.offerExpiresAt),
    reason: fact.reason,
    url,
    calendar: withCalendar
      ? {
          method,
          content: calendarFile(
            [
              {
                uid: `${fact.id}@${new URL(config.publicUrl).hostname}`,
                sequence: fact.sequence,
                stamp: fact.changedAt,
                created: fact.joinedAt,
                startsAt: fact.startsAt,
                endsAt: fact.endsAt,
                summary: title,
                description: `${when}\n${eventUrl}`,
                location: where,
                url: eventUrl,
                cancelled,
              },
            ],
            method,
          ),
        }
      : undefined,
  };
}

/** Minor units as the reader writes money. */
function money(minor: number, currency: string, language: Language): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
