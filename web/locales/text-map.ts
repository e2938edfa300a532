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
  const has = (tag: string | undefined) => (tag !== undefined && Object.hasOwn(map, tag) && map[tag]?.trim() ? tag : undefined);
  const wanted = preferred.flatMap((tag) => [tag, tag.split('-')[0] ?? tag]).find((tag) => has(tag));
  const lang =
    has(wanted) ??
    has(defaultLanguage) ??
    Object.keys(map)
      .sort()
      .find((tag) => has(tag));
  return lang === undefined ? undefined : { text: map[lang] ?? '', lang, fallback: wanted === undefined };
}

/** The text alone; empty when there is none. For titles in lists, subjects and file names. */
export function textIn(map: TextMap | null | undefined, preferred: readonly string[], defaultLanguage?: string): string {
  return readIn(map, preferred, defaultLanguage)?.text ?? '';
}
