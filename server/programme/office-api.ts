import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { managedEvent } from '../events/found.ts';
import { id } from '../fields.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import { releaseProgramme } from './actions.ts';
import { differencesOf } from './differences.ts';
import { ReleaseWrite, RoomWrite, TrackWrite } from './input.ts';
import { concernsOf, overlapsOf } from './overlaps.ts';
import { EMPTY } from './programme.ts';
import { draftProgramme, lastRelease, releasesOf } from './queries.ts';
import { type Division, removeDivision, writeDivision } from './rooms.ts';

const BySlug = z.object({ slug: z.string().max(200) });
const ById = BySlug.extend({ id });
const tags = ['programme'];
const security = [{ token: [] }];
const config = { audience: 'back-office' } as const;
const WRITES = { rooms: RoomWrite, tracks: TrackWrite } as const;

/** What writing a programme takes, for programs: the draft as a whole, rooms, tracks, releases. */
export function programmeOfficeApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;

  app.get(
    '/api/events/:slug/programme',
    {
      config,
      schema: {
        tags,
        security,
        summary: 'The draft as a whole: overlaps, what else to look at, what differs from the last release',
        params: BySlug,
      },
    },
    async (request) => {
      const event = await managedEvent(request, request.params.slug);
      const [programme, last] = [await draftProgramme(db, event.id), await lastRelease(db, event.id)];
      return {
        ...programme,
        overlaps: overlapsOf(programme),
        concerns: concernsOf(programme, { starts: event.starts.toString(), ends: event.ends.toString() }),
        differences: differencesOf(last?.programme ?? EMPTY, programme).map(({ session, how, aspects }) => ({
          session,
          how,
          aspects,
        })),
        release: last ? { no: last.no, releasedAt: last.releasedAt } : null,
      };
    },
  );

  app.get(
    '/api/events/:slug/releases',
    { config, schema: { tags, security, summary: 'The releases of the programme, the latest first', params: BySlug } },
    async (request) => ({ items: await releasesOf(db, (await managedEvent(request, request.params.slug)).id) }),
  );
  app.post(
    '/api/events/:slug/releases',
    {
      config,
      schema: { tags, security, summary: 'Release the draft; who is concerned is told', params: BySlug, body: ReleaseWrite },
    },
    (request, reply) =>
      once(request, reply, () => releaseProgramme(db, signedIn(request), request.params.slug, request.body.note, clock())),
  );

  for (const division of ['rooms', 'tracks'] as Division[]) {
    const one = division === 'rooms' ? 'room' : 'track';
    const list = async (request: Parameters<typeof managedEvent>[0], slug: string) => {
      const event = await managedEvent(request, slug);
      return { items: (await draftProgramme(db, event.id))[division] };
    };
    app.get(
      `/api/events/:slug/${division}`,
      { config, schema: { tags, security, summary: `The ${division} of the programme`, params: BySlug } },
      (request) => list(request, request.params.slug),
    );
    app.post(
      `/api/events/:slug/${division}`,
      { config, schema: { tags, security, summary: `A new ${one}`, params: BySlug, body: WRITES[division] } },
      (request, reply) =>
        once(request, reply, async () => ({
          id: await writeDivision(db, signedIn(request), request.params.slug, division, request.body, null),
        })),
    );
    app.put(
      `/api/events/:slug/${division}/:id`,
      { config, schema: { tags, security, summary: `Change a ${one}`, params: ById, body: WRITES[division] } },
      async (request) => {
        await writeDivision(db, signedIn(request), request.params.slug, division, request.body, request.params.id);
        return list(request, request.params.slug);
      },
    );
    app.delete(
      `/api/events/:slug/${division}/:id`,
      { config, schema: { tags, security, summary: `Remove a ${one} that no session uses`, params: ById } },
      async (request) => {
        await removeDivision(db, signedIn(request), request.params.slug, division, request.params.id, clock());
        return list(request, request.params.slug);
      },
    );
  }
}
