import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { id, search } from '../fields.ts';
import { decodeCursor, PageQuery } from '../http/cursor.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import { createMailing } from './actions.ts';
import { AnswerWrite } from './input.ts';
import {
  answerInvitation,
  INVITATION_STATES,
  invitationCounts,
  invitationPage,
  invitationsEvent,
  invitedBy,
} from './invitations.ts';
import { inviteSubstitute, reminderOf } from './substitutes.ts';

const BySlug = z.object({ slug: z.string().max(200) });
const ByToken = z.object({ token: z.string().max(100) });
const tags = ['invitations'];
const security = [{ token: [] }];
const backOffice = { config: { audience: 'back-office' as const } };

/** Invitations for programs: who answered what, and answering by a link. */
export function invitationApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock, config } = fastify.system;

  app.get(
    '/api/events/:slug/invitations',
    {
      ...backOffice,
      schema: {
        tags,
        security,
        summary: 'Who was invited to an event, and what they answered',
        params: BySlug,
        querystring: PageQuery.extend({ answer: z.enum(INVITATION_STATES).optional(), q: search }),
      },
    },
    async (request) => {
      const event = await invitationsEvent(db, request.viewer, request.params.slug);
      const { cursor, limit, answer, q } = request.query;
      const [counts, page] = await Promise.all([
        invitationCounts(db, event.id),
        invitationPage(db, event.id, { answer, q, after: decodeCursor(cursor, 2), limit }),
      ]);
      return { counts, ...page };
    },
  );

  app.post(
    '/api/events/:slug/invitation-reminders',
    { ...backOffice, schema: { tags, security, summary: 'A draft to those who have not answered', params: BySlug } },
    (request, reply) =>
      once(request, reply, async () => {
        const event = await invitationsEvent(db, request.viewer, request.params.slug);
        const input = reminderOf(event, `${event.slug}: reminder`);
        return { id: await createMailing(db, signedIn(request), input, { now: clock(), defaultZone: config.defaultZone }) };
      }),
  );

  app.put(
    '/api/invitations/:id/substitute',
    { ...backOffice, schema: { tags, security, summary: 'Invite whom they proposed in their place', params: z.object({ id }) } },
    async (request) => ({ id: await inviteSubstitute(db, signedIn(request), request.params.id, clock()) }),
  );

  // The token in the address is the one of the mail.
  app.get(
    '/api/invitation-links/:token',
    { config: { audience: 'public' }, schema: { tags, summary: 'What a personal link invites to', params: ByToken } },
    async (request) => {
      const { title, slug, startsAt, endsAt, name, answer, cancelledAt } = await invitedBy(
        db,
        config.secret,
        request.params.token,
      );
      return { event: { slug, title, startsAt, endsAt, cancelledAt }, name, answer };
    },
  );

  app.put(
    '/api/invitation-links/:token/answer',
    {
      config: { audience: 'public' },
      schema: { tags, summary: 'Answer; the last answer holds', params: ByToken, body: AnswerWrite },
    },
    async (request) => {
      const invitation = await invitedBy(db, config.secret, request.params.token);
      await answerInvitation(db, invitation, request.body, { now: clock() });
      return { answer: request.body.answer };
    },
  );
}
