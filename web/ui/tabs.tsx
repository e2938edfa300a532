import type { PageContext } from '../page.ts';

export interface Tab {
  href: string;
  words: string;
  current?: boolean;
  count?: number;
}

/** The parts of one thing, each a page. */
export function Tabs({ ctx, tabs, label }: { ctx: PageContext; tabs: Tab[]; label?: string }) {
  return (
    <nav class="tabs" aria-label={label ?? ctx.t('ui.tabs')}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.href}>
            <a href={tab.href} aria-current={tab.current ? 'page' : undefined}>
              {tab.words}
              {tab.count !== undefined && <span class="tag tag-plain">{tab.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Where one is in something of several pages. `current` counts from 0. */
export function Steps({ ctx, steps, current }: { ctx: PageContext; steps: string[]; current: number }) {
  return (
    <ol class="steps" aria-label={ctx.t('ui.steps')}>
      {steps.map((step, at) => (
        <li key={step} class={at < current ? 'done' : undefined} aria-current={at === current ? 'step' : undefined}>
          {step}
          {at < current && <span class="unseen">({ctx.t('ui.steps.done')})</span>}
        </li>
      ))}
    </ol>
  );
}
