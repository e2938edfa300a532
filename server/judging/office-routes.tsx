import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DecisionsPage } from '../../web/judging/decisions-page.tsx';
import { JuryPage } from '../../web/judging/jury-page.tsx';
import { RankingPage } from '../../web/judging/ranking-page.tsx';
import { Invalid } from '../errors.ts';
import { whole } from '../fields.ts';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { makeRun, publishRun, runOf } from './assigning.ts';
import { decide, decisionsOf, exportedChain, judgedEntries, publishResults, revokeDecision } from './decisions.ts';
import { chairedCall } from './found.ts';
import { AssignmentsWrite, DecisionWrite, groupsOf, MemberWrite, RankingWrite, TieVoteWrite } from './input.ts';
import { membersOf, seatMember, unseatMember } from './jury.ts';
import { keepRanking, keptRanking, rankingOf } from './rankings.ts';
import { roundRoutes } from './round-routes.tsx';
import { unfinished } from './rounds.ts';
import { voteOnTie } from './tie-votes.ts';
import { openTie } from './ties.ts';

type BySlug = { Params: { slug: string } };
const person = { config: { audience: 'person' }, schema: { hide: true } } as const;

/** The pages of a call's judging, for the chair and whoever runs the call. */
export function judgingRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;
  const at = (slug: string, page: string) => `/back-office/calls/${slug}/${page}`;

  app.get<BySlug>('/back-office/calls/:slug/jury', person, (request, reply) => jury(request, reply, request.params.slug));

  async function jury(request: FastifyRequest, reply: FastifyReply, slug: string, errors: FormError[] = [], status = 200) {
    const viewer = signedIn(request);
    const call = await chairedCall(db, viewer, slug);
    const [members, run, behind] = await Promise.all([
      membersOf(db, call.id),
      runOf(db, viewer, slug),
      unfinished(db, [call.id]),
    ]);
    const data = {
      call,
      members,
      run,
      unfinished: behind.length,
      mayRun: call.standing === 'office',
      values: errors.length > 0 ? posted(request) : {},
      errors,
    };
    return sendPage(reply, <JuryPage ctx={pageContext(request)} {...data} />, status);
  }

  app.post<BySlug>('/back-office/calls/:slug/jury', person, (request, reply) =>
    orAgain(
      request,
      async () => {
        await seatMember(db, signedIn(request), request.params.slug, parse(MemberWrite, request.body), clock());
        return goOn(reply, at(request.params.slug, 'jury'), 'memberSeated');
      },
      (errors, status) => jury(request, reply, request.params.slug, errors, status),
    ),
  );

  app.post<{ Params: { slug: string; person: string } }>(
    '/back-office/calls/:slug/jury/:person/removal',
    person,
    async (request, reply) => {
      await unseatMember(db, signedIn(request), request.params.slug, request.params.person, clock());
      return goOn(reply, at(request.params.slug, 'jury'), 'memberUnseated');
    },
  );

  app.post<BySlug>('/back-office/calls/:slug/assignments', person, (request, reply) =>
    orAgain(
      request,
      async () => {
        await makeRun(db, signedIn(request), request.params.slug, parse(AssignmentsWrite, request.body), clock());
        return goOn(reply, at(request.params.slug, 'jury'), 'assignmentMade');
      },
      (errors, status) => jury(request, reply, request.params.slug, errors, status),
    ),
  );

  app.post<BySlug>('/back-office/calls/:slug/assignments/publication', person, (request, reply) =>
    orAgain(
      request,
      async () => {
        await publishRun(db, signedIn(request), request.params.slug, clock());
        return goOn(reply, at(request.params.slug, 'jury'), 'assignmentsPublished');
      },
      (errors, status) => jury(request, reply, request.params.slug, errors, status),
    ),
  );

  app.get<BySlug>('/back-office/calls/:slug/ranking', person, (request, reply) => ranking(request, reply, request.params.slug));

  async function ranking(request: FastifyRequest, reply: FastifyReply, slug: string, errors: FormError[] = [], status = 200) {
    const viewer = signedIn(request);
    const call = await chairedCall(db, viewer, slug);
    const data = { call, ranking: await rankingOf(db, viewer, slug), values: errors.length > 0 ? posted(request) : {}, errors };
    return sendPage(reply, <RankingPage ctx={pageContext(request)} {...data} />, status);
  }

  app.post<BySlug>('/back-office/calls/:slug/ties', person, (request, reply) =>
    orAgain(
      request,
      async () => {
        const { places, ...said } = posted(request);
        const groups = groupsOf(places);
        if (groups.some((group) => group.length > 1)) throw new Invalid([{ path: 'places', code: 'strictOrder' }]);
        if (groups.length < 2) throw new Invalid([{ path: 'places', code: 'orderTwo' }]);
        await voteOnTie(
          db,
          signedIn(request),
          request.params.slug,
          parse(TieVoteWrite, { ...said, entries: groups.flat() }),
          clock(),
        );
        return goOn(reply, at(request.params.slug, 'ranking'), 'tieVoted');
      },
      (errors, status) => ranking(request, reply, request.params.slug, errors, status),
    ),
  );

  app.post<BySlug>('/back-office/calls/:slug/ranking', person, (request, reply) =>
    orAgain(
      request,
      async () => {
        await keepRanking(db, signedIn(request), request.params.slug, parse(RankingWrite, request.body), clock());
        return goOn(reply, at(request.params.slug, 'ranking'), 'rankingKept');
      },
      (errors, status) => ranking(request, reply, request.params.slug, errors, status),
    ),
  );

  app.get<{ Params: { slug: string; number: string } }>(
    '/back-office/calls/:slug/ranking/:number.json',
    person,
    async (request, reply) => {
      const { slug, number } = request.params;
      const kept = await keptRanking(db, signedIn(request), slug, parse(whole(1, 1_000_000), number));
      return reply.header('content-disposition', `attachment; filename="${slug}-ranking-${kept.number}.json"`).send(kept);
    },
  );

  app.get<BySlug>('/back-office/calls/:slug/decisions', person, (request, reply) =>
    decisions(request, reply, request.params.slug),
  );

  async function decisions(request: FastifyRequest, reply: FastifyReply, slug: string, errors: FormError[] = [], status = 200) {
    const call = await chairedCall(db, signedIn(request), slug);
    const [made, entries, ranking] = await Promise.all([
      decisionsOf(db, call.id),
      judgedEntries(db, call.id),
      call.resultsPublishedAt ? null : rankingOf(db, signedIn(request), slug),
    ]);
    const undecided = ranking && { entries: openTie(ranking.tie), chosen: ranking.k };
    const values = errors.length > 0 ? posted(request) : {};
    const data = { call, decisions: made, entries, undecided, mayPublish: call.standing === 'office', values, errors };
    return sendPage(reply, <DecisionsPage ctx={pageContext(request)} {...data} />, status);
  }

  app.post<BySlug>('/back-office/calls/:slug/decisions', person, (request, reply) =>
    orAgain(
      request,
      async () => {
        await decide(db, signedIn(request), request.params.slug, parse(DecisionWrite, request.body), clock());
        return goOn(reply, at(request.params.slug, 'decisions'), 'decided');
      },
      (errors, status) => decisions(request, reply, request.params.slug, errors, status),
    ),
  );

  app.post<{ Params: { slug: string; id: string } }>(
    '/back-office/calls/:slug/decisions/:id/removal',
    person,
    async (request, reply) => {
      await revokeDecision(db, signedIn(request), request.params.slug, request.params.id, clock());
      return goOn(reply, at(request.params.slug, 'decisions'), 'decisionRevoked');
    },
  );

  app.post<BySlug>('/back-office/calls/:slug/results', person, (request, reply) =>
    orAgain(
      request,
      async () => {
        await publishResults(db, signedIn(request), request.params.slug, clock());
        return goOn(reply, at(request.params.slug, 'decisions'), 'resultsPublished');
      },
      (errors, status) => decisions(request, reply, request.params.slug, errors, status),
    ),
  );

  app.get<BySlug>('/back-office/calls/:slug/chain.json', person, async (request, reply) => {
    const chain = await exportedChain(db, signedIn(request), request.params.slug);
    return reply.header('content-disposition', `attachment; filename="${request.params.slug}-chain.json"`).send(chain);
  });

  roundRoutes(app, jury);
}
