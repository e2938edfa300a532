import type { Answers } from './conditions.ts';
import { own } from './own.ts';

/**
 * Raw answers after a press on "Add another" or "Remove" of a repeat group, which post the form with `_add` or `_remove`; undefined
 * when neither was pressed. `prefix` is dotted: `people.0.answers`. The page is then shown again, nothing is kept.
 */
export function withRepetition(body: unknown, raw: Answers, prefix: string): Answers | undefined {
  const add = groupIn(own(body, '_add'), prefix);
  const removed = /^(.+)\.(\d{1,3})$/.exec(groupIn(own(body, '_remove'), prefix) ?? '');
  if (add !== undefined && /^[a-z][A-Za-z0-9_-]{0,39}$/.test(add)) {
    const list = listOf(raw[add]);
    // What was shown empty is one already.
    return { ...raw, [add]: [...(list.length === 0 ? [{}] : list), {}] };
  }
  const [, group = '', index] = removed ?? [];
  if (group === '') return undefined;
  return { ...raw, [group]: listOf(raw[group]).filter((_, n) => n !== Number(index)) };
}

function groupIn(value: unknown, prefix: string): string | undefined {
  return typeof value === 'string' && value.startsWith(`${prefix}.`) ? value.slice(prefix.length + 1) : undefined;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
