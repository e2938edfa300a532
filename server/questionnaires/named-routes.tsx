import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { textIn } from '../../web/locales/text-map.ts';
import { NamedAnswerPage, NamedAnswersPage } from '../../web/questionnaires/named-answers-page.tsx';
import { NotFound } from '../errors.ts';
import { id } from '../fields.ts';
import { decodeCursor, PAGE_SIZE, PageQuery } from '../http/cursor.ts';
import { cursorOf } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { pageContext, sendPage } from '../http/pages.tsx';
import { runQuestionnaire } from './api.ts';
import { namedAnswer, namedAnswersPage } from './named-answers.ts';
import { definitionOf, type Questionnaire } from './queries.ts';
import { idOf } from './routes.tsx';

const BACK_OFFICE = { config: { audience: 'back-office' as const } };
const tags = ['questionnaires'];
const security = [{ token: [] }];
const ById = z.object({ id });
const ByAsking = z.object({ id, asking: id });

/** Answers that were given under a name, for whoever runs the event, as the first page of the questionnaire says. */
export function namedAnswerRoutes(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db } = fastify.system;
  const titleOf = (one: Questionnaire, request: FastifyRequest) =>
    textIn(one.title, [request.language], one.event?.defaultLanguage);

  fastify.get('/back-office/questionnaires/:id/answers', { ...BACK_OFFICE, schema: { hide: true } }, async (request, reply) => {
    const one = await runQuestionnaire(request, idOf(request));
    const { items, next } = await namedAnswersPage(db, one, { after: decodeCursor(cursorOf(request), 2), limit: PAGE_SIZE });
    const home = `/back-office/questionnaires/${one.id}`;
    return sendPage(
      reply,
      <NamedAnswersPage
        ctx={pageContext(request)}
        title={titleOf(one, request)}
        home={home}
        answers={items}
        next={next && `${home}/answers?cursor=${next}`}
      />,
    );
  });

  fastify.get(
    '/back-office/questionnaires/:id/answers/:asking',
    { ...BACK_OFFICE, schema: { hide: true } },
    async (request, reply) => {
      const { asking } = parse(ByAsking, request.params);
      const one = await runQuestionnaire(request, idOf(request));
      const answer = await namedAnswer(db, one, asking);
      return sendPage(
        reply,
        <NamedAnswerPage
          ctx={pageContext(request)}
          title={titleOf(one, request)}
          home={`/back-office/questionnaires/${one.id}`}
          definition={await definitionOf(db, versionOf(one))}
          answer={answer}
        />,
      );
    },
  );

  app.get(
    '/api/questionnaires/:id/answers',
    {
      ...BACK_OFFICE,
      schema: { tags, security, summary: 'Answers of a named questionnaire, by name', params: ById, querystring: PageQuery },
    },
    async (request) => {
      const { cursor, limit } = request.query;
      return namedAnswersPage(db, await runQuestionnaire(request, request.params.id), { after: decodeCursor(cursor, 2), limit });
    },
  );

  app.get(
    '/api/questionnaires/:id/answers/:asking',
    { ...BACK_OFFICE, schema: { tags, security, summary: 'One of them, with what it was before', params: ByAsking } },
    async (request) => namedAnswer(db, await runQuestionnaire(request, request.params.id), request.params.asking),
  );
}

function versionOf({ formVersionId }: Questionnaire): string {
  if (formVersionId === null) throw new NotFound();
  return formVersionId;
}
