import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readIn, textIn } from '../../web/locales/text-map.ts';
import { translateCode } from '../../web/locales/translate.ts';
import { OwnProgrammePage } from '../../web/programme/own-programme-page.tsx';
import { ProgrammePage } from '../../web/programme/programme-page.tsx';
import type { Choosing } from '../../web/programme/session-card.tsx';
import { SessionPage } from '../../web/programme/session-page.tsx';
import { NotFound, Refused } from '../errors.ts';
import { mayManage, nextChange } from '../events/rules.ts';
import { sendFile } from '../forms/uploads.ts';
import { filterOf } from '../http/forms.ts';
import { goOn, pageContext, sendPage, sendPublicPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { renderMarkdown } from '../markdown.ts';
import { chooseSession, leaveSession, ownChoices } from './choices.ts';
import { type FoundProgramme, foundProgramme, sessionIn } from './found.ts';
import { ProgrammeFilter } from './input.ts';
import { materialFile } from './materials.ts';
import { atOnce, daysOf, filtered, spokenBy } from './rules.ts';
import { stopWaiting, waitForSession } from './waiting-actions.ts';

type BySession = { Params: { slug: string; session: string } };
type BySlug = { Params: { slug: string } };
const everybody = { config: { audience: 'public' }, schema: { hide: true } } as const;
const person = { config: { audience: 'person' }, schema: { hide: true } } as const;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What everybody sees of a programme, and what one person makes their own of it. */
export function programmeRoutes(app: FastifyInstance): void {
  const { db, clock, storage } = app.system;

  app.get<BySlug>('/events/:slug/programme', everybody, (request, reply) => {
    const { filter, errors } = filterOf(request, ProgrammeFilter);
    return sendPublicPage(request, reply, async () => {
      const found = await foundProgramme(request, request.params.slug);
      const { event, programme, release } = found;
      const data = {
        event,
        programme,
        release,
        filter,
        errors,
        days: daysOf(programme),
        sessions: found.draw(filtered(programme.sessions, filter, clock())),
        choosing: await choosingOf(request, found),
      };
      const moments = programme.sessions.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]);
      const until = nextChange(
        moments.map((iso) => Temporal.Instant.from(iso)),
        clock(),
      );
      return { node: <ProgrammePage ctx={pageContext(request)} {...data} />, until };
    });
  });

  const sessionNode = async (request: FastifyRequest<BySession>, refusal?: string) => {
    const found = await foundProgramme(request, request.params.slug);
    const session = sessionIn(found, request.params.session);
    const read = readIn(session.abstract, [request.language], found.event.defaultLanguage);
    const [drawn] = found.draw([session]);
    if (!drawn) throw new NotFound();
    const data = {
      event: found.event,
      session: drawn,
      refusal,
      abstract: read ? { html: renderMarkdown(read.text), lang: read.lang } : null,
      choosing: await choosingOf(request, found),
    };
    return { node: <SessionPage ctx={pageContext(request)} {...data} />, until: Temporal.Instant.from(session.endsAt) };
  };

  app.get<BySession>('/events/:slug/sessions/:session', everybody, (request, reply) =>
    sendPublicPage(request, reply, async () => {
      const { node, until } = await sessionNode(request);
      return { node, until: nextChange([until], clock()) };
    }),
  );

  app.get<{ Params: { slug: string; file: string } }>('/events/:slug/files/:file', everybody, async (request, reply) => {
    const found = await foundProgramme(request, request.params.slug);
    const { file } = request.params;
    const released = found.programme.sessions.some(({ materials }) => materials.some(({ fileId }) => fileId === file));
    const kept = ID.test(file) ? await materialFile(db, found.event.id, file) : undefined;
    if (!kept || !(released || mayManage(request.viewer, found.event))) throw new NotFound();
    return sendFile(reply, storage, kept);
  });

  app.get<BySlug>('/events/:slug/my-programme', person, async (request, reply) => {
    const found = await foundProgramme(request, request.params.slug);
    const choosing = (await choosingOf(request, found)) ?? {
      registered: false,
      chosen: [],
      allotted: [],
      waiting: {},
      clashes: {},
      speaking: spokenBy(found.programme, signedIn(request).personId),
    };
    const mine = new Set([...choosing.chosen, ...choosing.speaking, ...Object.keys(choosing.waiting)]);
    const own = found.programme.sessions.filter((session) => mine.has(session.id));
    const data = { event: found.event, days: daysOf({ sessions: own }), sessions: found.draw(own), choosing };
    return sendPage(reply, <OwnProgrammePage ctx={pageContext(request)} {...data} />);
  });

  const choice = (change: (request: FastifyRequest<BySession>, eventId: string) => Promise<void>, done: string) =>
    async function handle(request: FastifyRequest<BySession>, reply: FastifyReply) {
      const { slug, session } = request.params;
      const { event } = await foundProgramme(request, slug);
      try {
        await change(request, event.id);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const words = translateCode(request.language, `refusal.${error.code}`) ?? error.code;
        return sendPage(reply, (await sessionNode(request, words)).node, 409);
      }
      return goOn(reply, `/events/${slug}/sessions/${session}`, done);
    };

  app.post<BySession>(
    '/events/:slug/sessions/:session/choice',
    person,
    choice(
      (request, event) => chooseSession(db, signedIn(request), event, held(request.params.session), clock()),
      'sessionChosen',
    ),
  );
  app.post<BySession>(
    '/events/:slug/sessions/:session/choice/removal',
    person,
    choice((request, event) => leaveSession(db, signedIn(request), event, held(request.params.session), clock()), 'sessionLeft'),
  );
  app.post<BySession>(
    '/events/:slug/sessions/:session/waiting',
    person,
    choice(
      (request, event) => waitForSession(db, signedIn(request), event, held(request.params.session), clock()),
      'sessionWaitedFor',
    ),
  );
  app.post<BySession>(
    '/events/:slug/sessions/:session/waiting/removal',
    person,
    choice(
      (request, event) => stopWaiting(db, signedIn(request), event, held(request.params.session), clock()),
      'sessionWaitingLeft',
    ),
  );
}

// What is no id is the id of nothing.
function held(id: string): string {
  if (!ID.test(id)) throw new NotFound();
  return id;
}

/** What the reader chose, and what takes place at the same time; null for who is not registered. */
async function choosingOf(request: FastifyRequest, { event, programme }: FoundProgramme): Promise<Choosing | null> {
  if (!request.viewer) return null;
  const own = await ownChoices(request.server.system.db, event.id, request.viewer.personId);
  if (own.registrationId === null) return null;
  const speaking = spokenBy(programme, request.viewer.personId);
  const mine = programme.sessions.filter(({ id }) => own.chosen.includes(id) || speaking.includes(id));
  const clashes = programme.sessions.flatMap((session): [string, string][] => {
    const other = mine.find((one) => one.id !== session.id && atOnce(one, session));
    return other && session.kind !== 'break'
      ? [[session.id, textIn(other.title, [request.language], event.defaultLanguage)]]
      : [];
  });
  const { chosen, allotted, waiting } = own;
  return { registered: true, chosen, allotted, waiting, speaking, clashes: Object.fromEntries(clashes) };
}
