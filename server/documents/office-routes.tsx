import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { IssuingPage } from '../../web/documents/issuing-page.tsx';
import { DocumentJobPage } from '../../web/documents/job-page.tsx';
import { OfficeDocumentsPage } from '../../web/documents/office-documents-page.tsx';
import { TemplatePage } from '../../web/documents/template-page.tsx';
import type { Values } from '../../web/events/form-values.ts';
import { NotFound } from '../errors.ts';
import { eventBySlug } from '../events/queries.ts';
import { id } from '../fields.ts';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { orderDocuments } from './actions.ts';
import { sendJobFile, sendPreview } from './answering.ts';
import { overviewOf } from './figures.ts';
import { DocumentKindInput, JobWrite, TemplateWrite } from './input.ts';
import { managedOccasion, type Occasion } from './occasions.ts';
import { type DocumentJob, jobById, jobsOf } from './queries.ts';
import { lackingAmong, recipients } from './recipients.ts';
import { kindsOf } from './rules.ts';
import { templatesOf, writeTemplate } from './templates.ts';

type BySlug = { Params: { slug: string } };
type ByKind = { Params: { slug: string; kind: string } };
type ById = { Params: { slug: string; id: string } };

/** Whom each side's pages are for: calls have their own juries, who are told apart by the call. */
const SIDES = [
  ['event', { config: { audience: 'back-office' }, schema: { hide: true } }],
  ['call', { config: { audience: 'back-office' }, schema: { hide: true } }],
] as const;

/** The job of an occasion. Errors: NotFound. */
export async function jobOf(request: FastifyRequest, occasion: Occasion, jobId: string): Promise<DocumentJob> {
  const job = await jobById(request.server.system.db, parse(id, jobId));
  if (!job || (job.eventId ?? job.callId) !== occasion.id) throw new NotFound();
  return job;
}

/** The kind of an address, if this occasion has it. Errors: NotFound. */
export function kindIn(occasion: Occasion, kind: string) {
  const found = kindsOf(occasion).find((one) => one === kind);
  if (!found) throw new NotFound();
  return parse(DocumentKindInput, found);
}

/** The pages on which documents are written and issued, of events and of calls. */
export function documentOfficeRoutes(app: FastifyInstance): void {
  for (const [of, office] of SIDES) {
    const at = `/back-office/${of}s/:slug/documents`;
    overview(app, of, at, office);
    texts(app, of, at, office);
  }
}

type Office = (typeof SIDES)[number][1];

/** What a page is drawn with: the occasion, and the event when it is one. */
export async function drawnOf(request: FastifyRequest, of: Occasion['of'], slug: string) {
  const occasion = await managedOccasion(request, of, slug);
  const event = of === 'event' ? ((await eventBySlug(request.server.system.db, slug)) ?? null) : null;
  return { ctx: pageContext(request), occasion, event };
}

function overview(app: FastifyInstance, of: Occasion['of'], at: string, office: Office): void {
  const { db, clock } = app.system;
  const back = (slug: string) => at.replace(':slug', slug);

  const draw = async (request: FastifyRequest, reply: FastifyReply, slug: string, errors: FormError[] = [], status = 200) => {
    const drawn = await drawnOf(request, of, slug);
    const figures = await overviewOf(db, drawn.occasion);
    return sendPage(
      reply,
      <OfficeDocumentsPage {...drawn} {...figures} jobs={await jobsOf(db, drawn.occasion)} errors={errors} />,
      status,
    );
  };

  app.get<BySlug>(at, office, (request, reply) => draw(request, reply, request.params.slug));

  app.post<BySlug>(`${at}/jobs`, office, async (request, reply) => {
    const { slug } = request.params;
    const occasion = await managedOccasion(request, of, slug);
    return orAgain(
      request,
      async () => {
        const made = await orderDocuments(db, signedIn(request), occasion, parse(JobWrite, request.body), clock());
        return goOn(reply, `${back(slug)}/jobs/${made}`);
      },
      (errors, status) => draw(request, reply, slug, errors, status),
    );
  });

  app.get<ByKind>(`${at}/issuing/:kind`, office, async (request, reply) => {
    const drawn = await drawnOf(request, of, request.params.slug);
    const kind = kindIn(drawn.occasion, request.params.kind);
    const all = await recipients(db, drawn.occasion, kind);
    const without = all.filter(({ documentId }) => documentId === null);
    const lacking = lackingAmong((await templatesOf(db, drawn.occasion))[kind], drawn.occasion, without, null);
    const figures = { kind, entitled: all.length, issued: all.length - without.length, lacking };
    return sendPage(reply, <IssuingPage {...drawn} {...figures} />);
  });

  app.get<ById>(`${at}/jobs/:id`, office, async (request, reply) => {
    const drawn = await drawnOf(request, of, request.params.slug);
    return sendPage(reply, <DocumentJobPage {...drawn} job={await jobOf(request, drawn.occasion, request.params.id)} />);
  });

  app.get<ById>(`${at}/jobs/:id/file`, office, async (request, reply) => {
    const occasion = await managedOccasion(request, of, request.params.slug);
    return sendJobFile(request, reply, occasion, await jobOf(request, occasion, request.params.id));
  });
}

function texts(app: FastifyInstance, of: Occasion['of'], at: string, office: Office): void {
  const { db, clock } = app.system;

  const draw = async (
    request: FastifyRequest,
    reply: FastifyReply,
    again?: { values: Values; errors: FormError[] },
    status = 200,
  ) => {
    const { slug, kind: asked } = request.params as ByKind['Params'];
    const drawn = await drawnOf(request, of, slug);
    const kind = kindIn(drawn.occasion, asked);
    const values = again?.values ?? { ...(await templatesOf(db, drawn.occasion))[kind] };
    return sendPage(reply, <TemplatePage {...drawn} kind={kind} values={values} errors={again?.errors} />, status);
  };

  app.get<ByKind>(`${at}/templates/:kind`, office, (request, reply) => draw(request, reply));

  app.post<ByKind>(`${at}/templates/:kind`, office, async (request, reply) => {
    const occasion = await managedOccasion(request, of, request.params.slug);
    const kind = kindIn(occasion, request.params.kind);
    return orAgain(
      request,
      async () => {
        await writeTemplate(db, signedIn(request), occasion, kind, parse(TemplateWrite, request.body), clock());
        return goOn(reply, `${at.replace(':slug', occasion.slug)}/templates/${kind}`, 'saved');
      },
      (errors, status) => draw(request, reply, { values: posted(request), errors }, status),
    );
  });

  app.get<ByKind>(`${at}/templates/:kind/preview`, office, async (request, reply) => {
    const occasion = await managedOccasion(request, of, request.params.slug);
    const { language } = parse(z.object({ language: z.string().max(35).default(occasion.defaultLanguage) }), request.query);
    return sendPreview(request, reply, occasion, { kind: kindIn(occasion, request.params.kind), language });
  });
}
