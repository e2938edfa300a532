import { missing } from '../../server/events/completeness.ts';
import { KINDS, OFFICE_SORTS, OFFICE_STATES, type OfficeFilter } from '../../server/events/input.ts';
import type { OfficeEvent } from '../../server/events/office.ts';
import type { EventChoices } from '../../server/events/queries.ts';
import { stateOf } from '../../server/events/rules.ts';
import type { Page } from '../../server/http/cursor.ts';
import { Layout } from '../layout.tsx';
import { countryName } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { type Filter, ListTools } from '../ui/list-tools.tsx';
import { Exports, ListCount, Pager } from '../ui/pager.tsx';
import { at, queryOf } from '../ui/query.ts';
import { type Column, Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { Happened } from '../ui/when.tsx';
import { StateTag, titleOf } from './office-frame.tsx';
import { days } from './words.ts';

export interface OfficeEventsPageProps {
  ctx: PageContext;
  page: Page<OfficeEvent>;
  total: number;
  most: number;
  filter: OfficeFilter;
  choices: Pick<EventChoices, 'countries' | 'networks'>;
  years: number[];
  mayCreate: boolean;
  later: boolean;
  errors?: FieldError[];
}

const PATH = '/back-office/events';

/** The events somebody runs, with what each of them needs. */
export function OfficeEventsPage(props: OfficeEventsPageProps) {
  const { ctx, page, total, most, filter, mayCreate, later, errors = [] } = props;
  const { t } = ctx;
  const query = queryOf(filter);
  const create = mayCreate && <ButtonLink href={`${PATH}/new`}>{t('events.new.title')}</ButtonLink>;
  return (
    <Layout
      ctx={ctx}
      title={t('events.list.title')}
      errors={errors}
      actions={create}
      breadcrumbs={[{ words: t('ui.nav.backOffice'), href: '/back-office' }]}
    >
      <ListTools ctx={ctx} action={PATH} search={filter.q} filters={filtersOf(props)} hidden={{ sort: filter.sort }} />
      <div data-list>
        <ListCount ctx={ctx} total={total} most={most} />
        {page.items.length === 0 ? (
          <EmptyState title={query ? t('events.list.noneFound') : t('events.office.none')} action={!query && create} />
        ) : (
          <Table
            ctx={ctx}
            caption={t('events.list.title')}
            captionUnseen
            rows={page.items}
            rowKey={(event) => event.slug}
            columns={columnsOf(ctx, filter)}
          />
        )}
        <Pager
          ctx={ctx}
          first={later ? at(PATH, query) : null}
          next={page.next && `${PATH}?${query ? `${query}&` : ''}cursor=${encodeURIComponent(page.next)}`}
        />
        {total > 0 && <Exports ctx={ctx} path={PATH} query={query} />}
      </div>
    </Layout>
  );
}

function filtersOf({ ctx, filter, choices, years }: OfficeEventsPageProps): Filter[] {
  const { t, language } = ctx;
  return [
    {
      name: 'state',
      label: t('events.office.state'),
      value: filter.state,
      options: OFFICE_STATES.map((state) => ({ value: state, words: t(`events.state.${state}`) })),
    },
    {
      name: 'kind',
      label: t('events.list.kind'),
      value: filter.kind,
      options: KINDS.map((kind) => ({ value: kind, words: t(`events.kind.${kind}`) })),
    },
    {
      name: 'network',
      label: t('events.page.network'),
      value: filter.network,
      options: choices.networks.map(({ slug, name }) => ({ value: slug, words: textIn(name, [language, 'en']) })),
    },
    {
      name: 'country',
      label: t('events.list.country'),
      value: filter.country,
      options: [...new Set([...choices.countries, ...(filter.country ? [filter.country] : [])])].map((code) => ({
        value: code,
        words: countryName(code, language),
      })),
    },
    {
      name: 'year',
      label: t('events.office.year'),
      value: filter.year === undefined ? undefined : String(filter.year),
      options: [...new Set([...years, ...(filter.year ? [filter.year] : [])])].map((year) => ({
        value: String(year),
        words: String(year),
      })),
    },
  ];
}

function columnsOf(ctx: PageContext, filter: OfficeFilter): Column<OfficeEvent>[] {
  const { t } = ctx;
  const sort = filter.sort ?? '-starts';
  const sortedBy = (next: (typeof OFFICE_SORTS)[number]) => at(PATH, queryOf({ ...filter, sort: next }));
  return [
    {
      key: 'title',
      words: t('events.office.event'),
      cell: (event) => {
        const title = titleOf(ctx, event);
        return (
          <span class="category">
            <a href={`${PATH}/${event.slug}`} lang={title.lang}>
              {title.text}
            </a>
            <small>
              {[
                t(`events.kind.${event.kind}`),
                event.host?.name,
                event.network && textIn(event.network.name, [ctx.language, 'en']),
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </span>
        );
      },
    },
    {
      key: 'starts',
      words: t('events.page.when'),
      sortHref: sortedBy(sort === '-starts' ? 'starts' : '-starts'),
      sorted: sort === '-starts' ? 'descending' : sort === 'starts' ? 'ascending' : undefined,
      cell: (event) => days(event, ctx.language),
    },
    { key: 'state', words: t('events.office.state'), cell: (event) => <StateTag ctx={ctx} state={stateOf(event, ctx.now)} /> },
    { key: 'confirmed', words: t('events.number.confirmed'), number: true, cell: (event) => event.confirmed },
    {
      key: 'places',
      words: t('events.number.free'),
      number: true,
      cell: (event) => `${event.places.free} / ${event.places.capacity}`,
    },
    { key: 'needs', words: t('events.office.needs'), cell: (event) => <Needs ctx={ctx} event={event} /> },
    {
      key: 'changed',
      words: t('events.office.changed'),
      sortHref: sortedBy('-changed'),
      sorted: sort === '-changed' ? 'descending' : undefined,
      cell: (event) => <Happened ctx={ctx} at={event.updatedAt} style="date" />,
    },
  ];
}

/** What of an event waits for somebody. */
export function Needs({ ctx, event }: { ctx: PageContext; event: OfficeEvent }) {
  const { t } = ctx;
  const over = Temporal.Instant.compare(event.endsAt, ctx.now) < 0;
  if (event.cancelledAt || over) return <>–</>;
  const blocking = event.publishedAt ? 0 : missing(event).filter((item) => item.blocks).length;
  const needs = [
    blocking > 0 && <Tag tone="bad">{t('events.office.needed', { n: blocking })}</Tag>,
    event.pending > 0 && <Tag tone="wait">{t('events.office.toApprove', { n: event.pending })}</Tag>,
    event.waitingPeople > 0 && <Tag tone="wait">{t('events.office.waiting', { n: event.waitingPeople })}</Tag>,
    event.publishedAt !== null && event.places.capacity > 0 && event.places.free === 0 && (
      <Tag tone="new">{t('events.page.full')}</Tag>
    ),
  ].filter(Boolean);
  return needs.length === 0 ? <>–</> : <span class="row-actions">{needs}</span>;
}
