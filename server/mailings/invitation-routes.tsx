import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isLanguage } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { InvitationPage } from '../../web/mailings/invitation-page.tsx';
import { InvitationsPage } from '../../web/mailings/invitations-page.tsx';
import type { FieldError } from '../../web/page.ts';
import { id, optional, search } from '../fields.ts';
import { decodeCursor, PAGE_SIZE } from '../http/cursor.ts';
import { EXPORT_FORMATS, sendExport } from '../http/exports.ts';
import { cursorOf, filterOf, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { visibleEvent } from '../registrations/api.ts';
import { drawRegister } from '../registrations/self-page.tsx';
import { createMailing } from './actions.ts';
import { AnswerWrite } from './input.ts';
import { invitationColumns } from './invitation-columns.ts';
import {
  answerInvitation,
  everyInvitation,
  INVITATION_STATES,
  type Invited,
  invitationCounts,
  invitationPage,
  invitationsEvent,
  invitedBy,
} from './invitations.ts';
import { BACK_OFFICE, typedOf } from './routes.tsx';
import { inviteSubstitute, reminderOf } from './substitutes.ts';

const open = { config: { audience: 'public' as const }, schema: { hide: true } };
const NO_REFERRER = ['referrer-policy', 'no-referrer'] as const;
const slugOf = (request: FastifyRequest) => (request.params as { slug: string }).slug;
const tokenOf = (request: FastifyRequest) => (request.params as { token: string }).token;
const Filter = z.object({ q: search, answer: optional(z.enum(INVITATION_STATES)) });
const Asked = z.object({
  answer: z.enum(['accepted', 'declined', 'substitute']).optional().catch(undefined),
  done: z.string().optional().catch(undefined),
});

/** The link of an invitation, and what its organisers see of the answers. */
export function invitationRoutes(app: FastifyInstance): void {
  const { db, clock, config } = app.system;

  const show = (
    request: FastifyRequest,
    reply: FastifyReply,
    invited: Invited,
    { values, errors = [], status = 200 }: { values: Record<string, string>; errors?: FieldError[]; status?: number },
  ) => {
    // The reader is not signed in: the page speaks the language of whom it is for, unless they have chosen one.
    if (!request.viewer && isLanguage(invited.language) && !request.cookies.language) request.language = invited.language;
    const over = invited.cancelledAt !== null || Temporal.Instant.compare(invited.endsAt, clock()) <= 0;
    return sendPage(
      reply.header(...NO_REFERRER),
      <InvitationPage
        ctx={pageContext(request)}
        invited={invited}
        path={`/invitations/${tokenOf(request)}`}
        values={values}
        answered={invited.answer !== null && errors.length === 0}
        over={over}
        errors={errors}
      />,
      status,
    );
  };

  // Opening it answers nothing: mail scanners follow every link.
  app.get('/invitations/:token', open, async (request, reply) => {
    const invited = await invitedBy(db, config.secret, tokenOf(request));
    const { answer } = parse(Asked, request.query);
    return show(request, reply, invited, { values: { answer: answer ?? invited.answer ?? '', note: invited.note } });
  });

  app.post('/invitations/:token', open, async (request, reply) => {
    const invited = await invitedBy(db, config.secret, tokenOf(request));
    return orAgain(
      request,
      async () => {
        await answerInvitation(db, invited, parse(AnswerWrite, posted(request)), { now: clock() });
        return goOn(reply.header(...NO_REFERRER), `/invitations/${tokenOf(request)}`);
      },
      (errors, status) => show(request, reply, invited, { values: typedOf(request), errors, status }),
    );
  });

  // The usual form with what is known of them, which whoever has the link knows too. It posts where everybody's does.
  app.get('/invitations/:token/registration', open, async (request, reply) => {
    const invited = await invitedBy(db, config.secret, tokenOf(request));
    const event = await visibleEvent(request, invited.slug);
    const organisation = invited.organisation ? `${invited.organisation} (${invited.country})` : '';
    const typed = { name: invited.name, email: invited.address ?? '', organisation };
    return sendPage(reply.header(...NO_REFERRER), await drawRegister(request, event, { typed }));
  });

  const list = '/back-office/events/:slug/invitations';

  const showList = async (request: FastifyRequest, reply: FastifyReply, errors: FieldError[] = [], status = 200) => {
    const event = await invitationsEvent(db, request.viewer, slugOf(request));
    const { filter, errors: wrong } = filterOf(request, Filter);
    const cursor = cursorOf(request);
    const [counts, page] = await Promise.all([
      invitationCounts(db, event.id),
      invitationPage(db, event.id, { ...filter, after: decodeCursor(cursor, 2), limit: PAGE_SIZE }),
    ]);
    const query = new URLSearchParams({
      ...(filter.q ? { q: filter.q } : {}),
      ...(filter.answer ? { answer: filter.answer } : {}),
      cursor: page.next ?? '',
    });
    return sendPage(
      reply,
      <InvitationsPage
        ctx={pageContext(request)}
        event={event}
        counts={counts}
        invitations={page.items}
        filter={filter}
        next={page.next && `/back-office/events/${event.slug}/invitations?${query}`}
        errors={[...wrong, ...errors]}
      />,
      status,
    );
  };

  app.get(list, BACK_OFFICE, (request, reply) => showList(request, reply));

  for (const format of EXPORT_FORMATS) {
    app.get(`${list}.${format}`, BACK_OFFICE, async (request, reply) => {
      const event = await invitationsEvent(db, request.viewer, slugOf(request));
      return sendExport(reply, {
        name: translator(request.language)('mailings.invitations.title'),
        format,
        columns: invitationColumns(request.language),
        rows: everyInvitation(db, event.id, parse(Filter, request.query)),
      });
    });
  }

  app.post(`${list}/reminders`, BACK_OFFICE, async (request, reply) => {
    const event = await invitationsEvent(db, request.viewer, slugOf(request));
    const { t } = pageContext(request);
    const input = reminderOf(event, t('mailings.invitations.remindName'));
    const made = await createMailing(db, signedIn(request), input, { now: clock(), defaultZone: config.defaultZone });
    return goOn(reply, `/back-office/mailings/${made}`, 'mailingCreated');
  });

  app.post(`${list}/:id/substitute`, BACK_OFFICE, (request, reply) =>
    orAgain(
      request,
      async () => {
        await invitationsEvent(db, request.viewer, slugOf(request));
        await inviteSubstitute(db, signedIn(request), parse(z.object({ id }), request.params).id, clock());
        return goOn(reply, `/back-office/events/${slugOf(request)}/invitations`, 'substituteInvited');
      },
      (errors, status) => showList(request, reply, errors, status),
    ),
  );
}
