import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CallsPage } from '../../web/calls/calls-page.tsx';
import { nextChange } from '../events/rules.ts';
import { PAGE_SIZE } from '../http/cursor.ts';
import { cursorOf, type FormError, filterOf, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage, sendPublicPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { startEntry } from './entries.ts';
import { askException } from './exceptions.ts';
import { callOrMoved, visibleCall } from './found.ts';
import { CallFilter, EntryStart, ExceptionAsk } from './input.ts';
import { drawCall } from './public-page.tsx';
import { callPage } from './queries.ts';
import { graceEnd } from './rules.ts';

type BySlug = { Params: { slug: string } };
const anybody = { config: { audience: 'public' }, schema: { hide: true } } as const;
const person = { config: { audience: 'person' }, schema: { hide: true } } as const;

/** What everybody sees of calls, and where a city enters one. */
export function callRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  app.get('/calls', anybody, (request, reply) => {
    const { filter, errors } = filterOf(request, CallFilter);
    const cursor = cursorOf(request);
    return sendPublicPage(request, reply, async () => {
      const now = clock();
      const { items, next } = await callPage(db, filter, now, { cursor, limit: PAGE_SIZE });
      const moments = items.flatMap((call) => [
        call.opensAt,
        call.closesAt.add({ milliseconds: 1 }),
        graceEnd(call).add({ milliseconds: 1 }),
      ]);
      return {
        node: <CallsPage ctx={pageContext(request)} calls={items} next={next} filter={filter} errors={errors} />,
        until: nextChange(moments, now),
      };
    });
  });

  app.get<BySlug>('/calls/:slug', anybody, async (request, reply) => {
    const call = await callOrMoved(request, reply);
    return call ? sendPublicPage(request, reply, () => drawCall(request, call)) : reply;
  });

  const again =
    (request: FastifyRequest, reply: FastifyReply, slug: string) =>
    async (errors: FormError[], status: number): Promise<FastifyReply> => {
      const typed = Object.fromEntries(
        Object.entries(posted(request)).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
      );
      return sendPage(reply, (await drawCall(request, await visibleCall(request, slug), typed, errors)).node, status);
    };

  app.post<BySlug>('/calls/:slug/entries', person, async (request, reply) => {
    const { slug } = await visibleCall(request, request.params.slug);
    return orAgain(
      request,
      async () =>
        goOn(
          reply,
          `/entries/${await startEntry(db, signedIn(request), slug, parse(EntryStart, request.body), clock())}/edit`,
          'entryStarted',
        ),
      again(request, reply, slug),
    );
  });

  app.post<BySlug>('/calls/:slug/exceptions', person, async (request, reply) => {
    const { slug } = await visibleCall(request, request.params.slug);
    return orAgain(
      request,
      async () => {
        await askException(db, signedIn(request), slug, parse(ExceptionAsk, request.body), clock());
        return goOn(reply, `/calls/${slug}`, 'exceptionAsked');
      },
      again(request, reply, slug),
    );
  });
}
