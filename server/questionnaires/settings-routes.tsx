import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { QuestionnaireSettingsPage } from '../../web/questionnaires/questionnaire-settings-page.tsx';
import { own } from '../forms/own.ts';
import { type FormError, orAgain } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { changeQuestionnaire } from './actions.ts';
import { runQuestionnaire } from './api.ts';
import { QuestionnaireChange } from './input.ts';
import type { Questionnaire } from './queries.ts';
import { idOf } from './routes.tsx';

const BACK_OFFICE = { config: { audience: 'back-office' as const }, schema: { hide: true } };
const HOME = '/back-office/questionnaires';

/** Changing a questionnaire on a page: the same as PATCH /api/questionnaires/{id}. */
export function questionnaireSettingsRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  const show = (
    request: FastifyRequest,
    reply: FastifyReply,
    one: Questionnaire,
    typed?: unknown,
    errors: FormError[] = [],
    status = 200,
  ) => {
    const text = (name: string, otherwise: string) => {
      const value = own(typed, name);
      return typeof value === 'string' ? value.slice(0, 100) : otherwise;
    };
    const title = own(typed, 'title');
    const values = {
      title: typeof title === 'object' && title !== null ? (title as Record<string, string>) : one.title,
      privacy: text('privacy', one.privacy),
      closes: text('closes', one.closes?.toString({ smallestUnit: 'minute' }) ?? ''),
      minimumGroup: text('minimumGroup', String(one.minimumGroup)),
      automatic: typed === undefined ? one.automatic : own(typed, 'automatic') !== undefined,
    };
    return sendPage(
      reply,
      <QuestionnaireSettingsPage ctx={pageContext(request)} questionnaire={one} values={values} errors={errors} />,
      status,
    );
  };

  app.get(`${HOME}/:id/settings`, BACK_OFFICE, async (request, reply) =>
    show(request, reply, await runQuestionnaire(request, idOf(request))),
  );

  app.post(`${HOME}/:id/settings`, BACK_OFFICE, async (request, reply) => {
    const one = await runQuestionnaire(request, idOf(request));
    return orAgain(
      request,
      async () => {
        // A box that is not ticked is not sent: where the page shows it, that means no.
        const box =
          own(request.body, 'mentionsAutomatic') === undefined ? {} : { automatic: own(request.body, 'automatic') ?? 'off' };
        const change = parse(QuestionnaireChange, { ...(request.body as object), ...box });
        await changeQuestionnaire(db, signedIn(request), one.id, change, clock());
        return goOn(reply, `${HOME}/${one.id}`, 'saved');
      },
      (errors, status) => show(request, reply, one, request.body, errors, status),
    );
  });
}
