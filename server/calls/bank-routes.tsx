import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { BankPage } from '../../web/calls/bank-page.tsx';
import { translator } from '../../web/locales/translate.ts';
import { queryOf } from '../../web/ui/query.ts';
import { PAGE_SIZE, PageQuery } from '../http/cursor.ts';
import { sendExport } from '../http/exports.ts';
import { cursorOf, filterOf } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { pageContext, sendPublicPage } from '../http/pages.tsx';
import { bankChoices, bankPage, everyExperience } from './bank.ts';
import { bankColumns } from './entry-columns.ts';
import { BankFilter } from './input.ts';

const anybody = { config: { audience: 'public' }, schema: { hide: true } } as const;

/** The bank of experiences: for everybody, as a page, as files and for programs. */
export function bankRoutes(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db } = fastify.system;

  fastify.get('/experiences', anybody, (request, reply) => {
    const { filter, errors } = filterOf(request, BankFilter);
    const cursor = cursorOf(request);
    return sendPublicPage(request, reply, async () => {
      const [{ items, next }, choices] = await Promise.all([bankPage(db, filter, { cursor, limit: PAGE_SIZE }), bankChoices(db)]);
      const query = queryOf(filter);
      return {
        node: (
          <BankPage
            ctx={pageContext(request)}
            rows={items}
            next={next}
            filter={filter}
            choices={choices}
            query={query}
            errors={errors}
          />
        ),
      };
    });
  });

  for (const format of ['csv', 'json'] as const) {
    fastify.get(`/experiences.${format}`, anybody, (request, reply) => {
      const filter = parse(BankFilter, request.query);
      const name = translator(request.language)('calls.bank.title');
      return sendExport(reply, { name, format, columns: bankColumns(request.language), rows: everyExperience(db, filter) });
    });
  }

  app.get(
    '/api/experiences',
    {
      config: { audience: 'public' },
      schema: { tags: ['experiences'], summary: 'The bank of experiences', querystring: PageQuery.extend(BankFilter.shape) },
    },
    (request) => bankPage(db, request.query, request.query),
  );
}
