import type { EventKind } from '../../db/tables/events.ts';
import { Layout } from '../layout.tsx';
import { formatInstant, formatMoney } from '../locales/format.ts';
import { readIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';

export interface EventCard {
  slug: string;
  kind: EventKind;
  title: Record<string, string>;
  summary: Record<string, string>;
  defaultLanguage: string;
  zone: string;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  venue: Record<string, string>;
  host: { name: string } | null;
  cancelledAt: Temporal.Instant | null;
}

/** Coming or past events, for everybody. */
export function EventsPage({
  ctx,
  events,
  next,
  past,
}: {
  ctx: PageContext;
  events: EventCard[];
  next: string | null;
  past: boolean;
}) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} title={past ? t('events.list.past') : t('events.list.title')} lead={t('events.list.lead')} hero>
      {events.length === 0 && <p>{t('events.list.none')}</p>}
      <ul class="events">
        {events.map((event) => (
          <li key={event.slug} class="event-card">
            <p class="kicker">{t(`events.kind.${event.kind}`)}</p>
            <h2>
              <a href={`/events/${event.slug}`}>
                <Text ctx={ctx} map={event.title} defaultLanguage={event.defaultLanguage} />
              </a>
            </h2>
            <p>
              <Range ctx={ctx} event={event} zone={event.zone} />
              {event.host && ` · ${event.host.name}`}
            </p>
          </li>
        ))}
      </ul>
      <ButtonRow>
        {next && (
          <ButtonLink kind="secondary" href={`/events?cursor=${encodeURIComponent(next)}${past ? '&past=on' : ''}`}>
            {t('events.list.next')}
          </ButtonLink>
        )}
        <ButtonLink kind="quiet" href={past ? '/events' : '/events?past=on'}>
          {past ? t('events.list.coming') : t('events.list.past')}
        </ButtonLink>
      </ButtonRow>
    </Layout>
  );
}

/** A text of the organiser's in the reader's language, or in another with its `lang`. */
function Text({ ctx, map, defaultLanguage }: { ctx: PageContext; map: Record<string, string>; defaultLanguage: string }) {
  const read = readIn(map, [ctx.language], defaultLanguage);
  return read ? <span lang={read.lang === ctx.language ? undefined : read.lang}>{read.text}</span> : null;
}

function Range({ ctx, event, zone }: { ctx: PageContext; event: Pick<EventCard, 'startsAt' | 'endsAt'>; zone: string }) {
  return (
    <>
      <time dateTime={event.startsAt.toString()}>{formatInstant(event.startsAt, ctx.language, zone)}</time> –{' '}
      <time dateTime={event.endsAt.toString()}>{formatInstant(event.endsAt, ctx.language, zone)}</time> ({zone})
    </>
  );
}

export interface EventView extends EventCard {
  description: Record<string, string>;
  address: string;
  currency: string;
  publishedAt: Temporal.Instant | null;
  registrationOpensAt: Temporal.Instant | null;
  places: { capacity: number; free: number };
  categories: { key: string; name: Record<string, string>; price: number; mine: boolean }[];
}

export interface RegisterForm {
  /** Why nobody may register now, in words; null when they may. */
  refusal: string | null;
  /** For whom: the organisations this person belongs to. */
  organisations: { id: string; name: string }[];
  typed: Record<string, string>;
  errors: FieldError[];
}

/** The event, and the form with which one person registers. */
export function EventPage({ ctx, event, form }: { ctx: PageContext; event: EventView; form: RegisterForm }) {
  const { t } = ctx;
  const title = readIn(event.title, [ctx.language], event.defaultLanguage);
  const summary = readIn(event.summary, [ctx.language], event.defaultLanguage);
  const description = readIn(event.description, [ctx.language], event.defaultLanguage);
  const head = (
    <>
      <meta name="description" content={summary?.text ?? ''} />
      <meta property="og:title" content={title?.text ?? ''} />
      <meta property="og:description" content={summary?.text ?? ''} />
      <meta property="og:type" content="website" />
      <meta property="og:url" content={`${ctx.publicUrl}/events/${event.slug}`} />
    </>
  );
  return (
    <Layout
      ctx={ctx}
      title={title?.text ?? event.slug}
      titleLang={title?.fallback ? title.lang : undefined}
      kicker={t(`events.kind.${event.kind}`)}
      lead={summary && <span lang={summary.lang}>{summary.text}</span>}
      hero
      width="text"
      errors={form.errors}
      head={head}
    >
      {event.cancelledAt && <Notice kind="error">{t('events.page.cancelled')}</Notice>}
      {!event.publishedAt && <Notice kind="warning">{t('events.page.draft')}</Notice>}
      {title?.fallback && <p class="hint">{t('events.page.fallback')}</p>}
      <dl class="facts">
        <dt>{t('events.page.when')}</dt>
        <dd>
          <Range ctx={ctx} event={event} zone={event.zone} />
          {ctx.zoneKnown && ctx.zone !== event.zone && (
            <p class="hint">{t('events.page.yourTime', { when: formatInstant(event.startsAt, ctx.language, ctx.zone) })}</p>
          )}
        </dd>
        <dt>{t('events.page.where')}</dt>
        <dd>
          <Text ctx={ctx} map={event.venue} defaultLanguage={event.defaultLanguage} /> {event.address}
        </dd>
        <dt>{t('events.page.places')}</dt>
        <dd>{t('events.page.left', { free: event.places.free, capacity: event.places.capacity })}</dd>
      </dl>
      {description && (
        <div lang={description.lang}>
          {description.text.split(/\n{2,}/).map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </div>
      )}
      <h2>{t('events.page.prices')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('events.page.category')}</th>
            <th scope="col">{t('events.page.price')}</th>
          </tr>
        </thead>
        <tbody>
          {event.categories.map((category) => (
            <tr key={category.key}>
              <td>
                <Text ctx={ctx} map={category.name} defaultLanguage={event.defaultLanguage} />
              </td>
              <td>{category.price > 0 ? formatMoney(category.price, event.currency, ctx.language) : t('events.page.free')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <a href={`/events/${event.slug}.ics`}>{t('events.page.calendar')}</a>
      </p>
      <Register ctx={ctx} event={event} form={form} />
    </Layout>
  );
}

function Register({ ctx, event, form }: { ctx: PageContext; event: EventView; form: RegisterForm }) {
  const { t } = ctx;
  if (form.refusal) {
    return (
      <section aria-labelledby="register">
        <h2 id="register">{t('registrations.form.closed')}</h2>
        <p>{form.refusal}</p>
        {event.registrationOpensAt && Temporal.Instant.compare(ctx.now, event.registrationOpensAt) < 0 && (
          <p>
            {t('registrations.form.opens', {
              when: `${formatInstant(event.registrationOpensAt, ctx.language, event.zone)} (${event.zone})`,
            })}
          </p>
        )}
      </section>
    );
  }
  const { typed, errors } = form;
  const categories = event.categories
    .filter((category) => category.mine)
    .map(({ key, name }) => ({ value: key, words: readIn(name, [ctx.language], event.defaultLanguage)?.text ?? key }));
  return (
    <section aria-labelledby="register">
      <h2 id="register">{t('registrations.form.title')}</h2>
      <PostForm action={`/events/${event.slug}/registrations`}>
        {!ctx.viewer && (
          <TextInput
            ctx={ctx}
            name="name"
            label={t('registrations.form.name')}
            value={typed.name}
            autocomplete="name"
            required
            maxlength={200}
            errors={errors}
          />
        )}
        {!ctx.viewer && (
          <TextInput
            ctx={ctx}
            name="email"
            type="email"
            label={t('registrations.form.email')}
            value={typed.email}
            autocomplete="email"
            required
            maxlength={254}
            errors={errors}
          />
        )}
        {form.organisations.length > 0 && (
          <Select
            ctx={ctx}
            name="organisationId"
            label={t('registrations.form.organisation')}
            value={typed.organisationId ?? form.organisations[0]?.id}
            empty={t('registrations.form.alone')}
            options={form.organisations.map(({ id, name }) => ({ value: id, words: name }))}
            errors={errors}
            unmarked
          />
        )}
        <Select
          ctx={ctx}
          name="category"
          label={t('registrations.form.category')}
          value={typed.category}
          options={categories}
          errors={errors}
          required
        />
        <Button>{t('registrations.form.send')}</Button>
      </PostForm>
    </section>
  );
}
