import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { OfficeDoorPage } from '../../web/door/office-door-page.tsx';
import { countryName } from '../../web/locales/format.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import { managedOrMoved } from '../events/found.ts';
import type { EventDetails } from '../events/queries.ts';
import { id, optional } from '../fields.ts';
import { EXPORT_FORMATS, sendExport } from '../http/exports.ts';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { doorSessions } from './devices.ts';
import { closeDoor, doorsOf, openDoor } from './doors.ts';
import { DoorWrite } from './input.ts';
import { qrPath } from './pass.ts';
import { checkIns, counts, everyCheckIn } from './queries.ts';
import { walkInsOf } from './walk-ins.ts';

type BySlug = { Params: { slug: string } };
const office = { config: { audience: 'back-office' as const }, schema: { hide: true } };
const LATEST = 10;
const OfPlace = z.object({ session: optional(id) });

/** The organiser's page of the door, and who was there as files. */
export function doorOfficeRoutes(app: FastifyInstance): void {
  const { db, clock, config } = app.system;

  app.get<BySlug>('/back-office/events/:slug/door', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/door');
    return event ? show(request, reply, event) : reply;
  });

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    event: EventDetails,
    {
      made = null,
      errors,
      status = 200,
    }: { made?: { door: string; url: string } | null; errors?: FormError[]; status?: number } = {},
  ) {
    const [numbers, latest, doors, sessions, walkIns] = await Promise.all([
      counts(db, event.id),
      checkIns(db, event.id, null, { limit: LATEST }),
      doorsOf(db, event.id),
      doorSessions(db, event.id),
      walkInsOf(db, event.id),
    ]);
    const titles = new Map(
      sessions.map((session) => [session.id, textIn(session.title, [request.language], event.defaultLanguage)]),
    );
    const ctx = pageContext(request);
    const page = (
      <OfficeDoorPage
        ctx={ctx}
        event={event}
        counts={numbers
          .filter(({ sessionId }) => sessionId === null || titles.has(sessionId))
          .map((row) => ({
            ...row,
            words: row.sessionId === null ? ctx.t('door.page.event') : (titles.get(row.sessionId) ?? '–'),
          }))}
        latest={latest.items}
        doors={doors}
        walkIns={walkIns}
        made={made && { ...made, code: qrPath(made.url) }}
        typed={errors ? posted(request) : {}}
        errors={errors}
      />
    );
    return sendPage(reply, page, status);
  }

  app.post<BySlug>('/back-office/events/:slug/door/doors', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply);
    if (!event) return reply;
    return orAgain(
      request,
      async () => {
        const input = parse(DoorWrite, request.body);
        const { token } = await openDoor(db, signedIn(request), event.id, input, clock());
        // The link is shown on the answer to the post itself: it is in no address and no history.
        return show(request, reply, event, { made: { door: input.name, url: `${config.publicUrl}/door-links/${token}` } });
      },
      (errors, status) => show(request, reply, event, { errors, status }),
    );
  });

  app.post<{ Params: { slug: string; id: string } }>(
    '/back-office/events/:slug/door/doors/:id/closing',
    office,
    async (request, reply) => {
      const event = await managedOrMoved(request, reply);
      if (!event) return reply;
      await closeDoor(db, signedIn(request), event.id, parse(id, request.params.id), clock());
      return goOn(reply, `/back-office/events/${event.slug}/door`, 'doorClosed');
    },
  );

  for (const format of EXPORT_FORMATS) {
    app.get<BySlug>(`/back-office/events/:slug/check-ins.${format}`, office, async (request, reply) => {
      const event = await managedOrMoved(request, reply, `/check-ins.${format}`);
      if (!event) return reply;
      const session = parse(OfPlace, request.query).session ?? null;
      const t = translator(request.language);
      return sendExport(reply, {
        name: `check-ins ${event.slug}`,
        format,
        columns: [
          { key: 'name', header: t('door.office.name'), value: (row) => row.name },
          { key: 'organisation', header: t('door.office.organisation'), value: (row) => row.organisation },
          {
            key: 'country',
            header: t('door.office.country'),
            value: (row) => (row.country ? countryName(row.country, request.language) : null),
          },
          {
            key: 'category',
            header: t('door.office.category'),
            value: (row) => textIn(row.categoryName, [request.language], event.defaultLanguage) || row.category,
          },
          { key: 'cameAt', header: t('door.office.came'), value: (row) => row.cameAt },
          { key: 'by', header: t('door.office.by'), value: (row) => row.by },
        ],
        rows: everyCheckIn(db, event.id, session),
      });
    });
  }
}
