import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { FeedsPage } from '../../web/calendars/feeds-page.tsx';
import { SubscribePage } from '../../web/calendars/subscribe-page.tsx';
import { readIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import { hasBackOffice } from '../accounts/access.ts';
import { id } from '../fields.ts';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage, sendPublicPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { feedToken, makeFeed, revokeFeed } from './feed-actions.ts';
import { type Feed, feedsOf, networksWithEvents } from './feed-queries.ts';
import { FEED_KINDS, FeedWrite } from './input.ts';

const person = { config: { audience: 'person' as const }, schema: { hide: true } };

/** Where calendars are subscribed to, and where one's own are made and revoked. */
export function feedRoutes(app: FastifyInstance): void {
  const { db, config, clock } = app.system;

  app.get('/calendars', { config: { audience: 'public' }, schema: { hide: true } }, (request, reply) =>
    sendPublicPage(request, reply, async () => {
      const { language } = request;
      const networks = (await networksWithEvents(db)).map(({ slug, name }) => {
        const read = readIn(name, [language]);
        return {
          id: slug,
          name: read?.text ?? slug,
          lang: read?.fallback ? read.lang : undefined,
          url: `${config.publicUrl}/calendars/networks/${slug}.ics?lang=${language}`,
        };
      });
      const name = translator(language)('calendars.feed.all', { installation: config.installationName });
      const all = { id: 'all', name, url: `${config.publicUrl}/calendars/all.ics?lang=${language}` };
      return { node: <SubscribePage ctx={pageContext(request)} all={all} networks={networks} /> };
    }),
  );

  app.get('/account/calendars', person, (request, reply) => show(request, reply));

  app.post('/account/calendars', person, (request, reply) =>
    orAgain(
      request,
      async () => {
        await makeFeed(db, config.secret, signedIn(request).personId, parse(FeedWrite, request.body), clock());
        return goOn(reply, '/account/calendars', 'feedMade');
      },
      (errors, status) => show(request, reply, errors, status),
    ),
  );

  app.post<{ Params: { id: string } }>('/account/calendars/:id/removal', person, async (request, reply) => {
    await revokeFeed(db, signedIn(request).personId, parse(id, request.params.id), clock());
    return goOn(reply, '/account/calendars', 'feedRevoked');
  });

  async function show(request: FastifyRequest, reply: FastifyReply, errors: FormError[] = [], status = 200) {
    const viewer = signedIn(request);
    const feeds = (await feedsOf(db, viewer.personId)).map((feed) => ({ ...feed, url: urlOf(config, feed) }));
    const kinds = FEED_KINDS.filter((kind) => kind !== 'organised' || hasBackOffice(viewer));
    const typed = posted(request) as { kind?: string; name?: string };
    return sendPage(
      reply,
      <FeedsPage ctx={pageContext(request)} feeds={feeds} kinds={kinds} typed={typed} errors={errors} />,
      status,
    );
  }
}

/** The address of somebody's own feed. */
export const urlOf = (config: { publicUrl: string; secret: string }, feed: Pick<Feed, 'id'>): string =>
  `${config.publicUrl}/calendars/${feedToken(config.secret, feed.id)}.ics`;
