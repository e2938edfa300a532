import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { FormPreviewPage } from '../../web/forms/form-preview-page.tsx';
import { FormTranslationsPage } from '../../web/forms/form-translations-page.tsx';
import { FormsPage } from '../../web/forms/forms-page.tsx';
import { Invalid, NotAllowed } from '../errors.ts';
import { search } from '../fields.ts';
import { decodeCursor, PAGE_SIZE, pageOf } from '../http/cursor.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { fieldErrors } from '../http/problems.ts';
import { signedIn } from '../http/viewer.ts';
import { formsSeenBy, mayCreateForm } from './access.ts';
import { createForm, putIntoUse } from './actions.ts';
import { editableForm } from './api.ts';
import { parseDefinition } from './definition.ts';
import { emptyDefinition } from './editing.ts';
import { evaluate, parseBody } from './evaluation.ts';
import { FormWrite, PutIntoUse, Seen } from './input.ts';
import { itemRoutes } from './item-routes.tsx';
import { formsList, versionDefinition } from './queries.ts';
import { withRepetition } from './repetition.ts';
import { showForm } from './shown-form.tsx';
import { conditionsCss } from './stylesheet.ts';

const BACK_OFFICE = { config: { audience: 'back-office' as const }, schema: { hide: true } };
type ById = { Params: { form: string } };

/** The back office of forms, and the stylesheet by which their conditions work without JavaScript. */
export function formsRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  // A version never changes, so neither does its stylesheet.
  app.get<{ Params: { version: string } }>(
    '/forms/:version/conditions.css',
    { config: { audience: 'public' }, schema: { hide: true } },
    async (request, reply) => {
      const { definition } = await versionDefinition(db, request.params.version);
      return reply
        .type('text/css; charset=utf-8')
        .header('cache-control', 'public, max-age=31536000, immutable')
        .send(conditionsCss(parseDefinition(definition)));
    },
  );

  const showList = async (
    request: FastifyRequest,
    reply: FastifyReply,
    again: { typed?: Record<string, unknown>; error?: unknown } = {},
  ) => {
    const query = request.query as { q?: unknown; cursor?: unknown };
    const words = parse(search, query.q ?? '');
    const after = decodeCursor(typeof query.cursor === 'string' ? query.cursor : undefined, 2);
    const rows = await formsList(db, formsSeenBy(signedIn(request)), { search: words, after, limit: PAGE_SIZE });
    const { items, next } = pageOf(rows, PAGE_SIZE, (form) => [form.createdAt.toString(), form.id]);
    const errors = again.error === undefined ? [] : fieldErrors(again.error, request.language);
    const page = (
      <FormsPage ctx={pageContext(request)} forms={items} next={next} search={words} typed={again.typed} errors={errors} />
    );
    return sendPage(reply, page, errors.length > 0 ? 422 : 200);
  };

  app.get('/back-office/forms', BACK_OFFICE, (request, reply) => showList(request, reply));

  app.post('/back-office/forms', BACK_OFFICE, async (request, reply) => {
    const viewer = signedIn(request);
    if (!mayCreateForm(viewer)) throw new NotAllowed();
    try {
      const { title, ...form } = parse(FormWrite, request.body);
      const definition = emptyDefinition({ ...form, title: { [form.defaultLanguage]: title } });
      return goOn(
        reply,
        `/back-office/forms/${await createForm(db, definition, { actor: viewer.personId, now: clock() })}`,
        'saved',
      );
    } catch (error) {
      if (error instanceof Invalid) return showList(request, reply, { typed: request.body as Record<string, unknown>, error });
      throw error;
    }
  });

  app.get<ById>('/back-office/forms/:form', BACK_OFFICE, async (request, reply) =>
    showForm(request, reply, await editableForm(request, request.params.form)),
  );

  app.post<ById>('/back-office/forms/:form/versions', BACK_OFFICE, async (request, reply) => {
    const form = await editableForm(request, request.params.form);
    try {
      const { seen } = parse(Seen, request.body);
      const incomplete = parse(PutIntoUse, request.body).incomplete ?? false;
      await putIntoUse(db, form.id, { actor: signedIn(request).personId, now: clock(), incomplete, seen });
      return goOn(reply, `/back-office/forms/${form.id}`, 'formInUse');
    } catch (error) {
      return showForm(request, reply, form, error);
    }
  });

  app.get<ById>('/back-office/forms/:form/translations', BACK_OFFICE, async (request, reply) => {
    const form = await editableForm(request, request.params.form);
    const draft = parseDefinition(form.draft);
    const asked = (request.query as { to?: unknown }).to;
    const to =
      draft.languages.find((tag) => tag === asked) ??
      draft.languages.find((tag) => tag !== draft.defaultLanguage) ??
      draft.defaultLanguage;
    return sendPage(reply, <FormTranslationsPage ctx={pageContext(request)} form={form} draft={draft} to={to} />);
  });

  app.get<ById>('/back-office/forms/:form/preview', BACK_OFFICE, async (request, reply) => {
    const form = await editableForm(request, request.params.form);
    return sendPage(
      reply,
      <FormPreviewPage
        ctx={pageContext(request)}
        form={form}
        draft={parseDefinition(form.draft)}
        answers={{}}
        onPhone={isOnPhone(request)}
      />,
    );
  });

  app.post<ById>('/back-office/forms/:form/preview', BACK_OFFICE, async (request, reply) => {
    const form = await editableForm(request, request.params.form);
    const draft = parseDefinition(form.draft);
    const raw = parseBody(draft, request.body, 'answers');
    const repeated = withRepetition(request.body, raw, 'answers');
    const wrong = evaluate(draft, raw, { mode: 'final' }).errors.map((error) => ({ ...error, path: `answers.${error.path}` }));
    const errors = repeated ? undefined : fieldErrors(new Invalid(wrong), request.language);
    const page = (
      <FormPreviewPage
        ctx={pageContext(request)}
        form={form}
        draft={draft}
        answers={repeated ?? raw}
        errors={errors}
        onPhone={isOnPhone(request)}
      />
    );
    return sendPage(reply, page, errors && errors.length > 0 ? 422 : 200);
  });

  app.get<ById>('/back-office/forms/:form/conditions.css', BACK_OFFICE, async (request, reply) => {
    const form = await editableForm(request, request.params.form);
    return reply
      .type('text/css; charset=utf-8')
      .header('cache-control', 'private, no-store')
      .send(conditionsCss(parseDefinition(form.draft)));
  });

  itemRoutes(app);
}

const isOnPhone = (request: FastifyRequest) => (request.query as { on?: unknown }).on === 'phone';
