import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { id, whole } from '../fields.ts';
import { signedIn } from '../http/viewer.ts';
import { makeRun, publishRun, runOf } from './assigning.ts';
import { decide, decisionsOf, exportedChain, publishResults, revokeDecision } from './decisions.ts';
import { deskCalls, deskEntries, deskEntry } from './desk.ts';
import { chairedCall, seatedCall } from './found.ts';
import { AssignmentsWrite, DecisionWrite, MemberWrite, RankingWrite, Reason, ReviewWrite } from './input.ts';
import { membersOf, seatMember, unseatMember } from './jury.ts';
import { keepRanking, keptRanking, rankingOf } from './rankings.ts';
import { recordConflict, recuse } from './recusals.ts';
import { ownReview, saveReview } from './reviews.ts';

const BySlug = z.object({ slug: z.string().max(100) });
const ByPerson = BySlug.extend({ person: id });
const ByReview = z.object({ id, juror: z.union([id, z.literal('me')]).describe('The juror’s id, or `me`') });
const security = [{ token: [] }];
const config = { audience: 'person' } as const;

/** Juries, the desk, assignments, rankings and decisions for programs: what the pages show, by the same rules. */
export function judgingApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;
  const described = <const Parts extends object>(summary: string, parts: Parts) => ({
    config,
    schema: { tags: ['judging'], security, summary, ...parts },
  });
  const jury = async (request: Parameters<typeof signedIn>[0], slug: string) => ({
    items: await membersOf(db, (await chairedCall(db, signedIn(request), slug)).id),
  });

  app.get('/api/calls/:slug/jury', described('The jury of a call and how far each is', { params: BySlug }), (request) =>
    jury(request, request.params.slug),
  );
  app.post(
    '/api/calls/:slug/jury',
    described('Give somebody a seat and invite them by mail', { params: BySlug, body: MemberWrite }),
    async (request, reply) => {
      const personId = await seatMember(db, signedIn(request), request.params.slug, request.body, clock());
      const { items } = await jury(request, request.params.slug);
      return reply.code(201).send(items.find((member) => member.personId === personId));
    },
  );
  app.delete('/api/calls/:slug/jury/:person', described('Take a seat back', { params: ByPerson }), async (request) => {
    await unseatMember(db, signedIn(request), request.params.slug, request.params.person, clock());
    return { personId: request.params.person, seated: false };
  });
  app.put(
    '/api/calls/:slug/jury/:person/conflicts/:entry',
    described('Record a conflict that you know of', { params: ByPerson.extend({ entry: id }), body: Reason }),
    async (request) => {
      const { slug, person, entry } = request.params;
      await recordConflict(
        db,
        signedIn(request),
        slug,
        { entryId: entry, personId: person, reason: request.body.reason },
        clock(),
      );
      return { entry, juror: person, conflict: true };
    },
  );

  app.get(
    '/api/calls/:slug/assignments',
    described('The newest assignment and what it would change', { params: BySlug }),
    async (request) => ({
      run: await runOf(db, signedIn(request), request.params.slug),
    }),
  );
  app.put(
    '/api/calls/:slug/assignments',
    described('Assign by hand or automatically, for preview; jurors see it when it is published', {
      params: BySlug,
      body: AssignmentsWrite,
    }),
    (request) => makeRun(db, signedIn(request), request.params.slug, request.body, clock()),
  );
  app.put(
    '/api/calls/:slug/assignments/publication',
    described('Publish the newest assignment to the jurors', { params: BySlug }),
    async (request) => {
      await publishRun(db, signedIn(request), request.params.slug, clock());
      return runOf(db, signedIn(request), request.params.slug);
    },
  );

  app.get('/api/desk', described('The calls you judge', {}), async (request) => ({
    items: await deskCalls(db, signedIn(request)),
  }));
  app.get(
    '/api/desk/:slug',
    described('What you were given to judge', { params: BySlug, querystring: z.object({ q: z.string().max(100).optional() }) }),
    async (request) => {
      const viewer = signedIn(request);
      const call = await seatedCall(db, viewer, request.params.slug);
      return { items: await deskEntries(db, viewer, call.id, request.query.q ?? '') };
    },
  );
  app.get(
    '/api/desk/:slug/:code',
    described('One entry to judge', { params: BySlug.extend({ code: z.string().max(10) }) }),
    async (request) => {
      const viewer = signedIn(request);
      const call = await seatedCall(db, viewer, request.params.slug);
      const entry = await deskEntry(db, viewer, call, request.params.code);
      return { ...entry, review: await ownReview(db, viewer, entry.id) };
    },
  );
  const juror = (request: Parameters<typeof signedIn>[0], named: string) => (named === 'me' ? signedIn(request).personId : named);
  app.put(
    '/api/entries/:id/reviews/:juror',
    described('Save a review as you write it, or hand it in', { params: ByReview, body: ReviewWrite }),
    (request) =>
      saveReview(db, signedIn(request), request.params.id, juror(request, request.params.juror), request.body, clock()),
  );
  app.put(
    '/api/entries/:id/recusal',
    described('You cannot judge an entry: say why', { params: z.object({ id }), body: Reason }),
    async (request) => {
      await recuse(db, signedIn(request), request.params.id, request.body.reason, clock());
      return { entry: request.params.id, recused: true };
    },
  );

  app.get(
    '/api/calls/:slug/ranking',
    described('The ranking as of now, raw and calibrated, and how sure it is', { params: BySlug }),
    (request) => rankingOf(db, signedIn(request), request.params.slug),
  );
  app.post(
    '/api/calls/:slug/rankings',
    described('Keep the ranking with all it was computed from', { params: BySlug, body: RankingWrite }),
    async (request, reply) =>
      reply.code(201).send(await keepRanking(db, signedIn(request), request.params.slug, request.body, clock())),
  );
  app.get(
    '/api/calls/:slug/rankings/:number',
    described('A kept ranking with all it was computed from', { params: BySlug.extend({ number: whole(1, 1_000_000) }) }),
    (request) => keptRanking(db, signedIn(request), request.params.slug, request.params.number),
  );

  app.get('/api/calls/:slug/decisions', described('What the jury resolved', { params: BySlug }), async (request) => ({
    items: await decisionsOf(db, (await chairedCall(db, signedIn(request), request.params.slug)).id),
  }));
  app.post(
    '/api/calls/:slug/decisions',
    described('Put on record what the jury resolved', { params: BySlug, body: DecisionWrite }),
    async (request, reply) =>
      reply.code(201).send({ items: await decide(db, signedIn(request), request.params.slug, request.body, clock()) }),
  );
  app.delete(
    '/api/calls/:slug/decisions/:id',
    described('Take a decision back', { params: BySlug.extend({ id }) }),
    async (request) => {
      await revokeDecision(db, signedIn(request), request.params.slug, request.params.id, clock());
      return { id: request.params.id, revoked: true };
    },
  );
  app.put('/api/calls/:slug/results', described('Publish what was decided', { params: BySlug }), async (request) => {
    await publishResults(db, signedIn(request), request.params.slug, clock());
    return { published: true };
  });
  app.get('/api/calls/:slug/chain', described('The tamper-evident chain, for anybody to verify', { params: BySlug }), (request) =>
    exportedChain(db, signedIn(request), request.params.slug),
  );
}
