import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isLanguage, type Language, preferredLanguage } from '../../web/locales/languages.ts';
import type { Viewer } from '../accounts/access.ts';
import { noteSignInUse, noteTokenUse } from '../accounts/actions.ts';
import { viewerBySignIn, viewerByToken } from '../accounts/queries.ts';
import { worthNoting } from '../accounts/rules.ts';
import { SignInNeeded } from '../errors.ts';
import type { System } from '../system.ts';
import { hashToken } from '../tokens.ts';

declare module 'fastify' {
  interface FastifyRequest {
    viewer: Viewer | null;
    language: Language;
  }
}

const SIGN_IN_COOKIE = 'convivium';
const LANGUAGE_COOKIE = 'language';

/** Puts on each request who is asking (by cookie on pages, by bearer token under /api) and in which language. */
export function knowViewers(app: FastifyInstance, system: System): void {
  app.decorateRequest('viewer', null);
  app.decorateRequest('language', 'en');
  app.addHook('onRequest', async (request) => {
    request.viewer = request.headers.authorization
      ? await byToken(system, request.headers.authorization)
      : await byCookie(system, request);
    request.language = languageOf(request);
  });
}

async function byToken(system: System, authorization: string): Promise<Viewer> {
  const token = /^Bearer (cv_[\w-]{43})$/.exec(authorization)?.[1];
  const found = token && (await viewerByToken(system.db, hashToken(token)));
  if (!found) throw new SignInNeeded();
  const now = system.clock();
  if (!found.lastUsedAt || worthNoting(found.lastUsedAt, now)) await noteTokenUse(system.db, found.viewer.tokenId, now);
  return found.viewer;
}

async function byCookie(system: System, request: FastifyRequest): Promise<Viewer | null> {
  const token = request.cookies[SIGN_IN_COOKIE];
  if (!token || !/^[\w-]{43}$/.test(token)) return null;
  const now = system.clock();
  const found = await viewerBySignIn(system.db, hashToken(token), now);
  if (!found) return null;
  if (worthNoting(found.lastSeenAt, now)) await noteSignInUse(system.db, found.viewer.signInId, now);
  return found.viewer;
}

/** Chosen in the URL, then remembered, then the person's own, then the browser's. */
function languageOf(request: FastifyRequest): Language {
  const chosen = (request.query as { lang?: unknown } | undefined)?.lang;
  const remembered = request.cookies[LANGUAGE_COOKIE];
  const own = request.viewer?.language;
  if (isLanguage(chosen)) return chosen;
  if (isLanguage(remembered)) return remembered;
  if (isLanguage(own)) return own;
  return preferredLanguage(request.headers['accept-language']) ?? 'en';
}

const cookie = (system: System) => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: system.config.publicUrl.startsWith('https:'),
});

export function setSignInCookie(reply: FastifyReply, system: System, token: string, days: number): void {
  reply.setCookie(SIGN_IN_COOKIE, token, { ...cookie(system), maxAge: days * 86_400 });
}

export function clearSignInCookie(reply: FastifyReply, system: System): void {
  reply.clearCookie(SIGN_IN_COOKIE, cookie(system));
}

export function setLanguageCookie(reply: FastifyReply, system: System, language: Language): void {
  reply.setCookie(LANGUAGE_COOKIE, language, { ...cookie(system), maxAge: 365 * 86_400 });
}

/** The person who must be signed in here. Errors: SignInNeeded. */
export function signedIn(request: FastifyRequest): Viewer {
  if (!request.viewer) throw new SignInNeeded();
  return request.viewer;
}
