import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { translator } from '../../web/locales/translate.ts';
import type { Notice, PageContext } from '../../web/page.ts';
import { PostedForm } from '../../web/ui/typed.ts';
import { coordinated, hasBackOffice, isAdmin, isSecretariat } from '../accounts/access.ts';
import type { System } from '../system.ts';
import type { Assets } from './assets.ts';
import { posted } from './forms.ts';
import type { PageCache } from './page-cache.ts';

declare module 'fastify' {
  interface FastifyInstance {
    system: System;
    assets: Assets;
    pages: PageCache;
  }
}

/** What every page needs to know of the request. */
export function pageContext(request: FastifyRequest, notice?: Notice): PageContext {
  const { system, assets } = request.server;
  const { viewer } = request;
  return {
    t: translator(request.language),
    language: request.language,
    zone: viewer?.zone ?? system.config.defaultZone,
    zoneKnown: viewer !== null,
    now: system.clock(),
    path: request.url,
    publicUrl: system.config.publicUrl,
    installationName: system.config.installationName,
    viewer: viewer && { personId: viewer.personId, name: viewer.name },
    nav: {
      backOffice: hasBackOffice(viewer),
      secretariat: isSecretariat(viewer),
      reports: isSecretariat(viewer) || coordinated(viewer).length > 0,
      admin: isAdmin(viewer),
      organisations: viewer?.contactOf.length ?? 0,
      jury: viewer?.roles.some((held) => held.role === 'juror') ?? false,
    },
    notice: notice ?? noticeFrom(request),
    assets,
    development: system.config.development,
  };
}

// After a form post the next page says what happened: `?done=<code>` of the catalogue's `notice.<code>`, with `n` where it counts.
function noticeFrom(request: FastifyRequest): Notice | undefined {
  const { done, n } = (request.query ?? {}) as { done?: unknown; n?: unknown };
  if (typeof done !== 'string' || !/^[a-zA-Z]{1,60}$/.test(done)) return undefined;
  return { kind: 'success', code: done, count: typeof n === 'string' && /^\d{1,6}$/.test(n) ? Number(n) : undefined };
}

/** The document of a page. */
export function renderPage(node: VNode): string {
  return `<!doctype html>${renderToString(node)}`;
}

/** Answers with a page made for this reader alone. One that says what is wrong with a post shows in its form what was typed. */
export function sendPage(reply: FastifyReply, page: VNode, status = 200): FastifyReply {
  const { request } = reply;
  // What comes in parts, with files, its own reader gives back to its page.
  const wrong = request.method === 'POST' && status >= 400 && typeof request.body === 'object' && request.body !== null;
  const typed = wrong ? { path: request.url, values: posted(request) } : undefined;
  const node = typed ? <PostedForm.Provider value={typed}>{page}</PostedForm.Provider> : page;
  return reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'private, no-store').send(renderPage(node));
}

/**
 * Answers with a page that is the same for everybody who is not signed in: from the cache for them, afresh for others. `make`
 * returns the page and, when time alone changes it, until when it holds.
 */
export async function sendPublicPage(
  request: FastifyRequest,
  reply: FastifyReply,
  make: () => Promise<{ node: VNode; until?: Temporal.Instant | null }>,
): Promise<FastifyReply> {
  reply.type('text/html; charset=utf-8');
  if (request.viewer) return reply.header('cache-control', 'private, no-store').send(renderPage((await make()).node));
  const page = await request.server.pages(`${request.language} ${request.url}`, async () => {
    const { node, until } = await make();
    return { body: renderPage(node), until: until ?? null };
  });
  reply.header('etag', page.etag).header('cache-control', 'no-cache').header('vary', 'accept-language, cookie');
  if (request.headers['if-none-match']?.includes(page.etag)) return reply.code(304).send();
  return reply.send(page.body);
}

/** After a form post: on to the next page (303), with a word on what was done. */
export function goOn(reply: FastifyReply, to: string, done?: string, count?: number): FastifyReply {
  const url = done ? `${to}${to.includes('?') ? '&' : '?'}done=${done}${count === undefined ? '' : `&n=${count}`}` : to;
  return reply.redirect(url, 303);
}
