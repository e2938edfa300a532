import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { managedEvent } from '../events/found.ts';
import { id } from '../fields.ts';
import { signedIn } from '../http/viewer.ts';
import { closeDoor, doorsOf, openDoor } from './doors.ts';
import { keptDoor } from './found.ts';
import { DoorWrite, WalkInsWrite } from './input.ts';
import { takeWalkIns, walkInsOf } from './walk-ins.ts';

const BySlug = z.object({ slug: z.string().max(200) });
const ById = BySlug.extend({ id });
const tags = ['door'];
const security = [{ token: [] }];
const office = { audience: 'back-office' as const };
// Volunteers by their device too: `keptDoor` holds it to that.
const open = { audience: 'public' as const };

/** The doors that volunteers keep, and whoever comes to one without having registered. */
export function doorsApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock, config } = fastify.system;

  app.get(
    '/api/events/:slug/doors',
    {
      config: office,
      schema: { tags, security, summary: 'The doors that volunteers keep, and with which devices', params: BySlug },
    },
    async (request) => {
      const event = await managedEvent(request, request.params.slug);
      return { items: await doorsOf(db, event.id) };
    },
  );

  app.post(
    '/api/events/:slug/doors',
    {
      config: office,
      schema: {
        tags,
        security,
        summary: 'Make a door for volunteers. Its link is in this answer and nowhere else',
        params: BySlug,
        body: DoorWrite,
      },
    },
    async (request, reply) => {
      const event = await managedEvent(request, request.params.slug);
      // Not under an idempotency key: those keep the answer, and a link is kept nowhere.
      const { id: made, token } = await openDoor(db, signedIn(request), event.id, request.body, clock());
      return reply.code(201).send({ id: made, name: request.body.name, link: `${config.publicUrl}/door-links/${token}` });
    },
  );

  app.delete(
    '/api/events/:slug/doors/:id',
    { config: office, schema: { tags, security, summary: 'Close a door: its devices know nothing more', params: ById } },
    async (request) => {
      const event = await managedEvent(request, request.params.slug);
      await closeDoor(db, signedIn(request), event.id, request.params.id, clock());
      return (await doorsOf(db, event.id)).find((door) => door.id === request.params.id);
    },
  );

  app.get(
    '/api/events/:slug/walk-ins',
    { config: office, schema: { tags, security, summary: 'Who came without having registered', params: BySlug } },
    async (request) => {
      const event = await managedEvent(request, request.params.slug);
      return { items: await walkInsOf(db, event.id) };
    },
  );

  app.post(
    '/api/events/:slug/walk-ins',
    {
      config: open,
      schema: {
        tags,
        security,
        summary: 'Register and check in people who came without having registered, each once however often it is sent',
        params: BySlug,
        body: WalkInsWrite,
      },
    },
    async (request) => {
      const { event, keeper } = await keptDoor(request, request.params.slug);
      const now = clock();
      return { at: now, results: await takeWalkIns(db, keeper, event, request.body, { secret: config.secret, now }) };
    },
  );
}
