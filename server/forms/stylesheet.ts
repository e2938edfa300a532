import type { Comparison, Condition, Definition, Item } from './definition.ts';
import { choicesOf, comparisonsOf, itemKeyOf, type Place, placesOf, rowKeyOf } from './walk.ts';

// Conditions without JavaScript: what is chosen decides by `:has()` what is shown. Items are hidden by what is *not* chosen, so that a
// browser without :has() shows everything, with its hint. Keys and codes are ASCII letters, digits, `-` and `_`: nothing to escape.

/** The stylesheet of a version: served once and kept by the browser for good. */
export function conditionsCss(definition: Definition): string {
  const book: Book = { definition, places: placesOf(definition), known: new Map() };
  const pages = definition.pages.flatMap((page) => {
    const selector = page.visibleWhen && selectorOf(book, page.visibleWhen);
    return selector ? [hiding('.form-answers[data-pages="all"]', selector, `[data-page="${page.key}"]`)] : [];
  });
  return [...pages, ...book.places.flatMap((place) => rulesOf(book, place))].join('\n');
}

interface Book {
  definition: Definition;
  places: Place[];
  /** When each item is to be seen, as far as it was asked: a selector, null where CSS cannot tell. */
  known: Map<Item, string | null>;
}

// Longer ones would make the browser slow; the page's script and the hint remain.
const LONGEST = 4000;

function rulesOf(book: Book, place: Place): string[] {
  const condition = place.item.visibleWhen;
  const selector = condition && selectorOf(book, condition);
  if (!condition || !selector) return [];
  const targets = comparisonsOf(condition).map((part) => targetOf(book, part));
  const sameGroup = place.within !== null && targets.every((target) => target?.within === place.within);
  // A condition on both the group and what is outside of it cannot be told apart for each instance.
  if (!sameGroup && targets.some((target) => target?.within)) return [];
  const samePage = targets.every((target) => target?.page === place.page);
  const scope = sameGroup
    ? `.form-instance[data-group="${place.within?.key}"]`
    : `.form-answers${samePage ? '' : '[data-pages="all"]'}`;
  const hidden = `[data-item="${place.item.key}"]`;
  return [
    hiding(scope, selector, hidden),
    `@supports selector(:has(a)) { ${scope} ${hidden} > .form-condition { display: none } }`,
  ];
}

const hiding = (scope: string, selector: string, hidden: string) => `${scope}:not(${selector}) ${hidden} { display: none }`;

/** A selector that the scope matches when the condition holds, or null when CSS cannot tell. */
function selectorOf(book: Book, condition: Condition): string | null {
  const selector = compose(book, condition);
  return selector !== null && selector.length <= LONGEST ? selector : null;
}

function compose(book: Book, condition: Condition): string | null {
  if ('not' in condition) {
    const inner = selectorOf(book, condition.not);
    return inner && `:not(${inner})`;
  }
  if ('item' in condition) return comparisonSelector(book, condition);
  const parts = ('all' in condition ? condition.all : condition.any).map((part) => selectorOf(book, part));
  if (!parts.every((part) => part !== null)) return null;
  return 'all' in condition ? parts.map((part) => `:is(${part})`).join('') : `:is(${parts.join(', ')})`;
}

const targetOf = (book: Book, part: Comparison) => book.places.find(({ item }) => item.key === itemKeyOf(part));

/** What an item that is itself hidden holds, counts as not answered. */
function visibility(book: Book, place: Place): string | null {
  const known = book.known.get(place.item);
  if (known !== undefined) return known;
  const when = place.item.visibleWhen;
  // A cycle, which the checks refuse, ends here.
  book.known.set(place.item, null);
  const selector = when ? selectorOf(book, when) : '';
  book.known.set(place.item, selector);
  return selector;
}

function comparisonSelector(book: Book, part: Comparison): string | null {
  const place = targetOf(book, part);
  const row = rowKeyOf(part);
  const values = place ? valuesOf(book.definition, place.item, row) : null;
  const visible = place ? visibility(book, place) : null;
  if (!place || values === null || visible === null) return null;
  const at = `[data-item="${place.item.key}"]${row === undefined ? '' : ` [data-row="${row}"]`}`;
  const checked = (fits: (value: string) => boolean) => {
    const fitting = values.filter(fits).map((value) => `${at} [value="${value}"]:checked`);
    return fitting.length === 0 ? ':not(*)' : `:has(${fitting.join(', ')})${visible}`;
  };
  const wanted = String(part.value);
  switch (part.op) {
    case 'eq':
    case 'contains':
      return checked((value) => value === wanted);
    case 'ne':
      return `:not(${checked((value) => value === wanted)})`;
    case 'in':
      return checked((value) => Array.isArray(part.value) && part.value.some((one) => String(one) === value));
    case 'gte':
      return checked((value) => Number(value) >= Number(part.value));
    case 'lte':
      return checked((value) => Number(value) <= Number(part.value));
    case 'answered':
      return part.value === false ? `:not(${checked(() => true)})` : checked(() => true);
  }
}

// The values of checkable controls; null where an answer is typed.
function valuesOf(definition: Definition, item: Item, row: string | undefined): string[] | null {
  if (item.type === 'choice' || item.type === 'multiChoice' || (item.type === 'matrix' && row !== undefined)) {
    return choicesOf(definition, item).map((choice) => choice.code);
  }
  if (item.type === 'scale') return Array.from({ length: item.max - item.min + 1 }, (_, n) => String(item.min + n));
  return item.type === 'consent' ? ['true'] : null;
}
