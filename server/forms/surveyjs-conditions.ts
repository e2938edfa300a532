import type { Comparison, Condition } from './definition.ts';

const PART =
  /^\{([^}]+)\}\s*(=|==|<>|!=|>=|<=|contains|anyof|notempty|empty)\s*(?:('([^']*)'|"([^"]*)"|-?\d+(\.\d+)?|true|false|\[[^\]]*\]))?$/i;

/**
 * The condition that an expression of SurveyJS means: comparisons of one question with one value, joined by `and` or by `or`.
 * Undefined for anything else. `keyOf` names our item of their question, which must have been asked before.
 */
export function conditionOf(expression: string, keyOf: (question: string) => string | undefined): Condition | undefined {
  for (const [word, join] of [
    ['and', (parts: Condition[]): Condition => ({ all: parts })],
    ['or', (parts: Condition[]): Condition => ({ any: parts })],
  ] as const) {
    const parts = expression.split(new RegExp(`\\s+${word}\\s+`, 'i'));
    const read = parts.map((part) => comparisonOf(part.trim(), keyOf));
    if (read.every((part): part is Comparison => part !== undefined)) return join(read);
  }
  return undefined;
}

function comparisonOf(text: string, keyOf: (question: string) => string | undefined): Comparison | undefined {
  const [, question = '', operator = '', raw, single, double] = PART.exec(text) ?? [];
  const item = keyOf(question);
  if (!item) return undefined;
  if (/^(not)?empty$/i.test(operator)) return { item, op: 'answered', value: operator.toLowerCase() === 'notempty' };
  const value = single ?? double ?? raw;
  if (value === undefined) return undefined;
  const number = raw !== undefined && /^-?\d/.test(raw) ? Number(raw) : value;
  switch (operator.toLowerCase()) {
    case '=':
    case '==':
      return { item, op: 'eq', value: String(value) };
    case '<>':
    case '!=':
      return { item, op: 'ne', value: String(value) };
    case '>=':
      return { item, op: 'gte', value: number };
    case '<=':
      return { item, op: 'lte', value: number };
    case 'contains':
      return { item, op: 'contains', value: String(value) };
    default:
      return undefined;
  }
}
