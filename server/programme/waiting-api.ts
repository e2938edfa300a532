import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { NotFound } from '../errors.ts';
import { managedEvent, visibleEvent } from '../events/found.ts';
import { id } from '../fields.ts';
import { signedIn } from '../http/viewer.ts';
import { ownChoices } from './choices.ts';
import { draftProgramme } from './queries.ts';
import { waitingFor } from './waiting.ts';
import { stopWaiting, waitForSession } from './waiting-actions.ts';

const BySession = z.object({ slug: z.string().max(200), session: id });
const tags = ['programme'];
const security = [{ token: [] }];
const person = { audience: 'person' as const };

/** The waiting lists of full sessions, for programs. */
export function waitingApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;

  app.get(
    '/api/events/:slug/sessions/:session/waiting-list',
    {
      config: { audience: 'back-office' },
      schema: { tags, security, summary: 'Who waits for a session, in order, and who got a place since', params: BySession },
    },
    async (request) => {
      const event = await managedEvent(request, request.params.slug);
      const { sessions } = await draftProgramme(db, event.id);
      if (!sessions.some((session) => session.id === request.params.session)) throw new NotFound();
      return { items: await waitingFor(db, request.params.session) };
    },
  );

  for (const [method, act, summary] of [
    ['PUT', waitForSession, 'Wait for a place in a full session: whoever is first gets the next'],
    ['DELETE', stopWaiting, 'Wait no more'],
  ] as const)
    app.route({
      method,
      url: '/api/events/:slug/sessions/:session/waiting',
      config: person,
      schema: { tags, security, summary, params: BySession },
      handler: async (request) => {
        const event = await visibleEvent(request, request.params.slug);
        const viewer = signedIn(request);
        await act(db, viewer, event.id, request.params.session, clock());
        const { chosen, waiting } = await ownChoices(db, event.id, viewer.personId);
        const { session } = request.params;
        return { session, chosen: chosen.includes(session), waiting: waiting[session] ?? null };
      },
    });
}
