import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { NotFound } from '../errors.ts';
import { managedEvent } from '../events/found.ts';
import { signedIn } from '../http/viewer.ts';
import { releaseYear, withdrawYear } from './actions.ts';
import { foundYear } from './found.ts';
import { ReleaseWrite, ReportQuery, YearParams } from './input.ts';
import { releasedYear } from './queries.ts';
import { reportOf } from './report.ts';

const tags = ['reports'];
const security = [{ token: [] }];

/** Reports for programs. */
export function reportsApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;

  app.get(
    '/api/events/:slug/report',
    {
      config: { audience: 'back-office' },
      schema: {
        tags,
        security,
        summary: 'What an event came to: who took part, from where, what they thought of it',
        params: z.object({ slug: z.string().max(200) }),
      },
    },
    async (request) => reportOf(db, { eventId: (await managedEvent(request, request.params.slug)).id }, clock()),
  );

  app.get(
    '/api/reports/:year',
    {
      config: { audience: 'back-office' },
      schema: {
        tags,
        security,
        summary: 'The report of a year, of all or of one network',
        params: YearParams,
        querystring: ReportQuery,
      },
    },
    async (request) => {
      const { year, network, report } = await foundYear(request);
      return { year, network: network?.slug ?? null, ...report };
    },
  );

  app.put(
    '/api/reports/:year/publication',
    {
      config: { audience: 'secretariat' },
      schema: {
        tags,
        security,
        summary: 'Let everybody read the report of a year, with the figures of now',
        params: YearParams,
        body: ReleaseWrite,
      },
    },
    async (request) => {
      await releaseYear(db, signedIn(request), request.params.year, request.body, clock());
      return { released: true };
    },
  );

  app.delete(
    '/api/reports/:year/publication',
    {
      config: { audience: 'secretariat' },
      schema: { tags, security, summary: 'Let nobody but the back office read the report of a year', params: YearParams },
    },
    async (request) => {
      await withdrawYear(db, signedIn(request), request.params.year);
      return { released: false };
    },
  );

  app.get(
    '/api/transparency/:year',
    {
      config: { audience: 'public' },
      schema: { tags, summary: 'The report of a year as everybody may read it', params: YearParams },
    },
    async (request) => {
      const released = await releasedYear(db, request.params.year);
      if (!released) throw new NotFound();
      const { year, note, report, releasedAt } = released;
      return { year, note, releasedAt, ...report };
    },
  );
}
