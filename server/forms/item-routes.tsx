import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { FormItemPage } from '../../web/forms/form-item-page.tsx';
import { Invalid, NotFound, Refused } from '../errors.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { problemOf } from '../http/problems.ts';
import { signedIn } from '../http/viewer.ts';
import { saveDraft } from './actions.ts';
import { editableForm } from './api.ts';
import { ChoicesShape, type Definition, type Item, ItemShape, parseDefinition } from './definition.ts';
import {
  optionsFromLines,
  withItem,
  withItemAdded,
  withItemMoved,
  withoutItem,
  withoutPage,
  withPage,
  withPageAdded,
  withPageMoved,
} from './editing.ts';
import { ItemAdd, ItemForm, itemFrom, ListWrite, Move, PageAdd, PageWrite, Seen, SettingsWrite, Translations } from './input.ts';
import type { FormDetail } from './queries.ts';
import { showForm } from './shown-form.tsx';
import { withTexts } from './texts.ts';
import { placesOf } from './walk.ts';

const BACK_OFFICE = { config: { audience: 'back-office' as const }, schema: { hide: true } };
type ById = { Params: { form: string } };
type ByItem = { Params: { form: string; item: string } };
type ByPage = { Params: { form: string; page: string } };

/** Where one change of a draft leads: the next definition, and the place on the editor's page to go back to. */
interface Change {
  definition: Definition;
  to?: string;
  done?: string;
}

/** Each button and each field of the editor: one change of the draft. */
export function itemRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  const keep = async (request: FastifyRequest, form: FormDetail, change: (draft: Definition) => Change) => {
    const { seen } = parse(Seen, request.body);
    const { definition, to, done } = change(parseDefinition(form.draft));
    await saveDraft(db, form.id, definition, seen, { actor: signedIn(request).personId, now: clock() });
    return { to: `/back-office/forms/${form.id}${to ?? ''}`, done: done ?? 'saved' };
  };
  const edit = async (
    request: FastifyRequest<{ Params: { form: string } }>,
    reply: FastifyReply,
    change: (draft: Definition) => Change,
  ) => {
    const form = await editableForm(request, request.params.form);
    try {
      const { to, done } = await keep(request, form, change);
      const [path = '', place] = to.split('#');
      return goOn(reply, `${path}${path.includes('?') ? '&' : '?'}done=${done}${place ? `#${place}` : ''}`);
    } catch (error) {
      return showForm(request, reply, form, error);
    }
  };
  const by = (body: unknown) => (parse(Move, body).direction === 'up' ? -1 : 1);

  app.post<ByPage>('/back-office/forms/:form/pages/:page/items', BACK_OFFICE, (request, reply) =>
    edit(request, reply, (draft) => {
      const { definition, key } = withItemAdded(draft, request.params.page, parse(ItemAdd, request.body));
      return { definition, to: `/items/${key}` };
    }),
  );

  app.post<ByItem>('/back-office/forms/:form/items/:item/move', BACK_OFFICE, (request, reply) =>
    edit(request, reply, (draft) => ({
      definition: withItemMoved(draft, request.params.item, by(request.body)),
      to: `#item-${request.params.item}`,
    })),
  );

  app.post<ByItem>('/back-office/forms/:form/items/:item/removal', BACK_OFFICE, (request, reply) =>
    edit(request, reply, (draft) => ({ definition: withoutItem(draft, request.params.item), done: 'formRemoved' })),
  );

  app.get<ByItem>('/back-office/forms/:form/items/:item', BACK_OFFICE, async (request, reply) => {
    const form = await editableForm(request, request.params.form);
    const draft = parseDefinition(form.draft);
    return sendPage(
      reply,
      <FormItemPage ctx={pageContext(request)} form={form} draft={draft} item={itemIn(draft, request.params.item)} />,
    );
  });

  app.post<ByItem>('/back-office/forms/:form/items/:item', BACK_OFFICE, async (request, reply) => {
    const form = await editableForm(request, request.params.form);
    const draft = parseDefinition(form.draft);
    const before = itemIn(draft, request.params.item);
    try {
      const item = parse(ItemShape, itemFrom(before, parse(ItemForm, request.body), draft.defaultLanguage));
      const { to, done } = await keep(request, form, (now) => ({ definition: withItem(now, before.key, item) }));
      return goOn(reply, `${to}?done=${done}#item-${item.key}`);
    } catch (error) {
      const problem = error instanceof Invalid || error instanceof Refused ? problemOf(error, request.language) : undefined;
      if (!problem) throw error;
      const errors = (problem.errors ?? [{ path: '', message: problem.detail ?? problem.title }]).map(({ path, message }) => ({
        path: fieldOf(path),
        message,
      }));
      const page = (
        <FormItemPage
          ctx={pageContext(request)}
          form={form}
          draft={draft}
          item={before}
          typed={request.body ?? {}}
          errors={errors}
        />
      );
      return sendPage(reply, page, problem.status);
    }
  });

  app.post<ById>('/back-office/forms/:form/pages', BACK_OFFICE, (request, reply) =>
    edit(request, reply, (draft) => {
      const definition = withPageAdded(draft, parse(PageAdd, request.body).title);
      return { definition, to: `#page-${definition.pages.at(-1)?.key}` };
    }),
  );

  app.post<ByPage>('/back-office/forms/:form/pages/:page', BACK_OFFICE, (request, reply) =>
    edit(request, reply, (draft) => {
      const { title, intro, per } = parse(PageWrite, request.body);
      const page = draft.pages.find((one) => one.key === request.params.page);
      const change = {
        title: worded(page?.title, title, draft),
        intro: worded(page?.intro, intro, draft),
        per: per === 'delegation' ? per : undefined,
      };
      return { definition: withPage(draft, request.params.page, change), to: `#page-${request.params.page}` };
    }),
  );

  app.post<ByPage>('/back-office/forms/:form/pages/:page/move', BACK_OFFICE, (request, reply) =>
    edit(request, reply, (draft) => ({
      definition: withPageMoved(draft, request.params.page, by(request.body)),
      to: `#page-${request.params.page}`,
    })),
  );

  app.post<ByPage>('/back-office/forms/:form/pages/:page/removal', BACK_OFFICE, (request, reply) =>
    edit(request, reply, (draft) => ({ definition: withoutPage(draft, request.params.page), done: 'formRemoved' })),
  );

  app.post<ById>('/back-office/forms/:form/lists', BACK_OFFICE, (request, reply) =>
    edit(request, reply, (draft) => {
      const { name, choices } = parse(ListWrite, request.body);
      const { [name]: before = [], ...others } = draft.choiceLists ?? {};
      const list = optionsFromLines(choices, draft.defaultLanguage, before, true);
      return {
        definition: { ...draft, choiceLists: list.length > 0 ? { ...others, [name]: parse(ChoicesShape, list) } : others },
      };
    }),
  );

  app.post<ById>('/back-office/forms/:form/settings', BACK_OFFICE, (request, reply) =>
    edit(request, reply, (draft) => {
      const { title, intro, languages, defaultLanguage, privacy } = parse(SettingsWrite, request.body);
      const words = { title: { ...draft.title, [draft.defaultLanguage]: title }, intro: worded(draft.intro, intro, draft) };
      return { definition: { ...draft, ...words, languages, defaultLanguage, privacy: privacy ?? draft.privacy } };
    }),
  );

  app.post<ById>('/back-office/forms/:form/translations', BACK_OFFICE, (request, reply) =>
    edit(request, reply, (draft) => {
      const { language, texts } = parse(Translations, request.body);
      if (!draft.languages.includes(language)) throw new Invalid([{ path: 'language', code: 'choice' }]);
      return { definition: withTexts(draft, language, texts), to: `/translations?to=${language}` };
    }),
  );
}

function itemIn(draft: Definition, key: string): Item {
  const found = placesOf(draft).find(({ item }) => item.key === key);
  if (!found) throw new NotFound();
  return found.item;
}

function worded(
  texts: Record<string, string> | undefined,
  text: string,
  { defaultLanguage }: Definition,
): Record<string, string> | undefined {
  const { [defaultLanguage]: _old, ...others } = texts ?? {};
  const next = text === '' ? others : { ...others, [defaultLanguage]: text };
  return Object.keys(next).length > 0 ? next : undefined;
}

// A path inside of the item, as the field of the page that it was typed into.
const fieldOf = (path: string) => path.split('.')[0]?.replace('visibleWhen', 'conditions.0.item') ?? '';
