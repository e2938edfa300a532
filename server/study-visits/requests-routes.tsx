import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Values } from '../../web/events/form-values.ts';
import { VisitRequestPage, VisitRequestsPage } from '../../web/study-visits/visit-requests-page.tsx';
import { NotFound } from '../errors.ts';
import { organisationNames, organisationTyped } from '../events/hosts.ts';
import { id } from '../fields.ts';
import { decodeCursor, PAGE_SIZE, pageOf } from '../http/cursor.ts';
import { cursorOf, type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { RequestStepWrite, RequestWrite } from './input.ts';
import { answerRequest, askForVisit, sidesOf, visitRequests } from './requests.ts';
import { nextSteps } from './rules.ts';

const config = { config: { audience: 'person' }, schema: { hide: true } } as const;
const ById = z.object({ id });

/** The pages of visits between two cities. */
export function visitRequestRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  const all = async (request: FastifyRequest, reply: FastifyReply, values: Values, errors: FormError[] = [], status = 200) => {
    const viewer = signedIn(request);
    const [before] = decodeCursor(cursorOf(request), 1) ?? [];
    const rows = await visitRequests(db, viewer, { before: z.uuid().safeParse(before).data, limit: PAGE_SIZE + 1 });
    const { items, next } = pageOf(rows, PAGE_SIZE, (row) => [row.id]);
    const { rows: own } = await sql<{ id: string; name: string }>`
      select id, name from organisations where id = any (${viewer.contactOf}::uuid[]) order by name`.execute(db);
    const cities = own.length > 0 ? await organisationNames(db) : [];
    const data = { requests: items, next, first: before === undefined, own, cities, values, errors };
    return sendPage(reply, <VisitRequestsPage ctx={pageContext(request)} {...data} />, status);
  };

  app.get('/visit-requests', config, (request, reply) => all(request, reply, { people: 1 }));
  app.post('/visit-requests', config, (request, reply) =>
    orAgain(
      request,
      async () => {
        const { host, ...typed } = posted(request);
        const { id: hostId } = await organisationTyped(db, String(host ?? ''), 'host');
        const made = await askForVisit(db, signedIn(request), parse(RequestWrite, { ...typed, hostId }), clock());
        return goOn(reply, `/visit-requests/${made}`, 'visitRequestSent');
      },
      (errors, status) => all(request, reply, posted(request), atHost(errors), status),
    ),
  );

  const one = async (request: FastifyRequest, reply: FastifyReply, values: Values, errors: FormError[] = [], status = 200) => {
    const viewer = signedIn(request);
    const [found] = await visitRequests(db, viewer, { id: parse(ById, request.params).id });
    const last = found?.steps.at(-1);
    if (!found || !last) throw new NotFound();
    const may = nextSteps(last, { guestId: found.guest.id, hostId: found.host.id }, sidesOf(viewer, found));
    return sendPage(
      reply,
      <VisitRequestPage ctx={pageContext(request)} request={found} may={may} values={values} errors={errors} />,
      status,
    );
  };

  app.get('/visit-requests/:id', config, (request, reply) => one(request, reply, {}));
  app.post('/visit-requests/:id/steps', config, (request, reply) =>
    orAgain(
      request,
      async () => {
        const { id: requestId } = parse(ById, request.params);
        await answerRequest(db, signedIn(request), requestId, parse(RequestStepWrite, request.body), clock());
        return goOn(reply, `/visit-requests/${requestId}`, 'visitRequestAnswered');
      },
      (errors, status) => one(request, reply, posted(request), errors, status),
    ),
  );
}

// The page asks for the city by its name.
const atHost = (errors: FormError[]) => errors.map((error) => (error.path === 'hostId' ? { ...error, path: 'host' } : error));
