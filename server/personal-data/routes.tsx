import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ErasurePage } from '../../web/personal-data/erasure-page.tsx';
import { MyDataPage } from '../../web/personal-data/my-data-page.tsx';
import { id } from '../fields.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { clearSignInCookie, signedIn } from '../http/viewer.ts';
import { erasePerson } from './actions.ts';
import { subjectOr404 } from './found.ts';
import { personalData, tiesOf } from './queries.ts';
import { erasureRefusal } from './rules.ts';

type ById = { Params: { id: string } };
const person = { config: { audience: 'person' }, schema: { hide: true } } as const;
const admin = { config: { audience: 'admin' }, schema: { hide: true } } as const;

/** What is held of a person, to read and to take along, and their being erased: by themselves, and by administrators on demand. */
export function personalDataRoutes(app: FastifyInstance): void {
  const { db, clock, storage } = app.system;

  app.get('/account/data', person, async (request, reply) => {
    const data = await personalData(db, await subjectOr404(request, signedIn(request).personId));
    return sendPage(reply, <MyDataPage ctx={pageContext(request)} counts={countsOf(data)} />);
  });

  app.get('/account/data.json', person, (request, reply) => download(request, reply, signedIn(request).personId));

  app.get<ById>('/people/:id/data.json', admin, (request, reply) => download(request, reply, parse(id, request.params.id)));

  app.get('/account/erasure', person, (request, reply) => ask(request, reply, signedIn(request).personId, '/account/data'));

  app.post('/account/erasure', person, async (request, reply) => {
    await erasePerson(db, storage, signedIn(request), signedIn(request).personId, clock());
    clearSignInCookie(reply, app.system);
    return goOn(reply.header('clear-site-data', '"storage"'), '/events', 'erased');
  });

  app.get<ById>('/people/:id/erasure', admin, (request, reply) =>
    ask(request, reply, parse(id, request.params.id), `/people/${request.params.id}`),
  );

  app.post<ById>('/people/:id/erasure', admin, async (request, reply) => {
    await erasePerson(db, storage, signedIn(request), parse(id, request.params.id), clock());
    return goOn(reply, '/people', 'erased');
  });

  async function download(request: FastifyRequest, reply: FastifyReply, personId: string) {
    const data = await personalData(db, await subjectOr404(request, personId));
    return reply
      .header('cache-control', 'private, no-store')
      .header('content-disposition', 'attachment; filename="personal-data.json"')
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(data, null, 2));
  }

  async function ask(request: FastifyRequest, reply: FastifyReply, personId: string, back: string) {
    const subject = await subjectOr404(request, personId);
    const self = personId === signedIn(request).personId;
    const refusal = erasureRefusal(await tiesOf(db, subject, clock()));
    const action = self ? '/account/erasure' : `/people/${personId}/erasure`;
    return sendPage(reply, <ErasurePage ctx={pageContext(request)} {...{ self, name: subject.name, refusal, action, back }} />);
  }
}

const countsOf = (data: Awaited<ReturnType<typeof personalData>>) =>
  Object.entries(data).flatMap(([table, rows]) => (rows.length > 0 ? [{ table, count: rows.length }] : []));
