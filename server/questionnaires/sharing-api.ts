import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { id } from '../fields.ts';
import { signedIn } from '../http/viewer.ts';
import { runQuestionnaire } from './api.ts';
import { ShareWrite } from './input.ts';
import { endShare, redact, shareReport, sharesOf, writtenTexts } from './sharing.ts';

const tags = ['questionnaires'];
const security = [{ token: [] }];
const BACK_OFFICE = { config: { audience: 'back-office' as const } };
const ById = z.object({ id });

/** Links of reports, and what is shown of what was written, for programs. */
export function sharingApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock, config } = fastify.system;

  app.get(
    '/api/questionnaires/:id/shares',
    { ...BACK_OFFICE, schema: { tags, security, summary: 'Links of the report that work', params: ById } },
    async (request) => ({ items: await sharesOf(db, (await runQuestionnaire(request, request.params.id)).id) }),
  );

  app.post(
    '/api/questionnaires/:id/shares',
    {
      ...BACK_OFFICE,
      schema: { tags, security, summary: 'A link that shows the report without an account', params: ById, body: ShareWrite },
    },
    async (request, reply) => {
      const one = await runQuestionnaire(request, request.params.id);
      const deed = { actor: signedIn(request).personId, now: clock() };
      const { id: share, token } = await shareReport(db, one, request.body.withTexts ?? false, deed);
      return reply.code(201).send({ id: share, url: `${config.publicUrl}/questionnaires/reports/${token}` });
    },
  );

  app.delete(
    '/api/questionnaires/:id/shares/:share',
    { ...BACK_OFFICE, schema: { tags, security, summary: 'End a link', params: ById.extend({ share: id }) } },
    async (request, reply) => {
      const one = await runQuestionnaire(request, request.params.id);
      await endShare(db, one, request.params.share, { actor: signedIn(request).personId, now: clock() });
      return reply.code(204).send();
    },
  );

  app.get(
    '/api/questionnaires/:id/texts',
    { ...BACK_OFFICE, schema: { tags, security, summary: 'What was written, once it has closed', params: ById } },
    async (request) => {
      const one = await runQuestionnaire(request, request.params.id);
      return { items: one.settledAt ? await writtenTexts(db, one.id) : [] };
    },
  );

  app.put(
    '/api/questionnaires/:id/texts/:text/redaction',
    {
      ...BACK_OFFICE,
      schema: {
        tags,
        security,
        summary: 'What a text is shown as; empty: not at all; left out: as it was written',
        params: ById.extend({ text: id }),
        body: z.object({ text: z.string().max(10_000).optional() }),
      },
    },
    async (request) => {
      const one = await runQuestionnaire(request, request.params.id);
      await redact(db, one, request.params.text, request.body.text, { actor: signedIn(request).personId, now: clock() });
      return { id: request.params.text, redacted: request.body.text ?? null };
    },
  );
}
