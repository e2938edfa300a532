import { createHash } from 'node:crypto';
import { registrationEntry } from '../emails/registrations/calendar.ts';
import type { Told } from '../emails/registrations/told.tsx';
import { placeEntry } from '../server/calendars/actions.ts';
import { type CalendarFile, entryMethod } from '../server/calendars/ical.ts';
import { replyAddress } from '../server/calendars/reply-address.ts';
import type { MailFacts } from '../server/registrations/mail-facts.ts';
import type { System } from '../server/system.ts';
import type { Language } from '../web/locales/languages.ts';

const PUTS: Told[] = ['confirmed', 'replaced'];
const UPDATES: Told[] = ['moved', 'changed'];
const REMOVES: Told[] = ['cancelled', 'refused', 'eventCancelled', 'replacedBy'];

/** Whoever the mail goes to: the one attendee that its calendar part may name. */
interface Reader {
  name: string;
  address: string;
  /** Somebody reads it in the participant's stead: their calendar program has nothing to answer. */
  instead: boolean;
}

/**
 * The calendar file that goes with a mail: an entry for who takes part, and for who had one and does no more, what removes it.
 * Undefined where the reader's calendar holds nothing of it. What is put there is written down, with its SEQUENCE.
 */
export async function calendarFor(
  system: System,
  what: Told,
  fact: MailFacts,
  language: Language,
  reader: Reader,
): Promise<CalendarFile | undefined> {
  const removes = REMOVES.includes(what);
  if (removes ? fact.confirmedAt === null : fact.state !== 'confirmed') return undefined;
  if (!removes && !PUTS.includes(what) && !UPDATES.includes(what)) return undefined;
  return placed(system, fact, language, reader, removes ? 'cancellation' : 'entry');
}

async function placed(
  { db, config, clock }: System,
  fact: MailFacts,
  language: Language,
  { name, address, instead }: Reader,
  what: 'entry' | 'cancellation',
): Promise<CalendarFile> {
  const answering = config.replyDomain ? { replyAddress: replyAddress(config.secret, config.replyDomain, fact.eventId) } : {};
  // A cancellation is not for readers in their place either: without an attendee it is a publication of what is cancelled.
  const asked = instead ? {} : answering;
  const { sequence, stamp } = await placeEntry(db, {
    uid: `${fact.id}@${new URL(config.publicUrl).hostname}`,
    address,
    registrationId: fact.id,
    method: what === 'cancellation' ? 'CANCEL' : entryMethod(asked, !instead),
    sequence: fact.sequence,
    substance: printOf(what, fact.startsAt, fact.endsAt, fact.zone, fact.venue, fact.eventAddress, fact.onlineUrl),
    wording: printOf(language, fact.title, fact.slug),
    now: clock(),
  });
  const theirs = { ...fact, name, address, forContact: instead, sequence, changedAt: stamp };
  return registrationEntry(theirs, config, language, what, asked);
}

const printOf = (...parts: unknown[]) => createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
