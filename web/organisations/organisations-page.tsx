import type { Page } from '../../server/http/cursor.ts';
import type { OrganisationFilter } from '../../server/organisations/input.ts';
import { SORTS } from '../../server/organisations/input.ts';
import type { OrganisationRow } from '../../server/organisations/queries.ts';
import { MEMBERSHIPS } from '../../server/organisations/rules.ts';
import { Layout } from '../layout.tsx';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Exports } from '../ui/pager.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { queryOf } from '../ui/query.ts';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { TypedBox, TypedInput } from '../ui/typed-fields.tsx';
import { CityMap, type Point } from './city-map.tsx';
import { countryIn, networkName, number } from './words.ts';

export interface OrganisationsPageProps {
  ctx: PageContext;
  page: Page<OrganisationRow>;
  total: number;
  most: number;
  filter: OrganisationFilter;
  countries: string[];
  networks: { slug: string; name: Record<string, string> }[];
  points: Point[];
  year: number;
  mayRun: boolean;
  cursor: boolean;
  errors?: FieldError[];
}

/** The list of organisations with its search, filters, bulk actions and exports. */
export function OrganisationsPage(props: OrganisationsPageProps) {
  const { ctx, page, total, most, filter, mayRun, cursor, errors = [] } = props;
  const { t } = ctx;
  const query = queryOf(filter);
  return (
    <Layout
      ctx={ctx}
      title={t('organisations.list.title')}
      lead={t('organisations.list.lead')}
      errors={errors}
      actions={
        mayRun && (
          <ButtonRow>
            <ButtonLink href="/organisations/new">{t('organisations.new.title')}</ButtonLink>
            <ButtonLink href="/organisations/imports/new" kind="secondary">
              {t('organisations.import.title')}
            </ButtonLink>
          </ButtonRow>
        )
      }
    >
      <Filters {...props} />
      <p class="list-count" role="status">
        {total > most ? t('organisations.list.countMore', { n: most }) : t('organisations.list.count', { n: total })}
      </p>
      {page.items.length === 0 ? (
        <p class="empty">{query ? t('organisations.list.none') : t('organisations.list.empty')}</p>
      ) : (
        <Rows {...props} />
      )}
      <nav class="pages" aria-label={t('organisations.list.title')}>
        {cursor && <a href={`/organisations${query && `?${query}`}`}>{t('organisations.list.first')}</a>}{' '}
        {page.next && (
          <a rel="next" href={`/organisations?${query ? `${query}&` : ''}cursor=${page.next}`}>
            {t('organisations.list.next')}
          </a>
        )}
      </nav>
      {total > 0 && <Exports ctx={ctx} path="/organisations" query={query} />}
      <CityMap ctx={ctx} points={props.points} />
    </Layout>
  );
}

function Filters({ ctx, filter, countries, networks, year }: OrganisationsPageProps) {
  const { t } = ctx;
  const any = t('organisations.list.any');
  const common = { ctx, unmarked: true, size: 'medium' as const };
  return (
    <form method="get" action="/organisations" class="filters" role="search" aria-label={t('organisations.list.filters')}>
      <TextInput {...common} name="q" label={t('organisations.list.search')} value={filter.q} type="search" />
      <Select
        {...common}
        name="country"
        label={t('organisations.field.country')}
        value={filter.country}
        empty={any}
        options={countries.map((code) => ({ value: code, words: countryIn(ctx.language, code) }))}
      />
      <Select
        {...common}
        name="network"
        label={t('organisations.field.network')}
        value={filter.network}
        empty={any}
        options={networks.map((network) => ({ value: network.slug, words: networkName(ctx, network.name) }))}
      />
      <Select
        {...common}
        name="membership"
        label={t('organisations.field.membership')}
        value={filter.membership}
        empty={any}
        options={MEMBERSHIPS.map((value) => ({ value, words: t(`organisations.membership.${value}`) }))}
      />
      <Select
        {...common}
        name="fee"
        label={t('organisations.field.fee')}
        value={filter.fee}
        empty={any}
        options={(['paid', 'unpaid'] as const).map((value) => ({ value, words: t(`organisations.fee.${value}`) }))}
      />
      <TextInput
        {...common}
        name="year"
        label={t('organisations.list.year')}
        value={filter.year ?? year}
        inputmode="numeric"
        size="short"
      />
      <Select
        {...common}
        name="sort"
        label={t('organisations.list.sort')}
        value={filter.sort ?? 'name'}
        options={SORTS.map((value) => ({ value, words: t(`organisations.sort.${value}`) }))}
      />
      <ButtonRow>
        <Button kind="secondary">{t('organisations.list.filter')}</Button>
        <a href="/organisations">{t('organisations.list.clear')}</a>
      </ButtonRow>
    </form>
  );
}

function Rows({ ctx, page, year, mayRun }: OrganisationsPageProps) {
  const { t } = ctx;
  const table = (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={t('organisations.list.title')}>
      <table class="table">
        <thead>
          <tr>
            {mayRun && <td />}
            <th scope="col">{t('organisations.field.name')}</th>
            <th scope="col">{t('organisations.field.country')}</th>
            <th scope="col">{t('organisations.field.networks')}</th>
            <th scope="col">{t('organisations.field.membership')}</th>
            <th scope="col">{t('organisations.field.feePaid')}</th>
            <th scope="col" class="number">
              {t('organisations.field.people')}
            </th>
          </tr>
        </thead>
        <tbody>
          {page.items.map((row) => (
            <tr key={row.id}>
              {mayRun && (
                <td>
                  <TypedBox name="organisationIds" value={row.id} label={t('organisations.list.choose', { name: row.name })} />
                </td>
              )}
              <th scope="row">
                <a href={`/organisations/${row.slug}`}>{row.name}</a>
              </th>
              <td>{countryIn(ctx.language, row.country)}</td>
              <td>{row.networks.map((network) => networkName(ctx, network.name)).join(', ')}</td>
              <td>{t(`organisations.membership.${row.membership}`)}</td>
              <td>{row.feeYears.slice(0, 3).join(', ') || '–'}</td>
              <td class="number">
                {number(ctx.language, row.people)}{' '}
                {row.contacts === 0 && <span class="tag">{t('organisations.field.noContact')}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  if (!mayRun) return table;
  return (
    <PostForm action="/organisations/bulk" label={t('organisations.list.bulk')}>
      {table}
      <fieldset class="bulk" id="f-organisationIds">
        <legend>{t('organisations.list.bulk')}</legend>
        <div class="button-row">
          <label for="bulk-year">{t('organisations.page.year')}</label>
          <TypedInput class="input input-short" id="bulk-year" name="year" inputMode="numeric" value={String(year)} />
          <Button kind="secondary" name="action" value="fee">
            {t('organisations.bulk.fee')}
          </Button>
        </div>
        <div class="button-row">
          <label for="bulk-membership">{t('organisations.field.membership')}</label>
          <select class="input select input-medium" id="bulk-membership" name="membership">
            {MEMBERSHIPS.map((value) => (
              <option key={value} value={value}>
                {t(`organisations.membership.${value}`)}
              </option>
            ))}
          </select>
          <Button kind="secondary" name="action" value="membership">
            {t('organisations.bulk.membership')}
          </Button>
        </div>
      </fieldset>
    </PostForm>
  );
}
