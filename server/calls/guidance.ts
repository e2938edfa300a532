// What each level of a scale means, as the back office types it.

/** "10: excellent" on a line for each level, in each language, as guidance; what has no number is left out. */
export function guidanceFrom(map: unknown): { value: number; text: Record<string, string> }[] {
  const levels = new Map<number, Record<string, string>>();
  for (const [tag, text] of Object.entries(typeof map === 'object' && map !== null ? map : {})) {
    for (const given of String(text).split(/\r?\n/)) {
      const [, number, words] = /^\s*(-?\d+(?:[.,]\d+)?)\s*[:=–-]\s*(.+)$/.exec(given) ?? [];
      if (number && words)
        levels.set(Number(number.replace(',', '.')), { ...levels.get(Number(number.replace(',', '.'))), [tag]: words.trim() });
    }
  }
  return [...levels].map(([value, text]) => ({ value, text })).sort((a, b) => a.value - b.value);
}

/** The same the other way: what the field shows. */
export function guidanceLines(guidance: readonly { value: number; text: Record<string, string> }[], tag: string): string {
  return guidance.flatMap(({ value, text }) => (text[tag] ? [`${value}: ${text[tag]}`] : [])).join('\n');
}
