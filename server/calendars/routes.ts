import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isLanguage } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import { viewerOf } from '../accounts/queries.ts';
import { NotFound } from '../errors.ts';
import { eventBySlug } from '../events/queries.ts';
import { mayManage } from '../events/rules.ts';
import { hashToken } from '../tokens.ts';
import { noteFeedRead } from './feed-actions.ts';
import {
  feedByToken,
  feedEventBySlug,
  networksWithEvents,
  organisedEvents,
  publicEvents,
  registrationsToFeed,
  releasedSessions,
  speakingToFeed,
} from './feed-queries.ts';
import { eventEntry, registrationEntries, sessionEntry } from './feeds.ts';
import { type CalendarEntry, eventPublish, feed } from './ical.ts';

const open = { config: { audience: 'public' as const }, schema: { hide: true } };

/** Every `.ics` that can be fetched: files of one event or session, and feeds that programs read again and again. */
export function calendarRoutes(app: FastifyInstance): void {
  const { db, config, clock } = app.system;
  const reading = (request: FastifyRequest) => ({ publicUrl: config.publicUrl, language: request.language });

  app.get<{ Params: { slug: string } }>('/events/:slug.ics', open, async (request, reply) => {
    const { event } = await shownEvent(request, request.params.slug);
    return sendFile(reply, event.slug, eventPublish(eventEntry(event, reading(request))).content);
  });

  app.get<{ Params: { slug: string; id: string } }>('/events/:slug/sessions/:id.ics', open, async (request, reply) => {
    const { event } = await shownEvent(request, request.params.slug);
    const session = (await releasedSessions(db, event.id)).find(({ id }) => id === request.params.id);
    if (!session) throw new NotFound();
    return sendFile(reply, `${event.slug}-session`, eventPublish(sessionEntry(session, event, reading(request))).content);
  });

  app.get('/calendars/all.ics', open, (request, reply) =>
    sendPublicFeed(request, reply, async () => {
      const found = await publicEvents(db, null, clock());
      const name = translator(request.language)('calendars.feed.all', { installation: config.installationName });
      return { name, entries: found.map((event) => eventEntry(event, reading(request))) };
    }),
  );

  app.get<{ Params: { slug: string } }>('/calendars/networks/:slug.ics', open, (request, reply) =>
    sendPublicFeed(request, reply, async () => {
      const network = (await networksWithEvents(db)).find(({ slug }) => slug === request.params.slug);
      if (!network) throw new NotFound();
      const found = await publicEvents(db, network.id, clock());
      const name = `${config.installationName}: ${textIn(network.name, [request.language])}`;
      return { name, entries: found.map((event) => eventEntry(event, reading(request))) };
    }),
  );

  app.get<{ Params: { slug: string } }>('/calendars/events/:slug.ics', open, (request, reply) =>
    sendPublicFeed(request, reply, async () => {
      const event = await feedEventBySlug(db, request.params.slug);
      if (!event?.published) throw new NotFound();
      const sessions = await releasedSessions(db, event.id);
      const entries = sessions.map((session) => sessionEntry(session, event, reading(request)));
      return {
        name: textIn(event.title, [request.language], event.defaultLanguage),
        entries: [eventEntry(event, reading(request)), ...entries],
      };
    }),
  );

  app.get<{ Params: { token: string } }>('/calendars/:token.ics', open, async (request, reply) => {
    const { token } = request.params;
    const held = /^[\w-]{43}$/.test(token) ? await feedByToken(db, hashToken(token)) : undefined;
    const viewer = held && (await viewerOf(db, held.personId));
    if (!held || !viewer) throw new NotFound();
    const language = isLanguage(viewer.language) ? viewer.language : 'en';
    const of = { publicUrl: config.publicUrl, language };
    const entries =
      held.kind === 'organised'
        ? (await organisedEvents(db, viewer, clock())).map((event) => eventEntry(event, of))
        : [
            ...(await registrationsToFeed(db, viewer.personId, clock())).flatMap((one) => registrationEntries(one, of)),
            ...(await speakingToFeed(db, viewer.personId, clock())).flatMap((event) =>
              event.sessions.map((session) => sessionEntry(session, event, of, viewer.personId)),
            ),
          ];
    await noteFeedRead(db, held, clock());
    const name = translator(language)(`calendars.feed.${held.kind}`, { installation: config.installationName });
    const body = feed({ name }, entries);
    return sendFeed(request, reply.header('cache-control', 'private, max-age=900'), {
      body,
      etag: etagOf(body),
      modified: modifiedOf(entries),
    });
  });

  async function shownEvent(request: FastifyRequest, slug: string) {
    const [details, event] = await Promise.all([eventBySlug(db, slug), feedEventBySlug(db, slug)]);
    if (!details || !event || (!event.published && !mayManage(request.viewer, details))) throw new NotFound();
    return { event };
  }
}

/** The same for everybody: kept until anything in the database has changed. `filter` tells feeds of one address apart. */
export async function sendPublicFeed(
  request: FastifyRequest,
  reply: FastifyReply,
  make: () => Promise<{ name: string; entries: CalendarEntry[] }>,
  filter = '',
): Promise<FastifyReply> {
  const { clock } = request.server.system;
  const page = await request.server.pages(`ics ${request.language} ${request.url.split('?')[0]} ${filter}`, async () => {
    const { name, entries } = await make();
    const until = clock().toZonedDateTimeISO('UTC').with({ day: 1 }).startOfDay().add({ months: 1 }).toInstant();
    return { body: `${modifiedOf(entries)}\n${feed({ name }, entries)}`, until };
  });
  const body = page.body.toString();
  const cut = body.indexOf('\n');
  reply.header('cache-control', 'public, max-age=900').header('vary', 'accept-language, cookie');
  return sendFeed(request, reply, { body: body.slice(cut + 1), etag: page.etag, modified: body.slice(0, cut) });
}

/**
 * A feed with what lets a program ask whether it has changed (RFC 9110 §13): If-None-Match before If-Modified-Since, and the date
 * only where it is the very one that was given out, because an event that leaves a feed makes it no newer.
 */
function sendFeed(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, etag, modified }: { body: string; etag: string; modified: string },
) {
  reply.header('etag', etag).type('text/calendar; charset=utf-8');
  if (modified) reply.header('last-modified', modified);
  const { 'if-none-match': match, 'if-modified-since': since } = request.headers;
  const known = match === undefined ? since !== undefined && since === modified : match === '*' || match.includes(etag);
  return known ? reply.code(304).send() : reply.send(body);
}

const etagOf = (body: string) => `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;

/** When the newest of its entries was changed, as HTTP writes dates; empty where there are none. */
function modifiedOf(entries: readonly CalendarEntry[]): string {
  const newest = entries
    .map(({ lastModified }) => lastModified)
    .toSorted(Temporal.Instant.compare)
    .at(-1);
  if (!newest) return '';
  const at = newest.toZonedDateTimeISO('UTC');
  const two = (n: number) => String(n).padStart(2, '0');
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][at.dayOfWeek - 1];
  const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][at.month - 1];
  return `${day}, ${two(at.day)} ${month} ${at.year} ${two(at.hour)}:${two(at.minute)}:${two(at.second)} GMT`;
}

/** One entry, to be kept as a file. */
export function sendFile(reply: FastifyReply, name: string, content: string): FastifyReply {
  return reply
    .type('text/calendar; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.ics"`)
    .send(content);
}
