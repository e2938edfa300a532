import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { OfficeNewPage } from '../../web/registrations/office-new-page.tsx';
import { OfficeParticipantsPage } from '../../web/registrations/office-participants-page.tsx';
import { OfficeRegistrationsPage } from '../../web/registrations/office-registrations-page.tsx';
import { OfficeWaitingPage } from '../../web/registrations/office-waiting-page.tsx';
import { answersOf } from '../calendars/queries.ts';
import { Invalid } from '../errors.ts';
import { managedOrMoved } from '../events/found.ts';
import { organisationNames, organisationTyped } from '../events/hosts.ts';
import type { EventDetails } from '../events/queries.ts';
import { id, list, optional, optionalLine, search } from '../fields.ts';
import { MOST_COUNTED, PAGE_SIZE } from '../http/cursor.ts';
import { cursorOf, type FormError, filterOf, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { personById, personPage } from '../organisations/people.ts';
import { register } from './actions.ts';
import { questionsOf } from './answers.ts';
import { eventContextById } from './context.ts';
import { figuresOf, missingMembers, pastOffers, servedParties } from './figures.ts';
import { RegistrationFilter, RegistrationWrite } from './input.ts';
import { extendOffer } from './offer-office.ts';
import { LIST_COLUMNS, type ListColumn, USUAL_COLUMNS } from './office-columns.ts';
import { countRegistrations, listChoices } from './office-queries.ts';
import { registrationPage, stateCounts, waitingList } from './queries.ts';

type BySlug = { Params: { slug: string } };
export const office = { config: { audience: 'back-office' }, schema: { hide: true } } as const;
const COLUMNS_COOKIE = 'registration-columns';

const KnownQuery = z.object({ q: search, person: optional(z.string().max(40)) });
const MOST_FOUND = 20;

/** The organiser's lists of an event: registrations, waiting list, figures. */
export function officeRegistrationRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  app.get<BySlug>('/back-office/events/:slug/registrations', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/registrations');
    if (!event) return reply;
    const { filter, errors } = filterOf(request, RegistrationFilter);
    const cursor = cursorOf(request);
    const scope = { eventId: event.id };
    const [page, total, counts, choices, context] = await Promise.all([
      registrationPage(db, scope, filter, { cursor, limit: PAGE_SIZE }),
      countRegistrations(db, event.id, filter),
      stateCounts(db, scope),
      listChoices(db, event.id),
      eventContextById(db, event.id),
    ]);
    const calendarAnswers = await answersOf(
      db,
      page.items.map((row) => row.id),
    );
    const data = {
      event,
      page,
      total,
      most: MOST_COUNTED,
      counts,
      calendarAnswers,
      filter,
      choices,
      errors,
      later: cursor !== undefined,
    };
    return sendPage(
      reply,
      <OfficeRegistrationsPage
        ctx={pageContext(request)}
        {...data}
        definition={questionsOf(context)}
        columns={columnsKept(request)}
      />,
      errors.length > 0 ? 422 : 200,
    );
  });

  app.post<BySlug>('/back-office/events/:slug/registrations/columns', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply);
    if (!event) return reply;
    const { columns, query } = parse(
      z.object({ columns: list(z.enum(LIST_COLUMNS), 20), query: optionalLine(2000) }),
      request.body,
    );
    reply.setCookie(COLUMNS_COOKIE, columns.join('.'), {
      path: '/back-office',
      maxAge: 365 * 86_400,
      httpOnly: true,
      sameSite: 'lax',
    });
    return goOn(reply, `/back-office/events/${event.slug}/registrations${query ? `?${new URLSearchParams(query)}` : ''}`);
  });

  app.get<BySlug>('/back-office/events/:slug/registrations/new', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/registrations/new');
    return event ? newPage(request, reply, event) : reply;
  });

  app.post<BySlug>('/back-office/events/:slug/registrations/new', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply);
    if (!event) return reply;
    return orAgain(
      request,
      async () => {
        const { organisation, ...rest } = posted(request);
        const known = rest.personId ? await chosen(request, String(rest.personId)) : undefined;
        if (rest.personId && !known) throw new Invalid([{ path: 'personId', code: 'choice' }]);
        const input = parse(known ? RegistrationWrite : RegistrationWrite.required({ name: true }), rest);
        const typed = parse(optionalLine(300), organisation ?? '');
        const found = typed ? await organisationTyped(db, typed, 'organisation') : null;
        const context = await eventContextById(db, event.id, found?.id ?? null);
        const outcome = await register(db, signedIn(request), context, { ...input, personId: known?.id }, clock());
        return goOn(reply, `/back-office/events/${event.slug}/registrations/${outcome.registrationId}`, 'somebodyRegistered');
      },
      (errors, status) => newPage(request, reply, event, errors, status),
    );
  });

  app.get<BySlug>('/back-office/events/:slug/waiting-list', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/waiting-list');
    if (!event) return reply;
    const [waiting, served, past] = await Promise.all([
      waitingList(db, event.id),
      servedParties(db, event.id),
      pastOffers(db, event.id),
    ]);
    return sendPage(reply, <OfficeWaitingPage ctx={pageContext(request)} {...{ event, waiting, served, past }} />);
  });

  app.post<{ Params: { slug: string; waiting: string } }>(
    '/back-office/events/:slug/waiting-list/:waiting/extension',
    office,
    async (request, reply) => {
      const event = await managedOrMoved(request, reply);
      if (!event) return reply;
      await extendOffer(db, signedIn(request), event.id, parse(id, request.params.waiting));
      return goOn(reply, `/back-office/events/${event.slug}/waiting-list`, 'offerExtended');
    },
  );

  app.get<BySlug>('/back-office/events/:slug/participants', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/participants');
    if (!event) return reply;
    const [figures, missing] = await Promise.all([
      figuresOf(db, event.id, event.zone),
      missingMembers(db, event.id, event.networkId),
    ]);
    return sendPage(
      reply,
      <OfficeParticipantsPage ctx={pageContext(request)} event={event} figures={figures} missing={missing} />,
    );
  });

  async function newPage(
    request: FastifyRequest,
    reply: FastifyReply,
    event: EventDetails,
    errors: FormError[] = [],
    status = 200,
  ) {
    const typed = Object.fromEntries(
      Object.entries(posted(request)).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    );
    const { q, person: id } = filterOf(request, KnownQuery).filter;
    const person = await chosen(request, typed.personId ?? id);
    const found = q && !person ? (await personPage(db, request.viewer, { q }, { limit: MOST_FOUND })).items : [];
    const data = { event, organisations: await organisationNames(db), typed, q, found, person, errors };
    return sendPage(reply, <OfficeNewPage ctx={pageContext(request)} {...data} />, status);
  }
}

/** Somebody who is known, as the organiser may know them. */
async function chosen({ server, viewer }: FastifyRequest, personId: string | undefined) {
  const known = id.safeParse(personId);
  return known.success ? personById(server.system.db, viewer, known.data) : undefined;
}

function columnsKept(request: FastifyRequest): readonly ListColumn[] {
  const kept = request.cookies[COLUMNS_COOKIE];
  if (kept === undefined) return USUAL_COLUMNS;
  const named = kept.split('.');
  return LIST_COLUMNS.filter((column) => named.includes(column));
}
