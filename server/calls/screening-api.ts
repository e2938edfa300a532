import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { id, nullable } from '../fields.ts';
import { PageQuery } from '../http/cursor.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import { mayManageCall } from './access.ts';
import { askException, decideException, exceptionsOf } from './exceptions.ts';
import { managedCall, visibleCall } from './found.ts';
import { visibleEntry } from './found-entry.ts';
import { EntryFilter, ExceptionAsk, ExceptionDecision, ReopeningWrite, ScreeningWrite } from './input.ts';
import { assignModality, entryCounts, screenEntry, screeningPage } from './screening.ts';
import { reopenEntry } from './submission.ts';

const BySlug = z.object({ slug: z.string().max(200) });
const ById = z.object({ id });
const tags = ['entries'];
const security = [{ token: [] }];
const office = { audience: 'back-office' } as const;
const person = { audience: 'person' } as const;

/** Entries for the programs of whoever runs a call: lists, screening, exceptions. */
export function screeningApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;

  app.get(
    '/api/calls/:slug/entries',
    {
      config: office,
      schema: {
        tags,
        security,
        summary: 'The entries of a call',
        params: BySlug,
        querystring: PageQuery.extend(EntryFilter.shape),
      },
    },
    async (request) => {
      const call = await managedCall(request, request.params.slug);
      const [page, counts] = await Promise.all([
        screeningPage(db, call.id, request.query, request.query),
        entryCounts(db, call.id),
      ]);
      return { ...page, counts };
    },
  );

  app.put(
    '/api/entries/:id/screening',
    { config: office, schema: { tags, security, summary: 'Eligible or not, with reasons', params: ById, body: ScreeningWrite } },
    async (request) => {
      await screenEntry(db, signedIn(request), request.params.id, request.body, clock());
      return (await visibleEntry(request, request.params.id)).entry;
    },
  );

  app.put(
    '/api/entries/:id/reopening',
    {
      config: office,
      schema: { tags, security, summary: 'Give it back to its writers for a while', params: ById, body: ReopeningWrite },
    },
    async (request) => {
      await reopenEntry(db, signedIn(request), request.params.id, request.body.until, clock());
      return (await visibleEntry(request, request.params.id)).entry;
    },
  );

  app.put(
    '/api/entries/:id/modality',
    {
      config: office,
      schema: {
        tags,
        security,
        summary: 'Give an experience its modality',
        params: ById,
        body: z.object({ modality: nullable(z.string().max(40)) }),
      },
    },
    async (request) => {
      await assignModality(db, signedIn(request), request.params.id, request.body.modality ?? null);
      return (await visibleEntry(request, request.params.id)).entry;
    },
  );

  app.get(
    '/api/calls/:slug/exceptions',
    { config: person, schema: { tags, security, summary: 'The exceptions that were asked for', params: BySlug } },
    async (request) => {
      const call = await visibleCall(request, request.params.slug);
      const viewer = signedIn(request);
      return { items: await exceptionsOf(db, call.id, mayManageCall(viewer, call) ? undefined : viewer.contactOf) };
    },
  );

  app.post(
    '/api/calls/:slug/exceptions',
    { config: person, schema: { tags, security, summary: 'Ask to be excepted from a rule', params: BySlug, body: ExceptionAsk } },
    (request, reply) =>
      once(request, reply, async () => {
        const exception = await askException(db, signedIn(request), request.params.slug, request.body, clock());
        return { id: exception, state: 'asked' };
      }),
  );

  app.put(
    '/api/calls/:slug/exceptions/:id/decision',
    {
      config: office,
      schema: { tags, security, summary: 'Grant or refuse an exception', params: BySlug.extend({ id }), body: ExceptionDecision },
    },
    async (request) => {
      const { slug, id: exception } = request.params;
      await decideException(db, signedIn(request), slug, exception, request.body, clock());
      return { id: exception, state: request.body.decision };
    },
  );
}
