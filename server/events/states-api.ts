import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { translateCode } from '../../web/locales/translate.ts';
import { signedIn } from '../http/viewer.ts';
import { missing } from './completeness.ts';
import { managedEvent, visibleEvent } from './found.ts';
import { CancellationWrite } from './input.ts';
import { cancelEvent, closeEvent, publishEvent, reopenEvent, unpublishEvent } from './states.ts';

const BySlug = z.object({ slug: z.string().max(200) });
const tags = ['events'];
const security = [{ token: [] }];

/** Publication, closing and cancellation of an event, for programs: each is a small noun that is put and deleted. */
export function eventStatesApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;
  const config = { audience: 'back-office' } as const;
  const schema = (summary: string) => ({ tags, security, summary, params: BySlug });
  type Act = (request: FastifyRequest, slug: string) => Promise<void>;
  const put = (noun: string, summary: string, act: Act) =>
    app.put(`/api/events/:slug/${noun}`, { config, schema: schema(summary) }, (request) =>
      after(act, request, request.params.slug),
    );
  const remove = (noun: string, summary: string, act: Act) =>
    app.delete(`/api/events/:slug/${noun}`, { config, schema: schema(summary) }, (request) =>
      after(act, request, request.params.slug),
    );
  const after = async (act: Act, request: FastifyRequest, slug: string) => {
    await act(request, slug);
    return visibleEvent(request, slug);
  };

  app.get(
    '/api/events/:slug/publication',
    { config, schema: schema('Whether it is published, and what is still missing') },
    async (request) => {
      const event = await managedEvent(request, request.params.slug);
      const items = missing(event).map((item) => ({
        ...item,
        message: translateCode(request.language, `events.missing.${item.code}`),
      }));
      return { publishedAt: event.publishedAt, ready: !items.some((item) => item.blocks), missing: items };
    },
  );
  put('publication', 'Publish', (request, slug) => publishEvent(db, signedIn(request), slug, clock()));
  remove('publication', 'Back to a draft', (request, slug) => unpublishEvent(db, signedIn(request), slug, clock()));
  put('closing', 'Close registration, whatever its window says', (request, slug) =>
    closeEvent(db, signedIn(request), slug, clock()),
  );
  remove('closing', 'Let the registration window decide again', (request, slug) =>
    reopenEvent(db, signedIn(request), slug, clock()),
  );
  app.put(
    '/api/events/:slug/cancellation',
    { config, schema: { ...schema('Cancel the event'), body: CancellationWrite } },
    (request) =>
      after((_, slug) => cancelEvent(db, signedIn(request), slug, request.body, clock()), request, request.params.slug),
  );
  remove('cancellation', 'Take the cancellation back', (request, slug) =>
    cancelEvent(db, signedIn(request), slug, null, clock()),
  );
}
