import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { textIn } from '../../web/locales/text-map.ts';
import { DelegationVisitsPage } from '../../web/study-visits/delegation-visits-page.tsx';
import { MyVisitsPage } from '../../web/study-visits/my-visits-page.tsx';
import { type ShownVisit, visitTitle } from '../../web/study-visits/visit-details.tsx';
import { VisitsPage } from '../../web/study-visits/visits-page.tsx';
import { ConfirmPage } from '../../web/ui/confirm-page.tsx';
import type { Viewer } from '../accounts/access.ts';
import { NotFound, Refused } from '../errors.ts';
import { visibleEvent } from '../events/found.ts';
import { id } from '../fields.ts';
import type { Audience } from '../http/audiences.ts';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage, sendPublicPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { renderMarkdown } from '../markdown.ts';
import { delegationDoor } from '../registrations/delegation-page.tsx';
import { byManageLink } from '../registrations/manage-links.ts';
import { giveBack, joinWaiting, leaveWaiting } from './exchanges.ts';
import { foundPreferences, publicVisit } from './found.ts';
import { PreferencesWrite, SwapWrite } from './input.ts';
import { choicesOf, delegationPreferences, type Visit, visitsOf } from './queries.ts';
import { wishRefusal } from './rules.ts';
import { acceptSwap, proposeSwap, withdrawSwap } from './swapping.ts';
import { stateDelegation, statePreferences } from './wishes.ts';

interface Door {
  viewer: Viewer;
  registrationId: string;
  base: string;
}
type Open = (request: FastifyRequest) => Promise<Door>;
const hidden = { schema: { hide: true } } as const;
const VisitParams = z.object({ visit: id });
const SwapParams = z.object({ swap: id });

/** The pages on which visits are seen, wished, waited for, swapped and given back. */
export function studyVisitRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  app.get<{ Params: { slug: string } }>('/events/:slug/visits', { config: { audience: 'public' }, ...hidden }, (request, reply) =>
    sendPublicPage(request, reply, async () => {
      const event = await visibleEvent(request, request.params.slug);
      const visits = (await visitsOf(db, event.id)).filter(({ places }) => places !== null);
      const choices = (await choicesOf(db, event.id)) ?? null;
      const shown = visits.map((visit) => drawn(request, event.defaultLanguage, publicVisit(visit)));
      const mine = request.viewer && choices ? await ownRegistration(request.viewer.personId, event.id) : null;
      return { node: <VisitsPage ctx={pageContext(request)} event={event} choices={choices} visits={shown} mine={mine} /> };
    }),
  );

  async function ownRegistration(personId: string, eventId: string): Promise<string | null> {
    const row = await db
      .selectFrom('registrations')
      .select('id')
      .where('person_id', '=', personId)
      .where('event_id', '=', eventId)
      .where('state', '=', 'confirmed')
      .executeTakeFirst();
    return row ? `/registrations/${row.id}/visits` : null;
  }

  doorRoutes(app, 'person', '/registrations/:id', async (request) => {
    const registrationId = parse(z.object({ id }), request.params).id;
    return { viewer: signedIn(request), registrationId, base: `/registrations/${registrationId}` };
  });
  doorRoutes(app, 'public', '/registrations/manage/:token', async (request) => {
    const { token } = request.params as { token: string };
    if (!/^[\w-]{43}$/.test(token)) throw new NotFound();
    return { ...(await byManageLink(db, token, clock())), base: `/registrations/manage/${token}` };
  });
  delegationRoutes(app);
}

function doorRoutes(app: FastifyInstance, audience: Audience, base: string, open: Open): void {
  const { db, clock } = app.system;
  const config = { config: { audience }, ...hidden } as const;
  const page = (reply: FastifyReply) => reply.header('referrer-policy', 'no-referrer').header('x-robots-tag', 'noindex');

  const draw = async (
    request: FastifyRequest,
    reply: FastifyReply,
    door: Door,
    again: { typed?: { wishes: string[]; languages: string[] }; errors?: FormError[] } = {},
    status = 200,
  ) => {
    const data = await foundPreferences(request, door.registrationId, door.viewer);
    const shown = data.visits.map((visit) => drawn(request, data.event.defaultLanguage, visit));
    const other = door.viewer.personId !== data.found.person.id;
    const ctx = { ...pageContext(request), zone: door.viewer.zone, zoneKnown: true };
    return sendPage(
      page(reply),
      <MyVisitsPage ctx={ctx} base={door.base} other={other} {...data} visits={shown} {...again} />,
      status,
    );
  };

  app.get(`${base}/visits`, config, async (request, reply) => draw(request, reply, await open(request)));

  app.post(`${base}/visits`, config, async (request, reply) => {
    const door = await open(request);
    const typed = typedWishes(posted(request));
    const moved = movedBy(posted(request).move, typed.wishes);
    if (moved) return draw(request, reply, door, { typed: { ...typed, wishes: moved } });
    return orAgain(
      request,
      async () => {
        const written = parse(PreferencesWrite, { ...typed, wishes: typed.wishes.filter(Boolean) });
        await statePreferences(db, door.viewer, door.registrationId, written, clock());
        return goOn(page(reply), `${door.base}/visits`, 'wishesSaved');
      },
      (errors, status) => draw(request, reply, door, { typed, errors }, status),
    );
  });

  app.get(`${base}/visits/:visit/removal`, config, async (request, reply) => {
    const door = await open(request);
    const { visits, event, exchange } = await foundPreferences(request, door.registrationId, door.viewer);
    const visit = visits.find((one) => one.id === parse(VisitParams, request.params).visit);
    if (!visit) throw new NotFound();
    if (exchange) throw new Refused(exchange);
    const ctx = pageContext(request);
    return sendPage(
      page(reply),
      <ConfirmPage
        ctx={ctx}
        title={ctx.t('studyVisits.my.giveBackTitle')}
        consequence={ctx.t('studyVisits.my.giveBackSays', { visit: visitTitle(ctx, event, visit) })}
        action={`${door.base}/visits/${visit.id}/removal`}
        go={ctx.t('studyVisits.my.giveBack')}
        back={`${door.base}/visits`}
      />,
    );
  });

  const post = (path: string, done: string, work: (request: FastifyRequest, door: Door) => Promise<unknown>) =>
    app.post(`${base}/visits${path}`, config, async (request, reply) => {
      const door = await open(request);
      return orAgain(
        request,
        async () => {
          await work(request, door);
          return goOn(page(reply), `${door.base}/visits`, done);
        },
        (errors, status) => draw(request, reply, door, { errors }, status),
      );
    });
  const visitIn = (request: FastifyRequest) => parse(VisitParams, request.params).visit;
  const swapIn = (request: FastifyRequest) => parse(SwapParams, request.params).swap;
  post('/:visit/removal', 'visitGivenBack', (request, door) =>
    giveBack(db, door.viewer, door.registrationId, visitIn(request), clock()),
  );
  post('/waiting', 'visitWaited', (request, door) =>
    joinWaiting(db, door.viewer, door.registrationId, parse(VisitParams, request.body).visit, clock()),
  );
  post('/:visit/waiting/removal', 'saved', (request, door) =>
    leaveWaiting(db, door.viewer, door.registrationId, visitIn(request), clock()),
  );
  post('/swaps', 'swapProposed', (request, door) =>
    proposeSwap(db, door.viewer, door.registrationId, parse(SwapWrite, request.body), clock()),
  );
  post('/swaps/:swap/acceptance', 'swapAccepted', (request, door) =>
    acceptSwap(db, door.viewer, door.registrationId, swapIn(request), clock()),
  );
  post('/swaps/:swap/removal', 'saved', (request, door) =>
    withdrawSwap(db, door.viewer, door.registrationId, swapIn(request), clock()),
  );
}

function delegationRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;
  const path = '/events/:slug/delegations/:organisation/visits';
  const config = { config: { audience: 'person' }, ...hidden } as const;
  type Again = { typed?: Record<string, string[]>; together?: boolean; errors?: FormError[] };

  const draw = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { typed = {}, together, errors }: Again = {},
    status = 200,
  ) => {
    const { event, organisation, base, runs } = await delegationDoor(request);
    const people = await delegationPreferences(db, event.eventId, organisation.id);
    const choices = await choicesOf(db, event.eventId);
    const visits = (await visitsOf(db, event.eventId)).filter(({ places }) => places !== null);
    return sendPage(
      reply,
      <DelegationVisitsPage
        ctx={pageContext(request)}
        event={event}
        organisation={organisation}
        base={base}
        choices={choices}
        visits={visits.map((visit) => drawn(request, event.defaultLanguage, publicVisit(visit)))}
        people={people.map((one) => ({ ...one, typed: typed[one.registration] }))}
        together={together ?? people.some((one) => one.together)}
        refusal={wishRefusal(choices, 'confirmed', clock(), runs)}
        errors={errors}
      />,
      status,
    );
  };

  app.get(path, config, (request, reply) => draw(request, reply));
  app.post(path, config, async (request, reply) => {
    const { event, organisation, base, viewer } = await delegationDoor(request);
    const { people = {}, together } = posted(request);
    const typed = Object.fromEntries(Object.entries(people as object).map(([who, list]) => [who, inOrder(list)]));
    return orAgain(
      request,
      async () => {
        const known = await delegationPreferences(db, event.eventId, organisation.id);
        const written = known.flatMap(({ registration, languages }) => {
          const wishes = typed[registration];
          return wishes
            ? [{ registration, written: parse(PreferencesWrite, { wishes: wishes.filter(Boolean), languages }) }]
            : [];
        });
        const wanted = { eventId: event.eventId, organisationId: organisation.id, wanted: together === 'on' };
        await stateDelegation(db, viewer, written, wanted, clock());
        return goOn(reply, `${base}/visits`, 'wishesSaved');
      },
      (errors, status) => draw(request, reply, { typed, together: together === 'on', errors }, status),
    );
  });
}

function drawn(request: FastifyRequest, defaultLanguage: string, visit: Omit<ShownVisit, 'html'> | Visit): ShownVisit {
  const html = (map: Record<string, string>) => renderMarkdown(textIn(map, [request.language], defaultLanguage));
  return { ...visit, html: { abstract: html(visit.abstract), itinerary: html(visit.itinerary) } };
}

// Lists of a form come as arrays or, from their numbers on, as maps.
function inOrder(list: unknown): string[] {
  const values = Array.isArray(list) ? list : typeof list === 'object' && list !== null ? Object.values(list) : [];
  return values.map((value) => (typeof value === 'string' ? value : '')).slice(0, 10);
}

function typedWishes(body: Record<string, unknown>): { wishes: string[]; languages: string[] } {
  const { wishes, languages } = body;
  return {
    wishes: inOrder(wishes),
    languages: [languages].flat().filter((tag): tag is string => typeof tag === 'string' && tag !== ''),
  };
}

// A button "up" or "down" shows the form again in another order and saves nothing.
function movedBy(move: unknown, wishes: readonly string[]): string[] | null {
  const [, place, way] = /^(\d):(up|down)$/.exec(typeof move === 'string' ? move : '') ?? [];
  if (!place) return null;
  const [from, to] = [Number(place), Number(place) + (way === 'up' ? -1 : 1)];
  const next = [...wishes];
  [next[from], next[to]] = [next[to] ?? '', next[from] ?? ''];
  return next;
}
