import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { translator } from '../../web/locales/translate.ts';
import { NotAllowed, NotFound } from '../errors.ts';
import { flag, id, search } from '../fields.ts';
import { decodeCursor, PageQuery, pageOf } from '../http/cursor.ts';
import { once } from '../http/idempotency.ts';
import { sendProblem } from '../http/problems.ts';
import { MOST_BYTES, uploaded } from '../http/table-file.ts';
import { signedIn } from '../http/viewer.ts';
import { formsSeenBy, mayCreateForm, mayEditForm } from './access.ts';
import { createForm, saveDefinition } from './actions.ts';
import { checkDefinition } from './checks.ts';
import { Definition, definitionJsonSchema, KINDS, parseDefinition } from './definition.ts';
import { sizeInWords } from './files.ts';
import { formFromFile } from './form-file.ts';
import { WORKBOOK } from './form-workbook.ts';
import { type FormDetail, formDetail, formsList, versionDefinition } from './queries.ts';
import { fromSurveyJs } from './surveyjs.ts';
import { completenessOf } from './texts.ts';
import { FileRefused, fileRule, storeFile } from './uploads.ts';

const tags = ['forms'];
const security = [{ token: [] }];
const ById = z.object({ id });
const BACK_OFFICE = { audience: 'back-office' } as const;

/** The form as this viewer may edit it; as if it were not there for others. */
export async function editableForm(request: FastifyRequest, formId: string): Promise<FormDetail> {
  const form = await formDetail(request.server.system.db, formId);
  if (!mayEditForm(request.viewer, form)) throw new NotFound();
  return form;
}

/** Forms as JSON: their definitions, the schema that definitions obey, and files for answers. */
export function formsApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock, config } = fastify.system;
  const schemaPath = '/api/schemas/form-definition-1.json';
  const jsonSchema = JSON.stringify(definitionJsonSchema(`${config.publicUrl}${schemaPath}`));

  app.get(
    schemaPath,
    { config: { audience: 'public' }, schema: { tags, summary: 'JSON Schema of form definitions, version 1' } },
    (_request, reply) => reply.type('application/schema+json').header('cache-control', 'public, max-age=3600').send(jsonSchema),
  );

  app.get(
    '/api/forms',
    {
      config: BACK_OFFICE,
      schema: { tags, security, summary: 'The forms you may edit', querystring: PageQuery.extend({ q: search }) },
    },
    async (request) => {
      const { cursor, limit, q } = request.query;
      const rows = await formsList(db, formsSeenBy(signedIn(request)), { search: q, after: decodeCursor(cursor, 2), limit });
      return pageOf(rows, limit, (form) => [form.createdAt.toString(), form.id]);
    },
  );

  app.post(
    '/api/forms',
    { config: BACK_OFFICE, schema: { tags, security, summary: 'A new form, as a draft', body: Definition } },
    (request, reply) =>
      once(request, reply, async () => {
        const viewer = signedIn(request);
        if (!mayCreateForm(viewer)) throw new NotAllowed();
        return { id: await createForm(db, request.body, { actor: viewer.personId, now: clock() }) };
      }),
  );

  const Which = z.object({ draft: flag.optional().describe('The draft instead of what is in use') });
  app.get(
    '/api/forms/:id/definition',
    { config: BACK_OFFICE, schema: { tags, security, summary: 'The definition of a form', params: ById, querystring: Which } },
    async (request) => {
      const form = await editableForm(request, request.params.id);
      const definition = request.query.draft || form.definition === null ? form.draft : form.definition;
      return definition;
    },
  );

  app.get(
    '/api/forms/:id/check',
    { config: BACK_OFFICE, schema: { tags, security, summary: 'What the draft still lacks', params: ById } },
    async (request) => {
      const draft = parseDefinition((await editableForm(request, request.params.id)).draft);
      return { errors: checkDefinition(draft), completeness: completenessOf(draft) };
    },
  );

  const Put = z.object({ incomplete: flag.optional().describe('Put it into use although translations are missing') });
  app.post(
    '/api/form-imports/surveyjs',
    {
      config: BACK_OFFICE,
      schema: {
        tags,
        security,
        summary: 'What a survey of SurveyJS is as a form definition, with all that was not understood. Nothing is kept',
        body: z.object({ survey: z.record(z.string(), z.unknown()), kind: z.enum(KINDS).default('questionnaire') }),
      },
    },
    async (request) => fromSurveyJs(request.body.survey, request.body.kind),
  );

  fastify.addContentTypeParser(WORKBOOK, { parseAs: 'buffer', bodyLimit: MOST_BYTES + 1000 }, (_request, body, done) =>
    done(null, body),
  );
  app.post(
    '/api/form-imports/files',
    {
      config: BACK_OFFICE,
      bodyLimit: MOST_BYTES + 1000,
      schema: {
        tags,
        security,
        summary: 'What a file (an XLSForm workbook, or JSON of a form) is as a form definition, with all that was not understood',
        description: 'The workbook as the body, or any of them as a file of multipart/form-data. Nothing is kept.',
        consumes: [WORKBOOK, 'multipart/form-data'],
        querystring: z.object({ kind: z.enum(KINDS).default('questionnaire') }),
      },
    },
    async (request) => formFromFile((await uploaded(request)).bytes, request.query.kind),
  );

  app.put(
    '/api/forms/:id/definition',
    {
      config: BACK_OFFICE,
      schema: {
        tags,
        security,
        summary: 'Replace the definition and put it into use as a new version',
        params: ById,
        querystring: Put,
        body: Definition,
      },
    },
    async (request) => {
      const form = await editableForm(request, request.params.id);
      const incomplete = request.query.incomplete ?? false;
      return saveDefinition(db, form.id, request.body, { actor: signedIn(request).personId, now: clock(), incomplete });
    },
  );

  app.post(
    '/api/form-versions/:id/files/:item',
    {
      config: { audience: 'person' },
      schema: {
        tags,
        security,
        summary: 'Upload a file (multipart, one part) for an answer; name its id in the answers within a day',
        params: ById.extend({ item: z.string().max(40) }),
      },
    },
    async (request, reply) => {
      const definition = parseDefinition((await versionDefinition(db, request.params.id)).definition);
      const rule = fileRule(definition, request.params.item);
      if (!rule) throw new NotFound();
      if (!request.isMultipart()) return sendProblem(reply, refusalOf(request, new FileRefused('file-kind', rule)));
      const part = await request.file();
      if (!part) return sendProblem(reply, refusalOf(request, new FileRefused('file-kind', rule)));
      try {
        const stored = { name: part.filename, rule, uploadedBy: signedIn(request).personId, now: clock() };
        return await reply.code(201).send({ id: await storeFile(fastify.system, part.file, stored) });
      } catch (error) {
        if (error instanceof FileRefused) return sendProblem(reply, refusalOf(request, error));
        throw error;
      } finally {
        part.file.resume();
      }
    },
  );
}

/** Why a file was not taken, as a problem with a sentence in the reader's language. */
/** A file that is not taken, as a problem in the words of who asks. */
export function refusalOf(request: FastifyRequest, error: FileRefused) {
  const t = translator(request.language);
  const kinds = new Intl.ListFormat(request.language).format(error.rule.kinds.map((kind) => t(`forms.file.${kind}`)));
  const size = error.code === 'file-size';
  return {
    type: `about:blank#${size ? 'tooBig' : 'wrongMedia'}`,
    title: t(size ? 'problem.tooBig' : 'problem.wrongMedia'),
    status: error.statusCode,
    code: error.code,
    detail: size
      ? t('refusal.file-size', { max: sizeInWords(error.rule.maxBytes, request.language) })
      : t('refusal.file-kind', { kinds }),
  };
}
