import type { FastifyInstance } from 'fastify';
import { EventsPage } from '../../web/events/events-page.tsx';
import { NotFound } from '../errors.ts';
import { PageQuery } from '../http/cursor.ts';
import { parse } from '../http/input.ts';
import { pageContext, sendPublicPage } from '../http/pages.tsx';
import { EventFilter } from './input.ts';
import { drawEvent } from './public-page.tsx';
import { eventPage, newSlug } from './queries.ts';
import { nextChange } from './rules.ts';

const hide = { hide: true };

/** What everybody sees of events: the list and each one's page. */
export function eventRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  app.get('/', { config: { audience: 'public' }, schema: hide }, (request, reply) =>
    reply.redirect(`/events${request.url.slice(1)}`, 303),
  );

  app.get('/events', { config: { audience: 'public' }, schema: hide }, (request, reply) =>
    sendPublicPage(request, reply, async () => {
      const query = parse(PageQuery.extend(EventFilter.shape), request.query);
      const { items, next } = await eventPage(db, request.viewer, query, clock(), query);
      const until = nextChange(
        items.flatMap((event) => [event.startsAt, event.endsAt]),
        clock(),
      );
      return { node: <EventsPage ctx={pageContext(request)} events={items} next={next} past={query.past ?? false} />, until };
    }),
  );

  app.get('/events/:slug', { config: { audience: 'public' }, schema: hide }, async (request, reply) => {
    const { slug } = request.params as { slug: string };
    try {
      return await sendPublicPage(request, reply, () => drawEvent(request, slug));
    } catch (error) {
      const moved = error instanceof NotFound ? await newSlug(db, slug) : undefined;
      if (!moved) throw error;
      return reply.redirect(`/events/${moved}`, 301);
    }
  });
}
