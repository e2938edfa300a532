import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { NotFound } from '../errors.ts';
import { id, list, optional, search } from '../fields.ts';
import { PAGE_SIZE } from '../http/cursor.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import { markPresent, orderDocuments, revokeDocument } from './actions.ts';
import { sendDocument, sendJobFile, sendPreview } from './answering.ts';
import { overviewOf } from './figures.ts';
import { sendHostList } from './host-list.ts';
import { DocumentKindInput, JobWrite, PresenceWrite, RevocationWrite, TemplateWrite, VisaDecision } from './input.ts';
import { managedOccasion, type Occasion } from './occasions.ts';
import { jobOf, kindIn } from './office-routes.tsx';
import { type DocumentJob, documentById, type IssuedDocument, issuedOf } from './queries.ts';
import { lackingAmong, recipients } from './recipients.ts';
import { codeShown } from './rules.ts';
import { templatesOf, writeTemplate } from './templates.ts';
import { decideVisa, visaRequests } from './visa.ts';

const tags = ['documents'];
const security = [{ token: [] }];
const config = { audience: 'back-office' } as const;
const BySlug = z.object({ slug: z.string().max(200) });
const ById = BySlug.extend({ id });
const ByKind = BySlug.extend({ kind: DocumentKindInput });
const ByRegistration = BySlug.extend({ registration: id });
const PreviewQuery = z.object({ language: optional(z.string().max(35)) });
const HostListQuery = z.object({ format: z.enum(['pdf', 'xlsx']).default('pdf'), answers: list(z.string().max(100), 100) });
const IssuedQuery = z.object({ kind: optional(DocumentKindInput), q: search, cursor: optional(id) });

/** One issued document for programs. */
export const documentJson = ({ content, code, organisationId: _o, zone: _z, ...rest }: IssuedDocument) => ({
  ...rest,
  code: codeShown(code),
  title: content.title,
  occasion: content.occasion,
});

const jobJson = ({ fileKey, orderedById: _b, registrationIds: _r, ...job }: DocumentJob) => ({ ...job, file: fileKey !== null });

/** An issued document of what somebody runs. Errors: NotFound. */
export async function issuedIn(request: FastifyRequest, occasion: Occasion, documentId: string): Promise<IssuedDocument> {
  const found = await documentById(request.server.system.db, documentId);
  if (!found || (found.eventId ?? found.callId) !== occasion.id) throw new NotFound();
  return found;
}

/** What is done about documents, for programs: of events and of calls. */
export function documentApi(fastify: FastifyInstance): void {
  ordering(fastify, 'event');
  ordering(fastify, 'call');
  issued(fastify, 'event');
  issued(fastify, 'call');
  people(fastify);
}

function ordering(fastify: FastifyInstance, of: Occasion['of']): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;
  const at = `/api/${of}s/:slug`;
  const found = (request: FastifyRequest, slug: string) => managedOccasion(request, of, slug);

  app.get(
    `${at}/document-kinds`,
    {
      config,
      schema: { tags, security, summary: 'How many have a right to each kind of document, and what it says', params: BySlug },
    },
    async (request) => {
      const occasion = await found(request, request.params.slug);
      const [figures, texts] = [await overviewOf(db, occasion), await templatesOf(db, occasion)];
      return { ...figures, kinds: figures.kinds.map((one) => ({ ...one, text: texts[one.kind] })) };
    },
  );
  app.get(
    `${at}/document-kinds/:kind/lacking`,
    { config, schema: { tags, security, summary: 'Who would get none, and which field would stay empty', params: ByKind } },
    async (request) => {
      const occasion = await found(request, request.params.slug);
      const kind = kindIn(occasion, request.params.kind);
      const without = (await recipients(db, occasion, kind)).filter(({ documentId }) => documentId === null);
      return { items: lackingAmong((await templatesOf(db, occasion))[kind], occasion, without, null) };
    },
  );
  app.put(
    `${at}/document-kinds/:kind`,
    { config, schema: { tags, security, summary: 'Write what a kind of document says', params: ByKind, body: TemplateWrite } },
    async (request) => {
      const occasion = await found(request, request.params.slug);
      const kind = kindIn(occasion, request.params.kind);
      await writeTemplate(db, signedIn(request), occasion, kind, request.body, clock());
      return (await templatesOf(db, occasion))[kind];
    },
  );
  app.get(
    `${at}/document-kinds/:kind/preview`,
    {
      config,
      schema: { tags, security, summary: 'What would be issued, as a PDF', params: ByKind, querystring: PreviewQuery },
    },
    async (request, reply) => {
      const occasion = await found(request, request.params.slug);
      const kind = kindIn(occasion, request.params.kind);
      return sendPreview(request, reply, occasion, { kind, language: request.query.language ?? occasion.defaultLanguage });
    },
  );
  app.post(
    `${at}/document-jobs`,
    { config, schema: { tags, security, summary: 'Have badges made, or documents issued', params: BySlug, body: JobWrite } },
    (request, reply) =>
      once(request, reply, async () => {
        const occasion = await found(request, request.params.slug);
        const made = await orderDocuments(db, signedIn(request), occasion, request.body, clock());
        return jobJson(await jobOf(request, occasion, made));
      }),
  );
  app.get(
    `${at}/document-jobs/:id`,
    { config, schema: { tags, security, summary: 'How far an order is', params: ById } },
    async (request) => jobJson(await jobOf(request, await found(request, request.params.slug), request.params.id)),
  );
  app.get(
    `${at}/document-jobs/:id/file`,
    { config, schema: { tags, security, summary: 'What it made: a PDF or a ZIP archive, for seven days', params: ById } },
    async (request, reply) => {
      const occasion = await found(request, request.params.slug);
      return sendJobFile(request, reply, occasion, await jobOf(request, occasion, request.params.id));
    },
  );
}

function issued(fastify: FastifyInstance, of: Occasion['of']): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;
  const at = `/api/${of}s/:slug/documents`;
  const found = (request: FastifyRequest, slug: string) => managedOccasion(request, of, slug);

  app.get(
    at,
    {
      config,
      schema: { tags, security, summary: 'What was issued, the latest first', params: BySlug, querystring: IssuedQuery },
    },
    async (request) => {
      const occasion = await found(request, request.params.slug);
      const { kind, q, cursor: after } = request.query;
      const rows = await issuedOf(db, occasion, { kind, search: q, after, limit: PAGE_SIZE + 1 });
      const items = rows.slice(0, PAGE_SIZE);
      return { items: items.map(documentJson), next: rows.length > PAGE_SIZE ? (items.at(-1)?.id ?? null) : null };
    },
  );
  app.get(
    `${at}/:id/file`,
    { config, schema: { tags, security, summary: 'One of them as a PDF', params: ById } },
    async (request, reply) => {
      const occasion = await found(request, request.params.slug);
      return sendDocument(request, reply, await issuedIn(request, occasion, request.params.id));
    },
  );
  app.put(
    `${at}/:id/revocation`,
    { config, schema: { tags, security, summary: 'Revoke a document', params: ById, body: RevocationWrite } },
    async (request) => {
      const occasion = await found(request, request.params.slug);
      await revokeDocument(db, signedIn(request), occasion, request.params.id, request.body.reason, clock());
      return documentJson(await issuedIn(request, occasion, request.params.id));
    },
  );
}

function people(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock, config: settings } = fastify.system;

  const mark = (method: 'PUT' | 'DELETE', present: boolean, summary: string) =>
    app.route({
      method,
      url: '/api/events/:slug/presences',
      config,
      schema: { tags, security, summary, params: BySlug, body: PresenceWrite },
      handler: async (request) => {
        const occasion = await managedOccasion(request, 'event', request.params.slug);
        return { changed: await markPresent(db, signedIn(request), occasion, { ...request.body, present }, clock()) };
      },
    });
  mark('PUT', true, 'Say that these people were there');
  mark('DELETE', false, 'Say it no longer');

  app.get(
    '/api/events/:slug/host-list',
    {
      config,
      schema: {
        tags,
        security,
        summary: 'Who comes, with the answers named and no other: PDF or XLSX',
        params: BySlug,
        querystring: HostListQuery,
      },
    },
    async (request, reply) =>
      sendHostList(request, reply, await managedOccasion(request, 'event', request.params.slug), request.query),
  );
  app.get(
    '/api/events/:slug/visa-letters',
    {
      config,
      schema: { tags, security, summary: 'Who asked for a letter of invitation, with what their passport says', params: BySlug },
    },
    async (request) => {
      const occasion = await managedOccasion(request, 'event', request.params.slug);
      return { items: await visaRequests(db, settings.secret, { eventId: occasion.id }) };
    },
  );
  app.put(
    '/api/events/:slug/visa-letters/:registration',
    { config, schema: { tags, security, summary: 'Approve or refuse a request', params: ByRegistration, body: VisaDecision } },
    async (request) => {
      const occasion = await managedOccasion(request, 'event', request.params.slug);
      await decideVisa(db, signedIn(request), occasion.id, request.params.registration, request.body, clock());
      return (await visaRequests(db, settings.secret, { registrationId: request.params.registration }))[0];
    },
  );
}
