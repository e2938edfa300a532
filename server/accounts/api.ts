import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { id } from '../fields.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import { changeProfile, createApiToken, endSignIn, revokeApiToken } from './actions.ts';
import { ProfileWrite, RoleWrite, TokenWrite } from './input.ts';
import { account, roleHolders } from './queries.ts';
import { grantRole, revokeRole } from './roles.ts';

const ById = z.object({ id });
const tags = ['account'];
const security = [{ token: [] }];

/** The account of whoever asks, and the roles of everybody for who grants them. */
export function accountApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;

  app.get(
    '/api/account',
    {
      config: { audience: 'person' },
      schema: { tags, security, summary: 'Yourself: profile, sign-ins, tokens, affiliations, roles' },
    },
    async (request) => {
      const viewer = signedIn(request);
      return { ...(await account(db, viewer.personId, clock())), roles: viewer.roles };
    },
  );

  app.patch(
    '/api/account',
    { config: { audience: 'person' }, schema: { tags, security, summary: 'Change your profile', body: ProfileWrite.partial() } },
    async (request) => {
      const viewer = signedIn(request);
      await changeProfile(db, viewer.personId, request.body);
      return account(db, viewer.personId, clock());
    },
  );

  app.delete(
    '/api/account/sign-ins/:id',
    { config: { audience: 'person' }, schema: { tags, security, summary: 'End one of your sign-ins', params: ById } },
    async (request) => {
      await endSignIn(db, signedIn(request).personId, request.params.id, clock());
      return { ended: true };
    },
  );

  app.post(
    '/api/account/tokens',
    { config: { audience: 'person' }, schema: { tags, security, summary: 'A new API token, shown once', body: TokenWrite } },
    async (request, reply) =>
      // Not repeatable by key: the answer would have to be kept, and a token is kept nowhere.
      reply.code(201).send({ token: await createApiToken(db, signedIn(request).personId, request.body.name, clock()) }),
  );

  app.delete(
    '/api/account/tokens/:id',
    { config: { audience: 'person' }, schema: { tags, security, summary: 'Revoke one of your tokens', params: ById } },
    async (request) => {
      await revokeApiToken(db, signedIn(request).personId, request.params.id, clock());
      return { revoked: true };
    },
  );

  app.get(
    '/api/roles',
    { config: { audience: 'secretariat' }, schema: { tags, security, summary: 'Who holds which role' } },
    async () => ({ items: await roleHolders(db) }),
  );

  app.post(
    '/api/people/:id/roles',
    { config: { audience: 'secretariat' }, schema: { tags, security, summary: 'Give a role', params: ById, body: RoleWrite } },
    (request, reply) =>
      once(request, reply, async () => {
        await grantRole(db, signedIn(request), request.params.id, {
          role: request.body.role,
          scopeId: request.body.scopeId ?? null,
        });
        return { granted: true };
      }),
  );

  app.delete(
    '/api/roles/:id',
    { config: { audience: 'secretariat' }, schema: { tags, security, summary: 'Take a role away', params: ById } },
    async (request) => {
      await revokeRole(db, signedIn(request), request.params.id, clock());
      return { revoked: true };
    },
  );
}
