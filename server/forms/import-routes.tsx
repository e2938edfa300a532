import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FormImportPage } from '../../web/forms/form-import-page.tsx';
import { FormReportPage } from '../../web/forms/form-report-page.tsx';
import { Invalid, NotAllowed } from '../errors.ts';
import { type FormError, orAgain } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { smallUpload } from '../http/table-file.ts';
import { signedIn } from '../http/viewer.ts';
import { mayCreateForm } from './access.ts';
import { createForm, saveDraft } from './actions.ts';
import { editableForm } from './api.ts';
import { KINDS, parseDefinition } from './definition.ts';
import { formFromFile } from './form-file.ts';
import { formWorkbook, WORKBOOK } from './form-workbook.ts';
import { Seen } from './input.ts';
import type { FormDetail } from './queries.ts';

const BACK_OFFICE = { config: { audience: 'back-office' as const }, schema: { hide: true } };
const HOME = '/back-office/forms';
type ById = { Params: { form: string } };
// A definition as the page of the report carries it, until it is said what to do with it.
const Kept = z.object({ definition: z.string().min(2).max(900_000), kind: z.enum(KINDS).optional() });

/** Forms out of files and into them: nothing is made of a file before what it lacks was read. */
export function formImportRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  const choose = (request: FastifyRequest, reply: FastifyReply, form?: FormDetail, errors: FormError[] = [], status = 200) =>
    sendPage(reply, <FormImportPage ctx={pageContext(request)} form={form} errors={errors} />, status);

  const report = (request: FastifyRequest, reply: FastifyReply, form?: FormDetail) =>
    orAgain(
      request,
      async () => {
        const { bytes } = await smallUpload(request);
        const { definition, notUnderstood } = formFromFile(bytes, form?.kind ?? 'questionnaire');
        const page = (
          <FormReportPage ctx={pageContext(request)} form={form} definition={definition} notUnderstood={notUnderstood} />
        );
        return sendPage(reply, page);
      },
      (errors, status) => choose(request, reply, form, errors, status),
    );

  const kept = (request: FastifyRequest) => {
    const { definition, kind } = parse(Kept, request.body);
    try {
      return { ...parseDefinition(JSON.parse(definition)), ...(kind ? { kind } : {}) };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new Invalid([{ path: 'file', code: 'fileNoForm' }]);
    }
  };

  app.get(`${HOME}/import`, BACK_OFFICE, (request, reply) => choose(request, reply));

  app.post(`${HOME}/import`, BACK_OFFICE, (request, reply) => report(request, reply));

  app.post(`${HOME}/imported`, BACK_OFFICE, (request, reply) =>
    orAgain(
      request,
      async () => {
        const viewer = signedIn(request);
        if (!mayCreateForm(viewer)) throw new NotAllowed();
        return goOn(reply, `${HOME}/${await createForm(db, kept(request), { actor: viewer.personId, now: clock() })}`, 'saved');
      },
      (errors, status) => choose(request, reply, undefined, errors, status),
    ),
  );

  app.get<ById>(`${HOME}/:form/import`, BACK_OFFICE, async (request, reply) =>
    choose(request, reply, await editableForm(request, request.params.form)),
  );

  app.post<ById>(`${HOME}/:form/import`, BACK_OFFICE, async (request, reply) =>
    report(request, reply, await editableForm(request, request.params.form)),
  );

  app.post<ById>(`${HOME}/:form/imported`, BACK_OFFICE, async (request, reply) => {
    const form = await editableForm(request, request.params.form);
    return orAgain(
      request,
      async () => {
        const { seen } = parse(Seen, request.body);
        await saveDraft(db, form.id, { ...kept(request), kind: form.kind }, seen, {
          actor: signedIn(request).personId,
          now: clock(),
        });
        return goOn(reply, `${HOME}/${form.id}`, 'saved');
      },
      (errors, status) => choose(request, reply, form, errors, status),
    );
  });

  for (const path of [`${HOME}/:form/form.xlsx`, '/api/forms/:form/form.xlsx'])
    app.get<ById>(path, BACK_OFFICE, async (request, reply) => {
      const draft = parseDefinition((await editableForm(request, request.params.form)).draft);
      return asFile(reply, `${draft.key}.xlsx`)
        .type(WORKBOOK)
        .send(await formWorkbook(draft));
    });

  app.get<ById>(`${HOME}/:form/form.json`, BACK_OFFICE, async (request, reply) => {
    const draft = parseDefinition((await editableForm(request, request.params.form)).draft);
    return asFile(reply, `${draft.key}.json`)
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(draft, null, 2));
  });
}

const asFile = (reply: FastifyReply, name: string) =>
  reply.header('content-disposition', `attachment; filename="${name}"`).header('cache-control', 'private, no-store');
