import { createHash } from 'node:crypto';
import { sessionInCalendar } from '../emails/calendars/session.tsx';
import { calendarOf } from '../emails/events/calendar.ts';
import type { MailEvent } from '../emails/events/event-part.tsx';
import { placeEntry } from '../server/calendars/actions.ts';
import { replyAddress } from '../server/calendars/reply-address.ts';
import { type SessionEntry, sessionEntries } from '../server/calendars/session-queries.ts';
import { enqueueSends } from '../server/sends/actions.ts';
import type { System } from '../server/system.ts';
import { isLanguage, type Language } from '../web/locales/languages.ts';
import { readIn, textIn } from '../web/locales/text-map.ts';
import type { Renderer } from './sends.ts';

// Whoever puts their programme together changes their mind: what is the same again after that is not written about.
const PATIENCE_MINUTES = 10;

const hostOf = ({ config }: System) => new URL(config.publicUrl).hostname;

/** Brings the chosen sessions in the calendars of these people in line: a message for each that is new, another, or no more. */
export async function tellSessions(
  system: System,
  jobId: string,
  of: { registrationIds: readonly string[] } | { eventId: string },
): Promise<void> {
  const due = (await sessionEntries(system.db, hostOf(system), of)).filter(isDue);
  const now = system.clock();
  await enqueueSends(
    system.db,
    due.map((entry) => ({
      cause: `calendar-session:${jobId}:${entry.uid}:${entry.address}`,
      kind: 'calendars.session',
      personId: entry.personId,
      address: entry.address,
      language: entry.language,
      payload: { registration: entry.registrationId, session: entry.sessionId },
      notBefore: now.add({ minutes: PATIENCE_MINUTES }),
      expiresAt: Temporal.Instant.from(entry.endsAt),
    })),
    now,
  );
}

const substanceOf = ({ wanted, startsAt, endsAt, zone, room, venue, eventAddress }: SessionEntry) =>
  printOf(wanted, Temporal.Instant.from(startsAt), Temporal.Instant.from(endsAt), zone, room, venue, eventAddress);

function isDue(entry: SessionEntry): boolean {
  const held = entry.heldMethod !== null && entry.heldMethod !== 'CANCEL';
  return entry.wanted ? !held || entry.heldSubstance !== substanceOf(entry) : held;
}

/** What a chosen session is in somebody's calendar now: put there, moved, or taken out. */
export const sessionMail: Renderer = async (system, send) => {
  const { db, config, clock } = system;
  const all = await sessionEntries(db, hostOf(system), { registrationIds: [String(send.payload.registration)] });
  const entry = all.find(({ sessionId, address }) => sessionId === send.payload.session && address === send.address);
  // At the first try only: a later one has been written down as sent, and has to go out all the same.
  if (!entry || (send.attempts === 1 && !isDue(entry)) || (!entry.wanted && entry.heldMethod === null)) return null;
  const language: Language = isLanguage(send.language) ? send.language : 'en';
  const answering = config.replyDomain ? { replyAddress: replyAddress(config.secret, config.replyDomain, entry.eventId) } : {};
  const what = entry.wanted ? 'entry' : 'cancellation';
  const file = (sequence: number, changedAt: Temporal.Instant) =>
    calendarOf(
      mailEvent(entry, config.publicUrl, language),
      {
        id: `${entry.sessionId}.${entry.registrationId}`,
        sequence,
        changedAt,
        createdAt: entry.joinedAt,
        host: hostOf(system),
        organizer: { name: config.installationName, address: /<([^>]+)>/.exec(config.mailFrom)?.[1] ?? config.mailFrom },
        attendee: { name: entry.name, address: entry.address },
      },
      language,
      answering,
      what,
    );
  const { sequence, stamp } = await placeEntry(db, {
    uid: entry.uid,
    address: entry.address,
    registrationId: entry.registrationId,
    method: file(0, clock()).method,
    sequence: entry.sequence,
    substance: substanceOf(entry),
    wording: printOf(language, entry.title),
    now: clock(),
  });
  return sessionInCalendar({
    language,
    site: { installation: config.installationName, url: config.publicUrl },
    name: entry.name,
    readerZone: entry.readerZone,
    congress: textIn(entry.eventTitle, [language], entry.defaultLanguage),
    session: mailEvent(entry, config.publicUrl, language),
    wanted: entry.wanted,
    calendar: file(sequence, stamp),
  });
};

function mailEvent(entry: SessionEntry, publicUrl: string, language: Language): MailEvent {
  const read = (map: Record<string, string>) => readIn(map, [language], entry.defaultLanguage);
  const [room, venue] = [read(entry.room), read(entry.venue)];
  const place = room ?? venue;
  return {
    title: read(entry.title) ?? { text: entry.slug, lang: language },
    startsAt: Temporal.Instant.from(entry.startsAt),
    endsAt: Temporal.Instant.from(entry.endsAt),
    zone: entry.zone,
    place: place ? { ...place, text: [room?.text, venue?.text].filter(Boolean).join(', ') } : null,
    address: entry.eventAddress,
    url: `${publicUrl}/events/${entry.slug}`,
    onlineUrl: null,
  };
}

const printOf = (...parts: unknown[]) => createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
