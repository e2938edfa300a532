import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotFound } from '../errors.ts';
import { id } from '../fields.ts';
import { PageQuery } from '../http/cursor.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import { BySlug, found, mustSeeSome } from './api.ts';
import { AffiliationChange, AffiliationWrite, PersonChange, PersonCreation, PersonFilter } from './input.ts';
import { personPage, rosterOf } from './people.ts';
import { organisationBySlug, visibleSlug } from './queries.ts';
import { addPerson, changeAffiliation, changePerson, createPerson, endAffiliation, personFor } from './roster.ts';

const ById = z.object({ id });
const ByAffiliation = BySlug.extend({ id });
const security = [{ token: [] }];
const config = { audience: 'person' } as const;

/** People and their affiliations for programs. */
export function peopleApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;
  const tags = ['people'];

  app.get(
    '/api/people',
    { config, schema: { tags, security, summary: 'The people you may see', querystring: PageQuery.extend(PersonFilter.shape) } },
    async (request) => personPage(db, mustSeeSome(signedIn(request)), request.query, request.query),
  );

  app.post(
    '/api/people',
    {
      config,
      schema: {
        tags,
        security,
        summary: 'A new person, or a known one by their address, on the roster of an organisation',
        body: PersonCreation,
      },
    },
    (request, reply) =>
      once(request, reply, async () => {
        const { organisationId, ...input } = request.body;
        const viewer = mustSeeSome(signedIn(request));
        if (!organisationId) return person(viewer, await createPerson(db, viewer, input));
        const slug = await visibleSlug(db, viewer, organisationId);
        if (!slug) throw new Invalid([{ path: 'organisationId', code: 'choice' }]);
        return person(viewer, (await addPerson(db, viewer, slug, input)).personId);
      }),
  );

  app.get('/api/people/:id', { config, schema: { tags, security, summary: 'One person', params: ById } }, async (request) =>
    person(signedIn(request), request.params.id),
  );

  app.patch(
    '/api/people/:id',
    { config, schema: { tags, security, summary: "Change a person's profile", params: ById, body: PersonChange } },
    async (request) => {
      await changePerson(db, signedIn(request), request.params.id, request.body);
      return person(signedIn(request), request.params.id);
    },
  );

  app.get(
    '/api/organisations/:slug/affiliations',
    { config, schema: { tags, security, summary: "An organisation's people", params: BySlug } },
    async (request) => {
      const organisation = found(await organisationBySlug(db, signedIn(request), request.params.slug));
      return { items: await rosterOf(db, request.viewer, organisation.id) };
    },
  );

  app.post(
    '/api/organisations/:slug/affiliations',
    { config, schema: { tags, security, summary: 'Put somebody on the roster', params: BySlug, body: AffiliationWrite } },
    (request, reply) => once(request, reply, () => addPerson(db, signedIn(request), request.params.slug, request.body)),
  );

  app.patch(
    '/api/organisations/:slug/affiliations/:id',
    {
      config,
      schema: {
        tags,
        security,
        summary: 'Change a title, or who is the contact',
        params: ByAffiliation,
        body: AffiliationChange,
      },
    },
    async (request) => {
      await changeAffiliation(db, signedIn(request), request.params.slug, request.params.id, request.body);
      return { changed: true };
    },
  );

  app.delete(
    '/api/organisations/:slug/affiliations/:id',
    { config, schema: { tags, security, summary: 'End an affiliation', params: ByAffiliation } },
    async (request) => {
      await endAffiliation(db, signedIn(request), request.params.slug, request.params.id, clock());
      return { ended: true };
    },
  );

  async function person(viewer: Viewer, personId: string) {
    const { person, mayChange, roles } = await personFor(db, viewer, personId);
    if (!person) throw new NotFound();
    return { ...person, mayChange, roles };
  }
}
