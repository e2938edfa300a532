import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { NotFound } from '../errors.ts';
import { signedIn } from '../http/viewer.ts';
import { zipOf } from '../zip.ts';
import { archiveOf } from './archive.ts';
import { decisionsOf } from './decisions.ts';
import { entryReport, judgedWithReviews, scoredCriteria } from './entry-report.ts';
import { chairedCall } from './found.ts';

const config = { audience: 'person' } as const;
const BySlug = z.object({ slug: z.string().max(100) });
const ByCode = BySlug.extend({ code: z.string().max(10) });
const tags = ['judging'];
const security = [{ token: [] }];

/** A call on paper and whole, for its chair and whoever runs it: what was said of each entry, and one archive of everything. */
export function archiveRoutes(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock, storage, config: settings } = fastify.system;
  const installation = settings.installationName;

  async function report(request: FastifyRequest, reply: FastifyReply, { slug, code }: z.output<typeof ByCode>) {
    const call = await chairedCall(db, signedIn(request), slug);
    const [[entry], criteria, decisions] = await Promise.all([
      judgedWithReviews(db, call.id, [code]),
      scoredCriteria(db, call.id),
      decisionsOf(db, call.id),
    ]);
    if (!entry) throw new NotFound();
    const pdf = await entryReport({ call, entry, criteria, decisions, language: request.language, installation, now: clock() });
    return reply
      .type('application/pdf')
      .header('content-disposition', `attachment; filename="${entry.code}-reviews.pdf"`)
      .header('cache-control', 'private, no-store')
      .send(pdf);
  }

  async function archive(request: FastifyRequest, reply: FastifyReply, slug: string) {
    const call = await chairedCall(db, signedIn(request), slug);
    const now = clock();
    const files = archiveOf({ db, storage, call, language: request.language, installation, now });
    return reply
      .type('application/zip')
      .header('content-disposition', `attachment; filename="${call.slug}.zip"`)
      .header('cache-control', 'private, no-store')
      .send(Readable.from(zipOf(files, now), { objectMode: false }));
  }

  app.get('/back-office/calls/:slug/reviews/:code.pdf', { config, schema: { hide: true, params: ByCode } }, (request, reply) =>
    report(request, reply, request.params),
  );
  app.get(
    '/api/calls/:slug/reviews/:code',
    {
      config,
      schema: { tags, security, summary: 'Every review of an entry and what was decided of it, as a PDF', params: ByCode },
    },
    (request, reply) => report(request, reply, request.params),
  );
  app.get('/back-office/calls/:slug/archive.zip', { config, schema: { hide: true, params: BySlug } }, (request, reply) =>
    archive(request, reply, request.params.slug),
  );
  app.get(
    '/api/calls/:slug/archive',
    { config, schema: { tags, security, summary: 'Everything of a call in one ZIP archive', params: BySlug } },
    (request, reply) => archive(request, reply, request.params.slug),
  );
}
