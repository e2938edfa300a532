import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OfficeCallPage } from '../../web/calls/office-call-page.tsx';
import { NewCallPage, OfficeCallsPage } from '../../web/calls/office-calls-page.tsx';
import { SectionPage } from '../../web/calls/section-page.tsx';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import { ConfirmPage } from '../../web/ui/confirm-page.tsx';
import { TextMapField } from '../../web/ui/text-map-field.tsx';
import { organisationTyped } from '../events/hosts.ts';
import { search } from '../fields.ts';
import { PAGE_SIZE } from '../http/cursor.ts';
import { cursorOf, type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { changeCall, createCall } from './actions.ts';
import { missing, SECTIONS, type Section } from './completeness.ts';
import { managedCall } from './found.ts';
import { CallWrite, CancellationWrite, CopyWrite, ExtensionWrite } from './input.ts';
import { sectionChoices } from './office-choices.ts';
import { type CallDetails, callHistory, exclusionsOf, officeCalls } from './queries.ts';
import { entryCounts } from './screening.ts';
import { exclusionForm, NewCallForm, sectionChange } from './sections.ts';
import { cancelCall, closeCall, copyCall, extendCall, publishCall, unpublishCall } from './states.ts';

type BySlug = { Params: { slug: string } };
const office = { config: { audience: 'back-office' }, schema: { hide: true } } as const;

/** Calls in the back office: the list, a new one, its sections, and what can be done with it. */
export function callOfficeRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  app.get('/back-office/calls', office, async (request, reply) => {
    const q = parse(search, (request.query as { q?: unknown }).q ?? '');
    const { items, next } = await officeCalls(db, signedIn(request), q, { cursor: cursorOf(request), limit: PAGE_SIZE });
    return sendPage(reply, <OfficeCallsPage ctx={pageContext(request)} calls={items} next={next} q={q} />);
  });

  app.get('/back-office/calls/new', office, (request, reply) =>
    sendPage(reply, <NewCallPage ctx={pageContext(request)} values={{}} />),
  );
  app.post('/back-office/calls/new', office, (request, reply) =>
    orAgain(
      request,
      async () => {
        const { title, language, languages, ...typed } = parse(NewCallForm, request.body);
        const call = CallWrite.parse({
          ...typed,
          opens: typed.opens.toString(),
          closes: typed.closes.toString(),
          title: { [language]: title },
          languages: [language, ...languages],
        });
        return goOn(reply, `/back-office/calls/${await createCall(db, signedIn(request), call, clock())}`, 'callCreated');
      },
      (errors, status) =>
        sendPage(reply, <NewCallPage ctx={pageContext(request)} values={posted(request)} errors={errors} />, status),
    ),
  );

  app.get<BySlug>('/back-office/calls/:slug', office, async (request, reply) =>
    overview(request, reply, await managedCall(request, request.params.slug)),
  );

  async function overview(
    request: FastifyRequest,
    reply: FastifyReply,
    call: CallDetails,
    errors: FormError[] = [],
    status = 200,
  ) {
    const [counts, history] = await Promise.all([entryCounts(db, call.id), callHistory(db, call.id)]);
    const page = (
      <OfficeCallPage
        ctx={pageContext(request)}
        call={call}
        missing={missing(call)}
        counts={counts}
        history={history}
        values={posted(request)}
        errors={errors}
      />
    );
    return sendPage(reply, page, status);
  }

  /** A deed of the overview: done, and back to it; what is refused is said on it. */
  const deed = (noun: string, done: string, act: (request: FastifyRequest, slug: string) => Promise<string | void>) =>
    app.post<BySlug>(`/back-office/calls/:slug/${noun}`, office, async (request, reply) => {
      const call = await managedCall(request, request.params.slug);
      return orAgain(
        request,
        async () => goOn(reply, `/back-office/calls/${(await act(request, call.slug)) ?? call.slug}`, done),
        async (errors, status) => overview(request, reply, await managedCall(request, call.slug), errors, status),
      );
    });
  deed('publication', 'callPublished', (request, slug) => publishCall(db, signedIn(request), slug, clock()));
  deed('publication/removal', 'saved', (request, slug) => unpublishCall(db, signedIn(request), slug, clock()));
  deed('closing', 'saved', (request, slug) => closeCall(db, signedIn(request), slug, true, clock()));
  deed('closing/removal', 'saved', (request, slug) => closeCall(db, signedIn(request), slug, false, clock()));
  deed('cancellation', 'callCancelled', (request, slug) =>
    cancelCall(db, signedIn(request), slug, parse(CancellationWrite, request.body), clock()),
  );
  deed('cancellation/removal', 'saved', (request, slug) => cancelCall(db, signedIn(request), slug, null, clock()));
  deed('extensions', 'callExtended', (request, slug) =>
    extendCall(db, signedIn(request), slug, parse(ExtensionWrite, request.body), clock()),
  );
  deed('copies', 'callCopied', (request, slug) => {
    const { until, ...rest } = posted(request);
    return copyCall(db, signedIn(request), slug, parse(CopyWrite, { ...rest, closes: until }), clock());
  });

  app.get<BySlug>('/back-office/calls/:slug/cancellation', office, async (request, reply) => {
    const call = await managedCall(request, request.params.slug);
    const ctx = pageContext(request);
    const t = translator(request.language);
    const base = `/back-office/calls/${call.slug}`;
    const name = textIn(call.title, [ctx.language], call.defaultLanguage);
    const page = (
      <ConfirmPage
        ctx={ctx}
        title={t('callsOffice.cancelTitle', { name })}
        consequence={t('callsOffice.cancelConsequence')}
        action={`${base}/cancellation`}
        go={t('callsOffice.cancel')}
        back={base}
      >
        <TextMapField
          ctx={ctx}
          name="reason"
          label={t('emails.calls.fact.reason')}
          languages={call.languages}
          rows={2}
          maxlength={1000}
        />
      </ConfirmPage>
    );
    return sendPage(reply, page);
  });

  for (const section of SECTIONS) {
    const path = `/back-office/calls/:slug/${section}`;
    app.get<BySlug>(path, office, async (request, reply) =>
      shown(request, reply, await managedCall(request, request.params.slug), section),
    );
    app.post<BySlug>(path, office, async (request, reply) => {
      const call = await managedCall(request, request.params.slug);
      return orAgain(
        request,
        async () => {
          const change = section === 'exclusions' ? await exclusionsChange(request) : sectionChange(section, request.body);
          await changeCall(db, signedIn(request), call.slug, change, clock());
          const stays = section === 'themes' || section === 'modalities' || section === 'criteria' || section === 'exclusions';
          return goOn(reply, `/back-office/calls/${call.slug}${stays ? `/${section}` : ''}`, 'saved');
        },
        (errors, status) => shown(request, reply, call, section, errors, status),
      );
    });
  }

  async function exclusionsChange(request: FastifyRequest): Promise<(call: CallWrite) => CallWrite> {
    const { organisation, reason, note, removed } = exclusionForm(request.body);
    const added = organisation
      ? [{ organisationId: (await organisationTyped(db, organisation, 'organisation')).id, reason, note }]
      : [];
    return (call) => ({
      ...call,
      exclusions: [...call.exclusions.filter((one) => !removed.includes(`${one.organisationId} ${one.reason}`)), ...added],
    });
  }

  async function shown(
    request: FastifyRequest,
    reply: FastifyReply,
    call: CallDetails,
    section: Section,
    errors: FormError[] = [],
    status = 200,
  ) {
    const [choices, exclusions] = await Promise.all([sectionChoices(db, call, request.language), exclusionsOf(db, call.id)]);
    const page = (
      <SectionPage
        ctx={pageContext(request)}
        section={section}
        call={call}
        exclusions={exclusions}
        choices={choices}
        values={errors.length > 0 ? posted(request) : undefined}
        errors={errors}
      />
    );
    return sendPage(reply, page, status);
  }
}
