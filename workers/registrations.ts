import type { Told } from '../emails/registrations/told.tsx';
import { followEvent } from '../server/mailings/due.ts';
import { rederiveTimes } from '../server/programme/actions.ts';
import { runBulk } from '../server/registrations/bulks.ts';
import {
  contactsOf,
  type MailFacts,
  mailFact,
  mailFacts,
  membersOfWaiting,
  readerOf,
  registrationsToTell,
  replacementFacts,
} from '../server/registrations/mail-facts.ts';
import { ensureManageLinks } from '../server/registrations/manage-links.ts';
import { sweepPlaces } from '../server/registrations/offers.ts';
import { enqueueSends, type NewSend } from '../server/sends/actions.ts';
import type { System } from '../server/system.ts';
import type { Handler, Handlers } from './handler.ts';
import { tellSessions } from './session-calendar.ts';

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
  const sends = facts.flatMap((fact): NewSend[] =>
    fact.address
      ? [
          {
            cause: `outbox:${jobId}:${fact.id}`,
            kind: `registrations.${kind}`,
            personId: fact.personId,
            address: fact.address,
            language: fact.language,
            payload: { ...payload, registration: fact.id },
            expiresAt: expires(kind, fact),
          },
        ]
      : [],
  );
  await ensureManageLinks(system.db, system.config.secret, facts);
  await enqueueSends(system.db, sends, system.clock());
}

// What was paid or ended may be told of after the event, too.
function expires(kind: Told, fact: MailFacts): Temporal.Instant | null {
  if (kind === 'offered') return fact.offerExpiresAt;
  return kind === 'paymentReceived' ? null : fact.endsAt;
}

const one =
  (kind: Told): Handler =>
  ({ registration }, system, job) =>
    tell(system, job.id, kind, [String(registration)]);

async function replaced({ registration, replacement }: Record<string, unknown>, system: System, job: { id: string }) {
  await tell(system, job.id, 'replaced', [String(registration)], { replacement });
  await tellSessions(system, job.id, { registrationIds: [String(registration)] });
  const left = await replacementFacts(system.db, String(replacement));
  const fact = await mailFact(system.db, String(registration));
  if (!left?.from.email || !fact) return;
  const send: NewSend = {
    cause: `outbox:${job.id}:left`,
    kind: 'registrations.replacedBy',
    personId: left.from.id,
    address: left.from.email,
    language: left.from.language,
    payload: { registration, replacement },
    expiresAt: fact.endsAt,
  };
  await enqueueSends(system.db, [send], system.clock());
}

/** Whoever changed it themselves needs no message of it: not the person, and not the contact who reads their mail. */
async function changed({ registration, by }: Record<string, unknown>, system: System, job: { id: string }) {
  const fact = await mailFact(system.db, String(registration));
  const actor = by ? await readerOf(system.db, String(by)) : undefined;
  if (!fact || fact.personId === by || (fact.forContact && fact.address === actor?.email)) return;
  await tell(system, job.id, 'changed', [fact.id]);
}

async function delegationRegistered(
  { delegation, by }: Record<string, unknown>,
  system: System,
  job: { id: string },
  payload = {},
) {
  const reader = await readerOf(system.db, String(by));
  if (!reader?.email) return;
  const send: NewSend = {
    cause: `outbox:${job.id}`,
    kind: 'registrations.delegation',
    personId: reader.id,
    address: reader.email,
    language: reader.language,
    payload: { ...payload, delegation },
  };
  await enqueueSends(system.db, [send], system.clock());
}

async function approvalWanted({ registration }: Record<string, unknown>, system: System, job: { id: string }) {
  const fact = await mailFact(system.db, String(registration));
  if (!fact?.organisation) return;
  const contacts = await contactsOf(system.db, fact.organisation.id);
  const sends = contacts.map(
    (contact): NewSend => ({
      cause: `outbox:${job.id}:${contact.id}`,
      kind: 'registrations.approvalWanted',
      personId: contact.id,
      address: contact.email ?? '',
      language: contact.language,
      payload: { registration: fact.id },
      expiresAt: fact.endsAt,
    }),
  );
  await enqueueSends(system.db, sends, system.clock());
}

/** What is said about each thing that happens to a registration. */
export const registrationHandlers: Handlers = {
  'registrations.registered': async ({ confirmed, waiting, pending }, system, job) => {
    await tell(system, job.id, 'confirmed', ids(confirmed));
    await tell(system, job.id, 'waiting', ids(waiting));
    await tell(system, job.id, 'pending', ids(pending));
  },
  'registrations.delegation-registered': (payload, system, job) =>
    delegationRegistered(payload, system, job, { refused: payload.refused ?? [] }),
  'registrations.approval-wanted': approvalWanted,
  'registrations.self-registered': one('confirmAddress'),
  'registrations.offered': async ({ waiting, offer }, system, job) =>
    tell(system, job.id, 'offered', await membersOfWaiting(system.db, String(waiting)), { offer }),
  'registrations.cancelled': async ({ registration, before, code }, system, job) => {
    if (before !== 'draft')
      await tell(system, job.id, code === 'offer-expired' ? 'offerExpired' : 'cancelled', [String(registration)]);
    await tellSessions(system, job.id, { registrationIds: [String(registration)] });
  },
  'registrations.refused': one('refused'),
  'registrations.replaced': replaced,
  'registrations.changed': changed,
  'registrations.paid': async ({ registration, payment }, system, job) =>
    tell(system, job.id, 'paymentReceived', [String(registration)], { payment }),
  'events.changed': async ({ event }, system, job) => {
    await rederiveTimes(system.db, String(event));
    const { cancelled, registrations } = await registrationsToTell(system.db, String(event));
    await tell(system, job.id, cancelled ? 'eventCancelled' : 'moved', registrations);
    await tellSessions(system, job.id, { eventId: String(event) });
    await followEvent(system.db, String(event), system.clock());
  },
  'registrations.bulk': async ({ bulk }, { db, clock }) => runBulk(db, String(bulk), clock()),
  'places.freed': async (_, { db, clock }) => {
    await sweepPlaces(db, clock());
  },
};
