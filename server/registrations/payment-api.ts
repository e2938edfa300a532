import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { managedEvent } from '../events/found.ts';
import { PageQuery } from '../http/cursor.ts';
import { once } from '../http/idempotency.ts';
import { MOST_BYTES, uploaded } from '../http/table-file.ts';
import { signedIn } from '../http/viewer.ts';
import { matchStatement, noteStatement } from './bank.ts';
import { readStatement } from './bank-statement.ts';
import { PaymentFilter, StatementWrite } from './input.ts';
import { paymentPage, paymentTotals } from './payment-queries.ts';

const BySlug = z.object({ slug: z.string().max(200) });
const tags = ['registrations'];
const security = [{ token: [] }];
const config = { audience: 'back-office' as const };

/** The money of an event, for programs. */
export function paymentApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db } = fastify.system;

  app.get(
    '/api/events/:slug/payments',
    {
      config,
      schema: {
        tags,
        security,
        summary: 'What came in and went back, the latest first, and what it comes to',
        params: BySlug,
        querystring: PageQuery.extend(PaymentFilter.shape),
      },
    },
    async (request) => {
      const event = await managedEvent(request, request.params.slug);
      const { cursor, limit, ...filter } = request.query;
      const [page, totals] = await Promise.all([
        paymentPage(db, event.id, filter, { cursor, limit }),
        paymentTotals(db, event.id),
      ]);
      return { ...page, totals, currency: event.currency };
    },
  );

  app.post(
    '/api/events/:slug/payments/statement',
    {
      config,
      bodyLimit: MOST_BYTES + 1000,
      schema: {
        tags,
        security,
        summary: 'Read a bank statement (text/csv, or multipart with a file): answers what each line pays for, notes nothing',
        consumes: ['text/csv', 'multipart/form-data'],
        params: BySlug,
      },
    },
    async (request) => {
      const event = await managedEvent(request, request.params.slug);
      const { bytes } = await uploaded(request);
      const matches = await matchStatement(
        db,
        { eventId: event.id, currency: event.currency },
        readStatement(bytes, event.currency),
      );
      return {
        items: matches.map(({ line, kind, found }) => ({
          ...line,
          match: kind,
          reference: found?.reference ?? null,
          name: found?.name ?? null,
          due: found?.due ?? null,
        })),
      };
    },
  );

  app.post(
    '/api/events/:slug/payments',
    {
      config,
      bodyLimit: 4_000_000,
      schema: {
        tags,
        security,
        summary: 'Note the money of lines of a statement: all of them or none; each once, however often it is sent',
        params: BySlug,
        body: StatementWrite,
      },
    },
    (request, reply) =>
      once(request, reply, async () => {
        const event = await managedEvent(request, request.params.slug);
        const scope = { eventId: event.id, currency: event.currency };
        return { noted: await noteStatement(db, signedIn(request), scope, request.body.lines) };
      }),
  );
}
