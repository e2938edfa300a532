import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isLanguage, type Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { AnswerDonePage } from '../../web/questionnaires/answer-done-page.tsx';
import { AnswerPage } from '../../web/questionnaires/answer-page.tsx';
import { PromisePage } from '../../web/questionnaires/promise-page.tsx';
import { type FieldError, Invalid, Refused } from '../errors.ts';
import type { Definition } from '../forms/definition.ts';
import { evaluate } from '../forms/evaluation.ts';
import { own } from '../forms/own.ts';
import { pageContext, sendPage } from '../http/pages.tsx';
import { fieldErrors } from '../http/problems.ts';
import { pageHome, seal, sealingKey, unseal } from './anonymity.ts';
import { stepOf, stepsOf, withPage } from './answer-steps.ts';
import { answer } from './answering.ts';
import { digests, productVersion } from './digests.ts';
import { type Asked, askedBy, definitionOf, namedAnswerOf } from './queries.ts';
import { answersInMail, mayChangeAnswer } from './rules.ts';

const PUBLIC = { config: { audience: 'public' as const }, schema: { hide: true } };
type ByToken = { Params: { token: string } };

/** What somebody sees who opens their personal link: the pages of the questionnaire, without an account and without JavaScript. */
export function answerRoutes(app: FastifyInstance): void {
  const { db, clock, config } = app.system;
  const key = sealingKey(config.secret);
  const [version, sources] = [productVersion(), digests()];

  app.get('/questionnaires/promise', PUBLIC, (request, reply) =>
    sendPage(reply, <PromisePage ctx={pageContext(request)} version={version} sources={sources} />),
  );

  app.get<ByToken>('/q/:token', PUBLIC, async (request, reply) => {
    const asked = await askedBy(db, request.params.token);
    speak(request, asked);
    const state = standing(asked, clock());
    if (state) return done(request, reply, asked, state);
    if (asked.answered && own(request.query, 'change') === undefined) return done(request, reply, asked, 'answered');
    const definition = await definitionOf(db, asked.formVersionId);
    const before = asked.answered ? await namedAnswerOf(db, asked.askingId) : undefined;
    const answers = before?.answers ?? tapped(asked, definition, own(request.query, 'first'));
    return show(request, reply, { asked, definition, answers, step: 0 });
  });

  app.post<ByToken>('/q/:token', PUBLIC, async (request, reply) => {
    const asked = await askedBy(db, request.params.token);
    speak(request, asked);
    const state = standing(asked, clock());
    if (state) return done(request, reply, asked, state);
    const definition = await definitionOf(db, asked.formVersionId);
    const kept = opened(key, asked, own(request.body, '_kept'));
    const here = definition.pages.find(({ key: name }) => name === own(request.body, '_page')) ?? definition.pages[0];
    const answers = withPage(kept, here, own(request.body, 'answers'));
    const steps = stepsOf(definition, answers);
    const at = Math.max(
      0,
      steps.findIndex((page) => page.key === here?.key),
    );
    const go = own(request.body, '_go');
    const view = { asked, definition, answers };
    const language = own(request.body, '_language');
    if (isLanguage(language)) {
      request.language = language;
      return show(request, reply, { ...view, step: at });
    }
    if (go === 'back') return show(request, reply, { ...view, step: Math.max(0, at - 1) });
    const { errors } = evaluate(definition, answers, { mode: 'final', page: here?.key });
    if (errors.length > 0) return show(request, reply, { ...view, step: at, errors });
    if (at < steps.length - 1) return show(request, reply, { ...view, step: at + 1 });
    try {
      await answer(db, asked, definition, answers, { key, now: clock() });
    } catch (error) {
      if (error instanceof Refused) return done(request, reply, asked, error.code === 'already-answered' ? 'answered' : 'closed');
      if (!(error instanceof Invalid)) throw error;
      const page = stepOf(definition, error.errors[0]?.path ?? '');
      const step = Math.max(
        0,
        steps.findIndex((one) => one.key === page?.key),
      );
      return show(request, reply, { ...view, step, errors: error.errors });
    }
    return done(request, reply, asked, 'thanks');
  });

  const show = (
    request: FastifyRequest,
    reply: FastifyReply,
    view: { asked: Asked; definition: Definition; answers: Record<string, unknown>; step: number; errors?: FieldError[] },
  ) => {
    const { asked, definition, answers, step, errors = [] } = view;
    const steps = stepsOf(definition, answers);
    const paths = errors.map((error) => ({ ...error, path: `answers.${error.path}` }));
    return sendPage(
      quiet(reply),
      <AnswerPage
        ctx={privately(request)}
        token={(request.params as ByToken['Params']).token}
        asked={asked}
        definition={definition}
        answers={answers}
        page={steps[step]?.key ?? ''}
        step={step}
        steps={steps.length}
        kept={seal(key, answers, pageHome(asked.tokenHash)).toString('base64url')}
        errors={fieldErrors(new Invalid(paths), request.language)}
      />,
      errors.length > 0 ? 422 : 200,
    );
  };

  const done = (request: FastifyRequest, reply: FastifyReply, asked: Asked, state: 'thanks' | 'answered' | 'closed') =>
    sendPage(
      quiet(reply),
      <AnswerDonePage
        ctx={privately(request)}
        asked={asked}
        state={state}
        change={
          state !== 'closed' && mayChangeAnswer(asked.privacy)
            ? `/q/${(request.params as ByToken['Params']).token}?change=1`
            : null
        }
      />,
      state === 'thanks' || request.method === 'GET' ? 200 : 409,
    );
}

// The token stands in the address: no other site, and no link of ours, is told of it.
const quiet = (reply: FastifyReply) => reply.header('referrer-policy', 'strict-origin').header('x-robots-tag', 'noindex');

function privately(request: FastifyRequest) {
  return { ...pageContext(request), path: '/', viewer: null, t: translator(request.language), language: request.language };
}

// In the language of whoever was asked, until they choose another.
function speak(request: FastifyRequest, { language }: Asked): void {
  const chosen = own(request.body, '_shown') ?? own(request.query, 'lang');
  if (isLanguage(chosen)) request.language = chosen as Language;
  else if (isLanguage(language)) request.language = language;
}

function standing(asked: Asked, now: Temporal.Instant): 'answered' | 'closed' | null {
  if (asked.closedAt || (asked.closesAt && Temporal.Instant.compare(asked.closesAt, now) <= 0)) return 'closed';
  return asked.answered && !mayChangeAnswer(asked.privacy) ? 'answered' : null;
}

/** What a tap in the mail has chosen: it only marks the option, for programs follow links too. */
function tapped({ privacy }: Asked, definition: Definition, first: unknown): Record<string, unknown> {
  const item = definition.pages[0]?.items[0];
  return answersInMail(privacy) && item && typeof first === 'string' && /^[\w-]{1,40}$/.test(first) ? { [item.key]: first } : {};
}

// What cannot be opened is of another link or of nobody: the page begins anew.
function opened(key: Buffer, { tokenHash }: Asked, kept: unknown): Record<string, unknown> {
  if (typeof kept !== 'string' || kept === '') return {};
  try {
    return unseal(key, Buffer.from(kept, 'base64url'), pageHome(tokenHash)) as Record<string, unknown>;
  } catch {
    return {};
  }
}
