import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { id } from '../fields.ts';
import { PageQuery } from '../http/cursor.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import { allowancePage, setAllowance } from './allowances.ts';
import { copyEvent } from './copies.ts';
import { managedEvent, visibleEvent } from './found.ts';
import { eventHistory } from './history.ts';
import { AllowanceWrite, CopyWrite, OfficeFilter, OrganiserWrite, SeriesWrite } from './input.ts';
import { officePage } from './office.ts';
import { appointOrganiser, dismissOrganiser, organisersOf } from './organisers.ts';
import { createSeries, seriesPage } from './series.ts';

const BySlug = z.object({ slug: z.string().max(200) });
const ByOrganisation = BySlug.extend({ organisation: z.string().max(100).describe('Its slug or id') });
const tags = ['events'];
const security = [{ token: [] }];
const config = { audience: 'back-office' } as const;

/** What running an event takes beside writing it, for programs: copies, series, allowances, organisers, history. */
export function eventOfficeApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;
  const managed = async (request: Parameters<typeof managedEvent>[0]) =>
    (await managedEvent(request, (request.params as { slug: string }).slug)).id;

  app.get(
    '/api/back-office/events',
    {
      config,
      schema: { tags, security, summary: 'The events you run, drafts too', querystring: PageQuery.extend(OfficeFilter.shape) },
    },
    (request) => officePage(db, signedIn(request), request.query, clock(), request.query),
  );

  app.post(
    '/api/events/:slug/copies',
    {
      config,
      schema: { tags, security, summary: 'The next edition: a draft with its dates moved', params: BySlug, body: CopyWrite },
    },
    (request, reply) =>
      once(request, reply, async () =>
        visibleEvent(request, await copyEvent(db, signedIn(request), request.params.slug, request.body.starts, clock())),
      ),
  );

  app.get(
    '/api/series',
    { config: { audience: 'public' }, schema: { tags, summary: 'Series: their events are editions', querystring: PageQuery } },
    (request) => seriesPage(db, request.query),
  );
  app.post(
    '/api/series',
    { config: { audience: 'coordination' }, schema: { tags, security, summary: 'A new series', body: SeriesWrite } },
    (request, reply) => once(request, reply, () => createSeries(db, signedIn(request), request.body.name)),
  );

  app.get(
    '/api/events/:slug/allowances',
    {
      config,
      schema: {
        tags,
        security,
        summary: 'Organisations with an allowance of their own or anybody registered',
        params: BySlug,
        querystring: PageQuery,
      },
    },
    async (request) => allowancePage(db, await managed(request), request.query),
  );
  app.put(
    '/api/events/:slug/allowances/:organisation',
    {
      config,
      schema: {
        tags,
        security,
        summary: 'An allowance for this organisation alone',
        params: ByOrganisation,
        body: AllowanceWrite,
      },
    },
    (request) => setAllowance(db, signedIn(request), request.params.slug, request.params.organisation, request.body.size),
  );
  app.delete(
    '/api/events/:slug/allowances/:organisation',
    { config, schema: { tags, security, summary: 'Back to the limit of the event', params: ByOrganisation } },
    (request) => setAllowance(db, signedIn(request), request.params.slug, request.params.organisation, null),
  );

  app.get(
    '/api/events/:slug/organisers',
    { config, schema: { tags, security, summary: 'Who organises the event', params: BySlug } },
    async (request) => ({ items: await organisersOf(db, await managed(request)) }),
  );
  app.post(
    '/api/events/:slug/organisers',
    { config, schema: { tags, security, summary: 'Let somebody organise the event', params: BySlug, body: OrganiserWrite } },
    (request, reply) =>
      once(request, reply, async () => {
        await appointOrganiser(db, signedIn(request), request.params.slug, request.body);
        return { items: await organisersOf(db, await managed(request)) };
      }),
  );
  app.delete(
    '/api/events/:slug/organisers/:id',
    { config, schema: { tags, security, summary: 'They organise it no more', params: BySlug.extend({ id }) } },
    async (request) => {
      await dismissOrganiser(db, signedIn(request), request.params.slug, request.params.id, clock());
      return { items: await organisersOf(db, await managed(request)) };
    },
  );

  app.get(
    '/api/events/:slug/history',
    { config, schema: { tags, security, summary: 'Who changed what, the newest first', params: BySlug, querystring: PageQuery } },
    async (request) => eventHistory(db, await managed(request), request.query),
  );
}
