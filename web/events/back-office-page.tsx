import { missing } from '../../server/events/completeness.ts';
import type { OfficeEvent } from '../../server/events/office.ts';
import { stateOf } from '../../server/events/rules.ts';
import { Layout } from '../layout.tsx';
import type { PageContext } from '../page.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Card, Cards, Progress } from '../ui/facts.tsx';
import { StateTag, titleOf } from './office-frame.tsx';
import { days } from './words.ts';

export interface BackOfficePageProps {
  ctx: PageContext;
  events: OfficeEvent[];
  mayCreate: boolean;
}

interface Todo {
  event: OfficeEvent;
  words: string;
  href: string;
}

const MOST_TODO = 40;
const MOST_COMING = 9;

/** What needs whoever runs events today, then what comes next. */
export function BackOfficePage({ ctx, events, mayCreate }: BackOfficePageProps) {
  const { t } = ctx;
  const create = mayCreate && <ButtonLink href="/back-office/events/new">{t('events.new.title')}</ButtonLink>;
  const todo = events.flatMap((event) => todoOf(ctx, event));
  return (
    <Layout ctx={ctx} title={t('ui.nav.backOffice')} actions={create}>
      <nav aria-label={t('ui.nav.backOffice')}>
        <ul class="inline-list">
          <li>
            <a href="/back-office/events">{t('events.office.all')}</a>
          </li>
          <li>
            <a href="/back-office/calls">{t('callsOffice.list.title')}</a>
          </li>
          <li>
            <a href="/back-office/forms">{t('events.office.forms')}</a>
          </li>
          <li>
            <a href="/back-office/questionnaires">{t('questionnaires.list.title')}</a>
          </li>
          <li>
            <a href="/back-office/mailings">{t('mailings.list.title')}</a>
          </li>
          {ctx.nav.reports && (
            <li>
              <a href="/back-office/activities">{t('activities.moderate.title')}</a>
            </li>
          )}
          {ctx.nav.reports && (
            <li>
              <a href="/back-office/reports">{t('reports.title')}</a>
            </li>
          )}
          {ctx.nav.secretariat && (
            <li>
              <a href="/back-office/mail">{t('sends.desk.title')}</a>
            </li>
          )}
          <li>
            <a href="/organisations">{t('organisations.list.title')}</a>
          </li>
        </ul>
      </nav>
      <section aria-labelledby="todo">
        <h2 id="todo">{t('events.today.title')}</h2>
        {todo.length === 0 ? (
          <EmptyState title={t('events.today.nothing')} />
        ) : (
          <ul class="todo">
            {todo.slice(0, MOST_TODO).map(({ event, words, href }) => {
              const title = titleOf(ctx, event);
              return (
                <li key={`${href} ${words}`}>
                  <span lang={title.lang}>
                    <a href={`/back-office/events/${event.slug}`}>{title.text}</a>
                  </span>
                  <a href={href}>{words}</a>
                </li>
              );
            })}
          </ul>
        )}
      </section>
      <section aria-labelledby="coming">
        <h2 id="coming">{t('events.list.coming')}</h2>
        {events.length === 0 ? (
          <EmptyState title={t('events.office.none')} action={create} />
        ) : (
          <Cards>
            {events.slice(0, MOST_COMING).map((event) => {
              const title = titleOf(ctx, event);
              return (
                <Card
                  key={event.slug}
                  title={title.text}
                  lang={title.lang}
                  href={`/back-office/events/${event.slug}`}
                  kicker={<StateTag ctx={ctx} state={stateOf(event, ctx.now)} />}
                >
                  <p>{days(event, ctx.language)}</p>
                  <Progress
                    ctx={ctx}
                    label={t('events.number.taken')}
                    value={event.places.capacity - event.places.free}
                    total={event.places.capacity}
                  />
                </Card>
              );
            })}
          </Cards>
        )}
      </section>
    </Layout>
  );
}

function todoOf(ctx: PageContext, event: OfficeEvent): Todo[] {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}`;
  const blocking = missing(event).filter((item) => item.blocks).length;
  const full = event.places.capacity > 0 && event.places.free === 0;
  const lines: (Todo | false)[] = [
    !event.publishedAt && {
      event,
      words: blocking > 0 ? t('events.today.draftMissing', { n: blocking }) : t('events.today.draftReady'),
      href: `${path}/publication`,
    },
    event.pending > 0 && {
      event,
      words: t('events.today.pending', { n: event.pending }),
      href: `${path}/registrations?state=pending`,
    },
    event.waitingPeople > 0 && {
      event,
      words: t('events.today.waiting', { n: event.waitingPeople }),
      href: `${path}/waiting-list`,
    },
    event.publishedAt !== null && full && { event, words: t('events.today.full'), href: `${path}/places` },
  ];
  return lines.filter((line) => line !== false);
}
