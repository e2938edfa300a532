import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { IssuedPage, RevocationPage } from '../../web/documents/issued-page.tsx';
import { id, optional, search } from '../fields.ts';
import { PAGE_SIZE } from '../http/cursor.ts';
import { type FormError, filterOf, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { revokeDocument } from './actions.ts';
import { sendDocument } from './answering.ts';
import { issuedIn } from './api.ts';
import { DocumentKindInput, RevocationWrite } from './input.ts';
import { managedOccasion, type Occasion } from './occasions.ts';
import { drawnOf } from './office-routes.tsx';
import { issuedOf } from './queries.ts';

type BySlug = { Params: { slug: string } };
type ById = { Params: { slug: string; id: string } };
const office = { config: { audience: 'back-office' }, schema: { hide: true } } as const;
const Filter = z.object({ q: search, kind: optional(DocumentKindInput), cursor: optional(id) });

/** The list of what was issued, of events and of calls; each as a PDF, and revoking it. */
export function issuedRoutes(app: FastifyInstance): void {
  routesOf(app, 'event');
  routesOf(app, 'call');
}

function routesOf(app: FastifyInstance, of: Occasion['of']): void {
  const { db, clock } = app.system;
  const at = `/back-office/${of}s/:slug/documents/issued`;

  app.get<BySlug>(at, office, async (request, reply) => {
    const drawn = await drawnOf(request, of, request.params.slug);
    const { q, kind, cursor: after } = filterOf(request, Filter).filter;
    const rows = await issuedOf(db, drawn.occasion, { search: q, kind, after, limit: PAGE_SIZE + 1 });
    const documents = rows.slice(0, PAGE_SIZE);
    const next = rows.length > PAGE_SIZE ? (documents.at(-1)?.id ?? null) : null;
    return sendPage(reply, <IssuedPage {...drawn} documents={documents} filter={{ q, kind }} next={next} first={!after} />);
  });

  app.get<ById>(`${at}/:id/file`, office, async (request, reply) => {
    const occasion = await managedOccasion(request, of, request.params.slug);
    return sendDocument(request, reply, await issuedIn(request, occasion, parse(id, request.params.id)));
  });

  const draw = async (
    request: FastifyRequest,
    reply: FastifyReply,
    again: { reason?: string; errors?: FormError[] } = {},
    status = 200,
  ) => {
    const { slug, id: documentId } = request.params as ById['Params'];
    const drawn = await drawnOf(request, of, slug);
    const document = await issuedIn(request, drawn.occasion, parse(id, documentId));
    return sendPage(reply, <RevocationPage {...drawn} document={document} {...again} />, status);
  };
  app.get<ById>(`${at}/:id/revocation`, office, (request, reply) => draw(request, reply));

  app.post<ById>(`${at}/:id/revocation`, office, async (request, reply) => {
    const occasion = await managedOccasion(request, of, request.params.slug);
    const document = await issuedIn(request, occasion, parse(id, request.params.id));
    return orAgain(
      request,
      async () => {
        const { reason } = parse(RevocationWrite, request.body);
        await revokeDocument(db, signedIn(request), occasion, document.id, reason, clock());
        return goOn(reply, at.replace(':slug', occasion.slug), 'documentRevoked');
      },
      (errors, status) => draw(request, reply, { reason: String(posted(request).reason ?? ''), errors }, status),
    );
  });
}
