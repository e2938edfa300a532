import type { FastifyInstance } from 'fastify';
import { AnswersPage } from '../../web/calendars/answers-page.tsx';
import { managedOrMoved } from '../events/found.ts';
import { PAGE_SIZE } from '../http/cursor.ts';
import { cursorOf, filterOf } from '../http/forms.ts';
import { pageContext, sendPage } from '../http/pages.tsx';
import { AnswerFilter } from './input.ts';
import { answerCounts, answerPage } from './queries.ts';

/** What calendar programs answered about an event, for whoever runs it. */
export function answerPages(app: FastifyInstance): void {
  const { db, config } = app.system;

  app.get<{ Params: { slug: string } }>(
    '/back-office/events/:slug/calendar-answers',
    { config: { audience: 'back-office' }, schema: { hide: true } },
    async (request, reply) => {
      const event = await managedOrMoved(request, reply, '/calendar-answers');
      if (!event) return reply;
      const { filter, errors } = filterOf(request, AnswerFilter);
      const cursor = cursorOf(request);
      const [page, counts] = await Promise.all([
        answerPage(db, event.id, filter, { cursor, limit: PAGE_SIZE }),
        answerCounts(db, event.id),
      ]);
      const data = { event, page, counts, filter, errors, read: config.replyDomain !== undefined, later: cursor !== undefined };
      return sendPage(reply, <AnswersPage ctx={pageContext(request)} {...data} />, errors.length > 0 ? 422 : 200);
    },
  );
}
