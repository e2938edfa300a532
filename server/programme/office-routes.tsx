import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Values } from '../../web/events/form-values.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import { DivisionsPage, type DivisionsPageProps } from '../../web/programme/divisions-page.tsx';
import { EditSessionPage } from '../../web/programme/edit-session-page.tsx';
import { OfficeProgrammePage } from '../../web/programme/office-programme-page.tsx';
import { ReleasePage } from '../../web/programme/release-page.tsx';
import { ConfirmPage } from '../../web/ui/confirm-page.tsx';
import { Invalid, NotFound } from '../errors.ts';
import { managedEvent, managedOrMoved } from '../events/found.ts';
import type { EventDetails } from '../events/queries.ts';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { changeSession, createSession, moveSession, releaseProgramme, removeSession } from './actions.ts';
import { differencesOf } from './differences.ts';
import { ReleaseWrite, RoomWrite, SESSION_KINDS, SessionMove, SessionWrite, TrackWrite } from './input.ts';
import { concernsOf, overlapsOf } from './overlaps.ts';
import { EMPTY, type Programme, type Session } from './programme.ts';
import { draftProgramme, lastRelease, releasesOf } from './queries.ts';
import { type Division, removeDivision, writeDivision } from './rooms.ts';
import { daysOf, minutesOf } from './rules.ts';
import { readSessionForm, withoutEmptyRows } from './session-form.ts';
import { waitingFor } from './waiting.ts';

type BySlug = { Params: { slug: string } };
type BySession = { Params: { slug: string; session: string } };
type ById = { Params: { slug: string; id: string } };
const office = { config: { audience: 'back-office' }, schema: { hide: true } } as const;

/** The pages on which a programme is written: the grid, its sessions, rooms and axes, and the release. */
export function programmeOfficeRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;
  const pathOf = (slug: string) => `/back-office/events/${slug}/programme`;

  const grid = async (
    request: FastifyRequest,
    reply: FastifyReply,
    event: EventDetails,
    errors: FormError[] = [],
    status = 200,
  ) => {
    const [programme, last] = [await draftProgramme(db, event.id), await lastRelease(db, event.id)];
    const days = daysOf(programme);
    const { day } = request.query as { day?: unknown };
    const data = {
      event,
      programme,
      days,
      errors,
      day: typeof day === 'string' && days.includes(day) ? day : days[0],
      overlaps: overlapsOf(programme),
      concerns: concernsOf(programme, { starts: event.starts.toString(), ends: event.ends.toString() }),
      release: last ?? null,
      differences: differencesOf(last?.programme ?? EMPTY, programme).length,
      script: app.assets.grid,
    };
    return sendPage(reply, <OfficeProgrammePage ctx={pageContext(request)} {...data} />, status);
  };

  app.get<BySlug>('/back-office/events/:slug/programme', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/programme');
    return event ? grid(request, reply, event) : reply;
  });

  const form = async (
    request: FastifyRequest,
    reply: FastifyReply,
    data: { event: EventDetails; session?: Session; values: Values; errors?: FormError[] },
    status = 200,
  ) => {
    const programme = await draftProgramme(db, data.event.id);
    const waiting = data.session ? await waitingFor(db, data.session.id) : [];
    const shown = { ...data, programme, waiting };
    return sendPage(reply, <EditSessionPage ctx={pageContext(request)} {...shown} />, status);
  };
  const sessionOf = async (event: EventDetails, id: string): Promise<Session> => {
    const session = (await draftProgramme(db, event.id)).sessions.find((one) => one.id === id);
    if (!session) throw new NotFound();
    return session;
  };

  app.get<BySlug>('/back-office/events/:slug/programme/sessions/new', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/programme/sessions/new');
    if (!event) return reply;
    const { day, kind } = request.query as { day?: unknown; kind?: unknown };
    const date = typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : event.starts.toPlainDate().toString();
    const values = { starts: `${date}T${event.starts.toPlainTime().toString({ smallestUnit: 'minute' })}`, minutes: 60 };
    return form(request, reply, {
      event,
      values: { ...values, kind: SESSION_KINDS.find((one) => one === kind) ?? 'workshop', languages: [event.defaultLanguage] },
    });
  });

  const save = async (request: FastifyRequest, reply: FastifyReply, event: EventDetails, session?: Session) => {
    const { body, problems } = await readSessionForm(request);
    return orAgain(
      request,
      async () => {
        if (problems.length > 0) throw new Invalid(problems);
        const written = parse(SessionWrite, withoutEmptyRows(body));
        const viewer = signedIn(request);
        if (session) await changeSession(db, viewer, event.slug, session.id, written, clock());
        const id = session?.id ?? (await createSession(db, viewer, event.slug, written, clock()));
        return back(reply, event.slug, id, written.starts.toPlainDate().toString());
      },
      (errors, status) => form(request, reply, { event, session, values: body, errors }, status),
    );
  };
  const back = (reply: FastifyReply, slug: string, id: string, day: string) =>
    reply.redirect(`${pathOf(slug)}?day=${day}&done=saved#s-${id}`, 303);

  app.post<BySlug>('/back-office/events/:slug/programme/sessions/new', office, async (request, reply) =>
    save(request, reply, await managedEvent(request, request.params.slug)),
  );
  app.get<BySession>('/back-office/events/:slug/programme/sessions/:session', office, async (request, reply) => {
    const event = await managedEvent(request, request.params.slug);
    const session = await sessionOf(event, request.params.session);
    return form(request, reply, { event, session, values: { ...session, minutes: minutesOf(session) } });
  });
  app.post<BySession>('/back-office/events/:slug/programme/sessions/:session', office, async (request, reply) => {
    const event = await managedEvent(request, request.params.slug);
    return save(request, reply, event, await sessionOf(event, request.params.session));
  });

  app.post<BySession>('/back-office/events/:slug/programme/sessions/:session/place', office, async (request, reply) => {
    const event = await managedEvent(request, request.params.slug);
    const { id } = await sessionOf(event, request.params.session);
    return orAgain(
      request,
      async () => {
        await moveSession(db, signedIn(request), event.slug, id, parse(SessionMove, request.body), clock());
        return back(reply, event.slug, id, (await sessionOf(event, id)).starts.slice(0, 10));
      },
      (errors, status) => grid(request, reply, event, errors, status),
    );
  });

  app.get<BySession>('/back-office/events/:slug/programme/sessions/:session/removal', office, async (request, reply) => {
    const event = await managedEvent(request, request.params.slug);
    const session = await sessionOf(event, request.params.session);
    const t = translator(request.language);
    return sendPage(
      reply,
      <ConfirmPage
        ctx={pageContext(request)}
        title={t('programme.session.removeTitle', { title: textIn(session.title, [request.language], event.defaultLanguage) })}
        consequence={t('programme.session.removeLead')}
        action={`${pathOf(event.slug)}/sessions/${session.id}/removal`}
        go={t('programme.session.removeGo')}
        back={pathOf(event.slug)}
      />,
    );
  });
  app.post<BySession>('/back-office/events/:slug/programme/sessions/:session/removal', office, async (request, reply) => {
    const event = await managedEvent(request, request.params.slug);
    const { id, starts } = await sessionOf(event, request.params.session);
    await removeSession(db, signedIn(request), event.slug, id, clock());
    return goOn(reply, `${pathOf(event.slug)}?day=${starts.slice(0, 10)}`, 'saved');
  });

  const divisions = async (
    request: FastifyRequest,
    reply: FastifyReply,
    event: EventDetails,
    more: Pick<DivisionsPageProps, 'typed' | 'errors'> = {},
    status = 200,
  ) => {
    const programme = await draftProgramme(db, event.id);
    return sendPage(reply, <DivisionsPage ctx={pageContext(request)} event={event} programme={programme} {...more} />, status);
  };

  app.get<BySlug>('/back-office/events/:slug/programme/rooms', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/programme/rooms');
    return event ? divisions(request, reply, event) : reply;
  });

  for (const division of ['rooms', 'tracks'] as Division[]) {
    app.post<ById>(`/back-office/events/:slug/programme/${division}/:id`, office, async (request, reply) => {
      const { slug, id } = request.params;
      const event = await managedEvent(request, slug);
      const values = (posted(request)[`${division}-${id}`] ?? {}) as Values;
      return orAgain(
        request,
        async () => {
          const written = parse(division === 'rooms' ? RoomWrite : TrackWrite, values);
          await writeDivision(db, signedIn(request), slug, division, written, id === 'new' ? null : held(id));
          return goOn(reply, `${pathOf(slug)}/rooms`, 'saved');
        },
        (errors, status) => {
          const own = errors.map((error) => (error.path ? { ...error, path: `${division}-${id}.${error.path}` } : error));
          return divisions(request, reply, event, { typed: { division, id, values }, errors: own }, status);
        },
      );
    });
    app.post<ById>(`/back-office/events/:slug/programme/${division}/:id/removal`, office, async (request, reply) => {
      const { slug, id } = request.params;
      const event = await managedEvent(request, slug);
      return orAgain(
        request,
        async () => {
          await removeDivision(db, signedIn(request), slug, division, held(id), clock());
          return goOn(reply, `${pathOf(slug)}/rooms`, 'saved');
        },
        (errors, status) => divisions(request, reply, event, { errors }, status),
      );
    });
  }

  const releasePage = async (
    request: FastifyRequest,
    reply: FastifyReply,
    event: EventDetails,
    errors: FormError[] = [],
    status = 200,
  ) => {
    const [programme, last] = [await draftProgramme(db, event.id), await lastRelease(db, event.id)];
    const former: Programme = last?.programme ?? EMPTY;
    const data = {
      event,
      programme,
      former,
      differences: differencesOf(former, programme),
      releases: await releasesOf(db, event.id),
      note: String(posted(request).note ?? ''),
      errors: errors.filter(({ path }) => path !== ''),
      refusal: errors.find(({ path }) => path === '')?.message,
    };
    return sendPage(reply, <ReleasePage ctx={pageContext(request)} {...data} />, status);
  };
  app.get<BySlug>('/back-office/events/:slug/programme/release', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/programme/release');
    return event ? releasePage(request, reply, event) : reply;
  });
  app.post<BySlug>('/back-office/events/:slug/programme/release', office, async (request, reply) => {
    const event = await managedEvent(request, request.params.slug);
    return orAgain(
      request,
      async () => {
        await releaseProgramme(db, signedIn(request), event.slug, parse(ReleaseWrite, request.body).note, clock());
        return goOn(reply, pathOf(event.slug), 'programmeReleased');
      },
      (errors, status) => releasePage(request, reply, event, errors, status),
    );
  });
}

// What is no id is the id of nothing.
function held(id: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new NotFound();
  return id;
}
