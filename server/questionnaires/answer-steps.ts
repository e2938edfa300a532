import { holds } from '../forms/conditions.ts';
import type { Definition, Page } from '../forms/definition.ts';
import { evaluate, lookupIn } from '../forms/evaluation.ts';
import { own } from '../forms/own.ts';

// Answering page by page, with nothing kept on the server: what earlier pages hold travels, sealed, in the page itself.

/** The pages that somebody with these answers sees, in order. */
export function stepsOf(definition: Definition, answers: unknown): Page[] {
  const settled = evaluate(definition, answers, { mode: 'draft' }).answers;
  return definition.pages.filter(
    (page) => page.items.length > 0 && (!page.visibleWhen || holds(page.visibleWhen, lookupIn(settled))),
  );
}

/** What was kept of all pages, with what this page has posted in the place of its own items. */
export function withPage(kept: Record<string, unknown>, page: Page | undefined, posted: unknown): Record<string, unknown> {
  const merged = { ...kept };
  for (const { key } of page?.items ?? []) {
    const value = own(posted, key);
    if (value === undefined) delete merged[key];
    else merged[key] = value;
  }
  return merged;
}

/** The page on which the first of these paths is asked. */
export function stepOf(definition: Definition, path: string): Page | undefined {
  const [key] = path.split('.');
  return definition.pages.find((page) => page.items.some((item) => item.key === key));
}
