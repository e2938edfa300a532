import { formatInstant, zoneName, zonePlace } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { CardLine, EventCard } from '../event-card.tsx';
import { Link, Said, type Words } from '../layout.tsx';
import type { Part } from '../letter.tsx';

/** An event as mails tell of it. Texts are in the reader's language or in what there is instead. */
export interface MailEvent {
  title: Words;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  /** IANA name: the zone in which it takes place. */
  zone: string;
  place: Words | null;
  address?: string | null;
  /** The public page. */
  url: string;
  /** Where to join, for who takes part. */
  onlineUrl?: string | null;
}

/** From when to when in a zone, the day said once where it is one day. */
export function span(event: Pick<MailEvent, 'startsAt' | 'endsAt'>, language: Language, zone: string): string {
  const day = (at: Temporal.Instant) => formatInstant(at, language, zone, 'weekday');
  const time = (at: Temporal.Instant) => formatInstant(at, language, zone, 'time');
  const [from, to] = [day(event.startsAt), day(event.endsAt)];
  return from === to
    ? `${from}, ${time(event.startsAt)}–${time(event.endsAt)}`
    : `${from}, ${time(event.startsAt)} – ${to}, ${time(event.endsAt)}`;
}

/** When and where, in the zone of the event and, where clocks differ, in the reader's. */
export function eventPart(event: MailEvent, language: Language, readerZone?: string, past = false): Part {
  const t = translator(language);
  const when = span(event, language, event.zone);
  const zone = t('emails.card.zone', { place: zonePlace(event.zone), zone: zoneName(event.startsAt, language, event.zone) });
  const yours =
    readerZone && differs(event, readerZone) ? t('emails.card.yours', { time: span(event, language, readerZone) }) : null;
  const address = event.address?.replace(/\s*\n\s*/g, ', ');
  const leaf = {
    month: formatInstant(event.startsAt, language, event.zone, 'leaf').replace('.', '').toLocaleUpperCase(language),
    day: String(event.startsAt.toZonedDateTimeISO(event.zone).day),
  };
  const html = (
    <EventCard leaf={leaf} title={<Said words={event.title} language={language} />} past={past}>
      <CardLine>{when}</CardLine>
      <CardLine soft>{zone}</CardLine>
      {yours ? <CardLine soft>{yours}</CardLine> : null}
      {event.place || address ? (
        <CardLine>
          {event.place ? <Said words={event.place} language={language} /> : null}
          {event.place && address ? ', ' : ''}
          {address}
        </CardLine>
      ) : null}
      {event.onlineUrl ? (
        <CardLine>
          {t('emails.card.online')}: <Link href={event.onlineUrl}>{event.onlineUrl}</Link>
        </CardLine>
      ) : null}
      <CardLine>
        <Link href={event.url}>{t('emails.card.page')}</Link>
      </CardLine>
    </EventCard>
  );
  const where = [event.place?.text, address].filter(Boolean).join(', ');
  const text = [
    event.title.text,
    `${t('emails.card.when')}: ${when}, ${zone}`,
    ...(yours ? [yours] : []),
    ...(where ? [`${t('emails.card.where')}: ${where}`] : []),
    ...(event.onlineUrl ? [`${t('emails.card.online')}: ${event.onlineUrl}`] : []),
    `${t('emails.card.page')}: ${event.url}`,
  ].join('\n');
  return { html, text };
}

// Other names of the same time need no second line.
function differs(event: MailEvent, zone: string): boolean {
  const offset = (name: string) => event.startsAt.toZonedDateTimeISO(name).offsetNanoseconds;
  return offset(zone) !== offset(event.zone);
}

/** A moment in the reader's zone, with the zone: "26 May 2027 at 09:00 (CEST)". */
export function moment(at: Temporal.Instant, language: Language, zone: string): string {
  return `${formatInstant(at, language, zone)} (${zoneName(at, language, zone)})`;
}
