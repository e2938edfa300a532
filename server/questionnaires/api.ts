import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { NotFound } from '../errors.ts';
import { id } from '../fields.ts';
import { decodeCursor, PageQuery } from '../http/cursor.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import { mayRun, questionnairesSeenBy } from './access.ts';
import { changeQuestionnaire, closeQuestionnaire, createQuestionnaire, openQuestionnaire } from './actions.ts';
import { sealingKey } from './anonymity.ts';
import { answer } from './answering.ts';
import { AnswerWrite, QuestionnaireChange, QuestionnaireWrite, ResultsFilter } from './input.ts';
import { askedBy, definitionOf, namedAnswerOf, type Questionnaire, questionnaireById, questionnairePage } from './queries.ts';
import { resultsOf } from './results.ts';
import { mayChangeAnswer, stateOf } from './rules.ts';

const ById = z.object({ id });
const ByToken = z.object({ token: z.string().max(100) });
const tags = ['questionnaires'];
const security = [{ token: [] }];

/** The questionnaire, if this viewer runs it. Errors: NotFound. */
export async function runQuestionnaire(request: FastifyRequest, questionnaireId: string): Promise<Questionnaire> {
  const found = await questionnaireById(request.server.system.db, questionnaireId);
  if (!mayRun(request.viewer, found)) throw new NotFound();
  return found;
}

/** Questionnaires for programs, and answering without an account. */
export function questionnaireApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock, config } = fastify.system;
  const key = sealingKey(config.secret);
  const backOffice = { config: { audience: 'back-office' as const } };

  const shown = async (request: FastifyRequest, questionnaireId: string) => {
    const {
      eventId: _event,
      networkId: _network,
      createdBy: _creator,
      ...found
    } = await runQuestionnaire(request, questionnaireId);
    return { ...found, state: stateOf(found, clock()), url: `${config.publicUrl}/questionnaires/${found.id}` };
  };

  app.get(
    '/api/questionnaires',
    {
      ...backOffice,
      schema: {
        tags,
        security,
        summary: 'Questionnaires, the newest first',
        querystring: PageQuery.extend({ event: z.string().max(200).optional() }),
      },
    },
    async (request) => {
      const { cursor, limit, event } = request.query;
      const page = await questionnairePage(db, questionnairesSeenBy(signedIn(request)), {
        after: decodeCursor(cursor, 2),
        limit,
        event,
      });
      return { ...page, items: page.items.map((item) => ({ ...item, state: stateOf(item, clock()) })) };
    },
  );

  app.post(
    '/api/questionnaires',
    { ...backOffice, schema: { tags, security, summary: 'A new questionnaire, a draft', body: QuestionnaireWrite } },
    (request, reply) =>
      once(request, reply, async () =>
        shown(
          request,
          await createQuestionnaire(db, signedIn(request), request.body, { now: clock(), defaultZone: config.defaultZone }),
        ),
      ),
  );

  app.get(
    '/api/questionnaires/:id',
    { ...backOffice, schema: { tags, security, summary: 'A questionnaire', params: ById } },
    (request) => shown(request, request.params.id),
  );

  app.patch(
    '/api/questionnaires/:id',
    { ...backOffice, schema: { tags, security, summary: 'Change what is mentioned', params: ById, body: QuestionnaireChange } },
    async (request) => {
      await changeQuestionnaire(db, signedIn(request), request.params.id, request.body, clock());
      return shown(request, request.params.id);
    },
  );

  app.put(
    '/api/questionnaires/:id/opening',
    {
      ...backOffice,
      schema: { tags, security, summary: 'Open: ask the participants. Its privacy is fixed from then on', params: ById },
    },
    async (request) => {
      await openQuestionnaire(db, signedIn(request), request.params.id, { secret: config.secret, now: clock() });
      return shown(request, request.params.id);
    },
  );

  app.put(
    '/api/questionnaires/:id/closing',
    { ...backOffice, schema: { tags, security, summary: 'Close: no more answers, the figures become final', params: ById } },
    async (request) => {
      await closeQuestionnaire(db, signedIn(request), request.params.id, clock());
      return shown(request, request.params.id);
    },
  );

  app.get(
    '/api/questionnaires/:id/results',
    {
      ...backOffice,
      schema: {
        tags,
        security,
        summary: 'What may be shown: never of a group smaller than five',
        params: ById,
        querystring: ResultsFilter,
      },
    },
    async (request) => resultsOf(db, await runQuestionnaire(request, request.params.id), request.query, clock()),
  );

  // The token in the address is the one of the mail; answers leave no trace beside themselves, so they take no idempotency key.
  app.get(
    '/api/askings/:token',
    { config: { audience: 'public' }, schema: { tags, summary: 'What a personal link asks', params: ByToken } },
    async (request) => {
      const asked = await askedBy(db, request.params.token);
      const { title, privacy, minimumGroup, closesAt, answered } = asked;
      const [definition, before] = await Promise.all([
        definitionOf(db, asked.formVersionId),
        mayChangeAnswer(privacy) && answered ? namedAnswerOf(db, asked.askingId) : undefined,
      ]);
      return { title, privacy, minimumGroup, closesAt, answered, definition, ...before };
    },
  );

  app.post(
    '/api/askings/:token/answers',
    {
      config: { audience: 'public' },
      schema: { tags, summary: 'Answer: once, or under your name again until it closes', params: ByToken, body: AnswerWrite },
    },
    async (request, reply) => {
      const asked = await askedBy(db, request.params.token);
      await answer(db, asked, await definitionOf(db, asked.formVersionId), request.body.answers, { key, now: clock() });
      return reply.code(201).send({ accepted: true });
    },
  );
}
