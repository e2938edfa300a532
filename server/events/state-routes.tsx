import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CancellationFields } from '../../web/events/cancellation-fields.tsx';
import { CopyPage } from '../../web/events/copy-page.tsx';
import { officeCrumbs, titleOf } from '../../web/events/office-frame.tsx';
import { PublicationPage } from '../../web/events/publication-page.tsx';
import { translator } from '../../web/locales/translate.ts';
import { ConfirmPage } from '../../web/ui/confirm-page.tsx';
import type { Viewer } from '../accounts/access.ts';
import { NotAllowed } from '../errors.ts';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { missing } from './completeness.ts';
import { copyEvent } from './copies.ts';
import { managedOrMoved } from './found.ts';
import { CancellationWrite, CopyWrite } from './input.ts';
import { livingRegistrations } from './office.ts';
import type { EventDetails } from './queries.ts';
import { mayCreate } from './rules.ts';
import { cancelEvent, closeEvent, publishEvent, reopenEvent, unpublishEvent } from './states.ts';

type BySlug = { Params: { slug: string } };
const office = { config: { audience: 'back-office' }, schema: { hide: true } } as const;

/** The pages before an event becomes public, closed, cancelled or another edition, and what they do. */
export function stateRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;
  const path = (slug: string) => `/back-office/events/${slug}`;

  const publication = (
    request: FastifyRequest,
    reply: FastifyReply,
    event: EventDetails,
    errors: FormError[] = [],
    status = 200,
  ) =>
    sendPage(reply, <PublicationPage ctx={pageContext(request)} event={event} items={missing(event)} errors={errors} />, status);

  app.get<BySlug>('/back-office/events/:slug/publication', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/publication');
    return event ? publication(request, reply, event) : reply;
  });
  app.post<BySlug>('/back-office/events/:slug/publication', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply);
    if (!event) return reply;
    return orAgain(
      request,
      async () => {
        await publishEvent(db, signedIn(request), event.slug, clock());
        return goOn(reply, path(event.slug), 'eventPublished');
      },
      (errors, status) => publication(request, reply, event, errors, status),
    );
  });

  /** A page that says what a deed does, in numbers, and the post that does it. `noun` is its address. */
  const deed = (
    noun: string,
    words: (event: EventDetails, request: FastifyRequest, counts: Counts) => DeedWords,
    act: (viewer: Viewer, slug: string, request: FastifyRequest) => Promise<void>,
    done: string,
  ) => {
    const page = async (
      request: FastifyRequest,
      reply: FastifyReply,
      event: EventDetails,
      errors: FormError[] = [],
      status = 200,
    ) => {
      const ctx = pageContext(request);
      const said = words(event, request, await livingRegistrations(db, event.id));
      return sendPage(
        reply,
        <ConfirmPage
          ctx={ctx}
          title={said.title}
          consequence={
            <>
              {errors.map((error) => (
                <p key={error.message} role="alert">
                  <strong>{error.message}</strong>
                </p>
              ))}
              <p>{said.consequence}</p>
            </>
          }
          kept={said.kept}
          action={`${path(event.slug)}/${noun}`}
          go={said.go}
          back={path(event.slug)}
          breadcrumbs={[...officeCrumbs(ctx), { words: titleOf(ctx, event).text, href: path(event.slug) }]}
        >
          {noun === 'cancellation' && <CancellationFields ctx={ctx} event={event} values={posted(request)} errors={errors} />}
        </ConfirmPage>,
        status,
      );
    };
    app.get<BySlug>(`/back-office/events/:slug/${noun}`, office, async (request, reply) => {
      const event = await managedOrMoved(request, reply, `/${noun}`);
      return event ? page(request, reply, event) : reply;
    });
    app.post<BySlug>(`/back-office/events/:slug/${noun}`, office, async (request, reply) => {
      const event = await managedOrMoved(request, reply);
      if (!event) return reply;
      return orAgain(
        request,
        async () => {
          await act(signedIn(request), event.slug, request);
          return goOn(reply, path(event.slug), done);
        },
        (errors, status) => page(request, reply, event, errors, status),
      );
    });
  };

  const t = (request: FastifyRequest) => translator(request.language);
  const total = ({ confirmed, waiting, pending }: Counts) => confirmed + waiting + pending;

  deed(
    'publication/removal',
    (_, request, counts) => ({
      title: t(request)('events.publication.backTitle'),
      consequence:
        total(counts) > 0
          ? t(request)('events.publication.backTaken', { n: total(counts) })
          : t(request)('events.publication.backLead'),
      go: t(request)('events.publication.back'),
    }),
    (viewer, slug) => unpublishEvent(db, viewer, slug, clock()),
    'eventUnpublished',
  );
  deed(
    'closing',
    (_, request, counts) => ({
      title: t(request)('events.closing.title'),
      consequence: t(request)('events.closing.lead'),
      kept: [
        t(request)('events.closing.kept', { n: counts.confirmed }),
        t(request)('events.closing.keptWaiting', { n: counts.waiting }),
      ],
      go: t(request)('events.closing.close'),
    }),
    (viewer, slug) => closeEvent(db, viewer, slug, clock()),
    'eventClosed',
  );
  deed(
    'closing/removal',
    (event, request) => ({
      title: t(request)('events.closing.reopenTitle'),
      consequence: t(request)('events.closing.reopenLead', { n: event.places.free }),
      go: t(request)('events.closing.reopen'),
    }),
    (viewer, slug) => reopenEvent(db, viewer, slug, clock()),
    'eventReopened',
  );
  deed(
    'cancellation',
    (event, request, counts) => ({
      title: t(request)('events.cancellation.title'),
      consequence: event.publishedAt
        ? t(request)('events.cancellation.lead', { n: total(counts) })
        : t(request)('events.cancellation.leadDraft'),
      kept: [t(request)('events.cancellation.kept')],
      go: t(request)('events.cancellation.cancel'),
    }),
    (viewer, slug, request) => cancelEvent(db, viewer, slug, parse(CancellationWrite, request.body), clock()),
    'eventCancelled',
  );
  deed(
    'cancellation/removal',
    (event, request, counts) => ({
      title: t(request)('events.cancellation.reinstateTitle'),
      consequence: event.publishedAt
        ? t(request)('events.cancellation.reinstateLead', { n: total(counts) })
        : t(request)('events.cancellation.leadDraft'),
      go: t(request)('events.cancellation.reinstate'),
    }),
    (viewer, slug) => cancelEvent(db, viewer, slug, null, clock()),
    'eventReinstated',
  );

  const copyPage = (
    request: FastifyRequest,
    reply: FastifyReply,
    event: EventDetails,
    starts: string,
    errors: FormError[] = [],
    status = 200,
  ) => sendPage(reply, <CopyPage ctx={pageContext(request)} event={event} starts={starts} errors={errors} />, status);

  app.get<BySlug>('/back-office/events/:slug/copies/new', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/copies/new');
    if (!event) return reply;
    if (!mayCreate(request.viewer, event.networkId)) throw new NotAllowed();
    // The same day of the week a year on, or two: the next that is still to come.
    const today = clock().toZonedDateTimeISO(event.zone).toPlainDateTime();
    let starts = event.starts.add({ weeks: 52 });
    while (Temporal.PlainDateTime.compare(starts, today) < 0) starts = starts.add({ weeks: 52 });
    return copyPage(request, reply, event, starts.toString({ smallestUnit: 'minute' }));
  });
  app.post<BySlug>('/back-office/events/:slug/copies', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply);
    if (!event) return reply;
    return orAgain(
      request,
      async () => {
        const { starts } = parse(CopyWrite, request.body);
        return goOn(reply, path(await copyEvent(db, signedIn(request), event.slug, starts, clock())), 'eventCopied');
      },
      (errors, status) => copyPage(request, reply, event, String(posted(request).starts ?? '').slice(0, 100), errors, status),
    );
  });
}

type Counts = Awaited<ReturnType<typeof livingRegistrations>>;

interface DeedWords {
  title: string;
  consequence: string;
  kept?: string[];
  go: string;
}
