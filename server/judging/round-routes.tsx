import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { WishesPage } from '../../web/judging/wishes-page.tsx';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { chairedCall, seatedCall } from './found.ts';
import { ScoringWrite, WishesWrite } from './input.ts';
import { remindJurors, setScoringClosed, setScoringEnd, unfinished } from './rounds.ts';
import { setWishesOpen, wish, wishesOf } from './wishes.ts';

type BySlug = { Params: { slug: string } };
const person = { config: { audience: 'person' }, schema: { hide: true } } as const;
type Again = (
  request: FastifyRequest,
  reply: FastifyReply,
  slug: string,
  errors: FormError[],
  status: number,
) => Promise<FastifyReply>;

/** The round of scoring: until when, reminded, closed; and what jurors would like to read before it. `again` shows the jury's page. */
export function roundRoutes(fastify: FastifyInstance, again: Again): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;

  const acts = {
    end: async (request: FastifyRequest, slug: string) => {
      await setScoringEnd(db, signedIn(request), slug, parse(ScoringWrite, request.body).ends ?? null, clock());
      return 'scoringEndSet';
    },
    closing: async (request: FastifyRequest, slug: string) => {
      await setScoringClosed(db, signedIn(request), slug, true, clock());
      return 'scoringClosed';
    },
    opening: async (request: FastifyRequest, slug: string) => {
      await setScoringClosed(db, signedIn(request), slug, false, clock());
      return 'scoringOpened';
    },
    reminders: async (request: FastifyRequest, slug: string) => {
      await remindJurors(db, signedIn(request), slug, clock());
      return 'jurorsReminded';
    },
    wishes: async (request: FastifyRequest, slug: string) => {
      await setWishesOpen(db, signedIn(request), slug, true, clock());
      return 'wishesOpened';
    },
    'wishes/closing': async (request: FastifyRequest, slug: string) => {
      await setWishesOpen(db, signedIn(request), slug, false, clock());
      return 'wishesClosed';
    },
  } as const;
  for (const [path, act] of Object.entries(acts))
    app.post<BySlug>(`/back-office/calls/:slug/scoring/${path}`, person, (request, reply) =>
      orAgain(
        request,
        async () => goOn(reply, `/back-office/calls/${request.params.slug}/jury`, await act(request, request.params.slug)),
        (errors, status) => again(request, reply, request.params.slug, errors, status),
      ),
    );

  app.get<BySlug>('/desk/:slug/wishes', person, (request, reply) => wishes(request, reply, request.params.slug));

  async function wishes(request: FastifyRequest, reply: FastifyReply, slug: string, errors: FormError[] = [], status = 200) {
    const viewer = signedIn(request);
    const call = await seatedCall(db, viewer, slug);
    const asked = await wishesOf(db, viewer, slug);
    const typed = errors.length > 0 ? WishesWrite.safeParse(posted(request)).data?.entries : undefined;
    return sendPage(
      reply,
      <WishesPage ctx={pageContext(request)} call={call} {...asked} typed={typed} errors={errors} />,
      status,
    );
  }

  app.post<BySlug>('/desk/:slug/wishes', person, (request, reply) =>
    orAgain(
      request,
      async () => {
        const { slug } = request.params;
        await wish(db, signedIn(request), slug, parse(WishesWrite, request.body).entries, clock());
        return goOn(reply, `/desk/${slug}/wishes`, 'wished');
      },
      (errors, status) => wishes(request, reply, request.params.slug, errors, status),
    ),
  );

  const described = <const Parts extends object>(summary: string, parts: Parts) => ({
    config: { audience: 'person' } as const,
    schema: { tags: ['judging'], security: [{ token: [] }], summary, params: z.object({ slug: z.string().max(100) }), ...parts },
  });
  const scoring = async (request: FastifyRequest, slug: string) => {
    const call = await chairedCall(db, signedIn(request), slug);
    return { ...call.scoring, zone: call.zone, unfinished: (await unfinished(db, [call.id])).map(({ person }) => person) };
  };
  const at = '/api/calls/:slug/scoring';
  app.get(at, described('The round of scoring: until when, whether closed, who has reviews left', {}), (request) =>
    scoring(request, request.params.slug),
  );
  app.put(at, described('Say until when jurors are asked to score', { body: ScoringWrite }), async (request) => {
    const { slug } = request.params;
    await setScoringEnd(db, signedIn(request), slug, request.body.ends ?? null, clock());
    return scoring(request, slug);
  });
  for (const [closed, method, summary] of [
    [true, 'PUT', 'Close the scoring: no review changes any more'],
    [false, 'DELETE', 'Open the scoring again'],
  ] as const)
    app.route({
      method,
      url: `${at}/closing`,
      ...described(summary, {}),
      handler: async (request) => {
        const { slug } = request.params;
        await setScoringClosed(db, signedIn(request), slug, closed, clock());
        return scoring(request, slug);
      },
    });
  app.post(`${at}/reminders`, described('Remind the jurors who have reviews left', {}), async (request, reply) => {
    const jurors = await remindJurors(db, signedIn(request), request.params.slug, clock());
    return reply.code(202).send({ jurors });
  });
  for (const [open, method, summary] of [
    [true, 'PUT', 'Ask the jurors what they would like to read'],
    [false, 'DELETE', 'Ask the jurors no longer what they would like to read'],
  ] as const)
    app.route({
      method,
      url: `${at}/wishes`,
      ...described(summary, {}),
      handler: async (request) => {
        const { slug } = request.params;
        await setWishesOpen(db, signedIn(request), slug, open, clock());
        return scoring(request, slug);
      },
    });
  app.get('/api/desk/:slug/wishes', described('What you may wish to read, while you are asked', {}), (request) =>
    wishesOf(db, signedIn(request), request.params.slug),
  );
  app.put('/api/desk/:slug/wishes', described('Say what you would like to read', { body: WishesWrite }), async (request) => {
    await wish(db, signedIn(request), request.params.slug, request.body.entries, clock());
    return wishesOf(db, signedIn(request), request.params.slug);
  });
}
