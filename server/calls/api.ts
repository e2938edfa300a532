import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { translateCode } from '../../web/locales/translate.ts';
import { search } from '../fields.ts';
import { PageQuery } from '../http/cursor.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import { mayManageCall } from './access.ts';
import { createCall, putCall } from './actions.ts';
import { missing } from './completeness.ts';
import { managedCall, visibleCall } from './found.ts';
import { CallFilter, CallWrite, CancellationWrite, CopyWrite, callSlug, ExtensionWrite } from './input.ts';
import { callHistory, callPage, exclusionsOf, officeCalls } from './queries.ts';
import { cancelCall, closeCall, copyCall, extendCall, publishCall, unpublishCall } from './states.ts';

const BySlug = z.object({ slug: z.string().max(200) });
const tags = ['calls'];
const security = [{ token: [] }];
const config = { audience: 'back-office' } as const;

/** Calls for programs: published ones for everybody, drafts for who runs them. */
export function callApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;

  app.get(
    '/api/calls',
    {
      config: { audience: 'public' },
      schema: {
        tags,
        summary: 'Calls: open and coming ones by deadline, or past ones',
        querystring: PageQuery.extend(CallFilter.shape),
      },
    },
    (request) => callPage(db, request.query, clock(), request.query),
  );

  app.get(
    '/api/back-office/calls',
    { config, schema: { tags, security, summary: 'The calls you run', querystring: PageQuery.extend({ q: search }) } },
    (request) => officeCalls(db, signedIn(request), request.query.q, request.query),
  );

  app.post(
    '/api/calls',
    { config, schema: { tags, security, summary: 'A new call, a draft', body: CallWrite } },
    (request, reply) =>
      once(request, reply, async () => shown(request, await createCall(db, signedIn(request), request.body, clock()))),
  );

  app.get(
    '/api/calls/:slug',
    { config: { audience: 'public' }, schema: { tags, summary: 'A call', params: BySlug } },
    (request) => shown(request, request.params.slug),
  );

  app.put(
    '/api/calls/:slug',
    {
      config,
      schema: {
        tags,
        security,
        summary: 'Make the call of this slug what is sent, or make it',
        params: z.object({ slug: callSlug }),
        body: CallWrite,
      },
    },
    async (request, reply) => {
      const { slug } = request.params;
      const isNew = await putCall(db, signedIn(request), slug, request.body, clock());
      return reply.code(isNew ? 201 : 200).send(await shown(request, slug));
    },
  );

  /** Who is excluded by name, and of which other matters only those who run the call know. */
  async function shown(request: FastifyRequest, slug: string) {
    const call = await visibleCall(request, slug);
    return mayManageCall(request.viewer, call) ? { ...call, exclusions: await exclusionsOf(db, call.id) } : call;
  }

  app.get(
    '/api/calls/:slug/publication',
    { config, schema: { tags, security, summary: 'Whether it is published, and what is still missing', params: BySlug } },
    async (request) => {
      const call = await managedCall(request, request.params.slug);
      const items = missing(call).map((item) => ({
        ...item,
        message: translateCode(request.language, `calls.missing.${item.code}`),
      }));
      return { publishedAt: call.publishedAt, ready: !items.some((item) => item.blocks), missing: items };
    },
  );

  type Act = (request: FastifyRequest, slug: string) => Promise<void>;
  const schema = (summary: string) => ({ tags, security, summary, params: BySlug });
  const after = async (act: Act, request: FastifyRequest, slug: string) => {
    await act(request, slug);
    return shown(request, slug);
  };
  const put = (noun: string, summary: string, act: Act) =>
    app.put(`/api/calls/:slug/${noun}`, { config, schema: schema(summary) }, (request) =>
      after(act, request, request.params.slug),
    );
  const remove = (noun: string, summary: string, act: Act) =>
    app.delete(`/api/calls/:slug/${noun}`, { config, schema: schema(summary) }, (request) =>
      after(act, request, request.params.slug),
    );

  put('publication', 'Publish', (request, slug) => publishCall(db, signedIn(request), slug, clock()));
  remove('publication', 'Back to a draft', (request, slug) => unpublishCall(db, signedIn(request), slug, clock()));
  put('closing', 'Close it, whatever its dates say', (request, slug) => closeCall(db, signedIn(request), slug, true, clock()));
  remove('closing', 'Let its dates decide again', (request, slug) => closeCall(db, signedIn(request), slug, false, clock()));
  remove('cancellation', 'Take the cancellation back', (request, slug) => cancelCall(db, signedIn(request), slug, null, clock()));
  app.put(
    '/api/calls/:slug/cancellation',
    { config, schema: { ...schema('Cancel the call; everybody with an entry is told'), body: CancellationWrite } },
    (request) => after((_, slug) => cancelCall(db, signedIn(request), slug, request.body, clock()), request, request.params.slug),
  );
  app.post(
    '/api/calls/:slug/extensions',
    { config, schema: { ...schema('Move the deadline; everybody with a draft or an entry is told'), body: ExtensionWrite } },
    (request, reply) =>
      once(request, reply, () =>
        after((_, slug) => extendCall(db, signedIn(request), slug, request.body, clock()), request, request.params.slug),
      ),
  );
  app.post(
    '/api/calls/:slug/copies',
    { config, schema: { ...schema('The next edition, as a draft'), body: CopyWrite } },
    (request, reply) =>
      once(request, reply, async () =>
        shown(request, await copyCall(db, signedIn(request), request.params.slug, request.body, clock())),
      ),
  );
  app.get(
    '/api/calls/:slug/history',
    { config, schema: schema('What was done to it and by whom, the newest first') },
    async (request) => ({ items: await callHistory(db, (await managedCall(request, request.params.slug)).id) }),
  );
}
