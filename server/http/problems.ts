import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '../../web/locales/languages.ts';
import { translateCode } from '../../web/locales/translate.ts';
import { type FieldError, Invalid, NotAllowed, NotFound, Refused, SignInNeeded, TooMany } from '../errors.ts';

/** RFC 9457. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code?: string;
  errors?: { path: string; code: string; message: string }[];
}

/** What an error means to whoever asked, in their language. Undefined for an error that is ours. */
export function problemOf(error: unknown, language: Language): Problem | undefined {
  const say = (key: string, params: Record<string, string | number> = {}) =>
    translateCode(language, key, inWords(params, language)) ?? key;
  const problem = (status: number, kind: string, more: Partial<Problem> = {}): Problem => ({
    type: `about:blank#${kind}`,
    title: say(`problem.${kind}`),
    status,
    ...more,
  });
  if (error instanceof Invalid) {
    return problem(422, 'invalid', {
      errors: error.errors.map(({ path, code, params }) => ({ path, code, message: say(`invalid.${code}`, params) })),
    });
  }
  if (error instanceof Refused)
    return problem(409, 'refused', { code: error.code, detail: say(`refusal.${error.code}`, error.params) });
  if (error instanceof SignInNeeded) return problem(401, 'signInNeeded');
  if (error instanceof NotAllowed) return problem(403, 'notAllowed');
  if (error instanceof NotFound) return problem(404, 'notFound');
  if (error instanceof TooMany)
    return problem(429, 'tooMany', { detail: say('problem.tooManyDetail', { seconds: error.retryAfter }) });
  return fastifyProblem(error, problem);
}

// A rule knows no language: what it names by a key of the catalogue, `@events.missing.title`, is said in the reader's words here.
function inWords(params: Record<string, string | number>, language: Language): Record<string, string | number> {
  const words = (value: string) =>
    value.replace(/@([a-zA-Z][\w.-]*)/g, (whole, key: string) => translateCode(language, key) ?? whole);
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' && value.startsWith('@') ? words(value) : value,
    ]),
  );
}

// What Fastify and its plugins throw at malformed requests: their own status says whose fault it is.
function fastifyProblem(
  error: unknown,
  problem: (status: number, kind: string, more?: Partial<Problem>) => Problem,
): Problem | undefined {
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number')
    return databaseProblem(error, problem);
  const status = error.statusCode;
  if (status < 400 || status >= 500) return undefined;
  if (status === 413) return problem(413, 'tooBig');
  if (status === 415) return problem(415, 'wrongMedia');
  if (status === 429) return problem(429, 'tooMany');
  return problem(status, status === 404 ? 'notFound' : 'malformed');
}

// A value that PostgreSQL cannot take at all (a NUL byte, a forged id) names nothing that exists.
function databaseProblem(error: unknown, problem: (status: number, kind: string) => Problem): Problem | undefined {
  const state = error instanceof Error && 'code' in error ? error.code : undefined;
  return state === '22P02' || state === '22021' || state === '22P05' || state === '22003' ? problem(404, 'notFound') : undefined;
}

/** The errors of a form by path, in words: what a page shows beside its fields. */
export function fieldErrors(error: unknown, language: Language): { path: string; code: string; message: string }[] {
  return problemOf(error, language)?.errors ?? [];
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** Whether a request wants JSON: everything under /api. */
export function isApi(request: FastifyRequest): boolean {
  return request.url.startsWith('/api/');
}

export type { FieldError };
