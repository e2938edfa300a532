import type { Missing, Section } from '../../server/events/completeness.ts';
import { SECTIONS } from '../../server/events/completeness.ts';
import type { EventChangeRow } from '../../server/events/history.ts';
import type { OfficeEvent } from '../../server/events/office.ts';
import { countryName, formatInstant, formatList, languageName } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Stats } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { Tag } from '../ui/tag.tsx';
import { lastChange } from './history-page.tsx';
import { OfficeFrame } from './office-frame.tsx';
import { days } from './words.ts';

export interface ManageEventPageProps {
  ctx: PageContext;
  event: OfficeEvent;
  items: Missing[];
  last: EventChangeRow | undefined;
  mayCopy: boolean;
}

/** One event at a glance for whoever runs it: what needs them, its numbers, its parts, what can be done with it. */
export function ManageEventPage({ ctx, event, items, last, mayCopy }: ManageEventPageProps) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}`;
  const { capacity, free } = event.places;
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      lead={[days(event, ctx.language), event.host?.name].filter(Boolean).join(' · ')}
      actions={<Actions ctx={ctx} event={event} mayCopy={mayCopy} />}
      tab="overview"
    >
      <NextStep ctx={ctx} event={event} items={items} />
      <h2 class="unseen" id="numbers">
        {t('events.office.numbers')}
      </h2>
      <Stats
        ctx={ctx}
        stats={[
          { words: t('events.number.confirmed'), value: event.confirmed, href: `${path}/registrations?state=confirmed` },
          { words: t('events.number.pending'), value: event.pending, href: `${path}/registrations?state=pending` },
          { words: t('events.number.waiting'), value: event.waitingPeople, href: `${path}/waiting-list` },
          { words: t('events.number.free'), value: free, note: t('events.number.of', { n: capacity }) },
        ]}
      />
      <h2>{t('events.office.parts')}</h2>
      <ul class="sections">
        {SECTIONS.map((section) => (
          <li key={section}>
            <h3>
              <a href={`${path}/${section}`}>{t(`events.section.${section}`)}</a>
            </h3>
            <p>{summaryOf(ctx, event, section)}</p>
            <SectionState ctx={ctx} items={items.filter((item) => item.section === section)} />
          </li>
        ))}
      </ul>
      {last && (
        <p class="hint">
          <a href={`${path}/history`}>{t('events.office.tab.history')}</a>: {lastChange(ctx, last)}
        </p>
      )}
    </OfficeFrame>
  );
}

function Actions({ ctx, event, mayCopy }: Pick<ManageEventPageProps, 'ctx' | 'event' | 'mayCopy'>) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}`;
  const over = Temporal.Instant.compare(event.endsAt, ctx.now) < 0;
  return (
    <ButtonRow>
      <ButtonLink kind="secondary" href={`/events/${event.slug}`}>
        {event.publishedAt ? t('events.office.public') : t('events.office.preview')}
      </ButtonLink>
      {mayCopy && (
        <ButtonLink kind="secondary" href={`${path}/copies/new`}>
          {t('events.copy.title')}
        </ButtonLink>
      )}
      {event.publishedAt && !event.cancelledAt && !over && (
        <ButtonLink kind="secondary" href={event.closedAt ? `${path}/closing/removal` : `${path}/closing`}>
          {event.closedAt ? t('events.closing.reopen') : t('events.closing.close')}
        </ButtonLink>
      )}
      {event.publishedAt && !event.cancelledAt && (
        <ButtonLink kind="quiet" href={`${path}/publication/removal`}>
          {t('events.publication.back')}
        </ButtonLink>
      )}
      <ButtonLink kind="quiet" href={event.cancelledAt ? `${path}/cancellation/removal` : `${path}/cancellation`}>
        {event.cancelledAt ? t('events.cancellation.reinstate') : t('events.cancellation.cancel')}
      </ButtonLink>
    </ButtonRow>
  );
}

function NextStep({ ctx, event, items }: Pick<ManageEventPageProps, 'ctx' | 'event' | 'items'>) {
  const { t } = ctx;
  const blocking = items.filter((item) => item.blocks).length;
  if (event.cancelledAt) return <Notice kind="error">{t('events.page.cancelled')}</Notice>;
  if (event.publishedAt) return null;
  return (
    <Notice kind={blocking > 0 ? 'warning' : 'info'} title={t('events.office.draft')}>
      <p>{blocking > 0 ? t('events.office.blocking', { n: blocking }) : t('events.office.ready')}</p>
      <p>
        <ButtonLink href={`/back-office/events/${event.slug}/publication`}>
          {blocking > 0 ? t('events.office.whatMissing') : t('events.publication.title')}
        </ButtonLink>
      </p>
    </Notice>
  );
}

function SectionState({ ctx, items }: { ctx: PageContext; items: Missing[] }) {
  const blocking = items.filter((item) => item.blocks).length;
  if (items.length === 0) return null;
  return (
    <p>
      <Tag tone={blocking > 0 ? 'bad' : 'wait'}>
        {blocking > 0 ? ctx.t('events.office.needed', { n: blocking }) : ctx.t('events.office.better', { n: items.length })}
      </Tag>
    </p>
  );
}

// What stands in a section, in one line.
function summaryOf(ctx: PageContext, event: OfficeEvent, section: Section): string {
  const { t, language } = ctx;
  const list = (parts: (string | null | undefined | false)[]) => parts.filter(Boolean).join(' · ');
  const moment = (at: Temporal.Instant | null) => at && formatInstant(at, language, event.zone);
  switch (section) {
    case 'about':
      return list([
        t(`events.kind.${event.kind}`),
        event.network && textIn(event.network.name, [language, 'en']),
        event.host?.name,
      ]);
    case 'languages':
      return formatList(
        event.languages.map((tag) => languageName(tag, language)),
        language,
      );
    case 'texts':
      return textIn(event.summary, [language], event.defaultLanguage);
    case 'when':
      return list([`${moment(event.startsAt)} – ${moment(event.endsAt)}`, event.zone]);
    case 'where':
      return list([
        t(`events.attendance.${event.attendance}`),
        textIn(event.venue, [language], event.defaultLanguage),
        event.country && countryName(event.country, language),
      ]);
    case 'registration':
      return list([
        event.registrationOpensAt && `${t('events.window.opens')} ${moment(event.registrationOpensAt)}`,
        event.registrationClosesAt && `${t('events.window.closes')} ${moment(event.registrationClosesAt)}`,
        event.approval && t('events.field.approval'),
      ]);
    case 'places':
      return list([
        t('events.office.places', { n: event.places.capacity }),
        (event.limitMember !== null || event.limitNonMember !== null) &&
          `${t('events.page.limit')}: ${event.limitMember ?? '∞'} / ${event.limitNonMember ?? '∞'}`,
      ]);
    case 'categories':
      return event.categories.map(({ key, name }) => textIn(name, [language], event.defaultLanguage) || key).join(', ');
    case 'prices':
      return list([
        event.currency,
        event.lateFrom && t('events.page.from', { date: formatInstant(event.lateFrom, language, event.zone, 'date') }),
        event.reducedCountries.length > 0 && t('events.office.reduced', { n: event.reducedCountries.length }),
      ]);
  }
}
