import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { visibleEvent } from '../events/found.ts';
import { flag, id, optional } from '../fields.ts';
import { decodeCursor, PageQuery, pageOf } from '../http/cursor.ts';
import { once } from '../http/idempotency.ts';
import { noteMentioned, onlyMentioned } from '../http/mentioned.ts';
import { signedIn } from '../http/viewer.ts';
import { changeSession, createSession, moveSession, removeSession } from './actions.ts';
import { chooseSession, leaveSession, ownChoices } from './choices.ts';
import { foundProgramme, sessionIn } from './found.ts';
import { ProgrammeFilter, SessionChange, SessionMove, SessionWrite } from './input.ts';
import { filtered, spokenBy } from './rules.ts';

const BySlug = z.object({ slug: z.string().max(200) });
const BySession = BySlug.extend({ session: id });
const Draft = z.object({ draft: optional(flag).describe('The draft, for whoever runs the event') });
const tags = ['programme'];
const security = [{ token: [] }];
const office = { audience: 'back-office' } as const;

/** The sessions of an event for programs: what was released for everybody, the draft for who runs it. */
export function programmeApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;
  const written = async (request: Parameters<typeof foundProgramme>[0], slug: string, session: string) => {
    const found = await foundProgramme(request, slug, true);
    return found.draw([sessionIn(found, session)])[0];
  };

  app.get(
    '/api/events/:slug/sessions',
    {
      config: { audience: 'public' },
      schema: {
        tags,
        summary: 'The sessions of an event, as released, by start',
        params: BySlug,
        querystring: PageQuery.extend(ProgrammeFilter.shape).extend(Draft.shape),
      },
    },
    async (request) => {
      const { cursor, limit, draft, ...filter } = request.query;
      const [startsAt = '', after = ''] = decodeCursor(cursor, 2) ?? [];
      const found = await foundProgramme(request, request.params.slug, draft ?? false);
      const sessions = filtered(found.programme.sessions, filter, clock());
      const rest = sessions.filter((one) => one.startsAt > startsAt || (one.startsAt === startsAt && one.id > after));
      const page = pageOf(rest.slice(0, limit + 1), limit, (one) => [one.startsAt, one.id]);
      return { items: found.draw(page.items), next: page.next, release: found.release };
    },
  );

  app.post(
    '/api/events/:slug/sessions',
    { config: office, schema: { tags, security, summary: 'A new session in the draft', params: BySlug, body: SessionWrite } },
    (request, reply) =>
      once(request, reply, async () => {
        const made = await createSession(db, signedIn(request), request.params.slug, request.body, clock());
        return written(request, request.params.slug, made);
      }),
  );

  app.get(
    '/api/events/:slug/sessions/:session',
    {
      config: { audience: 'public' },
      schema: { tags, summary: 'A session, as released', params: BySession, querystring: Draft },
    },
    async (request) => {
      const found = await foundProgramme(request, request.params.slug, request.query.draft ?? false);
      return found.draw([sessionIn(found, request.params.session)])[0];
    },
  );

  app.patch(
    '/api/events/:slug/sessions/:session',
    {
      config: office,
      schema: { tags, security, summary: 'Change what is mentioned, in the draft', params: BySession, body: SessionChange },
      preValidation: noteMentioned,
    },
    async (request) => {
      const { slug, session } = request.params;
      await changeSession(db, signedIn(request), slug, session, onlyMentioned(request, request.body), clock());
      return written(request, slug, session);
    },
  );

  app.put(
    '/api/events/:slug/sessions/:session/place',
    {
      config: office,
      schema: {
        tags,
        security,
        summary: 'Move a session: by one step, or to a time, a length and a room',
        params: BySession,
        body: SessionMove,
      },
    },
    async (request) => {
      const { slug, session } = request.params;
      await moveSession(db, signedIn(request), slug, session, request.body, clock());
      return written(request, slug, session);
    },
  );

  app.delete(
    '/api/events/:slug/sessions/:session',
    { config: office, schema: { tags, security, summary: 'Take a session out of the draft', params: BySession } },
    async (request) => {
      const { slug, session } = request.params;
      await removeSession(db, signedIn(request), slug, session, clock());
      return { id: session, removed: true };
    },
  );

  const own = async (request: Parameters<typeof foundProgramme>[0], slug: string) => {
    const found = await foundProgramme(request, slug);
    const { personId } = signedIn(request);
    const { chosen, waiting } = await ownChoices(db, found.event.id, personId);
    const speaking = spokenBy(found.programme, personId);
    const own = found.programme.sessions.filter(({ id: one }) => chosen.includes(one) || speaking.includes(one));
    return { items: found.draw(own), chosen, speaking, waiting };
  };

  app.get(
    '/api/events/:slug/choices',
    {
      config: { audience: 'person' },
      schema: { tags, security, summary: 'The sessions you chose or speak in, and for which you wait', params: BySlug },
    },
    (request) => own(request, request.params.slug),
  );
  app.put(
    '/api/events/:slug/sessions/:session/choice',
    {
      config: { audience: 'person' },
      schema: { tags, security, summary: 'Choose a session, with a place where it has places', params: BySession },
    },
    async (request) => {
      const event = await visibleEvent(request, request.params.slug);
      await chooseSession(db, signedIn(request), event.id, request.params.session, clock());
      return own(request, request.params.slug);
    },
  );
  app.delete(
    '/api/events/:slug/sessions/:session/choice',
    { config: { audience: 'person' }, schema: { tags, security, summary: 'Leave a session', params: BySession } },
    async (request) => {
      const event = await visibleEvent(request, request.params.slug);
      await leaveSession(db, signedIn(request), event.id, request.params.session, clock());
      return own(request, request.params.slug);
    },
  );
}
