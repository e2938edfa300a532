import type { FastifyInstance } from 'fastify';
import { EventsPage } from '../../web/events/events-page.tsx';
import { hasBackOffice } from '../accounts/access.ts';
import { NotFound } from '../errors.ts';
import { PAGE_SIZE } from '../http/cursor.ts';
import { cursorOf, filterOf } from '../http/forms.ts';
import { pageContext, sendPublicPage } from '../http/pages.tsx';
import { visibleEvent } from './found.ts';
import { EventFilter } from './input.ts';
import { drawEvent } from './public-page.tsx';
import { eventChoices, eventPage, newSlug } from './queries.ts';
import { nextChange } from './rules.ts';

const hide = { hide: true };

/** What everybody sees of events: the list and each one's page. */
export function eventRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  // Home is where one's work is. What was to be said after signing in or out goes along.
  app.get('/', { config: { audience: 'public' }, schema: hide }, ({ viewer, url }, reply) => {
    const home = hasBackOffice(viewer) ? '/back-office' : viewer ? '/registrations' : '/events';
    return reply.header('cache-control', 'private, no-store').redirect(`${home}${url.slice(1)}`, 303);
  });

  app.get('/events', { config: { audience: 'public' }, schema: hide }, (request, reply) => {
    const { filter, errors } = filterOf(request, EventFilter);
    const cursor = cursorOf(request);
    return sendPublicPage(request, reply, async () => {
      const now = clock();
      // The list is the same for everybody: drafts are for the back office.
      const [{ items, next }, choices] = await Promise.all([
        eventPage(db, null, filter, now, { cursor, limit: PAGE_SIZE }),
        eventChoices(db, filter.past ?? false, now),
      ]);
      const moments = items.flatMap((event) => [event.registrationOpensAt, event.registrationClosesAt, event.endsAt]);
      const data = { events: items, next, filter, choices, later: cursor !== undefined, errors };
      return { node: <EventsPage ctx={pageContext(request)} {...data} />, until: nextChange([...moments, choices.nextEnd], now) };
    });
  });

  app.get('/events/:slug', { config: { audience: 'public' }, schema: hide }, async (request, reply) => {
    const { slug } = request.params as { slug: string };
    try {
      return await sendPublicPage(request, reply, () => drawEvent(request, slug));
    } catch (error) {
      const moved = error instanceof NotFound ? await newSlug(db, slug) : undefined;
      if (!moved) throw error;
      await visibleEvent(request, moved);
      return reply.redirect(`/events/${moved}`, 301);
    }
  });
}
