import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { visibleEvent } from '../events/found.ts';
import { id } from '../fields.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import { giveBack, joinWaiting, leaveWaiting } from './exchanges.ts';
import { foundPreferences, preferencesJson, publicVisit } from './found.ts';
import { PreferencesWrite, SwapWrite } from './input.ts';
import { choicesOf, visitsOf } from './queries.ts';
import { acceptSwap, proposeSwap, withdrawSwap } from './swapping.ts';
import { statePreferences } from './wishes.ts';

const tags = ['study visits'];
const security = [{ token: [] }];
const BySlug = z.object({ slug: z.string().max(200) });
const ByRegistration = BySlug.extend({ registration: id });
const ByVisit = ByRegistration.extend({ visit: id });
const BySwap = ByRegistration.extend({ swap: id });
const config = { audience: 'person' } as const;
const base = '/api/events/:slug/preferences/:registration';

/** What a participant, their delegation's contact and an organiser do about one person's visits. */
export function studyVisitsApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;
  const shown = async (
    request: Parameters<typeof foundPreferences>[0],
    { slug, registration }: z.output<typeof ByRegistration>,
  ) => preferencesJson(await foundPreferences(request, registration, signedIn(request), slug));

  app.get(
    '/api/events/:slug/visits',
    {
      config: { audience: 'public' },
      schema: { tags, summary: 'The visits of an event, and how they are given out', params: BySlug },
    },
    async (request) => {
      const event = await visibleEvent(request, request.params.slug);
      const items = (await visitsOf(db, event.id)).filter(({ places }) => places !== null).map(publicVisit);
      return { choices: (await choicesOf(db, event.id)) ?? null, items };
    },
  );

  app.get(
    base,
    { config, schema: { tags, security, summary: 'What somebody wishes, what they have, and why', params: ByRegistration } },
    (request) => shown(request, request.params),
  );
  app.put(
    base,
    {
      config,
      schema: {
        tags,
        security,
        summary: 'Say what somebody wishes, the dearest first',
        params: ByRegistration,
        body: PreferencesWrite,
      },
    },
    async (request) => {
      await foundPreferences(request, request.params.registration, signedIn(request), request.params.slug);
      await statePreferences(db, signedIn(request), request.params.registration, request.body, clock());
      return shown(request, request.params);
    },
  );

  const act = (method: 'PUT' | 'DELETE', noun: 'places' | 'waiting', summary: string, action: typeof giveBack) =>
    app.route({
      method,
      url: `${base}/${noun}/:visit`,
      config,
      schema: { tags, security, summary, params: ByVisit },
      handler: async (request) => {
        await foundPreferences(request, request.params.registration, signedIn(request), request.params.slug);
        await action(db, signedIn(request), request.params.registration, request.params.visit, clock());
        return shown(request, request.params);
      },
    });
  act('DELETE', 'places', 'Give a visit back; it goes to whoever waits first', giveBack);
  act('PUT', 'waiting', 'Wait for a place of a visit', joinWaiting);
  act('DELETE', 'waiting', 'Wait for it no longer', leaveWaiting);

  app.post(
    `${base}/swaps`,
    {
      config,
      schema: {
        tags,
        security,
        summary: 'Offer a visit for another; whoever has that may accept',
        params: ByRegistration,
        body: SwapWrite,
      },
    },
    (request, reply) =>
      once(request, reply, async () => {
        await foundPreferences(request, request.params.registration, signedIn(request), request.params.slug);
        return { id: await proposeSwap(db, signedIn(request), request.params.registration, request.body, clock()) };
      }),
  );
  const swap = (method: 'PUT' | 'DELETE', path: string, summary: string, action: typeof acceptSwap) =>
    app.route({
      method,
      url: `${base}/swaps/:swap${path}`,
      config,
      schema: { tags, security, summary, params: BySwap },
      handler: async (request) => {
        await foundPreferences(request, request.params.registration, signedIn(request), request.params.slug);
        await action(db, signedIn(request), request.params.registration, request.params.swap, clock());
        return shown(request, request.params);
      },
    });
  swap('PUT', '/acceptance', 'Accept it: both change places', acceptSwap);
  swap('DELETE', '', 'Take one’s own proposal back', withdrawSwap);
}
