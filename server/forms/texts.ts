import type { TextMap } from '../../web/locales/text-map.ts';
import type { Definition, Item } from './definition.ts';
import { placesOf } from './walk.ts';

/** A visible text of a definition. `path` names it for the translation view: `pages.0.items.2.label`. */
export interface FormText {
  path: string;
  texts: TextMap;
  /** Several lines are usual in it. */
  long: boolean;
}

/** Every visible text, in order of reading; those that no language has are left out but titles and labels, which must be there. */
export function textsOf(definition: Definition): FormText[] {
  const found: FormText[] = [];
  const add = (path: string, texts: TextMap | undefined, must = false, long = false) => {
    if (texts && (must || Object.values(texts).some((text) => text.trim() !== ''))) found.push({ path, texts, long });
  };
  add('title', definition.title, true);
  add('intro', definition.intro, false, true);
  for (const [name, choices] of Object.entries(definition.choiceLists ?? {})) {
    choices.forEach((choice, n) => add(`choiceLists.${name}.${n}.label`, choice.label, true));
  }
  const places = placesOf(definition);
  definition.pages.forEach((page, p) => {
    add(`pages.${p}.title`, page.title);
    add(`pages.${p}.intro`, page.intro, false, true);
    for (const { item, path } of places.filter((place) => place.page === page)) addItem(item, path, add);
  });
  return found;
}

function addItem(
  item: Item,
  path: string,
  add: (path: string, texts: TextMap | undefined, must?: boolean, long?: boolean) => void,
): void {
  add(`${path}.label`, item.label, true, item.type === 'note');
  add(`${path}.help`, item.help, false, true);
  if (item.type === 'number') add(`${path}.unit`, item.unit);
  if (item.type === 'repeat') add(`${path}.itemLabel`, item.itemLabel);
  if (item.type === 'scale') {
    add(`${path}.minLabel`, item.minLabel);
    add(`${path}.maxLabel`, item.maxLabel);
  }
  if (item.type === 'matrix') item.rows.forEach((row, n) => add(`${path}.rows.${n}.label`, row.label, true));
  if ('choices' in item) item.choices?.forEach((choice, n) => add(`${path}.choices.${n}.label`, choice.label, true));
}

export interface Completeness {
  language: string;
  filled: number;
  total: number;
  /** 0 to 100, and 100 only when nothing is missing. */
  percent: number;
  missing: string[];
}

/** How far each language of the definition is translated. */
export function completenessOf(definition: Definition): Completeness[] {
  const texts = textsOf(definition);
  return definition.languages.map((language) => {
    const missing = texts.filter((text) => !hasText(text.texts, language)).map((text) => text.path);
    const filled = texts.length - missing.length;
    return { language, filled, total: texts.length, percent: Math.floor((filled / Math.max(1, texts.length)) * 100), missing };
  });
}

const hasText = (texts: TextMap, language: string) => Object.hasOwn(texts, language) && (texts[language] ?? '').trim() !== '';

/** The definition with texts of one language replaced, by path; an empty text takes it away. Unknown paths are passed over. */
export function withTexts(definition: Definition, language: string, byPath: Record<string, string>): Definition {
  const copy = structuredClone(definition);
  for (const { path, texts } of textsOf(copy)) {
    if (!Object.hasOwn(byPath, path)) continue;
    const text = (byPath[path] ?? '').trim();
    if (text === '') delete texts[language];
    else texts[language] = text;
  }
  return copy;
}
