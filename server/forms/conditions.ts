import type { Comparison, Condition } from './definition.ts';

/** An answer as it is kept. */
export type Answer = string | number | boolean | string[] | Record<string, string> | Record<string, unknown>[];
export type Answers = Record<string, unknown>;

/**
 * Whether a condition holds for what `lookup` knows of earlier items (`item` or `item.row`); undefined is "not answered".
 * Nothing is compared with an item that is not answered: only `ne` and `not` hold then. Used by the server and by the page's script.
 */
export function holds(condition: Condition, lookup: (item: string) => unknown): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, lookup));
  if ('any' in condition) return condition.any.some((part) => holds(part, lookup));
  if ('not' in condition) return !holds(condition.not, lookup);
  return compares(condition, lookup(condition.item));
}

function compares({ op, value }: Comparison, answer: unknown): boolean {
  const answered = isAnswered(answer);
  if (op === 'answered') return answered === (value !== false);
  if (op === 'ne') return !answered || !same(answer, value);
  if (!answered || value === undefined) return false;
  switch (op) {
    case 'eq':
      return same(answer, value);
    case 'in':
      return Array.isArray(value) && value.some((one) => same(answer, one));
    case 'contains':
      return contains(answer, value);
    case 'gte':
      return compare(answer, value, (a, b) => a >= b);
    case 'lte':
      return compare(answer, value, (a, b) => a <= b);
  }
}

/** Whether there is an answer at all: an empty list or text is none. */
export function isAnswered(answer: unknown): boolean {
  if (answer === undefined || answer === null || answer === '' || answer === false) return false;
  if (Array.isArray(answer)) return answer.length > 0;
  return typeof answer !== 'object' || Object.keys(answer).length > 0;
}

const same = (answer: unknown, value: unknown) =>
  (typeof answer === 'string' || typeof answer === 'number' || typeof answer === 'boolean') && String(answer) === String(value);

function contains(answer: unknown, value: Comparison['value']): boolean {
  if (Array.isArray(answer)) return answer.some((one) => same(one, value));
  return (
    typeof answer === 'string' &&
    typeof value === 'string' &&
    answer.toLocaleLowerCase('en').includes(value.toLocaleLowerCase('en'))
  );
}

// Numbers as numbers; dates (ISO) as texts, whose order is that of time.
function compare(
  answer: unknown,
  value: Comparison['value'],
  order: (a: number | string, b: number | string) => boolean,
): boolean {
  if (typeof answer !== 'number' && typeof answer !== 'string') return false;
  const [a, b] = [Number(answer), Number(value)];
  if (answer !== '' && value !== '' && !Number.isNaN(a) && !Number.isNaN(b)) return order(a, b);
  return isDate(answer) && isDate(value) && order(answer, value);
}

const isDate = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
