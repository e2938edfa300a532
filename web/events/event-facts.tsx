import { countryName, formatList, formatMoney, formatNumber, languageName } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { LangText } from '../ui/content.tsx';
import { DefinitionList, type Fact, Progress } from '../ui/facts.tsx';
import { Tag } from '../ui/tag.tsx';
import { When } from '../ui/when.tsx';
import type { EventView } from './event-page.tsx';
import { RegistrationTag } from './events-page.tsx';

/** When, where, with whom, in which languages, what is left and how long one may register. */
export function EventFacts({ ctx, event }: { ctx: PageContext; event: EventView }) {
  const { t } = ctx;
  const { capacity, free, waiting } = event.places;
  const over = Temporal.Instant.compare(event.endsAt, ctx.now) < 0;
  const facts: (Fact | null | false)[] = [
    { term: t('events.page.when'), value: <When ctx={ctx} at={event.startsAt} until={event.endsAt} zone={event.zone} /> },
    { term: t('events.page.where'), value: <Where ctx={ctx} event={event} /> },
    event.host && { term: t('events.page.host'), value: event.host.name },
    event.network && { term: t('events.page.network'), value: textIn(event.network.name, [ctx.language, 'en']) },
    {
      term: t('events.page.languages'),
      value: formatList(
        event.languages.map((tag) => languageName(tag, ctx.language)),
        ctx.language,
      ),
    },
    { term: t('events.page.price'), value: <FromPrice ctx={ctx} event={event} /> },
    capacity > 0 &&
      !over && {
        term: t('events.page.places'),
        value:
          free > 0 ? (
            <Progress ctx={ctx} label={t('events.page.left', { n: free })} value={capacity - free} total={capacity} />
          ) : (
            <>
              <Tag tone="wait">{t('events.page.full')}</Tag>{' '}
              {event.waitingList && (
                <span>{waiting > 0 ? t('events.page.waiting', { n: waiting }) : t('events.page.waitingOpen')}</span>
              )}
            </>
          ),
      },
    limitOf(ctx, event),
    { term: t('events.page.registration'), value: <Window ctx={ctx} event={event} /> },
    {
      term: t('events.page.calendar'),
      value: (
        <a href={`/events/${event.slug}.ics`} download>
          {t('events.page.calendarFile')}
        </a>
      ),
    },
  ];
  return <DefinitionList facts={facts} />;
}

function Where({ ctx, event }: { ctx: PageContext; event: EventView }) {
  const { t } = ctx;
  const place = [event.address, event.country && countryName(event.country, ctx.language)].filter(Boolean).join(', ');
  return (
    <>
      {event.attendance !== 'onsite' && (
        <p>{event.attendance === 'online' ? t('events.attendance.online') : t('events.attendance.hybrid')}</p>
      )}
      {event.attendance !== 'online' && (
        <p>
          <strong>
            <LangText ctx={ctx} map={event.venue} defaultLanguage={event.defaultLanguage} />
          </strong>
          {Object.keys(event.venue).length > 0 && place && <br />}
          {place}
        </p>
      )}
    </>
  );
}

function FromPrice({ ctx, event }: { ctx: PageContext; event: EventView }) {
  const prices = event.categories.map((category) => category.price);
  const [least, most] = [Math.min(...prices), Math.max(...prices)];
  if (prices.length === 0 || most === 0) return <>{ctx.t('events.page.free')}</>;
  const money = (minor: number) => (minor === 0 ? ctx.t('events.page.free') : formatMoney(minor, event.currency, ctx.language));
  return <>{least === most ? money(least) : ctx.t('events.page.fromTo', { least: money(least), most: money(most) })}</>;
}

function limitOf(ctx: PageContext, event: EventView): Fact | null {
  const { limitMember, limitNonMember } = event;
  const number = (limit: number | null) => (limit === null ? ctx.t('events.page.unlimited') : formatNumber(limit, ctx.language));
  if (limitMember === null && limitNonMember === null) return null;
  return {
    term: ctx.t('events.page.limit'),
    value:
      limitMember === limitNonMember
        ? number(limitMember)
        : ctx.t('events.page.limits', { members: number(limitMember), others: number(limitNonMember) }),
  };
}

function Window({ ctx, event }: { ctx: PageContext; event: EventView }) {
  const { t } = ctx;
  return (
    <>
      <p>
        <RegistrationTag ctx={ctx} event={event} />
      </p>
      {event.registrationOpensAt && Temporal.Instant.compare(ctx.now, event.registrationOpensAt) < 0 && (
        <p>
          {t('events.window.opens')} <When ctx={ctx} at={event.registrationOpensAt} zone={event.zone} />
        </p>
      )}
      {event.registrationClosesAt && (
        <p>
          {t('events.window.closes')} <When ctx={ctx} at={event.registrationClosesAt} zone={event.zone} />
        </p>
      )}
      {event.approval && <p>{t('events.page.approval')}</p>}
    </>
  );
}
