import type { PageContext } from '../page.ts';

const PAGES = ['jury', 'ranking', 'discussion', 'ballot', 'decisions', 'letters'] as const;

/** The pages of one call's judging. */
export function JudgingTabs({ ctx, slug, here }: { ctx: PageContext; slug: string; here: (typeof PAGES)[number] }) {
  return (
    <nav class="tabs" aria-label={ctx.t('judging.tabs.label')}>
      <ul>
        {PAGES.map((page) => (
          <li key={page}>
            <a href={`/back-office/calls/${slug}/${page}`} aria-current={page === here ? 'page' : undefined}>
              {ctx.t(`judging.tabs.${page}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
