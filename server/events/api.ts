import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { NotFound } from '../errors.ts';
import { PageQuery } from '../http/cursor.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import { cancelEvent, changeEvent, createEvent, publishEvent, unpublishEvent } from './actions.ts';
import { CancellationWrite, EventChange, EventFilter, EventWrite } from './input.ts';
import { eventBySlug, eventPage } from './queries.ts';
import { mayManage } from './rules.ts';

const BySlug = z.object({ slug: z.string().max(200) });
const tags = ['events'];
const security = [{ token: [] }];

/** What a PATCH mentioned, before the schema fills in what it did not. */
const mentioned = new WeakMap<FastifyRequest, Set<string>>();

/** Events for programs: published ones for everybody, drafts for who runs them. */
export function eventApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock, config } = fastify.system;

  const visible = async (request: FastifyRequest, slug: string) => {
    const event = await eventBySlug(db, slug);
    if (!event || (!event.publishedAt && !mayManage(request.viewer, event))) throw new NotFound();
    return { ...event, url: `${config.publicUrl}/events/${event.slug}` };
  };

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
      once(request, reply, async () => visible(request, await createEvent(db, signedIn(request), request.body, clock()))),
  );

  app.get(
    '/api/events/:slug',
    { config: { audience: 'public' }, schema: { tags, summary: 'An event', params: BySlug } },
    (request) => visible(request, request.params.slug),
  );

  app.patch(
    '/api/events/:slug',
    {
      config: { audience: 'back-office' },
      schema: { tags, security, summary: 'Change what is mentioned', params: BySlug, body: EventChange },
      preValidation: async (request) => {
        mentioned.set(request, new Set(Object.keys(request.body ?? {})));
      },
    },
    async (request) => {
      const change = Object.fromEntries(Object.entries(request.body).filter(([name]) => mentioned.get(request)?.has(name)));
      await changeEvent(db, signedIn(request), request.params.slug, change, clock());
      return visible(request, request.params.slug);
    },
  );

  app.put(
    '/api/events/:slug/publication',
    { config: { audience: 'back-office' }, schema: { tags, security, summary: 'Publish', params: BySlug } },
    async (request) => {
      await publishEvent(db, signedIn(request), request.params.slug, clock());
      return visible(request, request.params.slug);
    },
  );

  app.delete(
    '/api/events/:slug/publication',
    { config: { audience: 'back-office' }, schema: { tags, security, summary: 'Back to a draft', params: BySlug } },
    async (request) => {
      await unpublishEvent(db, signedIn(request), request.params.slug, clock());
      return visible(request, request.params.slug);
    },
  );

  app.put(
    '/api/events/:slug/cancellation',
    {
      config: { audience: 'back-office' },
      schema: { tags, security, summary: 'Cancel the event', params: BySlug, body: CancellationWrite },
    },
    async (request) => {
      await cancelEvent(db, signedIn(request), request.params.slug, request.body, clock());
      return visible(request, request.params.slug);
    },
  );

  app.delete(
    '/api/events/:slug/cancellation',
    { config: { audience: 'back-office' }, schema: { tags, security, summary: 'Take the cancellation back', params: BySlug } },
    async (request) => {
      await cancelEvent(db, signedIn(request), request.params.slug, null, clock());
      return visible(request, request.params.slug);
    },
  );
}
