import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Values } from '../../web/events/form-values.ts';
import { translator } from '../../web/locales/translate.ts';
import { MovePage, OfficePeoplePage } from '../../web/study-visits/office-people-page.tsx';
import { OfficeVisitPage } from '../../web/study-visits/office-visit-page.tsx';
import { OfficeVisitsPage } from '../../web/study-visits/office-visits-page.tsx';
import { ConfirmPage } from '../../web/ui/confirm-page.tsx';
import { NotFound } from '../errors.ts';
import { managedEvent, managedOrMoved } from '../events/found.ts';
import { called, organisationNames, organisationTyped } from '../events/hosts.ts';
import type { EventDetails } from '../events/queries.ts';
import { id, list, optional, search } from '../fields.ts';
import { decodeCursor, PAGE_SIZE, pageOf } from '../http/cursor.ts';
import { EXPORT_FORMATS, sendExport } from '../http/exports.ts';
import { cursorOf, type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { setChoices, setFrozen, writeVisit } from './actions.ts';
import { orderAllocation, STEPS } from './allocating.ts';
import { AllocationWrite, ChoicesWrite, VisitWrite } from './input.ts';
import { placeByHand, placementCost, standing } from './placements.ts';
import { allocatedPeople, choicesOf, hostList, lastAllocation, preferencesOf, type Visit, visitsOf } from './queries.ts';
import { releaseAllocation } from './releasing.ts';

type BySlug = { Params: { slug: string } };
type ById = { Params: { slug: string; id: string } };
const office = { config: { audience: 'back-office' }, schema: { hide: true } } as const;
const at = '/back-office/events/:slug/visits';
const PeopleQuery = z.object({ visit: optional(z.union([id, z.literal('none')])), q: search });
const MoveQuery = z.object({ visits: list(id, 5), see: optional(z.string().max(5)) });

/** The pages on which an organiser gives visits out. */
export function studyVisitOfficeRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;
  const pathOf = (slug: string) => `/back-office/events/${slug}/visits`;

  const overview = async (
    request: FastifyRequest,
    reply: FastifyReply,
    event: EventDetails,
    again: { values?: Values; errors?: FormError[] } = {},
    status = 200,
  ) => {
    const choices = await choicesOf(db, event.id);
    const data = { choices, visits: await visitsOf(db, event.id), allocation: await lastAllocation(db, event.id), steps: STEPS };
    const values = { ...(choices ?? { mode: 'wishes', wishes: 3, each: 1 }), ...again.values };
    return sendPage(
      reply,
      <OfficeVisitsPage ctx={pageContext(request)} event={event} {...data} {...again} values={values} />,
      status,
    );
  };

  app.get<BySlug>(at, office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/visits');
    return event ? overview(request, reply, event) : reply;
  });

  const post = (path: string, done: string, work: (request: FastifyRequest, event: EventDetails) => Promise<unknown>) =>
    app.post<BySlug>(`${at}${path}`, office, async (request, reply) => {
      const event = await managedEvent(request, request.params.slug);
      return orAgain(
        request,
        async () => {
          await work(request, event);
          return goOn(reply, pathOf(event.slug), done);
        },
        (errors, status) => overview(request, reply, event, { values: posted(request), errors }, status),
      );
    });
  post('', 'saved', (request, event) => setChoices(db, signedIn(request), event.slug, parse(ChoicesWrite, request.body)));
  post('/allocation', 'allocationOrdered', (request, event) =>
    orderAllocation(db, signedIn(request), event.slug, parse(AllocationWrite, request.body), clock()),
  );
  post('/release', 'allocationReleased', (request, event) => releaseAllocation(db, signedIn(request), event.slug, clock()));
  post('/freeze', 'saved', (request, event) => setFrozen(db, signedIn(request), event.slug, true, clock()));
  post('/freeze/removal', 'saved', (request, event) => setFrozen(db, signedIn(request), event.slug, false, clock()));

  app.get<BySlug>(`${at}/release`, office, async (request, reply) => {
    const event = await managedEvent(request, request.params.slug);
    const { t } = pageContext(request);
    return sendPage(
      reply,
      <ConfirmPage
        ctx={pageContext(request)}
        title={t('studyVisits.office.releaseTitle')}
        consequence={t('studyVisits.office.releaseSays')}
        action={`${pathOf(event.slug)}/release`}
        go={t('studyVisits.office.release')}
        back={pathOf(event.slug)}
      />,
    );
  });

  visitRoutes(app);
  peopleRoutes(app);
}

/** One visit: what is written of it, and its host's list. */
function visitRoutes(app: FastifyInstance): void {
  const { db } = app.system;

  const found = async (request: FastifyRequest, { slug, id: visitId }: ById['Params']) => {
    const event = await managedEvent(request, slug);
    const visit = (await visitsOf(db, event.id)).find((one) => one.id === visitId);
    if (!visit) throw new NotFound();
    return { event, visit };
  };
  const draw = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { event, visit }: { event: EventDetails; visit: Visit },
    values: Values,
    errors: FormError[] = [],
    status = 200,
  ) => {
    const data = { event, visit, values, errors, organisations: await organisationNames(db) };
    return sendPage(reply, <OfficeVisitPage ctx={pageContext(request)} {...data} />, status);
  };

  app.get<ById>(`${at}/:id`, office, async (request, reply) => {
    const { event, visit } = await found(request, request.params);
    const host = visit.hostOrganisation && (await hostCalled(visit.hostOrganisation.id));
    return draw(request, reply, { event, visit }, { ...visit, host: host ?? '' });
  });

  async function hostCalled(organisationId: string): Promise<string> {
    return called(
      await db.selectFrom('organisations').select(['name', 'country']).where('id', '=', organisationId).executeTakeFirstOrThrow(),
    );
  }

  app.post<ById>(`${at}/:id`, office, async (request, reply) => {
    const { event, visit } = await found(request, request.params);
    return orAgain(
      request,
      async () => {
        const { host, ...typed } = posted(request);
        const hostOrganisationId = typeof host === 'string' && host ? (await organisationTyped(db, host, 'host')).id : null;
        await writeVisit(db, signedIn(request), event.slug, visit.id, parse(VisitWrite, { ...typed, hostOrganisationId }));
        return goOn(reply, `/back-office/events/${event.slug}/visits`, 'saved');
      },
      (errors, status) => draw(request, reply, { event, visit }, posted(request), errors, status),
    );
  });

  for (const format of EXPORT_FORMATS) {
    app.get<ById>(`${at}/:id/people.${format}`, office, async (request, reply) => {
      const { event, visit } = await found(request, request.params);
      const t = translator(request.language);
      const rows = await hostList(db, visit.id);
      return sendExport<(typeof rows)[number]>(reply, {
        name: `${t('studyVisits.office.visit')} ${event.slug} ${visit.id.slice(0, 8)}`,
        format,
        columns: [
          { key: 'name', header: t('studyVisits.office.name'), value: (row) => row.name },
          { key: 'organisation', header: t('studyVisits.office.organisation'), value: (row) => row.organisation },
          { key: 'country', header: t('registrationsOffice.list.country'), value: (row) => row.country },
          { key: 'languages', header: t('studyVisits.fact.languages'), value: (row) => row.languages },
        ],
        rows: each(rows),
      });
    });
  }
}

async function* each<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}

/** Who gets what, and moving somebody by hand. */
function peopleRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  app.get<BySlug>(`${at}/people`, office, async (request, reply) => {
    const event = await managedEvent(request, request.params.slug);
    const { visit, q } = parse(PeopleQuery, request.query);
    const last = await lastAllocation(db, event.id);
    const after = decodeCursor(cursorOf(request), 2);
    const rows = last
      ? await allocatedPeople(db, { ...last, eventId: event.id }, { visit, search: q, after, limit: PAGE_SIZE + 1 })
      : [];
    const { items, next } = pageOf(rows, PAGE_SIZE, (row) => [row.name, row.registration]);
    const data = {
      event,
      visits: await visitsOf(db, event.id),
      people: items,
      next,
      first: after === undefined,
      filter: { q, visit },
    };
    return sendPage(reply, <OfficePeoplePage ctx={pageContext(request)} {...data} />);
  });

  const draw = async (
    request: FastifyRequest,
    reply: FastifyReply,
    event: EventDetails,
    registrationId: string,
    chosen: string[] | null,
    errors: FormError[] = [],
    status = 200,
  ) => {
    const found = await preferencesOf(db, registrationId);
    if (!found || found.event !== event.id) throw new NotFound();
    const has = (await standing(db, event.id)).given[registrationId] ?? [];
    const cost = chosen && (await placementCost(db, event.id, registrationId, chosen));
    const visits = (await visitsOf(db, event.id)).filter(({ places }) => places !== null);
    const data = { event, visits, found, has, chosen: chosen ?? has, cost, errors };
    return sendPage(reply, <MovePage ctx={pageContext(request)} {...data} />, status);
  };

  app.get<ById>(`${at}/people/:id`, office, async (request, reply) => {
    const event = await managedEvent(request, request.params.slug);
    await holdChoices(event.id);
    const { visits, see } = parse(MoveQuery, request.query);
    return draw(request, reply, event, parse(z.object({ id }), { id: request.params.id }).id, see ? visits : null);
  });

  app.post<ById>(`${at}/people/:id`, office, async (request, reply) => {
    const event = await managedEvent(request, request.params.slug);
    await holdChoices(event.id);
    const registrationId = parse(z.object({ id }), { id: request.params.id }).id;
    const { visits } = parse(MoveQuery, request.body);
    return orAgain(
      request,
      async () => {
        await placeByHand(db, signedIn(request), event.slug, registrationId, { visits, pinned: true }, clock());
        return goOn(reply, `/back-office/events/${event.slug}/visits/people`, 'placed');
      },
      (errors, status) => draw(request, reply, event, registrationId, null, errors, status),
    );
  });

  async function holdChoices(eventId: string): Promise<void> {
    if (!(await choicesOf(db, eventId))) throw new NotFound();
  }
}
