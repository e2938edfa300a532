import type { PageContext } from '../page.ts';

export interface Crumb {
  words: string;
  href: string;
  lang?: string;
}

/** The way up from this page; the page itself is not in it. */
export function Breadcrumbs({ ctx, crumbs }: { ctx: PageContext; crumbs: Crumb[] }) {
  return (
    <nav class="breadcrumbs" aria-label={ctx.t('ui.breadcrumbs')}>
      <ol>
        {crumbs.map((crumb) => (
          <li key={crumb.href}>
            <a href={crumb.href} lang={crumb.lang}>
              {crumb.words}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
