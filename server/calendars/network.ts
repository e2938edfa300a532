import type { Db } from '../../db/database.ts';
import type { EventKind } from '../../db/tables/events.ts';
import { type ActivityRow, activitiesBetween, type Span } from '../activities/queries.ts';
import type { CalendarFilter } from './input.ts';
import { eventsBetween, memberPlaces, type NetworkEvent } from './network-queries.ts';

/** One line of the calendar: an event, or what a city does on the International Day. */
export interface Happening {
  id: string;
  kind: EventKind | 'activity';
  path: string;
  title: Record<string, string>;
  defaultLanguage: string;
  /** The city or the venue's host. */
  city: string | null;
  country: string | null;
  zone: string;
  starts: Temporal.PlainDateTime;
  ends: Temporal.PlainDateTime;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  latitude: number | null;
  longitude: number | null;
  cancelled: boolean;
}

/** The events and activities of a span of time that a filter lets through, as they are stored. At most two queries. */
export async function found(
  db: Db,
  filter: Omit<CalendarFilter, 'month'>,
  span: Span,
): Promise<{ events: NetworkEvent[]; activities: ActivityRow[] }> {
  const { kind, network } = filter;
  const [events, activities] = await Promise.all([
    kind === 'activity' ? [] : eventsBetween(db, { kind, network }, span),
    kind === undefined || kind === 'activity' ? activitiesBetween(db, { network }, span) : [],
  ]);
  return { events, activities };
}

/** The same as lines, in the order in which they begin. */
export async function happenings(db: Db, filter: Omit<CalendarFilter, 'month'>, span: Span): Promise<Happening[]> {
  const { events, activities } = await found(db, filter, span);
  return [...events.map(ofEvent), ...activities.map(ofActivity)].toSorted((a, b) =>
    Temporal.Instant.compare(a.startsAt, b.startsAt),
  );
}

function ofEvent({
  id,
  kind,
  slug,
  title,
  defaultLanguage,
  host,
  country,
  zone,
  starts,
  ends,
  startsAt,
  endsAt,
  latitude,
  longitude,
  cancelled,
}: NetworkEvent): Happening {
  return {
    id,
    kind,
    path: `/events/${slug}`,
    title,
    defaultLanguage,
    city: host,
    country,
    zone,
    starts,
    ends,
    startsAt,
    endsAt,
    latitude,
    longitude,
    cancelled,
  };
}

function ofActivity({
  id,
  title,
  organisation,
  zone,
  starts,
  ends,
  startsAt,
  endsAt,
  latitude,
  longitude,
}: ActivityRow): Happening {
  const { language: defaultLanguage, name: city, country } = organisation;
  return {
    id,
    kind: 'activity',
    path: `/activities/${id}`,
    title,
    defaultLanguage,
    city,
    country,
    zone,
    starts,
    ends,
    startsAt,
    endsAt,
    latitude,
    longitude,
    cancelled: false,
  };
}

/** A month with a day on each side: wherever on Earth it is already, or still, that month. */
export function spanOf(month: Temporal.PlainYearMonth): Span {
  const from = month.toPlainDate({ day: 1 }).toZonedDateTime('UTC');
  return { from: from.subtract({ days: 1 }).toInstant(), to: from.add({ months: 1, days: 1 }).toInstant() };
}

/** The month that is asked for, or that of now, with what takes place in it by its own clock. */
export async function calendarMonth(db: Db, filter: CalendarFilter, zone: string, now: Temporal.Instant) {
  const month = filter.month
    ? Temporal.PlainYearMonth.from(filter.month)
    : now.toZonedDateTimeISO(zone).toPlainDate().toPlainYearMonth();
  const lines = await happenings(db, filter, spanOf(month));
  const [first, last] = [month.toPlainDate({ day: 1 }), month.toPlainDate({ day: month.daysInMonth })];
  const items = lines.filter(
    ({ starts, ends }) =>
      Temporal.PlainDate.compare(starts.toPlainDate(), last) <= 0 && Temporal.PlainDate.compare(ends.toPlainDate(), first) >= 0,
  );
  return { month, items };
}

/** What the map shows: events that are to come, the activities of this year and later, the members. Three queries. */
export async function networkMap(db: Db, now: Temporal.Instant) {
  const year = now.toZonedDateTimeISO('UTC').with({ month: 1, day: 1 }).startOfDay();
  const to = year.add({ years: 10 }).toInstant();
  const [events, activities, members] = await Promise.all([
    eventsBetween(db, {}, { from: now, to }),
    activitiesBetween(db, {}, { from: year.toInstant(), to }),
    memberPlaces(db),
  ]);
  return { events: events.filter(({ cancelled }) => !cancelled).map(ofEvent), activities: activities.map(ofActivity), members };
}
