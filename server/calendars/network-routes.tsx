import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { MonthPage } from '../../web/calendars/month-page.tsx';
import { NetworkMapPage } from '../../web/calendars/network-map-page.tsx';
import { translator } from '../../web/locales/translate.ts';
import { publishedActivity } from '../activities/queries.ts';
import { NotFound } from '../errors.ts';
import { id } from '../fields.ts';
import { filterOf } from '../http/forms.ts';
import { pageContext, sendPublicPage } from '../http/pages.tsx';
import { feedStart } from './feed-queries.ts';
import { activityEntry, eventEntry } from './feeds.ts';
import { eventPublish } from './ical.ts';
import { CalendarFilter } from './input.ts';
import { calendarMonth, found, networkMap } from './network.ts';
import { shownNetworks } from './network-queries.ts';
import { sendFile, sendPublicFeed } from './routes.ts';

const open = { config: { audience: 'public' as const }, schema: { hide: true } };

/** The network's calendar and map, for everybody and for programs. */
export function networkCalendarRoutes(app: FastifyInstance): void {
  const { db, config, clock } = app.system;
  const reading = (request: FastifyRequest) => ({ publicUrl: config.publicUrl, language: request.language });
  const tomorrow = () => clock().toZonedDateTimeISO(config.defaultZone).startOfDay().add({ days: 1 }).toInstant();

  app.get('/calendar', open, (request, reply) => {
    const { filter, errors } = filterOf(request, CalendarFilter);
    return sendPublicPage(request, reply, async () => {
      const [shown, networks] = await Promise.all([calendarMonth(db, filter, config.defaultZone, clock()), shownNetworks(db)]);
      const today = clock().toZonedDateTimeISO(config.defaultZone).toPlainDate();
      return {
        node: <MonthPage ctx={pageContext(request)} {...shown} {...{ networks, filter, errors, today }} />,
        until: tomorrow(),
      };
    });
  });

  app.get('/calendar.ics', open, (request, reply) => {
    const { filter } = filterOf(request, CalendarFilter);
    const { kind = '', network = '' } = filter;
    return sendPublicFeed(
      request,
      reply,
      async () => {
        const now = clock();
        const to = now.toZonedDateTimeISO('UTC').add({ years: 10 }).toInstant();
        const { events, activities } = await found(db, filter, { from: feedStart(now), to });
        const name = translator(request.language)('calendars.feed.all', { installation: config.installationName });
        return {
          name,
          entries: [
            ...events.map((one) => eventEntry(one, reading(request))),
            ...activities.map((one) => activityEntry(one, reading(request))),
          ],
        };
      },
      `${kind} ${network}`,
    );
  });

  app.get<{ Params: { id: string } }>('/activities/:id.ics', open, async (request, reply) => {
    const key = id.safeParse(request.params.id);
    const activity = key.success ? await publishedActivity(db, key.data) : undefined;
    if (!activity) throw new NotFound();
    return sendFile(reply, 'activity', eventPublish(activityEntry(activity, reading(request))).content);
  });

  app.get('/map', open, (request, reply) =>
    sendPublicPage(request, reply, async () => ({
      node: <NetworkMapPage ctx={pageContext(request)} {...(await networkMap(db, clock()))} />,
      until: tomorrow(),
    })),
  );

  const api = app.withTypeProvider<ZodTypeProvider>();
  api.get(
    '/api/calendar',
    {
      config: { audience: 'public' },
      schema: {
        tags: ['calendars'],
        summary: 'The events and activities of a month, of one kind or network',
        querystring: CalendarFilter,
      },
    },
    async ({ query }) => {
      const { month, items } = await calendarMonth(db, query, config.defaultZone, clock());
      return { month: month.toString(), items };
    },
  );
  api.get(
    '/api/map',
    {
      config: { audience: 'public' },
      schema: {
        tags: ['calendars'],
        summary: 'Coming events, activities of the International Day and members, with their places',
      },
    },
    () => networkMap(db, clock()),
  );
}
