import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { textIn } from '../../web/locales/text-map.ts';
import { NewQuestionnairePage } from '../../web/questionnaires/new-questionnaire-page.tsx';
import { QuestionnairePage } from '../../web/questionnaires/questionnaire-page.tsx';
import { QuestionnairesPage } from '../../web/questionnaires/questionnaires-page.tsx';
import { ConfirmPage } from '../../web/ui/confirm-page.tsx';
import { isSecretariat } from '../accounts/access.ts';
import { Invalid, Refused } from '../errors.ts';
import { eventPage } from '../events/queries.ts';
import { id, optional } from '../fields.ts';
import { decodeCursor, PAGE_SIZE } from '../http/cursor.ts';
import { formErrors } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { problemOf } from '../http/problems.ts';
import { signedIn } from '../http/viewer.ts';
import { mayRun, questionnairesSeenBy } from './access.ts';
import { closeQuestionnaire, createQuestionnaire, openQuestionnaire } from './actions.ts';
import { runQuestionnaire } from './api.ts';
import { inviteesOf } from './askings.ts';
import { QuestionnaireWrite } from './input.ts';
import { type Questionnaire, questionnairePage } from './queries.ts';

const BACK_OFFICE = { config: { audience: 'back-office' as const }, schema: { hide: true } };
const HOME = '/back-office/questionnaires';
export const idOf = (request: FastifyRequest) => parse(z.object({ id }), request.params).id;

/** Making, opening and closing questionnaires. */
export function questionnaireRoutes(app: FastifyInstance): void {
  const { db, clock, config } = app.system;

  app.get(HOME, BACK_OFFICE, async (request, reply) => {
    const { cursor, event } = parse(
      z.object({ cursor: z.string().max(500).optional(), event: optional(z.string().max(200)) }),
      request.query,
    );
    const { items, next } = await questionnairePage(db, questionnairesSeenBy(signedIn(request)), {
      after: decodeCursor(cursor, 2),
      limit: PAGE_SIZE,
      event,
    });
    const more = next && `${HOME}?${event ? `event=${encodeURIComponent(event)}&` : ''}cursor=${next}`;
    return sendPage(
      reply,
      <QuestionnairesPage
        ctx={pageContext(request)}
        questionnaires={items}
        next={more}
        assessments={isSecretariat(signedIn(request))}
      />,
    );
  });

  const showNew = async (request: FastifyRequest, reply: FastifyReply, values: Record<string, string>, error?: unknown) => {
    if (error !== undefined && !(error instanceof Invalid || error instanceof Refused)) throw error;
    const viewer = signedIn(request);
    const pages = await Promise.all([true, false].map((past) => eventPage(db, viewer, { past, q: '' }, clock(), { limit: 50 })));
    const events = pages
      .flatMap(({ items }) => items)
      .filter((event) => mayRun(viewer, { eventId: event.id, networkId: event.networkId, createdBy: null }));
    const errors = formErrors(request, error, 'event');
    return sendPage(
      reply,
      <NewQuestionnairePage
        ctx={pageContext(request)}
        events={events}
        zone={config.defaultZone}
        values={values}
        errors={errors}
      />,
      problemOf(error, request.language)?.status ?? 200,
    );
  };

  app.get(`${HOME}/new`, BACK_OFFICE, (request, reply) => {
    const { event } = request.query as { event?: unknown };
    return showNew(request, reply, typeof event === 'string' ? { event } : {});
  });

  app.post(HOME, BACK_OFFICE, async (request, reply) => {
    const typed = Object.fromEntries(
      Object.entries((request.body ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value.slice(0, 300)]] : [],
      ),
    );
    try {
      // A form that does not mention the box means that it is not ticked.
      const input = parse(QuestionnaireWrite, { automatic: 'off', ...(request.body as object) });
      if (input.event === undefined) throw new Invalid([{ path: 'event', code: 'required' }]);
      const made = await createQuestionnaire(db, signedIn(request), input, { now: clock(), defaultZone: config.defaultZone });
      return goOn(reply, `${HOME}/${made}`, 'questionnaireCreated');
    } catch (error) {
      return showNew(request, reply, { automatic: '', ...typed }, error);
    }
  });

  const show = (request: FastifyRequest, reply: FastifyReply, questionnaire: Questionnaire, error?: unknown) => {
    if (error !== undefined && !(error instanceof Invalid || error instanceof Refused)) throw error;
    return sendPage(
      reply,
      <QuestionnairePage ctx={pageContext(request)} questionnaire={questionnaire} errors={formErrors(request, error, '')} />,
      problemOf(error, request.language)?.status ?? 200,
    );
  };

  app.get(`${HOME}/:id`, BACK_OFFICE, async (request, reply) =>
    show(request, reply, await runQuestionnaire(request, idOf(request))),
  );

  app.get(`${HOME}/:id/opening`, BACK_OFFICE, async (request, reply) => {
    const one = await runQuestionnaire(request, idOf(request));
    const ctx = pageContext(request);
    const n = one.openedAt ? one.asked : (await inviteesOf(db, one)).length;
    const privacy = ctx.t(`questionnaires.privacy.${one.privacy}`);
    return sendPage(
      reply,
      <ConfirmPage
        ctx={ctx}
        title={ctx.t('questionnaires.open.title')}
        consequence={
          one.kind === 'self-assessment'
            ? ctx.t('assessments.open.consequence', { n })
            : ctx.t('questionnaires.open.consequence', { n, privacy })
        }
        action={`${HOME}/${one.id}/opening`}
        go={ctx.t('questionnaires.page.open')}
        back={`${HOME}/${one.id}`}
        breadcrumbs={[{ href: `${HOME}/${one.id}`, words: textIn(one.title, [ctx.language], one.event?.defaultLanguage) }]}
      />,
    );
  });

  app.post(`${HOME}/:id/opening`, BACK_OFFICE, async (request, reply) => {
    const one = await runQuestionnaire(request, idOf(request));
    try {
      await openQuestionnaire(db, signedIn(request), one.id, { secret: config.secret, now: clock() });
    } catch (error) {
      return show(request, reply, one, error);
    }
    return goOn(reply, `${HOME}/${one.id}`, 'questionnaireOpened');
  });

  app.get(`${HOME}/:id/closing`, BACK_OFFICE, async (request, reply) => {
    const one = await runQuestionnaire(request, idOf(request));
    const ctx = pageContext(request);
    return sendPage(
      reply,
      <ConfirmPage
        ctx={ctx}
        title={ctx.t('questionnaires.close.title')}
        consequence={ctx.t('questionnaires.close.consequence')}
        action={`${HOME}/${one.id}/closing`}
        go={ctx.t('questionnaires.page.close')}
        back={`${HOME}/${one.id}`}
      />,
    );
  });

  app.post(`${HOME}/:id/closing`, BACK_OFFICE, async (request, reply) => {
    const one = await runQuestionnaire(request, idOf(request));
    try {
      await closeQuestionnaire(db, signedIn(request), one.id, clock());
    } catch (error) {
      return show(request, reply, one, error);
    }
    return goOn(reply, `${HOME}/${one.id}`, 'questionnaireClosed');
  });
}
