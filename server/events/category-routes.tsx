import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CategoriesPage, CategoryPage } from '../../web/events/categories-page.tsx';
import type { Values } from '../../web/events/form-values.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import { ConfirmPage } from '../../web/ui/confirm-page.tsx';
import { NotFound } from '../errors.ts';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { slugOf } from '../organisations/rules.ts';
import { changeCategories } from './actions.ts';
import { registeredIn } from './categories.ts';
import { managedOrMoved } from './found.ts';
import type { CategoryWrite } from './input.ts';
import { typedAmount } from './prices.ts';
import type { EventDetails } from './queries.ts';
import { categoryForm } from './sections.ts';

type BySlug = { Params: { slug: string } };
type ByKey = { Params: { slug: string; key: string } };
type Category = EventDetails['categories'][number];
const office = { config: { audience: 'back-office' }, schema: { hide: true } } as const;

/** The pages of an event's categories: in which ways people register and what each costs. */
export function categoryRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;
  const path = (slug: string) => `/back-office/events/${slug}/categories`;

  app.get<BySlug>('/back-office/events/:slug/categories', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/categories');
    return event ? sendPage(reply, <CategoriesPage ctx={pageContext(request)} event={event} />) : reply;
  });

  const form = (
    request: FastifyRequest,
    reply: FastifyReply,
    data: { event: EventDetails; category?: Category; values: Values; errors?: FormError[] },
    status = 200,
  ) => sendPage(reply, <CategoryPage ctx={pageContext(request)} {...data} />, status);

  app.get<BySlug>('/back-office/events/:slug/categories/new', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/categories/new');
    return event ? form(request, reply, { event, values: { openTo: 'anyone' } }) : reply;
  });

  app.post<BySlug>('/back-office/events/:slug/categories/new', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply);
    if (!event) return reply;
    return orAgain(
      request,
      async () => {
        const written = parse(categoryForm(event.currency), request.body);
        const name = textIn(written.name, [event.defaultLanguage, 'en']);
        const add = (list: CategoryWrite[]) => [...list, { ...written, key: freeKey(list, name) }];
        await changeCategories(db, signedIn(request), event.slug, add, clock());
        return goOn(reply, path(event.slug), 'saved');
      },
      (errors, status) => form(request, reply, { event, values: posted(request), errors }, status),
    );
  });

  app.get<ByKey>('/back-office/events/:slug/categories/:key', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, `/categories/${encodeURIComponent(request.params.key)}`);
    if (!event) return reply;
    const category = categoryOf(event, request.params.key);
    return form(request, reply, { event, category, values: valuesOf(category, event.currency) });
  });

  app.post<ByKey>('/back-office/events/:slug/categories/:key', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply);
    if (!event) return reply;
    const category = categoryOf(event, request.params.key);
    return orAgain(
      request,
      async () => {
        const written = { ...parse(categoryForm(event.currency), request.body), key: category.key };
        const change = (list: CategoryWrite[]) => list.map((one) => (one.key === category.key ? { ...one, ...written } : one));
        await changeCategories(db, signedIn(request), event.slug, change, clock());
        return goOn(reply, path(event.slug), 'saved');
      },
      (errors, status) => form(request, reply, { event, category, values: posted(request), errors }, status),
    );
  });

  app.post<ByKey>('/back-office/events/:slug/categories/:key/order', office, async (request, reply) => {
    const { slug, key } = request.params;
    const by = posted(request).direction === 'up' ? -1 : 1;
    await changeCategories(db, signedIn(request), slug, (list) => moved(list, key, by), clock());
    return goOn(reply, path(slug), 'saved');
  });

  app.get<ByKey>('/back-office/events/:slug/categories/:key/removal', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply);
    if (!event) return reply;
    const category = categoryOf(event, request.params.key);
    const name = textIn(category.name, [request.language], event.defaultLanguage) || category.key;
    const t = translator(request.language);
    const n = await registeredIn(db, event.id, category.key);
    return sendPage(
      reply,
      <ConfirmPage
        ctx={pageContext(request)}
        title={t('events.categories.removeTitle', { name })}
        consequence={t('events.categories.removeLead')}
        kept={n > 0 ? [t('events.categories.removeKept', { n })] : undefined}
        action={`${path(event.slug)}/${category.key}/removal`}
        go={t('events.categories.remove')}
        back={path(event.slug)}
      />,
    );
  });

  app.post<ByKey>('/back-office/events/:slug/categories/:key/removal', office, async (request, reply) => {
    const { slug, key } = request.params;
    await changeCategories(db, signedIn(request), slug, (list) => list.filter((one) => one.key !== key), clock());
    return goOn(reply, path(slug), 'saved');
  });
}

function categoryOf(event: EventDetails, key: string): Category {
  const category = event.categories.find((one) => one.key === key);
  if (!category) throw new NotFound();
  return category;
}

function valuesOf(category: Category, currency: string): Values {
  const typed = (minor: number | null) => (minor === null ? '' : typedAmount(minor, currency));
  return {
    ...category,
    priceEarly: typed(category.priceEarly),
    priceLate: typed(category.priceLate),
    priceReduced: typed(category.priceReduced),
  };
}

// The key by which programs know it: from its name, and no page's name.
function freeKey(list: readonly CategoryWrite[], name: string): string {
  const base = slugOf(name).slice(0, 34).replace(/-+$/, '') || 'category';
  const taken = new Set(['new', ...list.map((one) => one.key)]);
  const numbered = [base, ...Array.from({ length: list.length + 2 }, (_, at) => `${base}-${at + 2}`)];
  return numbered.find((key) => !taken.has(key)) ?? base;
}

function moved(list: CategoryWrite[], key: string, by: number): CategoryWrite[] {
  const from = list.findIndex((one) => one.key === key);
  const to = from + by;
  if (from < 0 || to < 0 || to >= list.length) return list;
  const next = [...list];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
