import type { PageContext } from '../page.ts';
import { Button } from './button.tsx';
import { fieldId } from './field.tsx';
import { type Option, Options } from './select.tsx';

export interface Filter {
  name: string;
  label: string;
  options: Option[];
  value?: string;
}

export interface ListToolsProps {
  ctx: PageContext;
  /** The list's own path. */
  action: string;
  /** Undefined: no search box. */
  search?: string;
  searchLabel?: string;
  filters?: Filter[];
  /** Kept in the URL unseen: the sorting. */
  hidden?: Record<string, string | undefined>;
}

/** Search and filters of a list. They are in the URL, so that a list can be kept and sent. */
export function ListTools({ ctx, action, search, searchLabel, filters = [], hidden = {} }: ListToolsProps) {
  const { t } = ctx;
  return (
    <search class="list-tools">
      <form method="get" action={action} data-live>
        {search !== undefined && (
          <div class="search">
            <label class="label" for={fieldId('q')}>
              {searchLabel ?? t('ui.list.search')}
            </label>
            <input class="input" type="search" id={fieldId('q')} name="q" value={search} autocomplete="off" />
          </div>
        )}
        {filters.map((filter) => (
          <div key={filter.name}>
            <label class="label" for={fieldId(filter.name)}>
              {filter.label}
            </label>
            <select class="input select" id={fieldId(filter.name)} name={filter.name}>
              <option value="">{t('ui.list.all')}</option>
              <Options options={filter.options} value={filter.value ?? ''} />
            </select>
          </div>
        ))}
        {Object.entries(hidden).map(([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />)}
        <div>
          <Button kind="secondary">{t('ui.list.apply')}</Button>
        </div>
      </form>
      <ActiveFilters ctx={ctx} action={action} search={search} filters={filters} hidden={hidden} />
    </search>
  );
}

// Each filter that is set, with the link that takes it away.
function ActiveFilters({ ctx, action, search = '', filters = [], hidden = {} }: ListToolsProps) {
  const { t } = ctx;
  const set = [
    ...(search ? [{ name: 'q', value: search, words: `“${search}”` }] : []),
    ...filters.flatMap(({ name, value, label, options }) =>
      value ? [{ name, value, words: `${label}: ${options.find((option) => option.value === value)?.words ?? value}` }] : [],
    ),
  ];
  if (set.length === 0) return null;
  const kept = Object.entries(hidden).flatMap(([name, value]) => (value ? [[name, value]] : []));
  const without = (name: string) => [...set.filter((one) => one.name !== name).map((one) => [one.name, one.value]), ...kept];
  return (
    <ul class="active-filters" aria-label={t('ui.list.active')}>
      {set.map(({ name, words }) => (
        <li key={name}>
          <a href={address(action, without(name))} aria-label={t('ui.list.remove', { name: words })}>
            {words} <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
      {set.length > 1 && (
        <li>
          <a href={address(action, kept)}>{t('ui.list.clear')}</a>
        </li>
      )}
    </ul>
  );
}

function address(action: string, pairs: string[][]): string {
  const query = new URLSearchParams(pairs).toString();
  return query ? `${action}?${query}` : action;
}
