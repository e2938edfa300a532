import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ErrorPage } from '../../web/error-page.tsx';
import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { NotFound, SignInNeeded } from '../errors.ts';
import { pageContext, sendPage } from './pages.tsx';
import { isApi, type Problem, problemOf, sendProblem } from './problems.ts';

/** Every error ends here: a problem document under /api, a page that says what to do everywhere else. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply));
  app.setNotFoundHandler({}, (request, reply) => {
    const problem: Problem = problemOf(new NotFound(), request.language) ?? unexpected(request.language);
    return isApi(request)
      ? sendProblem(reply, problem)
      : sendPage(reply, <ErrorPage ctx={pageContext(request)} problem={problem} />, 404);
  });
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, request.language) ?? unexpected(request.language);
  if (problem.status >= 500) request.log.error({ err: error }, 'request failed');
  if (problem.status === 429 && error instanceof Error && 'retryAfter' in error)
    reply.header('retry-after', String(error.retryAfter));
  if (isApi(request)) return sendProblem(reply, problem);
  if (error instanceof SignInNeeded && request.method === 'GET')
    return reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`, 303);
  return sendPage(reply, <ErrorPage ctx={pageContext(request)} problem={problem} />, problem.status);
}

/**
 * What Fastify refuses before it looks for a route: an address that cannot be decoded, or has too long a part. Nothing is known of
 * the reader yet.
 */
export function answerUnreadable(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error, 'en') ?? unexpected('en');
  if (isApi(request)) sendProblem(reply, problem);
  else reply.code(problem.status).type('text/plain; charset=utf-8').send(problem.title);
}

const unexpected = (language: Language): Problem => ({
  type: 'about:blank#unexpected',
  title: translator(language)('problem.unexpected'),
  status: 500,
});
