import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { MyDocumentsPage } from '../../web/documents/my-documents-page.tsx';
import type { Values } from '../../web/events/form-values.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound } from '../errors.ts';
import { id } from '../fields.ts';
import type { Audience } from '../http/audiences.ts';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { visibleRegistration } from '../registrations/api.ts';
import { byManageLink } from '../registrations/manage-links.ts';
import { sendDocument } from './answering.ts';
import { documentJson } from './api.ts';
import { VisaWrite } from './input.ts';
import { documentById, documentsFor, documentsOfRegistration, type IssuedDocument } from './queries.ts';
import { askVisa, visaRequests } from './visa.ts';

interface Door {
  viewer: Viewer;
  registrationId: string;
  base: string;
}
const hidden = { schema: { hide: true } } as const;
const tags = ['documents'];
const security = [{ token: [] }];

/** Who may have a document itself: its person, and the contacts of the city whose entry it is of. */
function isTheirs(viewer: Viewer, { personId, organisationId }: IssuedDocument): boolean {
  return viewer.personId === personId || (organisationId !== null && viewer.contactOf.includes(organisationId));
}

/** One of a person's own documents. Errors: NotFound. */
async function theirDocument(request: FastifyRequest, documentId: string): Promise<IssuedDocument> {
  const found = await documentById(request.server.system.db, parse(id, documentId));
  if (!found || !isTheirs(signedIn(request), found)) throw new NotFound();
  return found;
}

/** What was issued to somebody: on their account, and at each registration, where they ask for a letter for a visa. */
export function myDocumentRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;
  const config = { audience: 'person' } as const;

  app.get('/documents', { config, ...hidden }, async (request, reply) => {
    const viewer = signedIn(request);
    const documents = await documentsFor(db, viewer.personId, viewer.contactOf);
    return sendPage(reply, <MyDocumentsPage ctx={pageContext(request)} documents={documents} base="/documents" />);
  });
  app.get<{ Params: { id: string } }>('/documents/:id/file', { config, ...hidden }, async (request, reply) =>
    sendDocument(request, reply, await theirDocument(request, request.params.id)),
  );

  ofRegistration(app, 'person', '/registrations/:id', async (request) => {
    const registrationId = parse(z.object({ id }), request.params).id;
    return { viewer: signedIn(request), registrationId, base: `/registrations/${registrationId}` };
  });
  ofRegistration(app, 'public', '/registrations/manage/:token', async (request) => {
    const { token } = request.params as { token: string };
    if (!/^[\w-]{43}$/.test(token)) throw new NotFound();
    return { ...(await byManageLink(db, token, clock())), base: `/registrations/manage/${token}` };
  });
  api(app);
}

function ofRegistration(
  app: FastifyInstance,
  audience: Audience,
  at: string,
  open: (request: FastifyRequest) => Promise<Door>,
): void {
  const { db, clock, config: settings } = app.system;
  const config = { config: { audience }, ...hidden } as const;
  // The address of a mailed link is a key: no other site hears of it.
  const page = (reply: FastifyReply) => reply.header('referrer-policy', 'no-referrer').header('x-robots-tag', 'noindex');

  const draw = async (
    request: FastifyRequest,
    reply: FastifyReply,
    door: Door,
    again?: { values: Values; errors: FormError[] },
    status = 200,
  ) => {
    const found = await visibleRegistration(request, door.registrationId, door.viewer);
    const all = await documentsOfRegistration(db, found.id, found.person.id);
    const own = found.person.id === door.viewer.personId;
    const [asked] = await visaRequests(db, settings.secret, { registrationId: found.id });
    const visa = { request: asked, mayAsk: found.state === 'confirmed', values: again?.values ?? {}, errors: again?.errors };
    const documents = all.filter(({ kind }) => own || kind !== 'visa');
    return sendPage(
      page(reply),
      <MyDocumentsPage ctx={pageContext(request)} documents={documents} base={`${door.base}/documents`} visa={visa} />,
      status,
    );
  };

  app.get(`${at}/documents`, config, async (request, reply) => draw(request, reply, await open(request)));

  app.post(`${at}/documents`, config, async (request, reply) => {
    const door = await open(request);
    await visibleRegistration(request, door.registrationId, door.viewer);
    return orAgain(
      request,
      async () => {
        const { personId } = door.viewer;
        await askVisa(db, settings.secret, personId, door.registrationId, parse(VisaWrite, request.body), clock());
        return goOn(page(reply), `${door.base}/documents`, 'visaAsked');
      },
      (errors, status) => draw(request, reply, door, { values: posted(request), errors }, status),
    );
  });

  app.get<{ Params: { document: string } }>(`${at}/documents/:document/file`, config, async (request, reply) => {
    const door = await open(request);
    const found = await visibleRegistration(request, door.registrationId, door.viewer);
    const document = await documentById(db, parse(id, request.params.document));
    if (document?.registrationId !== found.id || document.personId !== found.person.id) throw new NotFound();
    // Of a passport nobody reads but its person and, on their own pages, the organisers.
    if (document.kind === 'visa' && document.personId !== door.viewer.personId) throw new NotFound();
    return sendDocument(request, page(reply), document);
  });
}

function api(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock, config: settings } = fastify.system;
  const config = { audience: 'person' } as const;
  const ById = z.object({ id });

  app.get(
    '/api/documents',
    { config, schema: { tags, security, summary: 'What was issued to you and your cities' } },
    async (request) => {
      const viewer = signedIn(request);
      return { items: (await documentsFor(db, viewer.personId, viewer.contactOf)).map(documentJson) };
    },
  );
  app.get(
    '/api/documents/:id/file',
    { config, schema: { tags, security, summary: 'One of them as a PDF', params: ById } },
    async (request, reply) => sendDocument(request, reply, await theirDocument(request, request.params.id)),
  );
  const state = async (registrationId: string) => {
    const [asked] = await visaRequests(db, settings.secret, { registrationId });
    return { state: asked?.state ?? null, reason: asked?.reason ?? null, consulate: asked?.consulate ?? null };
  };
  app.get(
    '/api/registrations/:id/visa-letter',
    {
      config,
      schema: { tags, security, summary: 'Whether a letter of invitation was asked for, and what became of it', params: ById },
    },
    async (request) => {
      await visibleRegistration(request, request.params.id);
      return state(request.params.id);
    },
  );
  app.put(
    '/api/registrations/:id/visa-letter',
    { config, schema: { tags, security, summary: 'Ask for a letter of invitation', params: ById, body: VisaWrite } },
    async (request) => {
      await visibleRegistration(request, request.params.id);
      await askVisa(db, settings.secret, signedIn(request).personId, request.params.id, request.body, clock());
      return state(request.params.id);
    },
  );
}
