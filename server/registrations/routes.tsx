import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { EventPage, EventsPage } from '../../web/events/events-page.tsx';
import { textIn } from '../../web/locales/text-map.ts';
import { translateCode } from '../../web/locales/translate.ts';
import { ConfirmPage, LinkOnItsWayPage, RegistrationsPage } from '../../web/registrations/registrations-page.tsx';
import { account } from '../accounts/queries.ts';
import { calendarFile } from '../calendars/ical.ts';
import { Invalid, NotFound, Refused } from '../errors.ts';
import { EventFilter } from '../events/input.ts';
import { eventBySlug, eventPage, newSlug } from '../events/queries.ts';
import { mayManage, nextChange, priceOf } from '../events/rules.ts';
import { id } from '../fields.ts';
import { PageQuery } from '../http/cursor.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage, sendPublicPage } from '../http/pages.tsx';
import { fieldErrors, problemOf } from '../http/problems.ts';
import { signedIn } from '../http/viewer.ts';
import { register } from './actions.ts';
import { visibleEvent } from './api.ts';
import { cancelRegistration } from './changes.ts';
import { RegistrationWrite } from './input.ts';
import { acceptOffer, declineOffer } from './offers.ts';
import { registrationsOf } from './queries.ts';
import { categoryRefusal, refusal } from './rules.ts';
import { confirmSelf, selfRegister } from './self.ts';

const hide = { hide: true };
const slugOf = (request: FastifyRequest) => (request.params as { slug: string }).slug;

/** The public pages of events, registering on them, and a person's own registrations. */
export function registrationRoutes(app: FastifyInstance): void {
  const { db, clock, config } = app.system;

  app.get('/', { config: { audience: 'public' }, schema: hide }, (request, reply) =>
    reply.redirect(`/events${request.url.slice(1)}`, 303),
  );

  app.get('/events', { config: { audience: 'public' }, schema: hide }, (request, reply) =>
    sendPublicPage(request, reply, async () => {
      const query = parse(PageQuery.extend(EventFilter.shape), request.query);
      const { items, next } = await eventPage(db, request.viewer, query, clock(), query);
      const until = nextChange(
        items.flatMap((event) => [event.startsAt, event.endsAt]),
        clock(),
      );
      return { node: <EventsPage ctx={pageContext(request)} events={items} next={next} past={query.past ?? false} />, until };
    }),
  );

  app.get('/events/:slug', { config: { audience: 'public' }, schema: hide }, async (request, reply) => {
    if (slugOf(request).endsWith('.ics')) return sendCalendar(request, reply, slugOf(request).slice(0, -4));
    const moved = await newSlug(db, slugOf(request));
    if (moved) return reply.redirect(`/events/${moved}`, 301);
    return sendPublicPage(request, reply, () => drawEvent(request));
  });

  async function drawEvent(
    request: FastifyRequest,
    typed: Record<string, string> = {},
    errors: { path: string; message: string }[] = [],
  ) {
    const { viewer } = request;
    const event = await eventBySlug(db, slugOf(request));
    if (!event || (!event.publishedAt && !mayManage(viewer, event))) throw new NotFound();
    const now = clock();
    const organisations = viewer ? (await account(db, viewer.personId, now)).affiliations : [];
    const code = refusal(event, { now, organises: false, alone: organisations.length === 0, membership: null });
    const view = {
      ...event,
      categories: event.categories
        .filter((category) => category.openTo !== 'organiser')
        .map((category) => ({
          ...category,
          price: priceOf(category, event, { at: now, country: null }),
          mine:
            organisations.length > 0 ||
            categoryRefusal(category.openTo as 'anyone', { now, organises: false, alone: true, membership: null }) === null,
        })),
    };
    const words = code && (translateCode(request.language, `refusal.${code}`) ?? code);
    const node = <EventPage ctx={pageContext(request)} event={view} form={{ refusal: words, organisations, typed, errors }} />;
    return {
      node,
      until: nextChange(
        [event.registrationOpensAt, event.registrationClosesAt, event.lateFrom, event.startsAt, event.endsAt],
        now,
      ),
    };
  }

  async function sendCalendar(request: FastifyRequest, reply: FastifyReply, slug: string) {
    const event = await eventBySlug(db, slug);
    if (!event || (!event.publishedAt && !mayManage(request.viewer, event))) throw new NotFound();
    const url = `${config.publicUrl}/events/${event.slug}`;
    const file = calendarFile([
      {
        uid: `${event.id}@${new URL(config.publicUrl).hostname}`,
        sequence: event.sequence,
        stamp: event.updatedAt,
        created: event.createdAt,
        startsAt: event.startsAt,
        endsAt: event.endsAt,
        summary: textIn(event.title, [request.language], event.defaultLanguage),
        description: `${textIn(event.summary, [request.language], event.defaultLanguage)}\n${url}`,
        location: [textIn(event.venue, [request.language], event.defaultLanguage), event.address].filter(Boolean).join(', '),
        url,
        cancelled: event.cancelledAt !== null,
      },
    ]);
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', `attachment; filename="${event.slug}.ics"`)
      .send(file);
  }

  app.post('/events/:slug/registrations', { config: { audience: 'public' }, schema: hide }, async (request, reply) => {
    const typed = Object.fromEntries(
      Object.entries((request.body ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value.slice(0, 1000)]] : [],
      ),
    );
    try {
      const input = parse(RegistrationWrite, request.body);
      const event = await visibleEvent(request, slugOf(request), input.organisationId ?? null);
      const { viewer } = request;
      if (!viewer) {
        await selfRegister(
          db,
          config.secret,
          event,
          input,
          { language: request.language, zone: config.defaultZone, from: request.ip },
          clock(),
        );
        return await sendPage(reply, <LinkOnItsWayPage ctx={pageContext(request)} />);
      }
      const { outcome } = await register(db, viewer, event, input, clock());
      return await goOn(reply, '/registrations', outcome === 'confirmed' ? 'registered' : outcome);
    } catch (error) {
      if (!(error instanceof Invalid || error instanceof Refused)) throw error;
      const errors =
        error instanceof Refused
          ? [{ path: 'category', message: problemOf(error, request.language)?.detail ?? error.code }]
          : fieldErrors(error, request.language);
      return sendPage(reply, (await drawEvent(request, typed, errors)).node, error instanceof Refused ? 409 : 422);
    }
  });

  app.get('/registrations/confirm/:token', { config: { audience: 'public' }, schema: hide }, (request, reply) =>
    sendPage(
      reply.header('referrer-policy', 'no-referrer'),
      <ConfirmPage ctx={pageContext(request)} token={encodeURIComponent((request.params as { token: string }).token)} />,
    ),
  );

  app.post('/registrations/confirm/:token', { config: { audience: 'public' }, schema: hide }, async (request, reply) => {
    const { outcome } = await confirmSelf(db, (request.params as { token: string }).token, clock());
    return goOn(reply, '/events', outcome === 'confirmed' ? 'registered' : outcome);
  });

  app.get('/registrations', { config: { audience: 'person' }, schema: hide }, async (request, reply) =>
    sendPage(
      reply,
      <RegistrationsPage ctx={pageContext(request)} registrations={await registrationsOf(db, signedIn(request).personId)} />,
    ),
  );

  const own = (request: FastifyRequest) => parse(z.object({ id }), request.params).id;
  app.post('/registrations/:id/removal', { config: { audience: 'person' }, schema: hide }, async (request, reply) => {
    await cancelRegistration(db, signedIn(request), own(request), clock());
    return goOn(reply, '/registrations', 'givenBack');
  });
  app.post('/registrations/:id/offer/acceptance', { config: { audience: 'person' }, schema: hide }, async (request, reply) => {
    await acceptOffer(db, signedIn(request), own(request), clock());
    return goOn(reply, '/registrations', 'registered');
  });
  app.post('/registrations/:id/offer/removal', { config: { audience: 'person' }, schema: hide }, async (request, reply) => {
    await declineOffer(db, signedIn(request), own(request), clock());
    return goOn(reply, '/registrations', 'givenBack');
  });
}
