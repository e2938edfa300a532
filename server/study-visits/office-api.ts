import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { managedEvent } from '../events/found.ts';
import { id, optional, search } from '../fields.ts';
import { decodeCursor, PageQuery, pageOf } from '../http/cursor.ts';
import { signedIn } from '../http/viewer.ts';
import { setChoices, setFrozen, writeVisit } from './actions.ts';
import { orderAllocation, STEPS } from './allocating.ts';
import { AllocationWrite, ChoicesWrite, PlacementWrite, TogetherWrite, VisitWrite } from './input.ts';
import { placeByHand, placementCost } from './placements.ts';
import { allocatedPeople, choicesOf, lastAllocation, visitsOf } from './queries.ts';
import { releaseAllocation } from './releasing.ts';
import { setTogether } from './wishes.ts';

const tags = ['study visits'];
const security = [{ token: [] }];
const config = { audience: 'back-office' } as const;
const BySlug = z.object({ slug: z.string().max(200) });
const ById = BySlug.extend({ id });
const PeopleQuery = PageQuery.extend({
  visit: optional(z.union([id, z.literal('none')])).describe('A visit, or none'),
  search,
});

/** What giving out visits takes, for programs: settings, each visit, computing, looking, releasing, moving, freezing. */
export function studyVisitsOfficeApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;

  app.put(
    '/api/events/:slug/visits',
    {
      config,
      schema: { tags, security, summary: 'How the visits of an event are given out', params: BySlug, body: ChoicesWrite },
    },
    async (request) => {
      await setChoices(db, signedIn(request), request.params.slug, request.body);
      return overview(request, request.params.slug);
    },
  );
  app.put(
    '/api/events/:slug/visits/:id',
    { config, schema: { tags, security, summary: 'What a session of kind visit is as a visit', params: ById, body: VisitWrite } },
    async (request) => {
      await writeVisit(db, signedIn(request), request.params.slug, request.params.id, request.body);
      return overview(request, request.params.slug);
    },
  );
  app.put(
    '/api/events/:slug/visits/together/:id',
    {
      config,
      schema: {
        tags,
        security,
        summary: 'Whether all of an organisation go to the same visits',
        params: ById,
        body: TogetherWrite,
      },
    },
    async (request) => {
      const event = await managedEvent(request, request.params.slug);
      const asked = { eventId: event.id, organisationId: request.params.id, wanted: request.body.together };
      await setTogether(db, signedIn(request), asked, clock());
      return { together: request.body.together };
    },
  );

  app.put(
    '/api/events/:slug/allocation',
    {
      config,
      schema: {
        tags,
        security,
        summary: 'Compute who gets which visit; a proposal until it is released',
        params: BySlug,
        body: AllocationWrite,
      },
    },
    async (request, reply) => {
      await orderAllocation(db, signedIn(request), request.params.slug, request.body, clock());
      return reply.code(202).send(await overview(request, request.params.slug));
    },
  );
  app.get(
    '/api/events/:slug/allocation',
    { config, schema: { tags, security, summary: 'How far it is, and what came out', params: BySlug } },
    (request) => overview(request, request.params.slug),
  );
  app.get(
    '/api/events/:slug/allocation/people',
    { config, schema: { tags, security, summary: 'Who gets what, and why', params: BySlug, querystring: PeopleQuery } },
    async (request) => {
      const event = await managedEvent(request, request.params.slug);
      const last = await lastAllocation(db, event.id);
      const { visit, search: words, cursor, limit } = request.query;
      const after = decodeCursor(cursor, 2);
      const rows = last
        ? await allocatedPeople(db, { ...last, eventId: event.id }, { visit, search: words, after, limit: limit + 1 })
        : [];
      return pageOf(rows, limit, (row) => [row.name, row.registration]);
    },
  );
  app.put(
    '/api/events/:slug/allocation/release',
    { config, schema: { tags, security, summary: 'Make the proposal hold, and tell everybody', params: BySlug } },
    async (request) => {
      await releaseAllocation(db, signedIn(request), request.params.slug, clock());
      return overview(request, request.params.slug);
    },
  );
  for (const method of ['PUT', 'DELETE'] as const) {
    app.route({
      method,
      url: '/api/events/:slug/allocation/freeze',
      config,
      schema: {
        tags,
        security,
        summary: method === 'PUT' ? 'Keep everything as it is' : 'Let things change again',
        params: BySlug,
      },
      handler: async (request) => {
        await setFrozen(db, signedIn(request), request.params.slug, method === 'PUT', clock());
        return overview(request, request.params.slug);
      },
    });
  }
  app.get(
    '/api/events/:slug/allocation/placements/:id',
    {
      config,
      schema: {
        tags,
        security,
        summary: 'What putting somebody elsewhere would cost',
        params: ById,
        querystring: PlacementWrite.pick({ visits: true }),
      },
    },
    async (request) => {
      const event = await managedEvent(request, request.params.slug);
      return placementCost(db, event.id, request.params.id, request.query.visits);
    },
  );
  app.put(
    '/api/events/:slug/allocation/placements/:id',
    { config, schema: { tags, security, summary: 'Put somebody into these visits by hand', params: ById, body: PlacementWrite } },
    (request) => placeByHand(db, signedIn(request), request.params.slug, request.params.id, request.body, clock()),
  );

  async function overview(request: FastifyRequest, slug: string) {
    const event = await managedEvent(request, slug);
    return {
      choices: (await choicesOf(db, event.id)) ?? null,
      steps: STEPS,
      allocation: (await lastAllocation(db, event.id)) ?? null,
      visits: await visitsOf(db, event.id),
    };
  }
}
