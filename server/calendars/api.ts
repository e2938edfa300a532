import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { managedEvent } from '../events/found.ts';
import { id } from '../fields.ts';
import { PageQuery } from '../http/cursor.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import { makeFeed, revokeFeed } from './feed-actions.ts';
import { feedsOf, networksWithEvents } from './feed-queries.ts';
import { urlOf } from './feed-routes.tsx';
import { AnswerFilter, FeedWrite } from './input.ts';
import { answerCounts, answerPage } from './queries.ts';

const tags = ['calendars'];
const security = [{ token: [] }];

/** Calendars for programs: what can be subscribed to, and what calendar programs answered. */
export function calendarApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, config, clock } = fastify.system;

  app.get(
    '/api/calendars',
    { config: { audience: 'public' }, schema: { tags, summary: 'The calendars that anybody may subscribe to' } },
    async () => ({
      all: `${config.publicUrl}/calendars/all.ics`,
      networks: (await networksWithEvents(db)).map(({ slug, name }) => ({
        slug,
        name,
        url: `${config.publicUrl}/calendars/networks/${slug}.ics`,
      })),
    }),
  );

  app.get(
    '/api/account/calendars',
    { config: { audience: 'person' }, schema: { tags, security, summary: 'Your own calendars, with their secret addresses' } },
    async (request) => ({
      items: (await feedsOf(db, signedIn(request).personId)).map((feed) => ({ ...feed, url: urlOf(config, feed) })),
    }),
  );

  app.post(
    '/api/account/calendars',
    { config: { audience: 'person' }, schema: { tags, security, summary: 'Make a calendar for yourself', body: FeedWrite } },
    (request, reply) =>
      once(request, reply, async () => {
        const made = await makeFeed(db, config.secret, signedIn(request).personId, request.body, clock());
        return { id: made, ...request.body, url: urlOf(config, { id: made }) };
      }),
  );

  app.delete(
    '/api/account/calendars/:id',
    {
      config: { audience: 'person' },
      schema: { tags, security, summary: 'Make the address of a calendar lead nowhere', params: z.object({ id }) },
    },
    async (request) => {
      await revokeFeed(db, signedIn(request).personId, request.params.id, clock());
      return { id: request.params.id, revoked: true };
    },
  );

  app.get(
    '/api/events/:slug/calendar-answers',
    {
      config: { audience: 'back-office' },
      schema: {
        tags,
        security,
        summary: 'What calendar programs answered, the latest first, and how many of each there are',
        params: z.object({ slug: z.string().max(200) }),
        querystring: PageQuery.extend(AnswerFilter.shape),
      },
    },
    async (request) => {
      const event = await managedEvent(request, request.params.slug);
      const { cursor, limit, ...filter } = request.query;
      const [page, counts] = await Promise.all([answerPage(db, event.id, filter, { cursor, limit }), answerCounts(db, event.id)]);
      return { ...page, counts };
    },
  );
}
