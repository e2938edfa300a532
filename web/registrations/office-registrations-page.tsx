import type { EntryAnswer } from '../../server/calendars/queries.ts';
import type { EventDetails } from '../../server/events/queries.ts';
import type { Definition } from '../../server/forms/definition.ts';
import { choicesOf } from '../../server/forms/walk.ts';
import type { Page } from '../../server/http/cursor.ts';
import { BULK_ACTIONS, type RegistrationFilter, STATES } from '../../server/registrations/input.ts';
import { LIST_COLUMNS, type ListColumn } from '../../server/registrations/office-columns.ts';
import type { RegistrationRow } from '../../server/registrations/queries.ts';
import { AnswerTag } from '../calendars/answers-page.tsx';
import { OfficeFrame } from '../events/office-frame.tsx';
import { countryName } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { BulkBar } from '../ui/bulk-bar.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Checkbox, CheckboxList } from '../ui/choice.tsx';
import { Money } from '../ui/content.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { type Filter, ListTools } from '../ui/list-tools.tsx';
import { Exports, ListCount, Pager } from '../ui/pager.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { at, queryOf } from '../ui/query.ts';
import { type Column, Table } from '../ui/table.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { Tag } from '../ui/tag.tsx';
import { Unfold } from '../ui/unfold.tsx';
import { Happened } from '../ui/when.tsx';
import { TONES } from './registration-page.tsx';

export interface OfficeRegistrationsPageProps {
  ctx: PageContext;
  event: EventDetails;
  page: Page<RegistrationRow>;
  total: number;
  most: number;
  counts: Partial<Record<(typeof STATES)[number], number>>;
  filter: RegistrationFilter;
  choices: { countries: string[]; organisations: { id: string; name: string }[] };
  definition: Definition | null;
  columns: readonly ListColumn[];
  /** What the calendar programs of those on this page answered. */
  calendarAnswers: Map<string, EntryAnswer>;
  later: boolean;
  errors?: FieldError[];
}

/** Who is registered for an event: found, sorted, chosen, and acted on together. */
export function OfficeRegistrationsPage(props: OfficeRegistrationsPageProps) {
  const { ctx, event, page, total, most, filter, columns, later, errors = [] } = props;
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/registrations`;
  const query = queryOf(filter);
  const add = (
    <>
      <ButtonLink href={`${path}/new`}>{t('registrationsOffice.list.add')}</ButtonLink>
      <ButtonLink href={`/back-office/events/${event.slug}/calendar-answers`} kind="quiet">
        {t('calendars.answers.title')}
      </ButtonLink>
    </>
  );
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={t('registrationsOffice.tab.registrations')}
      lead={t('registrationsOffice.list.lead')}
      tab="registrations"
      actions={add}
      errors={errors}
    >
      <States {...props} path={path} />
      <ListTools
        ctx={ctx}
        action={path}
        search={filter.q}
        searchLabel={t('registrationsOffice.list.search')}
        filters={filtersOf(props)}
        hidden={{ sort: filter.sort, state: filter.state }}
      />
      <div data-list>
        <ListCount ctx={ctx} total={total} most={most} />
        {page.items.length === 0 ? (
          <EmptyState title={query ? t('registrationsOffice.list.noneFound') : t('registrationsOffice.list.none')} />
        ) : (
          <PostForm action={`${path}/bulk`} hidden={{ query }}>
            <Table
              ctx={ctx}
              caption={t('registrationsOffice.tab.registrations')}
              captionUnseen
              rows={page.items}
              rowKey={(row) => row.id}
              columns={columnsOf(props, path)}
              select={{ name: 'ids', rowName: (row) => row.person.name }}
            />
            {(page.next !== null || later) && (
              <Checkbox
                ctx={ctx}
                name="everyOne"
                label={t('registrationsOffice.list.everyOne', { n: Math.min(total, most) })}
                unmarked
              />
            )}
            <BulkBar
              ctx={ctx}
              actions={BULK_ACTIONS.map((action) => ({ value: action, words: t(`registrationsOffice.bulk.${action}`) }))}
            />
          </PostForm>
        )}
        <Pager
          ctx={ctx}
          first={later ? at(path, query) : null}
          next={page.next && `${path}?${query ? `${query}&` : ''}cursor=${encodeURIComponent(page.next)}`}
        />
        {total > 0 && <Exports ctx={ctx} path={path} query={query} />}
        {total > 0 && props.definition && (
          <Exports
            ctx={ctx}
            path={path}
            query={`${query && `${query}&`}answers=codes`}
            label={t('registrationsOffice.list.exportCodes')}
          />
        )}
      </div>
      <ColumnChoice ctx={ctx} path={path} filter={filter} columns={columns} />
    </OfficeFrame>
  );
}

function States({ ctx, counts, filter, path }: OfficeRegistrationsPageProps & { path: string }) {
  const { t } = ctx;
  const states = STATES.filter((state) => state !== 'draft');
  const to = (state?: string) => at(path, queryOf({ ...filter, state }));
  return (
    <Tabs
      ctx={ctx}
      label={t('registrationsOffice.list.state')}
      tabs={[
        { href: to(), words: t('registrationsOffice.list.all'), current: filter.state === undefined },
        ...states.map((state) => ({
          href: to(state),
          words: t(`registrations.state.${state}`),
          count: counts[state] ?? 0,
          current: filter.state === state,
        })),
      ]}
    />
  );
}

function filtersOf({ ctx, event, filter, choices, definition }: OfficeRegistrationsPageProps): Filter[] {
  const { t, language } = ctx;
  const filters: Filter[] = [
    {
      name: 'category',
      label: t('registrationsOffice.list.category'),
      value: filter.category,
      options: event.categories.map(({ key, name }) => ({
        value: key,
        words: textIn(name, [language], event.defaultLanguage) || key,
      })),
    },
    {
      name: 'organisation',
      label: t('registrationsOffice.list.organisation'),
      value: filter.organisation,
      options: choices.organisations.map(({ id, name }) => ({ value: id, words: name })),
    },
    {
      name: 'country',
      label: t('registrationsOffice.list.country'),
      value: filter.country,
      options: choices.countries.map((code) => ({ value: code, words: countryName(code, language) })),
    },
    {
      name: 'paid',
      label: t('registrationsOffice.list.money'),
      value: filter.paid,
      options: [
        { value: 'yes', words: t('registrationsOffice.list.moneyYes') },
        { value: 'over', words: t('registrationsOffice.list.paidOver') },
        { value: 'no', words: t('registrationsOffice.list.moneyNo') },
      ],
    },
    { name: 'answer', label: t('registrationsOffice.list.answer'), value: filter.answer, options: answersOf(ctx, definition) },
  ];
  return filters.filter(({ options, value }) => options.length > 1 || value);
}

// What can be chosen in the form, question by question.
function answersOf({ language }: PageContext, definition: Definition | null) {
  if (!definition) return [];
  const words = (map: Record<string, string> | undefined) => textIn(map, [language], definition.defaultLanguage);
  return definition.pages.flatMap((page) =>
    page.items.flatMap((item) =>
      item.type === 'choice' || item.type === 'multiChoice'
        ? choicesOf(definition, item).map(({ code, label }) => ({
            value: `${item.key}=${code}`,
            words: `${words(item.label)}: ${words(label) || code}`,
          }))
        : [],
    ),
  );
}

function columnsOf(
  { ctx, event, filter, columns, calendarAnswers }: OfficeRegistrationsPageProps,
  path: string,
): Column<RegistrationRow>[] {
  const { t, language } = ctx;
  const sort = filter.sort ?? '-joined';
  const sortable = (key: 'joined' | 'name') => ({
    sortHref: at(path, queryOf({ ...filter, sort: sort === key ? `-${key}` : key })),
    sorted: sort === key ? ('ascending' as const) : sort === `-${key}` ? ('descending' as const) : undefined,
  });
  const all: Record<ListColumn, Omit<Column<RegistrationRow>, 'key' | 'words'>> = {
    name: { cell: (row) => <a href={`${path}/${row.id}`}>{row.person.name}</a>, ...sortable('name') },
    email: { cell: (row) => row.person.email ?? '–' },
    organisation: { cell: (row) => row.organisation?.name ?? '–' },
    country: { cell: (row) => (row.organisation ? countryName(row.organisation.country, language) : '–') },
    category: { cell: (row) => textIn(row.category.name, [language], event.defaultLanguage) || row.category.key },
    state: { cell: (row) => <StateCell ctx={ctx} row={row} entry={calendarAnswers.get(row.id)} /> },
    joined: { cell: (row) => <Happened ctx={ctx} at={row.joinedAt} style="short" />, ...sortable('joined') },
    amount: { number: true, cell: (row) => <Money ctx={ctx} minor={row.amount} currency={row.currency} /> },
    paid: { number: true, cell: (row) => <Money ctx={ctx} minor={row.paid} currency={row.currency} /> },
    reference: { cell: (row) => <code>{row.reference}</code> },
    language: { cell: (row) => row.person.language },
  };
  return LIST_COLUMNS.filter((key) => key === 'name' || columns.includes(key)).map((key) => ({
    key,
    words: t(`registrationsOffice.list.${key}`),
    ...all[key],
  }));
}

function StateCell({ ctx, row, entry }: { ctx: PageContext; row: RegistrationRow; entry: EntryAnswer | undefined }) {
  const { t } = ctx;
  return (
    <>
      <Tag tone={row.offer ? 'new' : TONES[row.state]}>{t(`registrations.state.${row.offer ? 'offered' : row.state}`)}</Tag>
      {row.state === 'waiting' && !row.offer && row.ahead !== null && (
        <small> {t('registrationsOffice.list.ahead', { n: row.ahead + 1 })}</small>
      )}{' '}
      <AnswerTag ctx={ctx} entry={entry} />
    </>
  );
}

// The columns a reader wants, kept in their browser.
function ColumnChoice({
  ctx,
  path,
  filter,
  columns,
}: {
  ctx: PageContext;
  path: string;
  filter: RegistrationFilter;
  columns: readonly ListColumn[];
}) {
  const { t } = ctx;
  return (
    <Unfold class="card" actions={[`${path}/columns`]}>
      <summary>{t('registrationsOffice.list.columns')}</summary>
      <PostForm action={`${path}/columns`} hidden={{ query: queryOf(filter) }}>
        <CheckboxList
          ctx={ctx}
          name="columns"
          label={t('registrationsOffice.list.columns')}
          unmarked
          values={columns}
          options={LIST_COLUMNS.filter((key) => key !== 'name').map((key) => ({
            value: key,
            words: t(`registrationsOffice.list.${key}`),
          }))}
        />
        <Button kind="secondary">{t('registrationsOffice.list.show')}</Button>
      </PostForm>
    </Unfold>
  );
}
