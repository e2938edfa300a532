import type { FastifyInstance } from 'fastify';
import { textIn } from '../../web/locales/text-map.ts';
import { NotFound } from '../errors.ts';
import { eventBySlug } from '../events/queries.ts';
import { mayManage } from '../events/rules.ts';
import { calendarFile } from './ical.ts';

/** Every `.ics` that can be fetched. */
export function calendarRoutes(app: FastifyInstance): void {
  const { db, config } = app.system;

  app.get('/events/:slug.ics', { config: { audience: 'public' }, schema: { hide: true } }, async (request, reply) => {
    const event = await eventBySlug(db, (request.params as { slug: string }).slug);
    if (!event || (!event.publishedAt && !mayManage(request.viewer, event))) throw new NotFound();
    const url = `${config.publicUrl}/events/${event.slug}`;
    const inWords = (texts: Record<string, string>) => textIn(texts, [request.language], event.defaultLanguage);
    const file = calendarFile([
      {
        uid: `${event.id}@${new URL(config.publicUrl).hostname}`,
        sequence: event.sequence,
        stamp: event.updatedAt,
        created: event.createdAt,
        startsAt: event.startsAt,
        endsAt: event.endsAt,
        summary: inWords(event.title),
        description: `${inWords(event.summary)}\n${url}`,
        location: [inWords(event.venue), event.address].filter(Boolean).join(', '),
        url,
        cancelled: event.cancelledAt !== null,
      },
    ]);
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', `attachment; filename="${event.slug}.ics"`)
      .send(file);
  });
}
