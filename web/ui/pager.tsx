import type { PageContext } from '../page.ts';

/** From page to page of a list; nothing where there is only one. */
export function Pager({
  ctx,
  previous,
  first,
  next,
}: {
  ctx: PageContext;
  previous?: string | null;
  first?: string | null;
  next?: string | null;
}) {
  const { t } = ctx;
  if (!previous && !first && !next) return null;
  return (
    <nav class="pages" aria-label={t('ui.pager')}>
      {first && <a href={first}>{t('ui.pager.first')}</a>}
      {previous && (
        <a rel="prev" href={previous}>
          ← {t('ui.pager.previous')}
        </a>
      )}
      {next && (
        <a rel="next" href={next}>
          {t('ui.pager.next')} →
        </a>
      )}
    </nav>
  );
}

/** How many rows there are; "more than" where counting stopped. */
export function ListCount({ ctx, total, most }: { ctx: PageContext; total: number; most?: number }) {
  const more = most !== undefined && total > most;
  return (
    <p class="list-count" role="status">
      {more ? ctx.t('ui.list.more', { n: most }) : ctx.t('ui.list.count', { n: total })}
    </p>
  );
}

/** The same list as files, with the same filters: `path.csv?query`. */
export function Exports({
  ctx,
  path,
  query = '',
  label = ctx.t('ui.list.export'),
}: {
  ctx: PageContext;
  path: string;
  query?: string;
  label?: string;
}) {
  return (
    <ul class="exports" aria-label={label}>
      <li aria-hidden="true">{label}</li>
      {['csv', 'xlsx', 'json'].map((format) => (
        <li key={format}>
          <a href={`${path}.${format}${query && `?${query}`}`} download>
            {format.toUpperCase()}
          </a>
        </li>
      ))}
    </ul>
  );
}
