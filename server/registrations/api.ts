import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Viewer } from '../accounts/access.ts';
import { NotFound } from '../errors.ts';
import { id } from '../fields.ts';
import { PageQuery } from '../http/cursor.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import { maySee, organises } from './access.ts';
import { register } from './actions.ts';
import { cancelRegistration, changeRegistration } from './changes.ts';
import { type EventContext, eventContext } from './context.ts';
import { registerDelegation } from './delegation.ts';
import { DelegationWrite, PaymentWrite, RegistrationChange, RegistrationFilter, RegistrationWrite } from './input.ts';
import { acceptOffer, declineOffer } from './offers.ts';
import { recordPayment, removePayment } from './payments.ts';
import { history, type Registration, registration, registrationPage, registrationsById, waitingList } from './queries.ts';
import { selfRegister } from './self.ts';

const BySlug = z.object({ slug: z.string().max(200) });
const ById = z.object({ id });
const tags = ['registrations'];
const security = [{ token: [] }];

/**
 * The event as this viewer may know of it, with the organisation for which somebody registers: the viewer unless `personId` says who.
 * Errors: NotFound for an unpublished one of somebody else's.
 */
export async function visibleEvent(
  request: FastifyRequest,
  slug: string,
  organisationId: string | null = null,
  personId: string | undefined = request.viewer?.personId,
): Promise<EventContext> {
  const event = await eventContext(request.server.system.db, slug, organisationId, personId ? [personId] : []);
  if (!event.publishedAt && !organises(request.viewer, event)) throw new NotFound();
  return event;
}

const scopeOf = (found: Registration) => ({
  eventId: found.event.id,
  networkId: found.event.networkId,
  personId: found.person.id,
  organisationId: found.organisation?.id ?? null,
});

/** The registration, if this viewer may see it. Errors: NotFound. */
export async function visibleRegistration(
  request: FastifyRequest,
  registrationId: string,
  viewer: Viewer | null = request.viewer,
): Promise<Registration> {
  const found = await registration(request.server.system.db, registrationId);
  if (!found || !maySee(viewer, scopeOf(found))) throw new NotFound();
  return inWordsFor(request, found, viewer);
}

/** As it is after a change by somebody who was allowed to make it: who has just been replaced reads the answer, too. */
async function changed(request: FastifyRequest, registrationId: string): Promise<Registration> {
  const found = await registration(request.server.system.db, registrationId);
  if (!found) throw new NotFound();
  return inWordsFor(request, found);
}

async function inWordsFor(
  request: FastifyRequest,
  found: Registration,
  viewer: Viewer | null = request.viewer,
): Promise<Registration> {
  if (viewer?.personId === found.person.id || organises(viewer, scopeOf(found))) return found;
  return (await registration(request.server.system.db, found.id, 'roster')) ?? found;
}

export function registrationApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock, config } = fastify.system;

  app.post(
    '/api/events/:slug/registrations',
    {
      config: { audience: 'public' },
      schema: {
        tags,
        summary: 'Register a person; without a token, by name and e-mail, confirmed through a mailed link',
        params: BySlug,
        body: RegistrationWrite,
      },
    },
    (request, reply) =>
      once(request, reply, async () => {
        const { viewer } = request;
        const event = await visibleEvent(
          request,
          request.params.slug,
          request.body.organisationId ?? null,
          request.body.personId,
        );
        if (!viewer) {
          const asking = { language: request.language, zone: config.defaultZone, from: request.ip };
          const { registrationId, until } = await selfRegister(db, config.secret, event, request.body, asking, clock());
          return { id: registrationId, state: 'draft', confirmBy: until };
        }
        const outcome = await register(db, viewer, event, request.body, clock());
        reply.header('location', `/api/registrations/${outcome.registrationId}`);
        return { id: outcome.registrationId, personId: outcome.personId, state: outcome.outcome };
      }),
  );

  app.get(
    '/api/events/:slug/registrations',
    {
      config: { audience: 'person' },
      schema: {
        tags,
        security,
        summary: "An event's registrations: all for its organisers, a contact's own organisations otherwise",
        params: BySlug,
        querystring: PageQuery.extend(RegistrationFilter.shape),
      },
    },
    async (request) => {
      const viewer = signedIn(request);
      const event = await visibleEvent(request, request.params.slug);
      const all = organises(viewer, event);
      if (!all && viewer.contactOf.length === 0) throw new NotFound();
      return registrationPage(
        db,
        { eventId: event.eventId, organisationIds: all ? undefined : viewer.contactOf },
        request.query,
        request.query,
      );
    },
  );

  app.post(
    '/api/events/:slug/delegations',
    {
      config: { audience: 'person' },
      schema: {
        tags,
        security,
        summary: 'Register the people of an organisation together',
        params: BySlug,
        body: DelegationWrite,
      },
    },
    (request, reply) =>
      once(request, reply, async () => {
        const event = await visibleEvent(request, request.params.slug, request.body.organisationId);
        const { delegationId, outcomes } = await registerDelegation(db, signedIn(request), event, request.body, clock());
        const written = await registrationsById(
          db,
          outcomes.map((outcome) => outcome.registrationId),
          organises(request.viewer, event) ? 'own' : 'roster',
        );
        return {
          id: delegationId,
          registrations: written,
          refused: outcomes
            .filter(({ outcome }) => outcome === 'allowance' || outcome === 'no-places')
            .map(({ personId, outcome }) => ({ personId, code: outcome })),
        };
      }),
  );

  app.get(
    '/api/events/:slug/waiting-list',
    {
      config: { audience: 'back-office' },
      schema: { tags, security, summary: 'Who waits, in order, with offers and what each lacks', params: BySlug },
    },
    async (request) => {
      const event = await visibleEvent(request, request.params.slug);
      if (!organises(request.viewer, event)) throw new NotFound();
      return { items: await waitingList(db, event.eventId) };
    },
  );

  app.get(
    '/api/registrations/:id',
    { config: { audience: 'person' }, schema: { tags, security, summary: 'A registration', params: ById } },
    (request) => visibleRegistration(request, request.params.id),
  );

  app.get(
    '/api/registrations/:id/history',
    { config: { audience: 'person' }, schema: { tags, security, summary: 'What happened to it', params: ById } },
    async (request) => {
      const found = await visibleRegistration(request, request.params.id);
      const all = organises(request.viewer, scopeOf(found));
      const items = await history(db, found.id);
      // Who did it is named to the organisers alone: others know people by the names their organisation gives them.
      return {
        items: items.map((item) => ({ ...item, actor: all || item.actorId === request.viewer?.personId ? item.actor : null })),
      };
    },
  );

  app.patch(
    '/api/registrations/:id',
    {
      config: { audience: 'person' },
      schema: {
        tags,
        security,
        summary: 'Change answers or category, replace the person, approve or refuse',
        params: ById,
        body: RegistrationChange,
      },
    },
    async (request) => {
      const found = await visibleRegistration(request, request.params.id);
      await changeRegistration(db, signedIn(request), found.id, request.body, clock());
      return changed(request, request.params.id);
    },
  );

  app.delete(
    '/api/registrations/:id',
    {
      config: { audience: 'person' },
      schema: {
        tags,
        security,
        summary: 'Give it back or cancel it',
        params: ById,
        querystring: z.object({ reason: z.string().max(500).optional() }),
      },
    },
    async (request) => {
      const found = await visibleRegistration(request, request.params.id);
      await cancelRegistration(db, signedIn(request), found.id, clock(), request.query.reason);
      return changed(request, request.params.id);
    },
  );

  app.put(
    '/api/registrations/:id/offer/acceptance',
    { config: { audience: 'person' }, schema: { tags, security, summary: 'Take the offered places', params: ById } },
    async (request) => {
      const found = await visibleRegistration(request, request.params.id);
      await acceptOffer(db, signedIn(request), found.id, clock());
      return changed(request, request.params.id);
    },
  );

  app.delete(
    '/api/registrations/:id/offer',
    { config: { audience: 'person' }, schema: { tags, security, summary: 'Decline the offer', params: ById } },
    async (request) => {
      const found = await visibleRegistration(request, request.params.id);
      await declineOffer(db, signedIn(request), found.id, clock());
      return changed(request, request.params.id);
    },
  );

  app.post(
    '/api/registrations/:id/payments',
    {
      config: { audience: 'back-office' },
      schema: { tags, security, summary: 'Note a payment', params: ById, body: PaymentWrite },
    },
    (request, reply) =>
      once(request, reply, async () => {
        const found = await visibleRegistration(request, request.params.id);
        return { id: await recordPayment(db, signedIn(request), found.id, request.body) };
      }),
  );

  app.delete(
    '/api/registrations/:id/payments/:payment',
    {
      config: { audience: 'back-office' },
      schema: { tags, security, summary: 'Take back a payment noted by mistake', params: z.object({ id, payment: id }) },
    },
    async (request) => {
      const found = await visibleRegistration(request, request.params.id);
      await removePayment(db, signedIn(request), found.id, request.params.payment, clock());
      return changed(request, request.params.id);
    },
  );
}
