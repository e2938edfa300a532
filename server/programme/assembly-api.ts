import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { visibleEvent } from '../events/found.ts';
import { id, whole } from '../fields.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import { approveMinutes, orderAgenda, removeAgendaItem, writeAgendaItem, writeMinutes } from './agenda.ts';
import { addMembers, holdAssembly, noteArrival, removeVoter, setVoter } from './assembly.ts';
import { foundAssembly } from './assembly-found.ts';
import {
  AgendaItemWrite,
  AssemblyWrite,
  MinutesWrite,
  MotionWrite,
  OrderWrite,
  VoterWrite,
  VoteWrite,
} from './assembly-input.ts';
import { castVote, closeBallot, openBallot, removeMotion, writeMotion } from './motions.ts';

const BySlug = z.object({ slug: z.string().max(200) });
const ById = BySlug.extend({ id });
const ByVoter = BySlug.extend({ organisation: id });
const tags = ['assemblies'];
const security = [{ token: [] }];
const office = { audience: 'back-office' } as const;
const person = { audience: 'person' } as const;

/** Assemblies for programs: agenda, who votes, ballots, minutes. */
export function assemblyApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock, config } = fastify.system;
  const system = { db, secret: config.secret };
  const read = async (request: FastifyRequest) => {
    const { event, runs: _runs, ...assembly } = await foundAssembly(request, (request.params as { slug: string }).slug);
    return { event: { slug: event.slug, title: event.title }, ...assembly };
  };

  app.get(
    '/api/events/:slug/assembly',
    {
      config: person,
      schema: { tags, security, summary: 'The assembly: agenda, who votes, motions, results, minutes', params: BySlug },
    },
    read,
  );
  app.put(
    '/api/events/:slug/assembly',
    {
      config: office,
      schema: { tags, security, summary: 'Hold an assembly, or change how', params: BySlug, body: AssemblyWrite },
    },
    async (request) => {
      await holdAssembly(db, signedIn(request), request.params.slug, request.body);
      return read(request);
    },
  );

  app.post(
    '/api/events/:slug/agenda',
    { config: office, schema: { tags, security, summary: 'A new item of the agenda', params: BySlug, body: AgendaItemWrite } },
    (request, reply) =>
      once(request, reply, async () => ({
        id: await writeAgendaItem(db, signedIn(request), request.params.slug, request.body, null),
      })),
  );
  app.put(
    '/api/events/:slug/agenda/:id',
    { config: office, schema: { tags, security, summary: 'Change an item', params: ById, body: AgendaItemWrite } },
    async (request) => {
      await writeAgendaItem(db, signedIn(request), request.params.slug, request.body, request.params.id);
      return read(request);
    },
  );
  app.put(
    '/api/events/:slug/agenda/:id/order',
    { config: office, schema: { tags, security, summary: 'Move an item up or down', params: ById, body: OrderWrite } },
    async (request) => {
      await orderAgenda(db, signedIn(request), request.params.slug, request.params.id, request.body.direction);
      return read(request);
    },
  );
  app.delete(
    '/api/events/:slug/agenda/:id',
    { config: office, schema: { tags, security, summary: 'Take an item off the agenda', params: ById } },
    async (request) => {
      await removeAgendaItem(db, signedIn(request), request.params.slug, request.params.id, clock());
      return read(request);
    },
  );

  app.post(
    '/api/events/:slug/voters',
    { config: office, schema: { tags, security, summary: 'Let all members of the network vote', params: BySlug } },
    (request, reply) =>
      once(request, reply, async () => {
        await addMembers(db, signedIn(request), request.params.slug);
        return read(request);
      }),
  );
  app.put(
    '/api/events/:slug/voters/:organisation',
    {
      config: office,
      schema: {
        tags,
        security,
        summary: 'Who votes for a city: its delegate, or another city',
        params: ByVoter,
        body: VoterWrite,
      },
    },
    async (request) => {
      await setVoter(db, signedIn(request), request.params.slug, request.params.organisation, request.body);
      return read(request);
    },
  );
  app.delete(
    '/api/events/:slug/voters/:organisation',
    { config: office, schema: { tags, security, summary: 'A city does not vote', params: ByVoter } },
    async (request) => {
      await removeVoter(db, signedIn(request), request.params.slug, request.params.organisation);
      return read(request);
    },
  );
  for (const [method, here, summary] of [
    ['put', true, 'The delegate of a city has come'],
    ['delete', false, 'The delegate of a city has not come, or has left'],
  ] as const)
    app[method](
      '/api/events/:slug/voters/:organisation/arrival',
      { config: office, schema: { tags, security, summary, params: ByVoter } },
      async (request) => {
        await noteArrival(db, signedIn(request), request.params.slug, request.params.organisation, here, clock());
        return read(request);
      },
    );

  app.post(
    '/api/events/:slug/motions',
    { config: office, schema: { tags, security, summary: 'A new motion', params: BySlug, body: MotionWrite } },
    (request, reply) =>
      once(request, reply, async () => ({
        id: await writeMotion(db, signedIn(request), request.params.slug, request.body, null),
      })),
  );
  app.put(
    '/api/events/:slug/motions/:id',
    { config: office, schema: { tags, security, summary: 'Change a motion before its ballot', params: ById, body: MotionWrite } },
    async (request) => {
      await writeMotion(db, signedIn(request), request.params.slug, request.body, request.params.id);
      return read(request);
    },
  );
  app.delete(
    '/api/events/:slug/motions/:id',
    { config: office, schema: { tags, security, summary: 'Take back a motion before its ballot', params: ById } },
    async (request) => {
      await removeMotion(db, signedIn(request), request.params.slug, request.params.id, clock());
      return read(request);
    },
  );
  app.put(
    '/api/events/:slug/motions/:id/opening',
    { config: office, schema: { tags, security, summary: 'Open the ballot', params: ById } },
    async (request) => {
      await openBallot(db, signedIn(request), request.params.slug, request.params.id, clock());
      return read(request);
    },
  );
  app.put(
    '/api/events/:slug/motions/:id/closing',
    { config: office, schema: { tags, security, summary: 'Close the ballot and freeze its result', params: ById } },
    async (request) => {
      const result = await closeBallot(system, signedIn(request), request.params.slug, request.params.id, clock());
      return { result };
    },
  );
  app.post(
    '/api/events/:slug/motions/:id/votes',
    { config: person, schema: { tags, security, summary: 'Cast the vote of a city, once', params: ById, body: VoteWrite } },
    (request, reply) =>
      once(request, reply, async () => {
        const event = await visibleEvent(request, request.params.slug);
        await castVote(system, signedIn(request), event.id, request.params.id, request.body, clock());
        return { motionId: request.params.id, organisationId: request.body.organisationId };
      }),
  );

  app.post(
    '/api/events/:slug/minutes',
    { config: office, schema: { tags, security, summary: 'A new version of the minutes', params: BySlug, body: MinutesWrite } },
    (request, reply) =>
      once(request, reply, async () => ({
        version: await writeMinutes(db, signedIn(request), request.params.slug, request.body, clock()),
      })),
  );
  app.put(
    '/api/events/:slug/minutes/:version/approval',
    {
      config: office,
      schema: {
        tags,
        security,
        summary: 'The assembly has approved this version',
        params: BySlug.extend({ version: whole(1, 100_000) }),
      },
    },
    async (request) => {
      await approveMinutes(db, signedIn(request), request.params.slug, request.params.version, clock());
      return read(request);
    },
  );
}
