import { createRequire } from 'node:module';

// Which way a text runs and whose letters it has: by the Unicode Bidirectional Algorithm (UAX #9) and the scripts of UAX #24.

// Its types speak of a default export that its file does not have.
const bidi = (createRequire(import.meta.url)('bidi-js') as typeof import('bidi-js').default)();

export type Script = 'latin' | 'arabic' | 'hebrew' | 'thai' | 'korean';

/** A piece of one script and one direction, without white space, or the white space between two. */
export interface Run {
  text: string;
  script: Script;
  /** Even: read from the left. Odd: from the right. */
  level: number;
  space: boolean;
}

// Chinese and Japanese signs are in the Korean font; everything else that we have, Greek and Cyrillic too, is in the Latin one.
const LETTERS: [Script, RegExp][] = [
  ['korean', /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['arabic', /\p{Script=Arabic}/u],
  ['hebrew', /\p{Script=Hebrew}/u],
  ['thai', /\p{Script=Thai}/u],
];
const ELSEWHERE = new RegExp(LETTERS.map(([, letters]) => letters.source).join('|'), 'u');
const FROM_RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const ARABIC_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/u;
const NEUTRAL = /[\p{Script=Common}\p{Script=Inherited}]/u;
/** Where a line may be broken: not at the spaces that hold a sign to its word. */
export const SPACES = /[^\S\u00a0\u202f\u2007]+/u;

/** The pieces of a text by their letters: signs and digits go with what is before them. */
export function byScript(text: string): { text: string; script: Script }[] {
  if (!ELSEWHERE.test(text)) return text ? [{ text, script: 'latin' }] : [];
  const found: { text: string; script: Script }[] = [];
  for (const letter of text) {
    const last = found.at(-1);
    const own = LETTERS.find(([, letters]) => letters.test(letter))?.[0];
    const script = own ?? (NEUTRAL.test(letter) && last ? last.script : 'latin');
    if (last?.script === script) last.text += letter;
    else found.push({ text: letter, script });
  }
  return found;
}

/** Whether a paragraph is read from the right: where it has such letters, as its document is, else as its first letter is. */
export function fromRight(paragraph: string, language: string): boolean {
  if (!FROM_RIGHT.test(paragraph)) return false;
  const own = new Intl.Locale(language).maximize().script ?? 'Latn';
  return own === 'Arab' || own === 'Hebr' || bidi.getEmbeddingLevels(paragraph).paragraphs[0]?.level === 1;
}

/** The runs of a line in the order of reading. */
export function runsOf(line: string, right: boolean): Run[] {
  const levels = right || FROM_RIGHT.test(line) ? bidi.getEmbeddingLevels(line, right ? 'rtl' : 'ltr').levels : null;
  const runs: Run[] = [];
  let at = 0;
  for (const { text, script } of byScript(line))
    for (const letter of text) {
      const level = levels?.[at] ?? 0;
      at += letter.length;
      const space = SPACES.test(letter);
      const last = runs.at(-1);
      if (last?.script === script && last.level === level && last.space === space) last.text += letter;
      else runs.push({ text: letter, script, level, space });
    }
  return runs;
}

/** The same runs as they stand from left to right (rule L2). */
export function fromTheLeft<Item extends Pick<Run, 'level'>>(runs: readonly Item[]): Item[] {
  const ordered = [...runs];
  const levels = runs.map(({ level }) => level);
  const least = Math.min(...levels.filter((level) => level % 2 === 1), Number.POSITIVE_INFINITY);
  for (let level = Math.max(0, ...levels); level >= least; level--)
    for (let from = 0; from < ordered.length; from++) {
      let to = from;
      while ((ordered[to]?.level ?? -1) >= level) to++;
      if (to > from) ordered.splice(from, to - from, ...ordered.slice(from, to).toReversed());
      from = to;
    }
  return ordered;
}

/**
 * What a run is drawn from: brackets of what is read from the right turn round (rule L4), and signs without letters stand reversed, as
 * do the digits of Arabic: whoever draws takes them for letters, which it turns itself.
 */
export function asDrawn({ text, level }: Pick<Run, 'text' | 'level'>): string {
  const letters = Array.from(text);
  if (level % 2 === 0) return ARABIC_DIGITS.test(text) ? letters.toReversed().join('') : text;
  const mirrored = letters.map((letter) => bidi.getMirroredCharacter(letter) ?? letter);
  return (FROM_RIGHT.test(text) ? mirrored : mirrored.toReversed()).join('');
}
