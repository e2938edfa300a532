export const KINDS = ['city', 'university', 'association', 'other'] as const;
export const MEMBERSHIPS = ['member', 'candidate', 'former', 'none'] as const;

const LETTERS: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h' };

/** Words of a URL: ASCII, small, joined by hyphens; empty when the name has no Latin letter or digit. */
export function slugOf(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđðþıħ]/g, (letter) => LETTERS[letter] ?? '')
    .replace(/['’`]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
    .replace(/-+$/, '');
}

// Words that are pages of their own beside /organisations/:slug and /networks/:slug.
const PAGES = new Set(['new', 'imports', 'bulk', 'export', 'map']);
const NUMBERED = 60;

/** The slugs that an organisation or network may get, best first: its name, with its country or kind, numbered. */
export function slugCandidates(name: string, suffix: string): string[] {
  const base = slugOf(name);
  const longer = slugOf(`${base || 'organisation'} ${suffix}`);
  const numbered = Array.from({ length: NUMBERED }, (_, index) => `${longer}-${index + 2}`);
  return [base, longer, ...numbered].filter((slug) => slug !== '' && !PAGES.has(slug));
}

/** The first candidate that nobody has or had. `last` names what is left when all are taken. */
export function freeSlug(candidates: readonly string[], taken: ReadonlySet<string>, last: string): string {
  return candidates.find((slug) => !taken.has(slug)) ?? `${candidates[0] ?? 'organisation'}-${last}`;
}

/** The words of a search, each of which must occur. More than five make it no better. */
export function searchWords(text: string): string[] {
  return text.split(/\s+/).filter(Boolean).slice(0, 5);
}

/** A word as a LIKE pattern that takes its own signs literally. */
export function containing(word: string): string {
  return `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}
