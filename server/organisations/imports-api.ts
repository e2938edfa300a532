import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { id } from '../fields.ts';
import { once } from '../http/idempotency.ts';
import { MOST_BYTES, uploaded } from '../http/table-file.ts';
import { signedIn } from '../http/viewer.ts';
import { type AnyPlan, applyImport, createImport, type Import, type ImportKind, importById } from './import-store.ts';
import { CITIES } from './imports.ts';
import { PEOPLE } from './people-imports.ts';

const ById = z.object({ id });
const Application = z.object({
  fingerprint: z.string().max(100).optional().describe('Of the preview: refused when it would do something else by now'),
});
const security = [{ token: [] }];
const config = { audience: 'secretariat' } as const;
const SHOWN = 1000;

/** A plan whose rows a program may read, in the order of the file. */
type ToldPlan = AnyPlan & {
  newNetworks?: string[];
  rows: { line: number; name: string; country?: string; about?: string; state: string; errors: unknown[]; changes: unknown[] }[];
};

/** Importing organisations, or people, from a table: send the file, read what it would do, then do it. */
export function importApi(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('text/csv', { parseAs: 'buffer', bodyLimit: MOST_BYTES + 1000 }, (_request, body, done) =>
    done(null, body),
  );
  apiOf(fastify, CITIES);
  apiOf(fastify, PEOPLE);
}

function apiOf<Row, Plan extends ToldPlan, Result extends object>(
  fastify: FastifyInstance,
  kind: ImportKind<Row, Plan, Result>,
): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;
  const tags = [kind.kind];

  app.post(
    `/api/${kind.kind}/imports`,
    {
      config,
      bodyLimit: MOST_BYTES + 1000,
      schema: {
        tags,
        security,
        summary: `A table of ${kind.kind} (text/csv, or multipart with a file): answers what it would do`,
        consumes: ['text/csv', 'multipart/form-data'],
      },
    },
    async (request, reply) => {
      const file = await uploaded(request);
      request.body = file.bytes.toString('base64');
      return once(request, reply, async () =>
        said(await importById(db, kind, await createImport(db, signedIn(request), kind, file.name, file.bytes))),
      );
    },
  );

  app.get(
    `/api/${kind.kind}/imports/:id`,
    { config, schema: { tags, security, summary: 'What an import would do, or did', params: ById } },
    async (request) => said(await importById(db, kind, request.params.id)),
  );

  app.put(
    `/api/${kind.kind}/imports/:id/application`,
    {
      config,
      schema: { tags, security, summary: 'Do an import: all of it or nothing', params: ById, body: Application.default({}) },
    },
    async (request) => applyImport(db, signedIn(request), kind, request.params.id, clock(), request.body.fingerprint),
  );
}

function said({ plan, ...rest }: Import<ToldPlan, object>) {
  if (!plan) return { ...rest, preview: null };
  const rows = plan.rows.map(({ line, name, country, about, state, errors, changes }) => ({
    line,
    name,
    country,
    organisation: about,
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
