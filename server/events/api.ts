import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { PageQuery } from '../http/cursor.ts';
import { once } from '../http/idempotency.ts';
import { noteMentioned, onlyMentioned } from '../http/mentioned.ts';
import { signedIn } from '../http/viewer.ts';
import { changeEvent, createEvent } from './actions.ts';
import { visibleEvent } from './found.ts';
import { EventChange, EventFilter, EventWrite } from './input.ts';
import { eventPage } from './queries.ts';

const BySlug = z.object({ slug: z.string().max(200) });
const tags = ['events'];
const security = [{ token: [] }];

/** Events for programs: published ones for everybody, drafts for who runs them. */
export function eventApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;

  app.get(
    '/api/events',
    {
      config: { audience: 'public' },
      schema: { tags, summary: 'Events: coming ones by date, or past ones', querystring: PageQuery.extend(EventFilter.shape) },
    },
    (request) => eventPage(db, request.viewer, request.query, clock(), request.query),
  );

  app.post(
    '/api/events',
    { config: { audience: 'back-office' }, schema: { tags, security, summary: 'A new event, a draft', body: EventWrite } },
    (request, reply) =>
      once(request, reply, async () => visibleEvent(request, await createEvent(db, signedIn(request), request.body, clock()))),
  );

  app.get(
    '/api/events/:slug',
    { config: { audience: 'public' }, schema: { tags, summary: 'An event', params: BySlug } },
    (request) => visibleEvent(request, request.params.slug),
  );

  app.patch(
    '/api/events/:slug',
    {
      config: { audience: 'back-office' },
      schema: { tags, security, summary: 'Change what is mentioned', params: BySlug, body: EventChange },
      preValidation: noteMentioned,
    },
    async (request) => {
      const change = onlyMentioned(request, request.body);
      return visibleEvent(request, await changeEvent(db, signedIn(request), request.params.slug, change, clock()));
    },
  );
}
