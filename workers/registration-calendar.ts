import { registrationEntry } from '../emails/registrations/calendar.ts';
import type { Told } from '../emails/registrations/told.tsx';
import type { CalendarFile } from '../server/calendars/ical.ts';
import type { MailFacts } from '../server/registrations/mail-facts.ts';
import type { System } from '../server/system.ts';
import type { Language } from '../web/locales/languages.ts';

const PUTS: Told[] = ['confirmed', 'replaced'];
const UPDATES: Told[] = ['moved', 'changed'];
const REMOVES: Told[] = ['cancelled', 'refused', 'eventCancelled', 'replacedBy'];

/**
 * The calendar file that goes with a mail: an entry for who takes part, and for who had one and does no more, what removes it.
 * Undefined where the reader's calendar holds nothing of it.
 */
export function calendarFor(system: System, what: Told, fact: MailFacts, language: Language): CalendarFile | undefined {
  const had = fact.confirmedAt !== null;
  if (REMOVES.includes(what)) return had ? registrationEntry(fact, system.config, language, 'cancellation') : undefined;
  if (fact.state !== 'confirmed') return undefined;
  return PUTS.includes(what) || UPDATES.includes(what) ? registrationEntry(fact, system.config, language, 'entry') : undefined;
}
