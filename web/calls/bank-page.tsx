import type { BankChoices, BankRow } from '../../server/calls/bank.ts';
import type { BankFilter } from '../../server/calls/input.ts';
import { Layout } from '../layout.tsx';
import { countryName, languageName } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { LangText } from '../ui/content.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ListTools } from '../ui/list-tools.tsx';
import { Pager } from '../ui/pager.tsx';
import { Tag } from '../ui/tag.tsx';
import { entryState } from './words.ts';

export interface BankPageProps {
  ctx: PageContext;
  rows: BankRow[];
  next: string | null;
  filter: BankFilter;
  choices: BankChoices;
  query: string;
  errors?: FieldError[];
}

/** What cities have tried and agreed to share, for everybody. */
export function BankPage({ ctx, rows, next, filter, choices, query, errors }: BankPageProps) {
  const { t } = ctx;
  const sorted = <Row extends { words: string }>(options: Row[]) =>
    options.sort((a, b) => a.words.localeCompare(b.words, ctx.language));
  const themes = new Map(choices.themes.map((one) => [one.key, textIn(one.title, [ctx.language])]));
  return (
    <Layout ctx={ctx} title={t('calls.bank.title')} lead={t('calls.bank.lead')} hero errors={errors}>
      <ListTools
        ctx={ctx}
        action="/experiences"
        search={filter.q}
        filters={[
          {
            name: 'theme',
            label: t('entries.field.theme'),
            value: filter.theme,
            options: sorted([...themes].map(([value, words]) => ({ value, words }))),
          },
          {
            name: 'country',
            label: t('calls.bank.country'),
            value: filter.country,
            options: sorted(choices.countries.map((value) => ({ value, words: countryName(value, ctx.language) }))),
          },
          {
            name: 'language',
            label: t('calls.bank.language'),
            value: filter.language,
            options: sorted(choices.languages.map((value) => ({ value, words: languageName(value, ctx.language) }))),
          },
        ]}
      />
      <div data-list>
        {rows.length === 0 ? (
          <EmptyState title={t('calls.bank.none')} />
        ) : (
          <ul class="cards">
            {rows.map((row) => (
              <li class="card" key={`${row.call.slug}-${row.code}`}>
                <p class="kicker">
                  {row.city.name} · {countryName(row.city.country, ctx.language)}
                </p>
                <h2>
                  <LangText ctx={ctx} map={row.title} defaultLanguage={row.language} />
                </h2>
                <p>
                  <LangText ctx={ctx} map={row.summary} defaultLanguage={row.language} note />
                </p>
                <p>
                  {row.distinction && <Tag tone="new">{entryState(ctx, row.distinction)}</Tag>}{' '}
                  <a href={`/calls/${row.call.slug}`}>
                    <LangText ctx={ctx} map={row.call.title} defaultLanguage={row.call.defaultLanguage} />
                  </a>
                  {row.theme && ` · ${textIn(row.theme.title, [ctx.language])}`}
                </p>
              </li>
            ))}
          </ul>
        )}
        <Pager ctx={ctx} next={next && `/experiences?${query ? `${query}&` : ''}cursor=${encodeURIComponent(next)}`} />
        <ul class="exports" aria-label={t('ui.list.export')}>
          {['csv', 'json'].map((format) => (
            <li key={format}>
              <a href={`/experiences.${format}${query ? `?${query}` : ''}`} download>
                {format.toUpperCase()}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </Layout>
  );
}
