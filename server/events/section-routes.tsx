import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { z } from 'zod';
import { asHidden, type Values } from '../../web/events/form-values.ts';
import { LanguagesPage } from '../../web/events/languages-page.tsx';
import { NewEventPage } from '../../web/events/new-event-page.tsx';
import { FORM_SECTIONS, type FormSection, SectionPage } from '../../web/events/section-page.tsx';
import { countryName } from '../../web/locales/format.ts';
import { translator } from '../../web/locales/translate.ts';
import { ConfirmPage } from '../../web/ui/confirm-page.tsx';
import { isSecretariat } from '../accounts/access.ts';
import { Invalid, NotFound } from '../errors.ts';
import { formsSeenBy } from '../forms/access.ts';
import { formsList } from '../forms/queries.ts';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { networkChoices } from '../organisations/networks.ts';
import { changeEvent, createEvent, holdEvent, isMove } from './actions.ts';
import { managedOrMoved } from './found.ts';
import { called, organisationNames, organisationTyped } from './hosts.ts';
import { type EventChange, EventWrite } from './input.ts';
import { livingRegistrations } from './office.ts';
import type { EventDetails } from './queries.ts';
import { createsEvents, mayCreate } from './rules.ts';
import {
  AboutForm,
  Confirmed,
  LanguageForm,
  NewEventForm,
  PlacesForm,
  PricesForm,
  RegistrationForm,
  TextsForm,
  WhenForm,
  WhereForm,
} from './sections.ts';
import { createSeries, seriesChoices } from './series.ts';
import { writtenOf } from './written.ts';

type BySlug = { Params: { slug: string } };
const office = { config: { audience: 'back-office' }, schema: { hide: true } } as const;

const FORMS: Record<Exclude<FormSection, 'about'>, z.ZodType<EventChange>> = {
  texts: TextsForm,
  when: WhenForm,
  where: WhereForm,
  registration: RegistrationForm,
  places: PlacesForm,
  prices: PricesForm,
};

/** The pages on which an event is written: a new one, and the parts of one that is there. */
export function sectionRoutes(app: FastifyInstance): void {
  const { db, clock, config } = app.system;

  const newPage = async (
    request: FastifyRequest,
    reply: FastifyReply,
    values: Values,
    errors: FormError[] = [],
    status = 200,
  ) => {
    const viewer = signedIn(request);
    if (!createsEvents(viewer)) throw new NotFound();
    const networks = (await networkChoices(db, viewer)).filter((network) => mayCreate(viewer, network.id));
    const data = { values, networks, anyNetwork: isSecretariat(viewer), errors };
    return sendPage(reply, <NewEventPage ctx={pageContext(request)} {...data} />, status);
  };

  app.get('/back-office/events/new', office, (request, reply) =>
    newPage(request, reply, { language: request.language, languages: [], zone: request.viewer?.zone ?? config.defaultZone }),
  );

  app.post('/back-office/events/new', office, (request, reply) =>
    orAgain(
      request,
      async () => {
        const { title, language, languages, otherLanguages, ...form } = parse(NewEventForm, request.body);
        const others = otherLanguages.split(/[\s,;]+/).filter(Boolean);
        const written = { ...form, starts: form.starts.toString(), ends: form.ends.toString(), title: { [language]: title } };
        const event = parsedLanguages({ ...written, languages: [language, ...languages, ...others] });
        const slug = await createEvent(db, signedIn(request), event, clock());
        return goOn(reply, `/back-office/events/${slug}`, 'eventCreated');
      },
      (errors, status) => newPage(request, reply, posted(request), errors, status),
    ),
  );

  const sectionPage = async (
    request: FastifyRequest,
    reply: FastifyReply,
    event: EventDetails,
    section: FormSection,
    values: Values,
    errors: FormError[] = [],
    status = 200,
  ) => {
    const choices = await choicesFor(request, section, event);
    const data = { event, section, values, choices, errors };
    return sendPage(reply, <SectionPage ctx={pageContext(request)} {...data} />, status);
  };

  async function choicesFor(request: FastifyRequest, section: FormSection, event: EventDetails) {
    const viewer = signedIn(request);
    const [networks, series, forms, organisations] = await Promise.all([
      section === 'about' ? networkChoices(db, viewer) : [],
      section === 'about' ? seriesChoices(db, viewer) : [],
      section === 'registration' ? formsList(db, formsSeenBy(viewer), { search: '', limit: 200 }) : [],
      section === 'about' ? organisationNames(db) : [],
    ]);
    const own = event.network && event.networkId ? [{ id: event.networkId, name: event.network.name }] : [];
    const ownSeries = event.series && event.seriesId ? [{ id: event.seriesId, name: event.series.name }] : [];
    const without = <Row extends { id: string }>(rows: Row[], mine: { id: string }[]) =>
      rows.filter((row) => !mine.some((one) => one.id === row.id));
    return {
      networks: [...own, ...without(networks, own).filter((network) => mayCreate(viewer, network.id))],
      anyNetwork: isSecretariat(viewer) || event.networkId === null,
      series: [...ownSeries, ...without(series, ownSeries)],
      forms: forms.filter((form) => form.kind === 'registration'),
      organisations,
    };
  }

  for (const section of FORM_SECTIONS) {
    app.get<BySlug>(`/back-office/events/:slug/${section}`, office, async (request, reply) => {
      const event = await managedOrMoved(request, reply, `/${section}`);
      return event ? sectionPage(request, reply, event, section, valuesOf(event, request.language)) : reply;
    });

    app.post<BySlug>(`/back-office/events/:slug/${section}`, office, async (request, reply) => {
      const event = await managedOrMoved(request, reply);
      if (!event) return reply;
      return orAgain(
        request,
        async () => {
          const change = section === 'about' ? await aboutChange(request, event) : parse(FORMS[section], request.body);
          const asked = await consequence(request, event, section, change);
          if (asked) return sendPage(reply, asked);
          const slug = await changeEvent(db, signedIn(request), event.slug, change, clock());
          return goOn(reply, `/back-office/events/${slug}`, 'saved');
        },
        (errors, status) => sectionPage(request, reply, event, section, posted(request), errors, status),
      );
    });
  }

  async function aboutChange(request: FastifyRequest, event: EventDetails): Promise<EventChange> {
    const { host, seriesId, seriesName, ...form } = parse(AboutForm, request.body);
    const same = event.host !== null && host === called(event.host);
    const hostOrganisationId = same ? event.hostOrganisationId : host ? (await organisationTyped(db, host, 'host')).id : null;
    if (seriesId !== 'new') return { ...form, hostOrganisationId, seriesId: seriesId ?? null };
    if (!seriesName) throw new Invalid([{ path: 'seriesName', code: 'required' }]);
    const made = await createSeries(db, signedIn(request), { [event.defaultLanguage]: seriesName });
    return { ...form, hostOrganisationId, seriesId: made.id };
  }

  // A new time or place reaches everybody who is registered: that is said before it happens. The page and not the reply: a reply
  // that is awaited becomes undefined once it is sent, and whoever asked would go on.
  async function consequence(
    request: FastifyRequest,
    event: EventDetails,
    section: FormSection,
    change: EventChange,
  ): Promise<VNode | undefined> {
    if (!event.publishedAt || (section !== 'when' && section !== 'where')) return undefined;
    if (parse(Confirmed, request.body).confirmed) return undefined;
    const before = writtenOf(event);
    const after = { ...before, ...change };
    holdEvent(after);
    if (!isMove(before, after)) return undefined;
    const { confirmed, waiting, pending } = await livingRegistrations(db, event.id);
    const told = confirmed + waiting + pending;
    if (told === 0) return undefined;
    const t = translator(request.language);
    const path = `/back-office/events/${event.slug}/${section}`;
    return (
      <ConfirmPage
        ctx={pageContext(request)}
        title={t('events.move.title')}
        consequence={t('events.move.consequence', { n: told })}
        kept={[t('events.move.kept')]}
        action={path}
        hidden={{ ...asHidden(posted(request)), confirmed: 'on' }}
        go={t('events.move.go', { n: told })}
        back={path}
      />
    );
  }

  languageRoutes(app);
}

// What comes of languages typed together is one field to the person who typed them.
function parsedLanguages(event: Record<string, unknown>): EventWrite {
  try {
    return parse(EventWrite, event);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const known = error.errors.map((one) => (one.path.startsWith('languages.') ? { ...one, path: 'otherLanguages' } : one));
    throw new Invalid(known);
  }
}

function valuesOf(event: EventDetails, language: string): Values {
  return {
    ...writtenOf(event),
    slug: event.slug,
    host: event.host ? called(event.host) : '',
    reducedCountries: event.reducedCountries.map((code) => countryName(code, language)).join(', '),
  };
}

function languageRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;
  const path = (event: EventDetails) => `/back-office/events/${event.slug}/languages`;

  app.get<BySlug>('/back-office/events/:slug/languages', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/languages');
    return event ? sendPage(reply, <LanguagesPage ctx={pageContext(request)} event={event} />) : reply;
  });

  app.post<BySlug>('/back-office/events/:slug/languages', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply);
    if (!event) return reply;
    return orAgain(
      request,
      async () => {
        const { language } = parse(LanguageForm, request.body);
        const languages = [...writtenOf(event).languages, language];
        await changeEvent(db, signedIn(request), event.slug, { languages: [...new Set(languages)] }, clock());
        return goOn(reply, path(event), 'saved');
      },
      (errors, status) => {
        const typed = String(posted(request).language ?? '').slice(0, 100);
        return sendPage(reply, <LanguagesPage ctx={pageContext(request)} event={event} typed={typed} errors={errors} />, status);
      },
    );
  });

  type ByLanguage = { Params: { slug: string; tag: string } };
  const change = (noun: string, next: (languages: string[], tag: string) => string[]) =>
    app.post<ByLanguage>(`/back-office/events/:slug/languages/:tag/${noun}`, office, async (request, reply) => {
      const event = await managedOrMoved(request, reply);
      if (!event) return reply;
      if (!event.languages.includes(request.params.tag)) throw new NotFound();
      return orAgain(
        request,
        async () => {
          const languages = next(writtenOf(event).languages, request.params.tag);
          await changeEvent(db, signedIn(request), event.slug, { languages }, clock());
          return goOn(reply, path(event), 'saved');
        },
        (errors, status) => sendPage(reply, <LanguagesPage ctx={pageContext(request)} event={event} errors={errors} />, status),
      );
    });
  // Texts in a language that is taken away stay where they are and come back with it.
  change('removal', (languages, tag) => languages.filter((one) => one !== tag));
  change('main', (languages, tag) => [tag, ...languages.filter((one) => one !== tag)]);
}
