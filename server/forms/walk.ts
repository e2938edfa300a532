import type { Choice, Comparison, Condition, Definition, Item, Page, Per, RepeatItem, SimpleItem } from './definition.ts';

/** An item and where it stands. `within`: the repeat group around it. */
export interface Place<Kind extends Item = Item> {
  item: Kind;
  page: Page;
  within: RepeatItem | null;
  /** Position among all items, in order of asking. */
  order: number;
  /** Path in the definition: `pages.0.items.2`. */
  path: string;
}

/** Every item in order of asking; a repeat group stands before the items in it. */
export function placesOf(definition: Definition): Place[] {
  const places: Place[] = [];
  const add = (item: Item, page: Page, within: RepeatItem | null, path: string) =>
    places.push({ item, page, within, order: places.length, path });
  definition.pages.forEach((page, p) => {
    page.items.forEach((item, i) => {
      add(item, page, null, `pages.${p}.items.${i}`);
      if (item.type === 'repeat') {
        item.items.forEach((inner, n) => {
          add(inner, page, item, `pages.${p}.items.${i}.items.${n}`);
        });
      }
    });
  });
  return places;
}

/** Asked of each person or once of the delegation. */
export function perOf(item: { per?: Per }, page: Page): Per {
  return item.per ?? page.per ?? 'person';
}

/** The options of an item, from its own list or a shared one. Empty for items without options. */
export function choicesOf(definition: Definition, item: Item): Choice[] {
  if (!('choices' in item || 'choiceList' in item)) return [];
  if (item.choices) return item.choices;
  const lists = definition.choiceLists ?? {};
  return item.choiceList !== undefined && Object.hasOwn(lists, item.choiceList) ? (lists[item.choiceList] ?? []) : [];
}

export const hasChoices = (item: Item): item is Extract<SimpleItem, { type: 'choice' | 'multiChoice' | 'matrix' | 'ranking' }> =>
  item.type === 'choice' || item.type === 'multiChoice' || item.type === 'matrix' || item.type === 'ranking';

/** All comparisons of a condition. */
export function comparisonsOf(condition: Condition | undefined): Comparison[] {
  if (!condition) return [];
  if ('all' in condition) return condition.all.flatMap(comparisonsOf);
  if ('any' in condition) return condition.any.flatMap(comparisonsOf);
  if ('not' in condition) return comparisonsOf(condition.not);
  return [condition];
}

/** The key of the item that a comparison is about, without the matrix row. */
export const itemKeyOf = (comparison: Comparison): string => comparison.item.split('.')[0] ?? '';
export const rowKeyOf = (comparison: Comparison): string | undefined => comparison.item.split('.')[1];
