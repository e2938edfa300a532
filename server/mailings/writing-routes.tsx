import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { LANGUAGES } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { AudiencePage } from '../../web/mailings/audience-page.tsx';
import { PreviewPage } from '../../web/mailings/preview-page.tsx';
import { SchedulePage } from '../../web/mailings/schedule-page.tsx';
import { TemplatesPage } from '../../web/mailings/templates-page.tsx';
import { TextPage } from '../../web/mailings/text-page.tsx';
import { HOME } from '../../web/mailings/words.ts';
import type { FieldError } from '../../web/page.ts';
import { NotFound } from '../errors.ts';
import { languageTag, optional } from '../fields.ts';
import { decodeCursor, PAGE_SIZE } from '../http/cursor.ts';
import { cursorOf, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { networkChoices } from '../organisations/networks.ts';
import { mayKeepTemplate } from './access.ts';
import { changeMailing } from './actions.ts';
import { audiencePage } from './audience.ts';
import { runMailing } from './found.ts';
import { Audience, MailingChange, PreviewQuery, ScheduleWrite, TestWrite } from './input.ts';
import { previewOf, sendTest } from './previews.ts';
import type { Mailing } from './queries.ts';
import { readinessOf } from './readiness.ts';
import { BACK_OFFICE, eventChoicesFor, idOf, typedOf } from './routes.tsx';
import { scheduleMailing } from './running.ts';
import { removeTemplate, templatesFor } from './templates.ts';

// The letter brings styles of its own and nothing else; it is shown in a frame of ours.
const LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data: https:; frame-ancestors 'self'";

const languagesOf = (mailing: Mailing, added?: string) => [
  ...new Set([mailing.defaultLanguage, ...LANGUAGES, ...Object.keys(mailing.texts), ...(added ? [added] : [])]),
];

/** Text, audience, preview, schedule and the library of texts. */
export function mailingWritingRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;
  const found = (request: FastifyRequest) => runMailing(db, request.viewer, idOf(request));

  const showText = (
    request: FastifyRequest,
    reply: FastifyReply,
    mailing: Mailing,
    { added, errors = [], status = 200 }: { added?: string; errors?: FieldError[]; status?: number } = {},
  ) =>
    sendPage(
      reply,
      <TextPage ctx={pageContext(request)} mailing={mailing} languages={languagesOf(mailing, added)} errors={errors} />,
      status,
    );

  app.get(`${HOME}/:id/text`, BACK_OFFICE, async (request, reply) => {
    const { add } = request.query as { add?: unknown };
    return showText(request, reply, await found(request), {
      added: typeof add === 'string' && /^[a-z]{2,3}(-\w{2,8})?$/.test(add) ? add : undefined,
    });
  });

  app.post(`${HOME}/:id/text`, BACK_OFFICE, async (request, reply) => {
    const mailing = await found(request);
    const body = posted(request) as { texts?: Mailing['texts']; fallbacks?: Mailing['fallbacks']; defaultLanguage?: string };
    return orAgain(
      request,
      async () => {
        const { addLanguage } = parse(z.object({ addLanguage: optional(languageTag) }), body);
        const change = parse(MailingChange, {
          texts: body.texts ?? {},
          fallbacks: body.fallbacks ?? {},
          defaultLanguage: body.defaultLanguage,
        });
        await changeMailing(db, signedIn(request), mailing.id, change, clock());
        return goOn(
          reply,
          addLanguage ? `${HOME}/${mailing.id}/text?add=${addLanguage}` : `${HOME}/${mailing.id}`,
          'mailingSaved',
        );
      },
      (errors, status) => showText(request, reply, { ...mailing, ...asTyped(body) }, { errors, status }),
    );
  });

  const showAudience = async (
    request: FastifyRequest,
    reply: FastifyReply,
    mailing: Mailing,
    {
      audience = mailing.audience,
      countries = audience.countries.join(', '),
      errors = [],
      status = 200,
    }: { audience?: Audience; countries?: string; errors?: FieldError[]; status?: number } = {},
  ) => {
    const viewer = signedIn(request);
    const ctx = pageContext(request);
    const cursor = cursorOf(request);
    const [readiness, page, networks, events] = await Promise.all([
      readinessOf(db, mailing, clock()),
      audiencePage(db, mailing, { after: decodeCursor(cursor, 2), limit: PAGE_SIZE }),
      networkChoices(db, viewer),
      eventChoicesFor(db, viewer, clock()),
    ]);
    return sendPage(
      reply,
      <AudiencePage
        ctx={ctx}
        mailing={mailing}
        audience={audience}
        countries={countries}
        networks={networks.map((network) => ({ value: network.id, words: textIn(network.name, [ctx.language], 'en') }))}
        events={events.map((event) => ({ value: event.id, words: textIn(event.title, [ctx.language], event.defaultLanguage) }))}
        readiness={readiness}
        members={page.items}
        next={page.next && `${HOME}/${mailing.id}/audience?cursor=${page.next}`}
        errors={errors}
      />,
      status,
    );
  };

  app.get(`${HOME}/:id/audience`, BACK_OFFICE, async (request, reply) => showAudience(request, reply, await found(request)));

  app.post(`${HOME}/:id/audience`, BACK_OFFICE, async (request, reply) => {
    const mailing = await found(request);
    const body = posted(request);
    const countries = typeof body.countries === 'string' ? body.countries.slice(0, 2000) : '';
    return orAgain(
      request,
      async () => {
        const typed = { ...body, countries: countries.toUpperCase().split(/[\s,;]+/) };
        await changeMailing(db, signedIn(request), mailing.id, { audience: parse(Audience, typed) } as MailingChange, clock());
        return goOn(reply, `${HOME}/${mailing.id}/audience`, 'mailingSaved');
      },
      (errors, status) => {
        const plain = errors.map((error) => ({ ...error, path: error.path.replace(/^audience\./, '').replace(/\.\d+$/, '') }));
        return showAudience(request, reply, mailing, { countries, errors: plain, status });
      },
    );
  });

  app.get(`${HOME}/:id/preview`, BACK_OFFICE, async (request, reply) => showPreview(request, reply, await found(request)));

  const showPreview = async (
    request: FastifyRequest,
    reply: FastifyReply,
    mailing: Mailing,
    errors: FieldError[] = [],
    status = 200,
  ) => {
    const query = parse(PreviewQuery, request.query);
    const language = query.language ?? mailing.defaultLanguage;
    const preview = await previewOf(app.system, mailing, { ...query, language }).catch(absent);
    const policy = String(reply.getHeader('content-security-policy') ?? '');
    reply.header('content-security-policy', `${policy};frame-src 'self'`);
    return sendPage(
      reply,
      <PreviewPage
        ctx={pageContext(request)}
        mailing={mailing}
        language={language}
        languages={languagesOf(mailing)}
        letter={preview && { name: preview.recipient.name, subject: preview.mail.subject, text: preview.mail.text }}
        errors={errors}
      />,
      status,
    );
  };

  app.get(`${HOME}/:id/preview/letter`, BACK_OFFICE, async (request, reply) => {
    const { mail } = await previewOf(app.system, await found(request), parse(PreviewQuery, request.query));
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'private, no-store')
      .header('content-security-policy', LETTER_POLICY)
      .header('x-frame-options', 'SAMEORIGIN')
      .send(mail.html);
  });

  app.post(`${HOME}/:id/tests`, BACK_OFFICE, async (request, reply) => {
    const mailing = await found(request);
    return orAgain(
      request,
      async () => {
        await sendTest(db, signedIn(request), mailing.id, parse(TestWrite, posted(request)), clock());
        return goOn(reply, `${HOME}/${mailing.id}/preview`, 'mailingTested');
      },
      (errors, status) => showPreview(request, reply, mailing, errors, status),
    );
  });

  const showSchedule = async (
    request: FastifyRequest,
    reply: FastifyReply,
    mailing: Mailing,
    values: Record<string, string>,
    errors: FieldError[] = [],
    status = 200,
  ) =>
    sendPage(
      reply,
      <SchedulePage
        ctx={pageContext(request)}
        mailing={mailing}
        readiness={await readinessOf(db, mailing, clock())}
        values={values}
        errors={errors}
      />,
      status,
    );

  app.get(`${HOME}/:id/schedule`, BACK_OFFICE, async (request, reply) => showSchedule(request, reply, await found(request), {}));

  app.post(`${HOME}/:id/schedule`, BACK_OFFICE, async (request, reply) => {
    const mailing = await found(request);
    return orAgain(
      request,
      async () => {
        // A form that does not mention the box means that it is not ticked.
        const input = parse(ScheduleWrite, { quietHours: 'off', ...posted(request) });
        await scheduleMailing(db, signedIn(request), mailing.id, input, clock());
        return goOn(reply, `${HOME}/${mailing.id}`, 'mailingScheduled');
      },
      (errors, status) => showSchedule(request, reply, mailing, { quietHours: '', ...typedOf(request) }, errors, status),
    );
  });

  app.get(`${HOME}/templates`, BACK_OFFICE, async (request, reply) => {
    const viewer = signedIn(request);
    const templates = await templatesFor(db, viewer);
    const shown = templates.map((one) => ({ ...one, removable: !one.builtIn && mayKeepTemplate(viewer, one.networkId) }));
    return sendPage(reply, <TemplatesPage ctx={pageContext(request)} templates={shown} />);
  });

  app.post(`${HOME}/templates/:id/removal`, BACK_OFFICE, async (request, reply) => {
    await removeTemplate(db, signedIn(request), idOf(request), clock());
    return goOn(reply, `${HOME}/templates`, 'templateRemoved');
  });
}

function absent(error: unknown): null {
  if (error instanceof NotFound) return null;
  throw error;
}

// What was typed, as far as it has the shape of a text: the rest is told of as an error.
function asTyped({ texts, fallbacks, defaultLanguage }: { texts?: unknown; fallbacks?: unknown; defaultLanguage?: unknown }) {
  const isMap = (value: unknown): value is Record<string, never> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  return {
    ...(isMap(texts) ? { texts } : {}),
    ...(isMap(fallbacks) ? { fallbacks } : {}),
    ...(typeof defaultLanguage === 'string' ? { defaultLanguage } : {}),
  };
}
