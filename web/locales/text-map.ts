/** A text in several languages: language tag → text. */
export type TextMap = Record<string, string>;

export interface ReadText {
  text: string;
  lang: string;
  /** True when none of the preferred languages had it. */
  fallback: boolean;
}

/**
 * The text for a reader: the first preferred language that has one, else the default language, else any.
 * Undefined when the map is empty.
 */
export function readIn(
  map: TextMap | null | undefined,
  preferred: readonly string[],
  defaultLanguage?: string,
): ReadText | undefined {
  if (!map) return undefined;
  for (const tag of preferred) {
    const own = textOf(map, tag) ? tag : tag.split('-')[0];
    if (textOf(map, own)) return { text: map[own as string] as string, lang: own as string, fallback: false };
  }
  const lang = textOf(map, defaultLanguage)
    ? defaultLanguage
    : Object.keys(map)
        .sort()
        .find((tag) => textOf(map, tag));
  return lang === undefined ? undefined : { text: map[lang] ?? '', lang, fallback: true };
}

const textOf = (map: TextMap, tag: string | undefined) =>
  tag !== undefined && Object.hasOwn(map, tag) && map[tag]?.trim() ? map[tag] : undefined;

/** The text alone; empty when there is none. For titles in lists, subjects and file names. */
export function textIn(map: TextMap | null | undefined, preferred: readonly string[], defaultLanguage?: string): string {
  return readIn(map, preferred, defaultLanguage)?.text ?? '';
}
