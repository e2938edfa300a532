import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { newId } from '../../db/ids.ts';
import { DoorAppPage } from '../../web/door/door-app-page.tsx';
import { DoorLinkPage } from '../../web/door/door-link-page.tsx';
import { DoorPage } from '../../web/door/door-page.tsx';
import { PassPage } from '../../web/door/pass-page.tsx';
import { ICON } from '../../web/layout.tsx';
import { textIn } from '../../web/locales/text-map.ts';
import { translateCode, translator } from '../../web/locales/translate.ts';
import { NotFound, Refused } from '../errors.ts';
import { organisationTyped } from '../events/hosts.ts';
import { type EventDetails, eventBySlug } from '../events/queries.ts';
import { flag, id, optional, search } from '../fields.ts';
import { type FormError, filterOf, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { keeperOf, keptUntil } from './access.ts';
import { takeSteps } from './actions.ts';
import { doorSessions } from './devices.ts';
import { doorByLink, keepDoor, leaveDoor } from './doors.ts';
import { clearDoorCookie, deviceOf, keptDoor, setDoorCookie } from './found.ts';
import { arrivals, type Guest, searchGuests } from './guests.ts';
import { DoorFilter, KeeperWrite, WalkInWrite } from './input.ts';
import { isPassOf, passIn, passUrl, qrPath, registrationOfPass } from './pass.ts';
import { counts } from './queries.ts';
import { entryRefusal, type Place } from './rules.ts';
import { walkIn } from './walk-ins.ts';

type BySlug = { Params: { slug: string } };
type ByToken = { Params: { token: string } };
const open = { config: { audience: 'public' as const }, schema: { hide: true } };
const EVENT: Place = { id: null, places: false };

const StepForm = z.object({
  registration: id,
  person: id,
  place: optional(id),
  anyway: flag.default(false),
  q: search,
});

/** The door's pages: of whoever keeps it, of a volunteer who takes their place at it, and the pass that is shown there. */
export function doorRoutes(app: FastifyInstance): void {
  const { db, clock, config } = app.system;

  app.get<BySlug>('/door/:slug', open, (request, reply) => show(request, reply));

  app.get<BySlug>('/door/:slug/app', open, async (request, reply) => {
    const { event, keeper } = await keptDoor(request, request.params.slug);
    const page = (
      <DoorAppPage
        ctx={pageContext(request)}
        event={{ slug: event.slug, title: textIn(event.title, [request.language], event.defaultLanguage) }}
        keeper={{ name: keeper.name, volunteer: keeper.keeperId !== null, walkIns: keeper.walkIns }}
        places={await placesOf(request, event)}
        categories={event.categories}
        defaultLanguage={event.defaultLanguage}
        script={app.assets.door}
        reader={app.assets.reader}
      />
    );
    // The one page whose reader holds up a camera.
    return sendPage(reply.header('permissions-policy', 'camera=(self)'), page);
  });

  app.get<BySlug>('/door/:slug/app.webmanifest', open, async (request, reply) => {
    const { event } = await keptDoor(request, request.params.slug);
    const name = translator(request.language)('door.page.title');
    const start = `/door/${event.slug}/app`;
    return reply
      .type('application/manifest+json')
      .header('cache-control', 'private, no-store')
      .send({
        name: `${name} · ${textIn(event.title, [request.language], event.defaultLanguage)}`,
        short_name: name,
        id: start,
        start_url: start,
        scope: '/door/',
        display: 'standalone',
        background_color: '#00333b',
        theme_color: '#00333b',
        icons: [{ src: ICON, sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
      });
  });

  async function placesOf(request: FastifyRequest, event: EventDetails) {
    const t = translator(request.language);
    return [
      { ...EVENT, words: t('door.page.event') },
      ...(await doorSessions(db, event.id)).map(({ id, places, title, starts }) => ({
        id,
        places,
        words: `${starts.toPlainTime().toString({ smallestUnit: 'minute' })} ${textIn(title, [request.language], event.defaultLanguage)}`,
      })),
    ];
  }

  async function show(request: FastifyRequest, reply: FastifyReply, errors: FormError[] = [], status = 200) {
    const { event, keeper } = await keptDoor(request, (request.params as { slug: string }).slug);
    const { filter } = filterOf(request, DoorFilter);
    const ctx = pageContext(request);
    const [places, numbers, guests] = await Promise.all([
      placesOf(request, event),
      counts(db, event.id),
      filter.q === '' ? null : found(event.id, filter.q),
    ]);
    const place = places.find((one) => one.id === (filter.place ?? null)) ?? EVENT;
    const page = (
      <DoorPage
        ctx={ctx}
        event={{
          slug: event.slug,
          title: textIn(event.title, [request.language], event.defaultLanguage),
          zone: event.zone,
          cancelled: event.cancelledAt !== null,
        }}
        keeper={{ name: keeper.name, volunteer: keeper.keeperId !== null, walkIns: keeper.walkIns }}
        walkIn={{ categories: event.categories, typed: posted(request) }}
        defaultLanguage={event.defaultLanguage}
        places={places}
        place={place}
        count={numbers.find(({ sessionId }) => sessionId === place.id) ?? { expected: 0, present: 0 }}
        q={filter.q}
        guests={guests}
        errors={errors}
      />
    );
    return sendPage(reply, page, status);
  }

  /** By the pass, or by whatever words. */
  async function found(eventId: string, q: string): Promise<Guest[]> {
    const pass = passIn(q);
    const registrationId = pass && registrationOfPass(pass);
    if (!registrationId) return searchGuests(db, eventId, q);
    const guests = await arrivals(db, eventId, { ids: [registrationId], references: [] });
    return guests.filter((guest) => isPassOf(config.secret, pass, guest));
  }

  for (const [kind, url, done] of [
    ['in', '/door/:slug/check-ins', 'checkedIn'],
    ['undo', '/door/:slug/check-ins/removal', 'checkInUndone'],
  ] as const) {
    app.post<BySlug>(url, open, (request, reply) =>
      orAgain(
        request,
        async () => {
          const { event, keeper } = await keptDoor(request, request.params.slug);
          const { registration, person, place, anyway, q } = parse(StepForm, request.body);
          const step = { id: newId(), kind, registration, person, session: place, anyway, undoes: [] };
          const [answer] = await takeSteps(db, keeper, event, { steps: [step] }, { secret: config.secret, now: clock() });
          if (answer?.code) throw new Refused(answer.code);
          return goOn(reply, `/door/${event.slug}?${new URLSearchParams({ q, ...(place ? { place } : {}) })}`, done);
        },
        (errors, status) => show(request, reply, errors, status),
      ),
    );
  }

  // Somebody who just came is registered by the rules of registering by hand, and let in.
  app.post<BySlug>('/door/:slug/walk-ins', open, (request, reply) =>
    orAgain(
      request,
      async () => {
        const { event, keeper } = await keptDoor(request, request.params.slug);
        const typed = parse(WalkInWrite, request.body);
        // Whoever looks at the page can mend the name of a city: only a device without connection leaves it in words.
        if (typed.organisation) await organisationTyped(db, typed.organisation, 'organisation');
        const now = clock();
        const coming = { ...typed, id: newId(), language: request.language, at: now };
        const { state } = await walkIn(db, keeper, event, coming, { secret: config.secret, now });
        const here = `/door/${event.slug}?${new URLSearchParams({ q: typed.name })}`;
        return goOn(reply, here, state === 'confirmed' ? 'checkedIn' : 'walkInWaits');
      },
      (errors, status) => show(request, reply, errors, status),
    ),
  );

  app.get<ByToken>('/door-links/:token', open, (request, reply) => drawLink(request, reply));

  app.post<ByToken>('/door-links/:token', open, (request, reply) =>
    orAgain(
      request,
      async () => {
        const kept = await keepDoor(db, request.params.token, parse(KeeperWrite, request.body), clock());
        setDoorCookie(reply, app.system, kept.token, keptUntil(kept.door.event));
        return goOn(reply, `/door/${kept.door.event.slug}`);
      },
      (errors, status) => drawLink(request, reply, errors, status),
    ),
  );

  async function drawLink(request: FastifyRequest, reply: FastifyReply, errors: FormError[] = [], status = 200) {
    const { token } = request.params as { token: string };
    const door = await doorByLink(db, token, clock());
    const page = (
      <DoorLinkPage
        ctx={pageContext(request)}
        action={`/door-links/${token}`}
        door={door.name}
        event={textIn(door.event.title, [request.language], door.event.defaultLanguage)}
        typed={String(posted(request).name ?? '')}
        errors={errors}
      />
    );
    return sendPage(reply, page, status);
  }

  app.post('/door-leaving', open, async (request, reply) => {
    const device = await deviceOf(request);
    if (device) await leaveDoor(db, device, clock());
    clearDoorCookie(reply, app.system);
    // The list that its app keeps goes too.
    return goOn(reply.header('clear-site-data', '"storage"'), '/events', 'doorLeft');
  });

  app.get<ByToken>('/pass/:token', open, async (request, reply) => {
    const { token } = request.params;
    const registrationId = registrationOfPass(token);
    const of = registrationId ? await passHolder(registrationId, token) : undefined;
    if (!of) throw new NotFound();
    const { guest, event } = of;
    const code = entryRefusal(guest, EVENT, { cancelled: event.cancelledAt !== null });
    const keeper = keeperOf(event, request.viewer, await deviceOf(request), clock());
    const url = passUrl(config, guest);
    const page = (
      <PassPage
        ctx={pageContext(request)}
        event={event}
        name={guest.name}
        organisation={guest.organisation}
        reference={guest.reference}
        code={code === null ? qrPath(url) : null}
        refusal={code && (translateCode(request.language, `refusal.${code}`) ?? code)}
        door={keeper ? `/door/${event.slug}?q=${token}` : null}
      />
    );
    return sendPage(reply, page);
  });

  async function passHolder(registrationId: string, token: string) {
    const row = await db
      .selectFrom('registrations')
      .innerJoin('events', 'events.id', 'registrations.event_id')
      .select(['events.id', 'events.slug'])
      .where('registrations.id', '=', registrationId)
      .executeTakeFirst();
    if (!row) return undefined;
    const [event, [guest]] = await Promise.all([
      eventBySlug(db, row.slug),
      arrivals(db, row.id, { ids: [registrationId], references: [] }),
    ]);
    return event && guest && isPassOf(config.secret, token, guest) ? { event, guest } : undefined;
  }
}
