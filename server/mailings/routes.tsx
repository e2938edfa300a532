import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Db } from '../../db/database.ts';
import { MailingPage } from '../../web/mailings/mailing-page.tsx';
import { MailingsPage } from '../../web/mailings/mailings-page.tsx';
import { NewMailingPage } from '../../web/mailings/new-mailing-page.tsx';
import { crumbs, HOME } from '../../web/mailings/words.ts';
import type { FieldError } from '../../web/page.ts';
import { ConfirmPage } from '../../web/ui/confirm-page.tsx';
import { coordinated, isSecretariat, type Viewer } from '../accounts/access.ts';
import { eventPage } from '../events/queries.ts';
import { id, optional, search } from '../fields.ts';
import { decodeCursor, PAGE_SIZE } from '../http/cursor.ts';
import { cursorOf, filterOf, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { questionnairesSeenBy } from '../questionnaires/access.ts';
import { questionnairePage } from '../questionnaires/queries.ts';
import { mailingsSeenBy, mayKeepTemplate } from './access.ts';
import { createMailing } from './actions.ts';
import { runMailing } from './found.ts';
import { MailingWrite, TemplateWrite } from './input.ts';
import { failuresOf, mailingPage, progressOf, stepsOf } from './queries.ts';
import { readinessOf } from './readiness.ts';
import { KINDS, STATES } from './rules.ts';
import { cancelMailing, pauseMailing, resumeMailing, retryFailed, unscheduleMailing } from './running.ts';
import { keepTemplate, templatesFor } from './templates.ts';

export const BACK_OFFICE = { config: { audience: 'back-office' as const }, schema: { hide: true } };
export const idOf = (request: FastifyRequest) => parse(z.object({ id }), request.params).id;
/** What was typed, each field one text. */
export const typedOf = (request: FastifyRequest): Record<string, string> =>
  Object.fromEntries(
    Object.entries(posted(request)).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value.slice(0, 2000)]] : [])),
  );

const Filter = z.object({
  q: search,
  state: optional(z.enum(STATES)),
  kind: optional(z.enum(KINDS)),
  event: optional(z.string().max(200)),
});

/** The events that a mailing may be about: coming ones first. */
export async function eventChoicesFor(db: Db, viewer: Viewer, now: Temporal.Instant) {
  const pages = await Promise.all([false, true].map((past) => eventPage(db, viewer, { past, q: '' }, now, { limit: 50 })));
  return pages.flatMap(({ items }) => items);
}

/** Mailings: the list, a new one, each one's page, and what stops and ends it. */
export function mailingRoutes(app: FastifyInstance): void {
  const { db, clock, config } = app.system;

  app.get(HOME, BACK_OFFICE, async (request, reply) => {
    const { filter, errors } = filterOf(request, Filter);
    const cursor = cursorOf(request);
    const page = await mailingPage(db, mailingsSeenBy(signedIn(request)), filter, {
      after: decodeCursor(cursor, 2),
      limit: PAGE_SIZE,
    });
    const query = new URLSearchParams(Object.entries(filter).filter((pair): pair is [string, string] => Boolean(pair[1])));
    if (page.next) query.set('cursor', page.next);
    return sendPage(
      reply,
      <MailingsPage
        ctx={pageContext(request)}
        mailings={page.items}
        filter={filter}
        next={page.next && `${HOME}?${query}`}
        errors={errors}
      />,
    );
  });

  const showNew = async (
    request: FastifyRequest,
    reply: FastifyReply,
    values: Record<string, string>,
    errors: FieldError[] = [],
    status = 200,
  ) => {
    const viewer = signedIn(request);
    const [events, questionnaires, templates] = await Promise.all([
      eventChoicesFor(db, viewer, clock()),
      questionnairePage(db, questionnairesSeenBy(viewer), { limit: PAGE_SIZE }),
      templatesFor(db, viewer),
    ]);
    return sendPage(
      reply,
      <NewMailingPage
        ctx={pageContext(request)}
        events={events}
        questionnaires={questionnaires.items
          .filter((one) => one.openedAt !== null && one.closedAt === null)
          .map((one) => ({ id: one.id, title: one.title, defaultLanguage: one.event?.defaultLanguage ?? 'en' }))}
        templates={templates}
        values={values}
        errors={errors}
      />,
      status,
    );
  };

  app.get(`${HOME}/new`, BACK_OFFICE, (request, reply) => {
    const known = Object.entries(request.query as Record<string, unknown>).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string' && ['event', 'template', 'kind'].includes(pair[0]),
    );
    return showNew(request, reply, Object.fromEntries(known));
  });

  app.post(HOME, BACK_OFFICE, (request, reply) =>
    orAgain(
      request,
      async () => {
        const input = parse(MailingWrite, posted(request));
        const made = await createMailing(db, signedIn(request), input, { now: clock(), defaultZone: config.defaultZone });
        return goOn(reply, `${HOME}/${made}`, 'mailingCreated');
      },
      (errors, status) => showNew(request, reply, typedOf(request), errors, status),
    ),
  );

  const show = async (request: FastifyRequest, reply: FastifyReply, errors: FieldError[] = [], status = 200) => {
    const mailing = await runMailing(db, request.viewer, idOf(request));
    const begun = mailing.startedAt !== null;
    const [readiness, progress, failures, steps] = await Promise.all([
      begun || mailing.state === 'cancelled' ? null : readinessOf(db, mailing, clock()),
      begun ? progressOf(db, mailing.id) : null,
      begun ? failuresOf(db, mailing.id) : [],
      stepsOf(db, mailing.id),
    ]);
    return sendPage(
      reply,
      <MailingPage
        ctx={pageContext(request)}
        mailing={mailing}
        readiness={readiness}
        progress={progress}
        failures={failures}
        steps={steps}
        mayKeep={mayKeepTemplate(
          request.viewer,
          isSecretariat(request.viewer) ? null : (mailing.networkId ?? coordinated(request.viewer)[0] ?? null),
        )}
        errors={errors}
      />,
      status,
    );
  };

  app.get(`${HOME}/:id`, BACK_OFFICE, (request, reply) => show(request, reply));

  const deeds = [
    ['schedule/removal', unscheduleMailing, 'mailingUnscheduled'],
    ['pause', pauseMailing, 'mailingPaused'],
    ['pause/removal', resumeMailing, 'mailingResumed'],
    ['cancellation', cancelMailing, 'mailingCancelled'],
  ] as const;
  for (const [noun, act, notice] of deeds) {
    app.post(`${HOME}/:id/${noun}`, BACK_OFFICE, (request, reply) =>
      orAgain(
        request,
        async () => {
          await act(db, signedIn(request), idOf(request), clock());
          return goOn(reply, `${HOME}/${idOf(request)}`, notice);
        },
        (errors, status) => show(request, reply, errors, status),
      ),
    );
  }

  app.post(`${HOME}/:id/templates`, BACK_OFFICE, (request, reply) =>
    orAgain(
      request,
      async () => {
        const mailing = await runMailing(db, request.viewer, idOf(request));
        const { name } = posted(request);
        const input = parse(TemplateWrite, { name: typeof name === 'string' && name.trim() ? name : mailing.name });
        await keepTemplate(db, signedIn(request), mailing.id, input, clock());
        return goOn(reply, `${HOME}/templates`, 'templateKept');
      },
      (errors, status) => show(request, reply, errors, status),
    ),
  );

  app.post(`${HOME}/:id/retries`, BACK_OFFICE, (request, reply) =>
    orAgain(
      request,
      async () =>
        goOn(
          reply,
          `${HOME}/${idOf(request)}`,
          'mailingRetried',
          await retryFailed(db, signedIn(request), idOf(request), clock()),
        ),
      (errors, status) => show(request, reply, errors, status),
    ),
  );

  app.get(`${HOME}/:id/cancellation`, BACK_OFFICE, async (request, reply) => {
    const mailing = await runMailing(db, request.viewer, idOf(request));
    const ctx = pageContext(request);
    return sendPage(
      reply,
      <ConfirmPage
        ctx={ctx}
        title={ctx.t('mailings.page.cancelTitle')}
        consequence={ctx.t('mailings.page.cancelConsequence')}
        action={`${HOME}/${mailing.id}/cancellation`}
        go={ctx.t('mailings.page.cancel')}
        back={`${HOME}/${mailing.id}`}
        breadcrumbs={crumbs(ctx, mailing)}
      />,
    );
  });
}
