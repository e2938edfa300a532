import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AllowancesPage } from '../../web/events/allowances-page.tsx';
import { BackOfficePage } from '../../web/events/back-office-page.tsx';
import { HistoryPage } from '../../web/events/history-page.tsx';
import { ManageEventPage } from '../../web/events/manage-event-page.tsx';
import { OfficeEventsPage } from '../../web/events/office-events-page.tsx';
import { OrganisersPage } from '../../web/events/organisers-page.tsx';
import { translator } from '../../web/locales/translate.ts';
import { ConfirmPage } from '../../web/ui/confirm-page.tsx';
import { NotAllowed, NotFound } from '../errors.ts';
import { id } from '../fields.ts';
import { MOST_COUNTED, PAGE_SIZE } from '../http/cursor.ts';
import { EXPORT_FORMATS, sendExport } from '../http/exports.ts';
import { cursorOf, type FormError, filterOf, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { allowancePage, setAllowance } from './allowances.ts';
import { missing } from './completeness.ts';
import { eventExport } from './export.ts';
import { managedOrMoved } from './found.ts';
import { eventHistory } from './history.ts';
import { organisationNames, organisationTyped } from './hosts.ts';
import { OfficeFilter, OrganiserWrite } from './input.ts';
import { comingEvents, countEvents, everyEvent, livingRegistrations, OFFICE_ROWS, officeChoices, officePage } from './office.ts';
import { appointOrganiser, dismissOrganiser, organisersOf } from './organisers.ts';
import type { EventDetails } from './queries.ts';
import { createsEvents, mayCreate } from './rules.ts';
import { AllowanceForm } from './sections.ts';

type BySlug = { Params: { slug: string } };
const office = { config: { audience: 'back-office' }, schema: { hide: true } } as const;

/** The back office's landing, its list of events, and what stands beside the parts of one: allowances, organisers, history. */
export function officeRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  app.get('/back-office', office, async (request, reply) => {
    const viewer = signedIn(request);
    const events = await comingEvents(db, viewer, clock());
    return sendPage(reply, <BackOfficePage ctx={pageContext(request)} events={events} mayCreate={createsEvents(viewer)} />);
  });

  app.get('/back-office/events', office, async (request, reply) => {
    const viewer = signedIn(request);
    const { filter, errors } = filterOf(request, OfficeFilter);
    const [now, cursor] = [clock(), cursorOf(request)];
    const [page, total, choices] = await Promise.all([
      officePage(db, viewer, filter, now, { cursor, limit: OFFICE_ROWS }),
      countEvents(db, viewer, filter, now),
      officeChoices(db, viewer),
    ]);
    const data = { page, total, most: MOST_COUNTED, filter, choices, years: choices.years, later: cursor !== undefined, errors };
    return sendPage(
      reply,
      <OfficeEventsPage ctx={pageContext(request)} {...data} mayCreate={createsEvents(viewer)} />,
      errors.length > 0 ? 422 : 200,
    );
  });

  for (const format of EXPORT_FORMATS) {
    app.get(`/back-office/events.${format}`, office, async (request, reply) => {
      const viewer = signedIn(request);
      const rows = everyEvent(db, viewer, parse(OfficeFilter, request.query), clock());
      const name = translator(request.language)('events.list.title');
      return sendExport(reply, { name, format, columns: eventExport(request.language, clock()), rows });
    });
  }

  app.get<BySlug>('/back-office/events/:slug', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply);
    if (!event) return reply;
    const [living, history] = await Promise.all([livingRegistrations(db, event.id), eventHistory(db, event.id, { limit: 1 })]);
    const data = {
      event: { ...event, confirmed: living.confirmed, pending: living.pending, waitingPeople: living.waiting },
      items: missing(event),
      last: history.items[0],
      mayCopy: mayCreate(request.viewer, event.networkId),
    };
    return sendPage(reply, <ManageEventPage ctx={pageContext(request)} {...data} />);
  });

  app.get<BySlug>('/back-office/events/:slug/history', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/history');
    if (!event) return reply;
    const cursor = cursorOf(request);
    const page = await eventHistory(db, event.id, { cursor, limit: PAGE_SIZE });
    return sendPage(reply, <HistoryPage ctx={pageContext(request)} event={event} page={page} later={cursor !== undefined} />);
  });

  const allowances = async (
    request: FastifyRequest,
    reply: FastifyReply,
    event: EventDetails,
    typed?: Record<string, unknown>,
    errors: FormError[] = [],
    status = 200,
  ) => {
    const cursor = cursorOf(request);
    const [page, organisations] = await Promise.all([
      allowancePage(db, event.id, { cursor, limit: PAGE_SIZE }),
      organisationNames(db),
    ]);
    const data = { event, page, organisations, typed, later: cursor !== undefined, errors };
    return sendPage(reply, <AllowancesPage ctx={pageContext(request)} {...data} />, status);
  };

  app.get<BySlug>('/back-office/events/:slug/allowances', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/allowances');
    return event ? allowances(request, reply, event) : reply;
  });

  app.post<BySlug>('/back-office/events/:slug/allowances', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply);
    if (!event) return reply;
    return orAgain(
      request,
      async () => {
        const { organisation, size } = parse(AllowanceForm, request.body);
        const { slug } = await organisationTyped(db, organisation, 'organisation');
        await setAllowance(db, signedIn(request), event.slug, slug, size);
        return goOn(reply, `/back-office/events/${event.slug}/allowances`, 'saved');
      },
      (errors, status) => allowances(request, reply, event, posted(request), errors, status),
    );
  });

  app.post<{ Params: { slug: string; organisation: string } }>(
    '/back-office/events/:slug/allowances/:organisation/removal',
    office,
    async (request, reply) => {
      const { slug, organisation } = request.params;
      await setAllowance(db, signedIn(request), slug, organisation, null);
      return goOn(reply, `/back-office/events/${slug}/allowances`, 'saved');
    },
  );

  const organisers = async (
    request: FastifyRequest,
    reply: FastifyReply,
    event: EventDetails,
    typed?: Record<string, unknown>,
    errors: FormError[] = [],
    status = 200,
  ) => {
    const data = { event, organisers: await organisersOf(db, event.id), typed, errors };
    const mayAppoint = mayCreate(request.viewer, event.networkId);
    return sendPage(reply, <OrganisersPage ctx={pageContext(request)} {...data} mayAppoint={mayAppoint} />, status);
  };

  app.get<BySlug>('/back-office/events/:slug/organisers', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/organisers');
    return event ? organisers(request, reply, event) : reply;
  });

  app.post<BySlug>('/back-office/events/:slug/organisers', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply);
    if (!event) return reply;
    return orAgain(
      request,
      async () => {
        await appointOrganiser(db, signedIn(request), event.slug, parse(OrganiserWrite, request.body));
        return goOn(reply, `/back-office/events/${event.slug}/organisers`, 'saved');
      },
      (errors, status) => organisers(request, reply, event, posted(request), errors, status),
    );
  });

  type ByOrganiser = { Params: { slug: string; id: string } };
  app.get<ByOrganiser>('/back-office/events/:slug/organisers/:id/removal', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply);
    if (!event) return reply;
    if (!mayCreate(request.viewer, event.networkId)) throw new NotAllowed();
    const organiser = (await organisersOf(db, event.id)).find((one) => one.id === request.params.id);
    if (!organiser) throw new NotFound();
    const t = translator(request.language);
    const back = `/back-office/events/${event.slug}/organisers`;
    return sendPage(
      reply,
      <ConfirmPage
        ctx={pageContext(request)}
        title={t('events.organisers.removeTitle', { name: organiser.name })}
        consequence={t('events.organisers.removeLead')}
        action={`${back}/${organiser.id}/removal`}
        go={t('events.organisers.remove')}
        back={back}
      />,
    );
  });
  app.post<ByOrganiser>('/back-office/events/:slug/organisers/:id/removal', office, async (request, reply) => {
    const { slug } = request.params;
    await dismissOrganiser(db, signedIn(request), slug, parse(id, request.params.id), clock());
    return goOn(reply, `/back-office/events/${slug}/organisers`, 'saved');
  });
}
