import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { PresentationsPage } from '../../web/judging/presentations-page.tsx';
import { callBySlug } from '../calls/queries.ts';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { chairedCall } from './found.ts';
import { PresentationsWrite } from './input.ts';
import { eventOf, makePresentations, presentationsOf } from './presentations.ts';

type BySlug = { Params: { slug: string } };
const person = { config: { audience: 'person' }, schema: { hide: true } } as const;

/** Selected experiences of a call become sessions of its event. */
export function presentationRoutes(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;

  app.get<BySlug>('/back-office/calls/:slug/presentations', person, (request, reply) =>
    presentations(request, reply, request.params.slug),
  );

  async function presentations(
    request: FastifyRequest,
    reply: FastifyReply,
    slug: string,
    errors: FormError[] = [],
    status = 200,
  ) {
    const viewer = signedIn(request);
    const call = await chairedCall(db, viewer, slug);
    const items = await presentationsOf(db, viewer, slug);
    const [details, event] = await Promise.all([callBySlug(db, slug), eventOf(db, call.eventId)]);
    const data = {
      call,
      items,
      modalities: details?.modalities ?? [],
      event,
      mayRun: call.standing === 'office',
      values: errors.length > 0 ? posted(request) : {},
      errors,
    };
    return sendPage(reply, <PresentationsPage ctx={pageContext(request)} {...data} />, status);
  }

  app.post<BySlug>('/back-office/calls/:slug/presentations', person, (request, reply) =>
    orAgain(
      request,
      async () => {
        const { slug } = request.params;
        await makePresentations(db, signedIn(request), slug, parse(PresentationsWrite, request.body), clock());
        return goOn(reply, `/back-office/calls/${slug}/presentations`, 'presentationsMade');
      },
      (errors, status) => presentations(request, reply, request.params.slug, errors, status),
    ),
  );

  const described = { tags: ['judging'], security: [{ token: [] }], params: z.object({ slug: z.string().max(100) }) };
  app.get(
    '/api/calls/:slug/presentations',
    { config: { audience: 'person' }, schema: { ...described, summary: 'Selected experiences and the sessions they became' } },
    async (request) => ({ items: await presentationsOf(db, signedIn(request), request.params.slug) }),
  );
  app.put(
    '/api/calls/:slug/presentations',
    {
      config: { audience: 'person' },
      schema: { ...described, summary: 'Make sessions of the selected experiences of a modality', body: PresentationsWrite },
    },
    async (request) => {
      const made = await makePresentations(db, signedIn(request), request.params.slug, request.body, clock());
      return { made, items: await presentationsOf(db, signedIn(request), request.params.slug) };
    },
  );
}
