import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Viewer } from '../accounts/access.ts';
import { NotFound } from '../errors.ts';
import { id } from '../fields.ts';
import { decodeCursor, PageQuery, pageOf } from '../http/cursor.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import { RequestStepWrite, RequestWrite } from './input.ts';
import { answerRequest, askForVisit, sidesOf, type VisitRequest, visitRequests } from './requests.ts';
import { nextSteps } from './rules.ts';

const tags = ['study visits'];
const security = [{ token: [] }];
const config = { audience: 'person' } as const;
const ById = z.object({ id });

/** Visits between two cities: one asks, the other accepts, proposes dates or declines. */
export function visitRequestsApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;

  app.get(
    '/api/visit-requests',
    { config, schema: { tags, security, summary: 'What your cities asked for, and were asked', querystring: PageQuery } },
    async (request) => {
      const viewer = signedIn(request);
      const { cursor, limit } = request.query;
      const rows = await visitRequests(db, viewer, {
        before: z.uuid().safeParse(decodeCursor(cursor, 1)?.[0]).data,
        limit: limit + 1,
      });
      const page = pageOf(rows, limit, (row) => [row.id]);
      return { ...page, items: page.items.map((row) => shown(viewer, row)) };
    },
  );
  app.post(
    '/api/visit-requests',
    { config, schema: { tags, security, summary: 'Ask another city to receive yours', body: RequestWrite } },
    (request, reply) =>
      once(request, reply, async () => ({ id: await askForVisit(db, signedIn(request), request.body, clock()) })),
  );
  app.get(
    '/api/visit-requests/:id',
    { config, schema: { tags, security, summary: 'One request, and what was said', params: ById } },
    (request) => one(signedIn(request), request.params.id),
  );
  app.post(
    '/api/visit-requests/:id/steps',
    {
      config,
      schema: {
        tags,
        security,
        summary: 'Accept, propose other dates, decline or withdraw',
        params: ById,
        body: RequestStepWrite,
      },
    },
    (request, reply) =>
      once(request, reply, async () => {
        await answerRequest(db, signedIn(request), request.params.id, request.body, clock());
        return one(signedIn(request), request.params.id);
      }),
  );

  async function one(viewer: Viewer, requestId: string) {
    const [found] = await visitRequests(db, viewer, { id: requestId });
    if (!found) throw new NotFound();
    return shown(viewer, found);
  }
}

function shown(viewer: Viewer, request: VisitRequest) {
  const last = request.steps.at(-1);
  const ids = { guestId: request.guest.id, hostId: request.host.id };
  return { ...request, state: last?.kind ?? 'asked', mayNow: last ? nextSteps(last, ids, sidesOf(viewer, request)) : [] };
}
