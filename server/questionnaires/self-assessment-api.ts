import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { NotFound } from '../errors.ts';
import { id } from '../fields.ts';
import { decodeCursor, PageQuery } from '../http/cursor.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import { openQuestionnaire } from './actions.ts';
import { assessedPage, assessments, indicatorMeans } from './assessments.ts';
import { assessedCity, developmentOf } from './development.ts';
import { AssessmentWrite } from './input.ts';
import { questionnaireById } from './queries.ts';
import { createSelfAssessment } from './self-assessment.ts';

const tags = ['questionnaires'];
const security = [{ token: [] }];
const SECRETARIAT = { config: { audience: 'secretariat' as const } };
const ById = z.object({ id });

/** The yearly self-assessment of the cities. */
export function selfAssessmentApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock, config } = fastify.system;

  app.get(
    '/api/self-assessments',
    {
      ...SECRETARIAT,
      schema: { tags, security, summary: 'The self-assessments of all years, and the means of their indicators' },
    },
    async () => {
      const items = await assessments(db);
      return { items, indicators: await indicatorMeans(db, items) };
    },
  );

  app.post(
    '/api/self-assessments',
    { ...SECRETARIAT, schema: { tags, security, summary: 'The self-assessment of a year, a draft', body: AssessmentWrite } },
    (request, reply) =>
      once(request, reply, async () =>
        questionnaireById(
          db,
          await createSelfAssessment(db, signedIn(request), request.body, { now: clock(), zone: config.defaultZone }),
        ),
      ),
  );

  app.get(
    '/api/self-assessments/:id/organisations',
    {
      ...SECRETARIAT,
      schema: {
        tags,
        security,
        summary: 'Which organisations were asked and have answered',
        params: ById,
        querystring: PageQuery,
      },
    },
    async (request) => {
      const { cursor, limit } = request.query;
      return assessedPage(db, request.params.id, { after: decodeCursor(cursor, 3), limit });
    },
  );

  app.put(
    '/api/self-assessments/:id/opening',
    { ...SECRETARIAT, schema: { tags, security, summary: 'Open: ask a contact of each organisation', params: ById } },
    async (request) => {
      const found = await questionnaireById(db, request.params.id);
      if (found.kind !== 'self-assessment') throw new NotFound();
      await openQuestionnaire(db, signedIn(request), found.id, { secret: config.secret, now: clock() });
      return questionnaireById(db, found.id);
    },
  );

  app.get(
    '/api/organisations/:slug/self-assessments',
    {
      config: { audience: 'person' },
      schema: {
        tags,
        security,
        summary: 'How an organisation has assessed itself, and its place among others, none of whom is told',
        params: z.object({ slug: z.string().max(200) }),
      },
    },
    async (request) => developmentOf(db, (await assessedCity(db, signedIn(request), request.params.slug)).id),
  );
}
