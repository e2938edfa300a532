import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { id, optional } from '../fields.ts';
import { PageQuery } from '../http/cursor.ts';
import { takeSteps } from './actions.ts';
import { changesSince, deviceList } from './devices.ts';
import { keptDoor } from './found.ts';
import { CheckInsWrite, instant } from './input.ts';
import { checkIns, counts } from './queries.ts';

const BySlug = z.object({ slug: z.string().max(200) });
const tags = ['door'];
const security = [{ token: [] }];
// Whoever keeps the door: those who run the event by sign-in or token, volunteers by their device. `keptDoor` holds it to that.
const config = { audience: 'public' as const };

/** The door, for programs and for the devices that keep it. */
export function doorApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock, config: settings } = fastify.system;

  app.post(
    '/api/events/:slug/check-ins',
    {
      config,
      schema: {
        tags,
        security,
        summary: 'Say who came: many steps at once, each counted once however often it is sent',
        params: BySlug,
        body: CheckInsWrite,
      },
    },
    async (request) => {
      const { event, keeper } = await keptDoor(request, request.params.slug);
      const now = clock();
      return { at: now, results: await takeSteps(db, keeper, event, request.body, { secret: settings.secret, now }) };
    },
  );

  app.get(
    '/api/events/:slug/check-ins',
    {
      config,
      schema: {
        tags,
        security,
        summary: 'Who came: to the event, or to one session or visit',
        params: BySlug,
        querystring: PageQuery.extend({ session: optional(id) }),
      },
    },
    async (request) => {
      const { event } = await keptDoor(request, request.params.slug);
      return checkIns(db, event.id, request.query.session ?? null, request.query);
    },
  );

  app.get(
    '/api/events/:slug/check-ins/counts',
    {
      config,
      schema: { tags, security, summary: 'How many were expected and came, to the event and each session', params: BySlug },
    },
    async (request) => {
      const { event } = await keptDoor(request, request.params.slug);
      return { items: await counts(db, event.id) };
    },
  );

  app.get(
    '/api/events/:slug/check-ins/changes',
    {
      config,
      schema: {
        tags,
        security,
        summary: 'Whose presence changed since',
        params: BySlug,
        querystring: z.object({ since: optional(instant).describe('Everything when left out') }),
      },
    },
    async (request) => {
      const { event } = await keptDoor(request, request.params.slug);
      return changesSince(db, event.id, request.query.since ?? Temporal.Instant.fromEpochMilliseconds(0), clock());
    },
  );

  app.get(
    '/api/events/:slug/door',
    {
      config,
      schema: { tags, security, summary: 'All that a device needs to keep the door without connection', params: BySlug },
    },
    async (request, reply) => {
      const { event } = await keptDoor(request, request.params.slug);
      reply.header('cache-control', 'private, no-store');
      return deviceList(db, event, { secret: settings.secret, now: clock() });
    },
  );
}
