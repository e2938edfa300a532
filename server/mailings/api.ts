import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { id, search } from '../fields.ts';
import { decodeCursor, PageQuery } from '../http/cursor.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import { mailingsSeenBy } from './access.ts';
import { changeMailing, createMailing } from './actions.ts';
import { audiencePage } from './audience.ts';
import { runMailing } from './found.ts';
import { MailingChange, MailingWrite, PreviewQuery, ScheduleWrite, TemplateWrite, TestWrite } from './input.ts';
import { previewOf, sendTest } from './previews.ts';
import { failuresOf, type Mailing, mailingPage, progressOf, stepsOf } from './queries.ts';
import { readinessOf } from './readiness.ts';
import { KINDS, STATES } from './rules.ts';
import { cancelMailing, pauseMailing, resumeMailing, retryFailed, scheduleMailing, unscheduleMailing } from './running.ts';
import { keepTemplate, removeTemplate, templatesFor } from './templates.ts';

const ById = z.object({ id });
const tags = ['mailings'];
const security = [{ token: [] }];
const backOffice = { config: { audience: 'back-office' as const } };

/** A mailing as programs see it. */
const shown = ({
  eventId: _event,
  eventNetworkId: _network,
  ownerId: _owner,
  anonymous: _anonymous,
  event,
  ...mailing
}: Mailing) => ({
  ...mailing,
  event: event && { id: event.id, slug: event.slug, title: event.title },
});

/** Mailings for programs: whatever the back office does with them. */
export function mailingApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock, config } = fastify.system;
  const one = async (request: FastifyRequest, mailingId: string) => shown(await runMailing(db, request.viewer, mailingId));

  app.get(
    '/api/mailings',
    {
      ...backOffice,
      schema: {
        tags,
        security,
        summary: 'Mailings, the newest first',
        querystring: PageQuery.extend({
          state: z.enum(STATES).optional(),
          kind: z.enum(KINDS).optional(),
          event: z.string().max(200).optional(),
          q: search,
        }),
      },
    },
    async (request) => {
      const { cursor, limit, ...filter } = request.query;
      const page = await mailingPage(db, mailingsSeenBy(signedIn(request)), filter, { after: decodeCursor(cursor, 2), limit });
      return { ...page, items: page.items.map(shown) };
    },
  );

  app.post(
    '/api/mailings',
    { ...backOffice, schema: { tags, security, summary: 'A new mailing, a draft', body: MailingWrite } },
    (request, reply) =>
      once(request, reply, async () =>
        one(request, await createMailing(db, signedIn(request), request.body, { now: clock(), defaultZone: config.defaultZone })),
      ),
  );

  app.get('/api/mailings/:id', { ...backOffice, schema: { tags, security, summary: 'A mailing', params: ById } }, (request) =>
    one(request, request.params.id),
  );

  app.patch(
    '/api/mailings/:id',
    {
      ...backOffice,
      schema: {
        tags,
        security,
        summary: 'Change what is mentioned; while it is paused, the text',
        params: ById,
        body: MailingChange,
      },
    },
    async (request) => {
      await changeMailing(db, signedIn(request), request.params.id, request.body, clock());
      return one(request, request.params.id);
    },
  );

  app.get(
    '/api/mailings/:id/audience',
    {
      ...backOffice,
      schema: {
        tags,
        security,
        summary: 'How many it would reach now, and who that is',
        params: ById,
        querystring: PageQuery.extend({ q: search }),
      },
    },
    async (request) => {
      const mailing = await runMailing(db, request.viewer, request.params.id);
      const { cursor, limit, q } = request.query;
      const [readiness, page] = [
        await readinessOf(db, mailing, clock()),
        await audiencePage(db, mailing, { after: decodeCursor(cursor, 2), limit, q }),
      ];
      return { ...readiness, ...page };
    },
  );

  app.get(
    '/api/mailings/:id/preview',
    {
      ...backOffice,
      schema: { tags, security, summary: 'The letter as one of the audience gets it', params: ById, querystring: PreviewQuery },
    },
    async (request) => {
      const mailing = await runMailing(db, request.viewer, request.params.id);
      const { mail, recipient } = await previewOf(request.server.system, mailing, request.query);
      return {
        subject: mail.subject,
        html: mail.html,
        text: mail.text,
        recipient: { personId: recipient.personId, name: recipient.name },
      };
    },
  );

  app.post(
    '/api/mailings/:id/tests',
    { ...backOffice, schema: { tags, security, summary: 'Send it to yourself', params: ById, body: TestWrite } },
    async (request, reply) => {
      await sendTest(db, signedIn(request), request.params.id, request.body, clock());
      return reply.code(201).send({ accepted: true });
    },
  );

  app.put(
    '/api/mailings/:id/schedule',
    { ...backOffice, schema: { tags, security, summary: 'Say when it goes out', params: ById, body: ScheduleWrite } },
    async (request) => {
      await scheduleMailing(db, signedIn(request), request.params.id, request.body, clock());
      return one(request, request.params.id);
    },
  );

  const deeds = [
    ['delete', 'schedule', 'Take the date away', unscheduleMailing],
    ['put', 'pause', 'Stop it; what is on its way goes out', pauseMailing],
    ['delete', 'pause', 'Go on', resumeMailing],
    ['put', 'cancellation', 'End it for good', cancelMailing],
  ] as const;
  for (const [method, noun, summary, act] of deeds) {
    app[method](
      `/api/mailings/:id/${noun}`,
      { ...backOffice, schema: { tags, security, summary, params: ById } },
      async (request) => {
        const { id: mailingId } = request.params as { id: string };
        await act(db, signedIn(request), mailingId, clock());
        return one(request, mailingId);
      },
    );
  }

  app.post(
    '/api/mailings/:id/retries',
    { ...backOffice, schema: { tags, security, summary: 'Try again what was refused', params: ById } },
    async (request, reply) =>
      reply.code(201).send({ retried: await retryFailed(db, signedIn(request), request.params.id, clock()) }),
  );

  app.get(
    '/api/mailings/:id/progress',
    {
      ...backOffice,
      schema: { tags, security, summary: 'How far it is, counted in the ledger, and whom it did not reach', params: ById },
    },
    async (request) => {
      const mailing = await runMailing(db, request.viewer, request.params.id);
      const [progress, failures, steps] = await Promise.all([
        progressOf(db, mailing.id),
        failuresOf(db, mailing.id),
        stepsOf(db, mailing.id),
      ]);
      return { state: mailing.state, ...progress, failures, steps };
    },
  );

  app.get(
    '/api/mailing-templates',
    { ...backOffice, schema: { tags, security, summary: 'Texts to begin with' } },
    async (request) => ({
      items: await templatesFor(db, signedIn(request)),
    }),
  );

  app.post(
    '/api/mailings/:id/templates',
    { ...backOffice, schema: { tags, security, summary: 'Keep its text in the library', params: ById, body: TemplateWrite } },
    (request, reply) =>
      once(request, reply, async () => ({
        id: await keepTemplate(db, signedIn(request), request.params.id, request.body, clock()),
      })),
  );

  app.delete(
    '/api/mailing-templates/:id',
    { ...backOffice, schema: { tags, security, summary: 'Take it out of the library', params: ById } },
    async (request) => {
      await removeTemplate(db, signedIn(request), request.params.id, clock());
      return { id: request.params.id, removed: true };
    },
  );
}
