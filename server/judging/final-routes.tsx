import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { BallotPage } from '../../web/judging/ballot-page.tsx';
import { CastPage } from '../../web/judging/cast-page.tsx';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { ballotBoard, ownBallot } from './ballots.ts';
import { ballotOf, castBallot, closeBallot, openBallot } from './deliberation.ts';
import { chairedCall, seatedCall } from './found.ts';
import { BallotWrite, groupsOf } from './input.ts';

type BySlug = { Params: { slug: string } };
const person = { config: { audience: 'person' }, schema: { hide: true } } as const;

/** The final: the chair opens and closes its ballot, jurors put the finalists in their order. */
export function finalRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  app.get<BySlug>('/back-office/calls/:slug/ballot', person, (request, reply) => board(request, reply, request.params.slug));

  async function board(request: FastifyRequest, reply: FastifyReply, slug: string, errors: FormError[] = [], status = 200) {
    const viewer = signedIn(request);
    const call = await chairedCall(db, viewer, slug);
    const stand = await ballotBoard(db, call.id);
    const result = stand.closedAt ? (await ballotOf(db, viewer, slug)).result : null;
    return sendPage(
      reply,
      <BallotPage ctx={pageContext(request)} call={call} board={stand} result={result} errors={errors} />,
      status,
    );
  }

  const chaired = (path: string, notice: string, act: typeof openBallot | typeof closeBallot) =>
    app.post<BySlug>(`/back-office/calls/:slug/${path}`, person, (request, reply) =>
      orAgain(
        request,
        async () => {
          await act(db, signedIn(request), request.params.slug, clock());
          return goOn(reply, `/back-office/calls/${request.params.slug}/ballot`, notice);
        },
        (errors, status) => board(request, reply, request.params.slug, errors, status),
      ),
    );
  chaired('ballot', 'ballotOpened', openBallot);
  chaired('ballot/closing', 'ballotClosed', closeBallot);

  app.get<BySlug>('/desk/:slug/ballot', person, (request, reply) => own(request, reply, request.params.slug));

  async function own(request: FastifyRequest, reply: FastifyReply, slug: string, errors: FormError[] = [], status = 200) {
    const viewer = signedIn(request);
    const call = await seatedCall(db, viewer, slug);
    const ballot = await ownBallot(db, viewer, slug);
    const places = errors.length > 0 ? placesOf(posted(request).places) : undefined;
    return sendPage(
      reply,
      <CastPage ctx={pageContext(request)} call={call} ballot={ballot} places={places} errors={errors} />,
      status,
    );
  }

  app.post<BySlug>('/desk/:slug/ballot', person, (request, reply) =>
    orAgain(
      request,
      async () => {
        const { ranking } = parse(BallotWrite, { ranking: groupsOf(posted(request).places) });
        await castBallot(db, signedIn(request), request.params.slug, ranking, clock());
        return goOn(reply, `/desk/${request.params.slug}/ballot`, 'ballotCast');
      },
      (errors, status) => own(request, reply, request.params.slug, errors, status),
    ),
  );
}

/** The places of a form as they were typed. */
export function placesOf(places: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(typeof places === 'object' && places !== null ? places : {}).map(([entry, place]) => [entry, String(place)]),
  );
}
