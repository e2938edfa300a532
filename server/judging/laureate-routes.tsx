import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { LaureatesPage } from '../../web/judging/laureates-page.tsx';
import { NotFound } from '../errors.ts';
import { id, texts } from '../fields.ts';
import { EXPORT_FORMATS, sendExport } from '../http/exports.ts';
import { pageContext, sendPublicPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { publishedResults } from './decisions.ts';
import { chairedCall } from './found.ts';
import { lettersOf, sendLetters, writeLetter } from './letters.ts';
import { everyReview, reviewColumns } from './review-sheet.ts';

const BySlug = z.object({ slug: z.string().max(100) });
const security = [{ token: [] }];
const config = { audience: 'person' } as const;
const tags = ['judging'];

/** What everybody sees once it is published, and the letters to the cities. */
export function laureateRoutes(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;

  for (const format of EXPORT_FORMATS) {
    app.get(
      `/back-office/calls/:slug/reviews.${format}`,
      { config, schema: { hide: true, params: BySlug } },
      async (request, reply) => {
        const call = await chairedCall(db, signedIn(request), request.params.slug);
        const columns = await reviewColumns(db, call, request.language);
        return sendExport(reply, { name: `${call.slug}-reviews`, format, columns, rows: everyReview(db, call.id) });
      },
    );
  }

  app.get(
    '/calls/:slug/laureates',
    { config: { audience: 'public' }, schema: { hide: true, params: BySlug } },
    async (request, reply) => {
      const results = await publishedResults(db, request.params.slug);
      if (!results) throw new NotFound();
      return sendPublicPage(request, reply, async () => ({ node: <LaureatesPage ctx={pageContext(request)} {...results} /> }));
    },
  );
  app.get(
    '/api/calls/:slug/laureates',
    {
      config: { audience: 'public' },
      schema: { tags, summary: 'Laureates and special mentions, once published', params: BySlug },
    },
    async (request) => {
      const results = await publishedResults(db, request.params.slug);
      if (!results) throw new NotFound();
      return { call: results.call.slug, items: results.decisions };
    },
  );

  app.get(
    '/api/calls/:slug/letters',
    { config, schema: { tags, security, summary: 'The letters to the cities as they would arrive', params: BySlug } },
    async (request) => ({
      items: await lettersOf(db, signedIn(request), request.params.slug),
    }),
  );
  app.put(
    '/api/calls/:slug/letters/:entry',
    {
      config,
      schema: {
        tags,
        security,
        summary: 'Write the letter of one entry',
        params: BySlug.extend({ entry: id }),
        body: z.object({ text: texts(10_000) }),
      },
    },
    async (request) => {
      const { slug, entry } = request.params;
      await writeLetter(db, signedIn(request), slug, entry, request.body.text, clock());
      return { entry, text: request.body.text };
    },
  );
  app.put(
    '/api/calls/:slug/letters',
    { config, schema: { tags, security, summary: 'Send every letter that is written and not sent', params: BySlug } },
    async (request) => ({
      sent: await sendLetters(db, signedIn(request), request.params.slug, clock()),
    }),
  );
}
