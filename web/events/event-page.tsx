import type { EventDetails } from '../../server/events/queries.ts';
import type { Edition } from '../../server/events/series.ts';
import { Layout } from '../layout.tsx';
import { formatInstant, languageName, languageWithin } from '../locales/format.ts';
import { LANGUAGES, type Language } from '../locales/languages.ts';
import { readIn, textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { ButtonLink } from '../ui/button.tsx';
import { LangText, Markdown } from '../ui/content.tsx';
import { Notice } from '../ui/notice.tsx';
import { EventFacts } from './event-facts.tsx';
import { PriceTable } from './price-table.tsx';
import { type RegisterForm, RegisterSection } from './register-section.tsx';
import { asScript, structuredData } from './structured-data.ts';
import { days } from './words.ts';

export interface EventView extends Omit<EventDetails, 'categories'> {
  /** How many digits the currency's minor unit has. */
  currencyDigits: number;
  categories: (EventDetails['categories'][number] & {
    /** What it costs who joins now, without a reduction. */
    price: number;
    /** Whether it is for this reader. */
    mine: boolean;
  })[];
}

export interface EventPageProps {
  ctx: PageContext;
  event: EventView;
  /** The description as safe HTML, with its language. */
  description: { html: string; lang: string } | null;
  /** The language of the content that the reader asked for, when it is not the interface's. */
  reading: string | null;
  editions: Edition[];
  form: RegisterForm;
  /** Whether this reader runs the event. */
  mayManage: boolean;
  /** Whether a programme has been released. */
  programme: boolean;
  /** Whether there are visits that are given out. */
  visits: boolean;
}

/** The event for everybody: what, when, where, what it costs, what is left, and one action. */
export function EventPage(props: EventPageProps) {
  const { ctx, event, form, editions, description, reading, mayManage } = props;
  const { t } = ctx;
  const preferred = reading ? [reading, ctx.language] : [ctx.language];
  const title = readIn(event.title, preferred, event.defaultLanguage);
  const summary = readIn(event.summary, preferred, event.defaultLanguage);
  const kicker = [
    t(`events.kind.${event.kind}`),
    event.edition && t('events.page.edition', { n: event.edition }),
    event.network && textIn(event.network.name, [ctx.language, 'en']),
  ].filter(Boolean);
  return (
    <Layout
      ctx={ctx}
      title={title?.text ?? event.slug}
      titleLang={title && title.lang !== ctx.language ? title.lang : undefined}
      kicker={kicker.join(' · ')}
      lead={
        <>
          {summary && <span lang={summary.lang === ctx.language ? undefined : summary.lang}>{summary.text}</span>}
          <span class="hero-when">
            {days(event, ctx.language)}
            {event.host && ` · ${event.host.name}`}
          </span>
        </>
      }
      actions={
        <>
          {!form.refusal && (
            <ButtonLink href="#register" kind="primary">
              {t('registrations.form.title')}
            </ButtonLink>
          )}
          {props.programme && (
            <ButtonLink href={`/events/${event.slug}/programme`} kind="secondary">
              {t('programme.public.title')}
            </ButtonLink>
          )}
          {props.visits && (
            <ButtonLink href={`/events/${event.slug}/visits`} kind="secondary">
              {t('studyVisits.title')}
            </ButtonLink>
          )}
        </>
      }
      hero
      head={<Head {...props} title={title?.text ?? event.slug} summary={summary?.text ?? ''} />}
    >
      <States ctx={ctx} event={event} mayManage={mayManage} />
      <Languages ctx={ctx} event={event} reading={reading} fallback={title?.fallback ? title.lang : null} />
      <div class="event">
        <aside class="event-aside" aria-label={t('events.page.facts')}>
          <EventFacts ctx={ctx} event={event} />
        </aside>
        <div class="event-main">
          {description && (
            <section aria-labelledby="about">
              <h2 id="about">{t('events.page.about')}</h2>
              <Markdown html={description.html} lang={description.lang === ctx.language ? undefined : description.lang} />
            </section>
          )}
          <PriceTable ctx={ctx} event={event} />
          <RegisterSection ctx={ctx} event={event} form={form} />
          <Editions ctx={ctx} event={event} editions={editions} />
        </div>
      </div>
    </Layout>
  );
}

const LOCALES: Record<Language, string> = { en: 'en_GB', fr: 'fr_FR', es: 'es_ES', pt: 'pt_PT' };

function Head({ ctx, event, title, summary }: EventPageProps & { title: string; summary: string }) {
  const url = `${ctx.publicUrl}/events/${event.slug}`;
  const also = LANGUAGES.filter((language) => event.languages.includes(language));
  return (
    <>
      <meta name="description" content={summary} />
      {!event.publishedAt && <meta name="robots" content="noindex" />}
      <link rel="canonical" href={url} />
      {also.map((language) => (
        <link key={language} rel="alternate" hreflang={language} href={`${url}?lang=${language}`} />
      ))}
      <link rel="alternate" hreflang="x-default" href={url} />
      <link rel="alternate" type="text/calendar" href={`${url}.ics`} title={title} />
      <link rel="alternate" type="application/json" href={`${ctx.publicUrl}/api/events/${event.slug}`} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={summary} />
      <meta property="og:type" content="website" />
      <meta property="og:url" content={url} />
      <meta property="og:site_name" content={ctx.installationName} />
      <meta property="og:locale" content={LOCALES[ctx.language]} />
      {also
        .filter((language) => language !== ctx.language)
        .map((language) => (
          <meta key={language} property="og:locale:alternate" content={LOCALES[language]} />
        ))}
      <meta name="twitter:card" content="summary" />
      <script
        type="application/ld+json"
        dangerouslySetInnerHTML={{
          __html: asScript(
            structuredData(event, { url, language: ctx.language, installation: ctx.installationName, now: ctx.now }),
          ),
        }}
      />
    </>
  );
}

function States({ ctx, event, mayManage }: Pick<EventPageProps, 'ctx' | 'event' | 'mayManage'>) {
  const { t } = ctx;
  const office = `/back-office/events/${event.slug}`;
  return (
    <>
      {event.cancelledAt && (
        <Notice kind="error" title={t('events.page.cancelled')}>
          <p>
            <LangText ctx={ctx} map={event.cancellationReason} defaultLanguage={event.defaultLanguage} />
          </p>
        </Notice>
      )}
      {!event.publishedAt && (
        <Notice kind="warning" title={t('events.page.draft')}>
          <p>
            <a href={office}>{t('events.page.manage')}</a>
          </p>
        </Notice>
      )}
      {event.publishedAt && mayManage && (
        <p class="event-manage">
          <ButtonLink href={office} kind="secondary" small>
            {t('events.page.manage')}
          </ButtonLink>
        </p>
      )}
    </>
  );
}

// In which languages the organisers wrote, beyond the one the reader sees; and that this one is not theirs.
function Languages({
  ctx,
  event,
  reading,
  fallback,
}: Pick<EventPageProps, 'ctx' | 'event' | 'reading'> & { fallback: string | null }) {
  const shown = reading ?? (event.languages.includes(ctx.language) ? ctx.language : (fallback ?? event.defaultLanguage));
  const others = event.languages.filter((tag) => tag !== shown);
  if (others.length === 0 && !fallback) return null;
  const { t } = ctx;
  return (
    <nav class="reading" aria-label={t('events.page.languages')}>
      {fallback && <p>{t('events.page.fallback', { language: languageWithin(fallback, ctx.language) })}</p>}
      {others.length > 0 && (
        <ul class="inline-list">
          <li aria-hidden="true">{t('events.page.readIn')}</li>
          {others.map((tag) => (
            <li key={tag}>
              <a href={`/events/${event.slug}?${isInterface(tag) ? 'lang' : 'text'}=${tag}`} lang={tag} hreflang={tag}>
                {languageName(tag, tag)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </nav>
  );
}

const isInterface = (tag: string) => LANGUAGES.some((language) => language === tag);

function Editions({ ctx, event, editions }: Pick<EventPageProps, 'ctx' | 'event' | 'editions'>) {
  if (editions.length === 0) return null;
  return (
    <section aria-labelledby="editions">
      <h2 id="editions">{ctx.t('events.page.editions')}</h2>
      <ul>
        {editions.map((edition) => (
          <li key={edition.slug}>
            <a href={`/events/${edition.slug}`}>
              <LangText ctx={ctx} map={edition.title} defaultLanguage={edition.defaultLanguage} />
              {edition.edition && ` (${ctx.t('events.page.edition', { n: edition.edition })})`}
            </a>
            {' · '}
            {[edition.host, formatInstant(edition.startsAt, ctx.language, edition.zone, 'month')].filter(Boolean).join(', ')}
          </li>
        ))}
      </ul>
      {event.series && (
        <p>
          <a href={`/events?past=on&series=${event.series.slug}`}>{ctx.t('events.page.allEditions')}</a>
        </p>
      )}
    </section>
  );
}
