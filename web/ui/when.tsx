import { type DateStyle, formatDateRange, formatInstant, zoneName, zonePlace } from '../locales/format.ts';
import type { PageContext } from '../page.ts';

export interface WhenProps {
  ctx: PageContext;
  at: Temporal.Instant;
  until?: Temporal.Instant | null;
  /** The zone of the event. */
  zone: string;
  /** Days only: for an event of several days. */
  days?: boolean;
}

/** When something takes place: in its own zone, and below in the reader's where that is known and another. */
export function When({ ctx, at, until, zone, days }: WhenProps) {
  const style: DateStyle = days ? 'date' : 'dateTime';
  // Another zone with the same clock at that moment needs no second line.
  const elsewhere = !days && ctx.zoneKnown && offset(at, ctx.zone) !== offset(at, zone);
  return (
    <span class="when">
      <time dateTime={at.toString()}>{words(ctx, at, until, zone, style)}</time>
      {until && <time dateTime={until.toString()} />}
      {!days && (
        <span class="when-zone">
          {' '}
          {`${zoneName(at, ctx.language, zone)}, ${ctx.t('ui.when.there', { place: zonePlace(zone) })}`}
        </span>
      )}
      {elsewhere && <span class="when-yours">{ctx.t('ui.when.yours', { when: words(ctx, at, until, ctx.zone, style) })}</span>}
    </span>
  );
}

/** When something happened, in the reader's zone. */
export function Happened({ ctx, at, style = 'dateTime' }: { ctx: PageContext; at: Temporal.Instant; style?: DateStyle }) {
  return <time dateTime={at.toString()}>{formatInstant(at, ctx.language, ctx.zone, style)}</time>;
}

function words(
  ctx: PageContext,
  at: Temporal.Instant,
  until: Temporal.Instant | null | undefined,
  zone: string,
  style: DateStyle,
): string {
  return until ? formatDateRange(at, until, ctx.language, zone, style) : formatInstant(at, ctx.language, zone, style);
}

const offset = (at: Temporal.Instant, zone: string) => at.toZonedDateTimeISO(zone).offsetNanoseconds;
