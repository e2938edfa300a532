import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { signedIn } from '../http/viewer.ts';
import { changeDelegation } from './delegation-change.ts';
import { delegationDoor } from './delegation-page.tsx';
import { delegationMembers, delegationOf, dueOf } from './delegation-queries.ts';
import { DelegationChange } from './input.ts';
import { myDelegations, myRegistrations } from './my-queries.ts';

const tags = ['registrations'];
const security = [{ token: [] }];

/** What a person and their organisations have registered, for programs. */
export function delegationApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;

  app.get(
    '/api/registrations',
    {
      config: { audience: 'person' },
      schema: { tags, security, summary: 'Your own registrations, and the delegations of your organisations' },
    },
    async (request) => {
      const viewer = signedIn(request);
      return {
        items: await myRegistrations(db, viewer.personId, clock()),
        delegations: await myDelegations(db, viewer.contactOf, clock()),
      };
    },
  );

  app.get(
    '/api/events/:slug/delegations/:organisation',
    {
      config: { audience: 'person' },
      schema: {
        tags,
        security,
        summary: "An organisation's people at an event, what is left for it, and what it has to pay",
        params: z.object({ slug: z.string().max(200), organisation: z.string().max(200) }),
      },
    },
    async (request) => shown(request),
  );

  app.patch(
    '/api/events/:slug/delegations/:organisation',
    {
      config: { audience: 'person' },
      schema: {
        tags,
        security,
        summary: 'Change who leads a delegation, and what was answered once for all of it',
        params: z.object({ slug: z.string().max(200), organisation: z.string().max(200) }),
        body: DelegationChange,
      },
    },
    async (request) => {
      const { event, viewer } = await delegationDoor(request);
      await changeDelegation(db, viewer, event, request.body, clock());
      return shown(request);
    },
  );

  async function shown(request: FastifyRequest) {
    const { event, organisation, left } = await delegationDoor(request);
    const people = await delegationMembers(db, event.eventId, organisation.id);
    const delegation = await delegationOf(db, event.eventId, organisation.id);
    return {
      organisation: { id: organisation.id, slug: organisation.slug, name: organisation.name },
      headPersonId: delegation?.headPersonId ?? null,
      answers: delegation?.answers ?? {},
      reference: delegation?.reference ?? null,
      due: dueOf(people),
      currency: event.currency,
      places: left,
      people,
    };
  }
}
