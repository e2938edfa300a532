import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { id } from '../fields.ts';
import { signedIn } from '../http/viewer.ts';
import { erasePerson } from './actions.ts';
import { subjectOr404 } from './found.ts';
import { personalData } from './queries.ts';

const security = [{ token: [] }];

/** Personal data for programs. */
export function personalDataApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock, storage } = fastify.system;
  const ById = z.object({ id });

  const dataOf = async (request: FastifyRequest, personId: string) => personalData(db, await subjectOr404(request, personId));

  app.get(
    '/api/account/data',
    { config: { audience: 'person' }, schema: { tags: ['account'], security, summary: 'Everything that is held of you' } },
    (request) => dataOf(request, signedIn(request).personId),
  );

  app.put(
    '/api/account/erasure',
    { config: { audience: 'person' }, schema: { tags: ['account'], security, summary: 'Erase yourself, for good' } },
    async (request) => {
      await erasePerson(db, storage, signedIn(request), signedIn(request).personId, clock());
      return { erased: true };
    },
  );

  app.get(
    '/api/people/:id/data',
    {
      config: { audience: 'admin' },
      schema: { tags: ['people'], security, summary: 'Everything that is held of a person', params: ById },
    },
    (request) => dataOf(request, request.params.id),
  );

  app.put(
    '/api/people/:id/erasure',
    { config: { audience: 'admin' }, schema: { tags: ['people'], security, summary: 'Erase a person, for good', params: ById } },
    async (request) => {
      await erasePerson(db, storage, signedIn(request), request.params.id, clock());
      return { erased: true };
    },
  );
}
