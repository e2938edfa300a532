import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import qs from 'qs';
import { z } from 'zod';
import { newId } from '../../db/ids.ts';
import { BulkConfirmPage, BulkProgressPage } from '../../web/registrations/office-bulk-page.tsx';
import { NotFound } from '../errors.ts';
import { managedOrMoved } from '../events/found.ts';
import type { EventDetails } from '../events/queries.ts';
import { flag, id, list, optional, optionalLine } from '../fields.ts';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { affects, mayUndo, UNDOABLE } from './bulk-rules.ts';
import { orderBulk, undoBulk } from './bulks.ts';
import { eventContextById } from './context.ts';
import { BULK_ACTIONS, BulkWrite, RegistrationFilter } from './input.ts';
import { bulkById, chosen, chosenIds } from './office-queries.ts';
import { office } from './office-routes.tsx';
import { stateCounts } from './queries.ts';

type BySlug = { Params: { slug: string } };
type ByOne = { Params: { slug: string; id: string } };

/** What the form under the list sends, and the page that asks again before it is done. */
const BulkForm = z.object({
  action: z.enum(BULK_ACTIONS),
  ids: list(id, 10_000),
  everyOne: optional(flag),
  query: optionalLine(2000),
  confirmed: optional(flag),
  /** What all that are found were when the page asked: nobody else is acted on. */
  seen: optional(z.string().max(100)),
  order: optional(id),
});

/** Acting on many registrations of an event at once. */
export function bulkRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  app.post<BySlug>('/back-office/events/:slug/registrations/bulk', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply);
    if (!event) return reply;
    const back = `/back-office/events/${event.slug}/registrations`;
    const body = posted(request);
    // Nothing chosen is no error to correct: the list is shown again.
    if (!body.action || (!body.ids && !body.everyOne)) return goOn(reply, back);
    const form = parse(BulkForm, body);
    const filter = form.everyOne ? parse(RegistrationFilter, qs.parse(form.query)) : undefined;
    const order = { ...body, ids: form.everyOne ? [] : form.ids, filter };
    return orAgain(
      request,
      async () => {
        if (!form.confirmed) return confirm(request, reply, event, form, filter);
        if (form.everyOne) {
          order.ids = await chosenIds(db, event.id, { ids: [], filter });
          order.filter = undefined;
          if (digestOf(order.ids) !== form.seen) return confirm(request, reply, event, form, filter);
        }
        const context = await eventContextById(db, event.id);
        const made = await orderBulk(db, signedIn(request), context, parse(BulkWrite, order), form.order ?? newId(), clock());
        return goOn(reply, `${back}/bulk/${made}`);
      },
      (errors, status) => confirm(request, reply, event, form, filter, errors, status),
    );
  });

  async function confirm(
    request: FastifyRequest,
    reply: FastifyReply,
    event: EventDetails,
    form: z.output<typeof BulkForm>,
    filter: RegistrationFilter | undefined,
    errors: FormError[] = [],
    status = 200,
  ) {
    const ids = await chosenIds(db, event.id, { ids: form.ids, filter });
    const [all, counts] = await Promise.all([chosen(db, ids), stateCounts(db, { eventId: event.id })]);
    const typed = posted(request) as Record<string, string | undefined>;
    const data = {
      event,
      action: form.action,
      chosen: all,
      affected: all.filter((row) => affects(form.action, row)),
      waiting: counts.waiting ?? 0,
      undoable: UNDOABLE.includes(form.action),
      hidden: {
        everyOne: form.everyOne ? 'on' : undefined,
        seen: form.everyOne ? digestOf(ids) : undefined,
        query: form.query || undefined,
        order: form.order ?? newId(),
      },
      ids: form.everyOne ? [] : ids,
      typed,
      errors,
    };
    return sendPage(reply, <BulkConfirmPage ctx={pageContext(request)} {...data} />, status);
  }

  app.get<ByOne>('/back-office/events/:slug/registrations/bulk/:id', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, `/registrations/bulk/${request.params.id}`);
    if (!event) return reply;
    const bulk = await bulkById(db, event.id, parse(id, request.params.id));
    if (!bulk) throw new NotFound();
    return sendPage(
      reply,
      <BulkProgressPage ctx={pageContext(request)} event={event} bulk={bulk} mayUndo={mayUndo(bulk, clock())} />,
    );
  });

  app.post<ByOne>('/back-office/events/:slug/registrations/bulk/:id/removal', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply);
    if (!event) return reply;
    await undoBulk(db, signedIn(request), event.id, parse(id, request.params.id), clock());
    return goOn(reply, `/back-office/events/${event.slug}/registrations/bulk/${request.params.id}`);
  });
}

const digestOf = (ids: readonly string[]) => createHash('sha256').update(ids.join()).digest('base64url');
