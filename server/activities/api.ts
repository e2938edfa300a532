import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { NotFound } from '../errors.ts';
import { id, optional, whole } from '../fields.ts';
import { refusalOf } from '../forms/api.ts';
import { FileRefused, storeFile } from '../forms/uploads.ts';
import { PageQuery } from '../http/cursor.ts';
import { once } from '../http/idempotency.ts';
import { sendProblem } from '../http/problems.ts';
import { signedIn } from '../http/viewer.ts';
import { changeActivity, proposeActivity, publishActivity, returnActivity, withdrawActivity } from './actions.ts';
import { ActivityChange, ActivityFilter, ActivityWrite, ReturnWrite } from './input.ts';
import { PICTURE } from './picture.ts';
import { activitiesOf, activityPage, publishedActivity, waitingActivities } from './queries.ts';

const tags = ['activities'];
const security = [{ token: [] }];
const params = z.object({ id });
/** Which writing the moderator has read: another one meanwhile is refused. */
const Seen = z.object({ no: optional(whole(1, 1_000_000)) });

/** The activities of the International Day, for programs. */
export function activityApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;

  app.get(
    '/api/activities',
    {
      config: { audience: 'public' },
      schema: {
        tags,
        summary: 'What cities do on the International Day, by day',
        querystring: PageQuery.extend(ActivityFilter.shape),
      },
    },
    ({ query: { cursor, limit, ...filter } }) => activityPage(db, filter, { cursor, limit }),
  );

  app.get(
    '/api/activities/:id',
    { config: { audience: 'public' }, schema: { tags, summary: 'One activity', params } },
    async (request) => {
      const found = await publishedActivity(db, request.params.id);
      if (!found) throw new NotFound();
      return found;
    },
  );

  app.get(
    '/api/account/activities',
    {
      config: { audience: 'person' },
      schema: { tags, security, summary: 'The activities of your cities, as they were last written' },
    },
    async (request) => ({ items: await activitiesOf(db, signedIn(request).contactOf) }),
  );

  app.post(
    '/api/activities',
    {
      config: { audience: 'person' },
      schema: {
        tags,
        security,
        summary: 'Propose an activity of your city; it is published once it was read',
        body: ActivityWrite,
      },
    },
    (request, reply) =>
      once(request, reply, async () => ({
        id: await proposeActivity(db, signedIn(request), request.body, clock()),
        state: 'pending',
      })),
  );

  app.put(
    '/api/activities/:id',
    {
      config: { audience: 'person' },
      schema: {
        tags,
        security,
        summary: 'Write an activity again; what was published stays until the new writing is',
        params,
        body: ActivityChange,
      },
    },
    async (request) => {
      await changeActivity(db, signedIn(request), request.params.id, request.body, clock());
      return { id: request.params.id, state: 'pending' };
    },
  );

  app.delete(
    '/api/activities/:id',
    { config: { audience: 'person' }, schema: { tags, security, summary: 'Take an activity away', params } },
    async (request) => {
      await withdrawActivity(db, signedIn(request), request.params.id, clock());
      return { id: request.params.id, withdrawn: true };
    },
  );

  app.post(
    '/api/activity-pictures',
    {
      config: { audience: 'person' },
      schema: { tags, security, summary: 'Upload a picture (multipart, one part); name its id in an activity within a day' },
    },
    async (request, reply) => {
      const part = request.isMultipart() ? await request.file() : undefined;
      if (!part) return sendProblem(reply, refusalOf(request, new FileRefused('file-kind', PICTURE)));
      try {
        const stored = { name: part.filename, rule: PICTURE, uploadedBy: signedIn(request).personId, now: clock() };
        return await reply.code(201).send({ id: await storeFile(fastify.system, part.file, stored) });
      } catch (error) {
        if (error instanceof FileRefused) return sendProblem(reply, refusalOf(request, error));
        throw error;
      } finally {
        part.file.resume();
      }
    },
  );

  app.get(
    '/api/activity-proposals',
    {
      config: { audience: 'coordination' },
      schema: { tags, security, summary: 'The writings that wait for your word, the longest first', querystring: PageQuery },
    },
    (request) => waitingActivities(db, signedIn(request), request.query),
  );

  app.put(
    '/api/activities/:id/publication',
    {
      config: { audience: 'coordination' },
      schema: { tags, security, summary: 'Let everybody read what waits', params, body: Seen },
    },
    async (request) => {
      await publishActivity(db, signedIn(request), request.params.id, request.body.no, clock());
      return { id: request.params.id, state: 'published' };
    },
  );

  app.put(
    '/api/activities/:id/return',
    {
      config: { audience: 'coordination' },
      schema: {
        tags,
        security,
        summary: 'Send what waits back to its city, which is told why',
        params,
        body: ReturnWrite.extend(Seen.shape),
      },
    },
    async (request) => {
      await returnActivity(db, signedIn(request), request.params.id, request.body, clock());
      return { id: request.params.id, state: 'returned' };
    },
  );
}
