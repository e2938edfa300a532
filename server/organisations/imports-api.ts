import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { id } from '../fields.ts';
import { once } from '../http/idempotency.ts';
import { MOST_BYTES, uploaded } from '../http/table-file.ts';
import { signedIn } from '../http/viewer.ts';
import { applyImport, createImport, type Import, importById } from './imports.ts';

const ById = z.object({ id });
const Application = z.object({
  fingerprint: z.string().max(100).optional().describe('Of the preview: refused when it would do something else by now'),
});
const security = [{ token: [] }];
const config = { audience: 'secretariat' } as const;
const SHOWN = 1000;

/** Importing organisations from a table: send the file, read what it would do, then do it. */
export function importApi(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('text/csv', { parseAs: 'buffer', bodyLimit: MOST_BYTES + 1000 }, (_request, body, done) =>
    done(null, body),
  );
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;
  const tags = ['organisations'];

  app.post(
    '/api/organisations/imports',
    {
      config,
      bodyLimit: MOST_BYTES + 1000,
      schema: {
        tags,
        security,
        summary: 'A table of cities (text/csv, or multipart with a file): answers what it would do',
        consumes: ['text/csv', 'multipart/form-data'],
      },
    },
    async (request, reply) => {
      const file = await uploaded(request);
      request.body = file.bytes.toString('base64');
      return once(request, reply, async () =>
        said(await importById(db, await createImport(db, signedIn(request), file.name, file.bytes))),
      );
    },
  );

  app.get(
    '/api/organisations/imports/:id',
    { config, schema: { tags, security, summary: 'What an import would do, or did', params: ById } },
    async (request) => said(await importById(db, request.params.id)),
  );

  app.put(
    '/api/organisations/imports/:id/application',
    {
      config,
      schema: { tags, security, summary: 'Do an import: all of it or nothing', params: ById, body: Application.default({}) },
    },
    async (request) => applyImport(db, signedIn(request), request.params.id, clock(), request.body.fingerprint),
  );
}

function said({ plan, ...rest }: Import) {
  if (!plan) return { ...rest, preview: null };
  const rows = plan.rows.map(({ line, name, country, state, errors, changes }) => ({
    line,
    name,
    country,
    state,
    errors,
    changes,
  }));
  const wrong = rows.filter((row) => row.state === 'wrong');
  const others = rows.filter((row) => row.state !== 'wrong');
  return {
    ...rest,
    preview: {
      counts: plan.counts,
      newNetworks: plan.newNetworks,
      fingerprint: plan.fingerprint,
      rows: [...wrong, ...others].slice(0, SHOWN),
    },
  };
}
