import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ActivitiesPage } from '../../web/activities/activities-page.tsx';
import { ActivityPage } from '../../web/activities/activity-page.tsx';
import { EmbedPage } from '../../web/activities/embed-page.tsx';
import { readIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import { NotFound } from '../errors.ts';
import { id } from '../fields.ts';
import { sendFile } from '../forms/uploads.ts';
import { PAGE_SIZE } from '../http/cursor.ts';
import { cursorOf, filterOf } from '../http/forms.ts';
import { pageContext, renderPage, sendPublicPage } from '../http/pages.tsx';
import { renderMarkdown } from '../markdown.ts';
import type { System } from '../system.ts';
import { atomFeed } from './atom.ts';
import { ActivityFilter } from './input.ts';
import { type ActivityRow, activityChoices, activityPage, newestActivities, publishedActivity } from './queries.ts';

type ById = { Params: { id: string } };
const open = { config: { audience: 'public' }, schema: { hide: true } } as const;

/** What everybody reads of the International Day: the list, each activity, its picture, the feed and what other sites show of it. */
export function activityRoutes(app: FastifyInstance): void {
  const { db, config } = app.system;

  app.get('/activities', open, (request, reply) => {
    const { filter, errors } = filterOf(request, ActivityFilter);
    const cursor = cursorOf(request);
    return sendPublicPage(request, reply, async () => {
      const [page, choices] = await Promise.all([activityPage(db, filter, { cursor, limit: PAGE_SIZE }), activityChoices(db)]);
      const data = { ...page, choices, filter, errors, later: cursor !== undefined };
      return { node: <ActivitiesPage ctx={pageContext(request)} {...data} /> };
    });
  });

  app.get('/activities.atom', open, async (request, reply) => {
    const { filter } = filterOf(request, ActivityFilter);
    const found = await newestActivities(db, filter);
    const { language } = request;
    const title = `${config.installationName}: ${translator(language)('activities.title')}`;
    const body = atomFeed(found, { title, publicUrl: config.publicUrl, language, self: `${config.publicUrl}${request.url}` });
    return reply
      .type('application/atom+xml; charset=utf-8')
      .header('cache-control', 'public, max-age=900')
      .header('vary', 'accept-language, cookie')
      .send(body);
  });

  // Shown within the pages of cities: the one page that others may frame. It holds no script, no form and nothing of who reads it.
  app.get('/activities/embed', open, async (request, reply) => {
    const { filter } = filterOf(request, ActivityFilter);
    const { items } = await activityPage(db, filter, { limit: PAGE_SIZE });
    return reply
      .removeHeader('x-frame-options')
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors *",
      )
      .header('cache-control', 'public, max-age=300')
      .header('vary', 'accept-language, cookie')
      .type('text/html; charset=utf-8')
      .send(renderPage(<EmbedPage ctx={pageContext(request)} activities={items} />));
  });

  app.get<ById>('/activities/:id', open, (request, reply) =>
    sendPublicPage(request, reply, async () => {
      const activity = await foundActivity(request);
      return {
        node: (
          <ActivityPage ctx={pageContext(request)} activity={activity} description={descriptionOf(activity, request.language)} />
        ),
      };
    }),
  );

  app.get<ById>('/activities/:id/picture', open, async (request, reply) => {
    const { pictureId } = await foundActivity(request);
    return sendPicture(reply, app.system, pictureId);
  });

  async function foundActivity(request: FastifyRequest<ById>): Promise<ActivityRow> {
    const key = id.safeParse(request.params.id);
    const found = key.success ? await publishedActivity(db, key.data) : undefined;
    if (!found) throw new NotFound();
    return found;
  }
}

/** What is done, as safe HTML in the reader's language or another. */
export function descriptionOf(activity: Pick<ActivityRow, 'description' | 'organisation'>, language: string) {
  const read = readIn(activity.description, [language], activity.organisation.language);
  return read ? { html: renderMarkdown(read.text), lang: read.lang } : null;
}

/** A picture of an activity. Whether its reader may see the activity is for the caller to ask. Errors: NotFound. */
export async function sendPicture(reply: FastifyReply, { db, storage }: System, pictureId: string | null): Promise<FastifyReply> {
  const file =
    pictureId &&
    (await db
      .selectFrom('files')
      .select(['key', 'name', 'media_type as mediaType', 'bytes'])
      .where('id', '=', pictureId)
      .where('removed_at', 'is', null)
      .executeTakeFirst());
  if (!file) throw new NotFound();
  return sendFile(reply, storage, file);
}
