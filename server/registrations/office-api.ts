import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { newId } from '../../db/ids.ts';
import { NotFound } from '../errors.ts';
import { managedEvent } from '../events/found.ts';
import { id } from '../fields.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import { organises } from './access.ts';
import { orderBulk, undoBulk } from './bulks.ts';
import { eventContextById } from './context.ts';
import { figuresOf } from './figures.ts';
import { BulkWrite } from './input.ts';
import { extendOffer } from './offer-office.ts';
import { bulkById, paymentsOf } from './office-queries.ts';
import { registration } from './queries.ts';

const BySlug = z.object({ slug: z.string().max(200) });
const ByBulk = BySlug.extend({ id });
const tags = ['registrations'];
const security = [{ token: [] }];
const config = { audience: 'back-office' as const };

/** What organisers do with registrations, for programs. */
export function officeRegistrationApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;

  const shown = async (request: FastifyRequest, slug: string, bulkId: string) => {
    const event = await managedEvent(request, slug);
    const bulk = await bulkById(db, event.id, bulkId);
    if (!bulk) throw new NotFound();
    return bulk;
  };

  app.post(
    '/api/events/:slug/registrations/bulk',
    {
      config,
      schema: { tags, security, summary: 'Order the same for many; workers do it one by one', params: BySlug, body: BulkWrite },
    },
    (request, reply) =>
      once(request, reply, async () => {
        const event = await managedEvent(request, request.params.slug);
        const context = await eventContextById(db, event.id);
        const made = await orderBulk(db, signedIn(request), context, request.body, newId(), clock());
        return shown(request, event.slug, made);
      }),
  );

  app.get(
    '/api/events/:slug/registrations/bulk/:id',
    { config, schema: { tags, security, summary: 'How far an order is, and what could not be done', params: ByBulk } },
    (request) => shown(request, request.params.slug, request.params.id),
  );

  app.delete(
    '/api/events/:slug/registrations/bulk/:id',
    { config, schema: { tags, security, summary: 'Take an order back', params: ByBulk } },
    async (request) => {
      const event = await managedEvent(request, request.params.slug);
      await undoBulk(db, signedIn(request), event.id, request.params.id, clock());
      return shown(request, event.slug, request.params.id);
    },
  );

  app.put(
    '/api/events/:slug/waiting-list/:id/extension',
    { config, schema: { tags, security, summary: 'Let an offer stand a day longer', params: ByBulk } },
    async (request) => {
      const event = await managedEvent(request, request.params.slug);
      await extendOffer(db, signedIn(request), event.id, request.params.id);
      return { id: request.params.id };
    },
  );

  app.get(
    '/api/events/:slug/participants',
    { config, schema: { tags, security, summary: 'What the registrations come to', params: BySlug } },
    async (request) => {
      const event = await managedEvent(request, request.params.slug);
      return figuresOf(db, event.id, event.zone);
    },
  );

  app.get(
    '/api/registrations/:id/payments',
    { config, schema: { tags, security, summary: 'The payments of a registration', params: z.object({ id }) } },
    async (request) => {
      const found = await registration(db, request.params.id);
      const scope = found && { eventId: found.event.id, networkId: found.event.networkId };
      if (!scope || !organises(request.viewer, scope)) throw new NotFound();
      return { items: await paymentsOf(db, found.id) };
    },
  );
}
