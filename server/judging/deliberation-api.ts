import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { signedIn } from '../http/viewer.ts';
import { ownBallot } from './ballots.ts';
import { addNote, ballotOf, castBallot, closeBallot, notesOf, openBallot } from './deliberation.ts';
import { BallotWrite, NoteWrite, TieVoteWrite } from './input.ts';
import { rankingOf } from './rankings.ts';
import { voteOnTie } from './tie-votes.ts';

const BySlug = z.object({ slug: z.string().max(100) });
const security = [{ token: [] }];

/** Discussion notes and the ballot of the final for programs. */
export function deliberationApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;
  const described = <const Parts extends object>(summary: string, parts: Parts) => ({
    config: { audience: 'person' } as const,
    schema: { tags: ['judging'], security, summary, params: BySlug, ...parts },
  });

  app.get('/api/calls/:slug/notes', described('What was said in the jury', {}), async (request) => ({
    items: await notesOf(db, signedIn(request), request.params.slug),
  }));
  app.post('/api/calls/:slug/notes', described('Write down what was said', { body: NoteWrite }), async (request, reply) => {
    await addNote(db, signedIn(request), request.params.slug, request.body, clock());
    return reply.code(201).send({ items: await notesOf(db, signedIn(request), request.params.slug) });
  });
  app.get('/api/calls/:slug/ballot', described('How the ballot of the final stands', {}), (request) =>
    ballotOf(db, signedIn(request), request.params.slug),
  );
  app.put('/api/calls/:slug/ballot', described('Open the final with its ballot', {}), async (request) => {
    await openBallot(db, signedIn(request), request.params.slug, clock());
    return ballotOf(db, signedIn(request), request.params.slug);
  });
  app.put('/api/calls/:slug/ballot/closing', described('Close the ballot: its result is proved', {}), (request) =>
    closeBallot(db, signedIn(request), request.params.slug, clock()),
  );
  app.get('/api/desk/:slug/ballot', described('The finalists that you may see, and your own ballot', {}), (request) =>
    ownBallot(db, signedIn(request), request.params.slug),
  );
  app.post(
    '/api/calls/:slug/ties',
    described('Put on record how the jury orders entries that tie', { body: TieVoteWrite }),
    async (request, reply) => {
      await voteOnTie(db, signedIn(request), request.params.slug, request.body, clock());
      return reply.code(201).send((await rankingOf(db, signedIn(request), request.params.slug)).tie);
    },
  );
  app.put(
    '/api/desk/:slug/ballot',
    described('Rank the finalists that you may see, the best first', { body: BallotWrite }),
    async (request) => {
      await castBallot(db, signedIn(request), request.params.slug, request.body.ranking, clock());
      return { cast: true, ranking: request.body.ranking };
    },
  );
}
