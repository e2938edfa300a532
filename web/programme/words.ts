import type { ShownSession } from '../../server/programme/shown.ts';
import { formatDate, formatInstant, formatList, languageName } from '../locales/format.ts';
import type { PageContext } from '../page.ts';

/** What pages of a programme need to know of its event. */
export interface ProgrammeEvent {
  slug: string;
  title: Record<string, string>;
  defaultLanguage: string;
  zone: string;
  languages: readonly string[];
}

export const instant = (iso: string) => Temporal.Instant.from(iso);

/** The hours of a session in the event's zone: "09:00–10:30". */
export function hours(ctx: PageContext, zone: string, session: { startsAt: string; endsAt: string }): string {
  const at = (iso: string) => formatInstant(instant(iso), ctx.language, zone, 'time');
  return `${at(session.startsAt)}–${at(session.endsAt)}`;
}

/** A day of the programme: "Tuesday 26 May 2026". */
export function dayWords(ctx: PageContext, day: string): string {
  return formatDate(Temporal.PlainDate.from(day), ctx.language, 'weekday');
}

export function languageList(ctx: PageContext, tags: readonly string[]): string {
  return formatList(
    tags.map((tag) => languageName(tag, ctx.language)),
    ctx.language,
  );
}

/** Whether it is on at this moment. */
export function isOn(ctx: PageContext, session: Pick<ShownSession, 'startsAt' | 'endsAt'>): boolean {
  return (
    Temporal.Instant.compare(instant(session.startsAt), ctx.now) <= 0 &&
    Temporal.Instant.compare(instant(session.endsAt), ctx.now) > 0
  );
}
