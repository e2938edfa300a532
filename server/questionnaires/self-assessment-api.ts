import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isSecretariat } from '../accounts/access.ts';
import { NotFound } from '../errors.ts';
import { id, whole } from '../fields.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import { openQuestionnaire } from './actions.ts';
import { questionnaireById } from './queries.ts';
import { contactsToAsk, createSelfAssessment, developmentOf } from './self-assessment.ts';

const tags = ['questionnaires'];
const security = [{ token: [] }];

/** The yearly self-assessment of the cities. */
export function selfAssessmentApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock, config } = fastify.system;

  app.post(
    '/api/self-assessments',
    {
      config: { audience: 'secretariat' },
      schema: {
        tags,
        security,
        summary: 'The self-assessment of a year, a draft',
        body: z.object({ year: whole(2000, 2200), definition: z.record(z.string(), z.unknown()).optional() }),
      },
    },
    (request, reply) =>
      once(request, reply, async () =>
        questionnaireById(
          db,
          await createSelfAssessment(db, signedIn(request), request.body, { now: clock(), zone: config.defaultZone }),
        ),
      ),
  );

  app.put(
    '/api/self-assessments/:id/opening',
    {
      config: { audience: 'secretariat' },
      schema: { tags, security, summary: 'Open: ask a contact of each organisation', params: z.object({ id }) },
    },
    async (request) => {
      const found = await questionnaireById(db, request.params.id);
      if (found.kind !== 'self-assessment') throw new NotFound();
      const invitees = await contactsToAsk(db);
      await openQuestionnaire(db, signedIn(request), found.id, { secret: config.secret, now: clock(), invitees });
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
    async (request) => {
      const viewer = signedIn(request);
      const { slug } = request.params;
      const own = await db.selectFrom('organisations').select('id').where('slug', '=', slug).executeTakeFirst();
      if (!own || !(isSecretariat(viewer) || viewer.contactOf.includes(own.id))) throw new NotFound();
      return developmentOf(db, slug);
    },
  );
}
