import { readIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import type { Crumb } from '../ui/breadcrumbs.tsx';
import { LangText } from '../ui/content.tsx';
import type { Fact } from '../ui/facts.tsx';
import { When } from '../ui/when.tsx';

/** What the pages about registrations say of an event. */
export interface EventLine {
  slug: string;
  title: Record<string, string>;
  defaultLanguage: string;
  zone: string;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  venue: Record<string, string>;
  address: string;
  currency: string;
  paymentDetails: Record<string, string>;
}

export function eventTitle(ctx: PageContext, event: Pick<EventLine, 'title' | 'defaultLanguage' | 'slug'>): string {
  return readIn(event.title, [ctx.language], event.defaultLanguage)?.text ?? event.slug;
}

/** The way back to the event. */
export function eventCrumb(ctx: PageContext, event: Pick<EventLine, 'title' | 'defaultLanguage' | 'slug'>): Crumb {
  const read = readIn(event.title, [ctx.language], event.defaultLanguage);
  return {
    words: read?.text ?? event.slug,
    href: `/events/${event.slug}`,
    lang: read && read.lang !== ctx.language ? read.lang : undefined,
  };
}

/** When and where. */
export function eventFacts(ctx: PageContext, event: EventLine): Fact[] {
  const where = Object.keys(event.venue).length > 0 || event.address !== '';
  return [
    {
      term: ctx.t('registrations.fact.when'),
      value: <When ctx={ctx} at={event.startsAt} until={event.endsAt} zone={event.zone} />,
    },
    ...(where
      ? [
          {
            term: ctx.t('registrations.fact.where'),
            value: (
              <>
                <LangText ctx={ctx} map={event.venue} defaultLanguage={event.defaultLanguage} /> {event.address}
              </>
            ),
          },
        ]
      : []),
  ];
}
