import type { Condition } from './definition.ts';

// The expressions of XLSForm (XPath 1.0 as ODK reads it): as much of them as conditions and bounds of ours can say.
// Source: https://docs.getodk.org/form-operators-functions/

type Value = string | number | boolean;

/**
 * A condition in its shortest form: nothing nested without need, one of several values as `in`. It holds for the same answers.
 */
export function shortest(condition: Condition): Condition {
  if ('not' in condition) return { not: shortest(condition.not) };
  if ('all' in condition) return joined('all', condition.all.map(shortest));
  if ('any' in condition) return joined('any', condition.any.map(shortest));
  const { item, op, value } = condition;
  if (op === 'answered') return value === false ? { item, op, value } : { item, op };
  if (op !== 'in' || !Array.isArray(value)) return condition;
  const values = [...new Set(value)];
  return values.length === 1 && values[0] !== undefined ? { item, op: 'eq', value: values[0] } : { item, op, value: values };
}

function joined(how: 'all' | 'any', parts: Condition[]): Condition {
  const flat = parts.flatMap((part) =>
    how === 'all' && 'all' in part ? part.all : how === 'any' && 'any' in part ? part.any : [part],
  );
  const [first] = flat;
  if (first && flat.length === 1) return first;
  const items = new Set(flat.map((part) => ('item' in part ? part.item : '')));
  const values = flat.flatMap((part) => ('item' in part && (part.op === 'eq' || part.op === 'in') ? part.value : []));
  const alternatives = flat.every((part) => 'item' in part && (part.op === 'eq' || part.op === 'in'));
  const [item] = items;
  if (
    how === 'any' &&
    alternatives &&
    items.size === 1 &&
    item &&
    values.every((value) => typeof value === 'string' || typeof value === 'number')
  )
    return shortest({ item, op: 'in', value: values as (string | number)[] });
  return how === 'all' ? { all: flat } : { any: flat };
}

/** What a question of the form is called where a condition names it. */
export interface Names {
  /** Whether the answer is a list of codes. */
  listed: (item: string) => boolean;
  /** Whether it is ticked or not. */
  ticked: (item: string) => boolean;
}

/** A condition as `relevant` says it. */
export function toExpression(condition: Condition, names: Names): string {
  const inner = (part: Condition) =>
    'item' in part && part.op !== 'in' ? toExpression(part, names) : `(${toExpression(part, names)})`;
  if ('all' in condition) return condition.all.map(inner).join(' and ');
  if ('any' in condition) return condition.any.map(inner).join(' or ');
  if ('not' in condition) return `not(${toExpression(condition.not, names)})`;
  const { item, op, value } = condition;
  const of = `\${${item}}`;
  if (op === 'answered' && names.ticked(item)) return `${of} ${value === false ? '!=' : '='} 'OK'`;
  if (op === 'answered') return `${of} ${value === false ? '=' : '!='} ''`;
  if (op === 'in') return (Array.isArray(value) ? value : []).map((one) => `${of} = ${literal(one)}`).join(' or ') || 'false()';
  const said = literal(Array.isArray(value) ? String(value) : (value ?? ''));
  if (op === 'contains') return `${names.listed(item) ? 'selected' : 'contains'}(${of}, ${said})`;
  return `${of} ${{ eq: '=', ne: '!=', gte: '>=', lte: '<=' }[op]} ${said}`;
}

// XPath has no escapes: a text with both kinds of quotes is put together.
export function literal(value: Value): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return `${value}()`;
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return `date('${value}')`;
  if (!value.includes("'")) return `'${value}'`;
  if (!value.includes('"')) return `"${value}"`;
  return `concat(${value
    .split("'")
    .map((part) => `'${part}'`)
    .join(`, "'", `)})`;
}

/** A part of an expression that was read: a comparison of something with a value, or several joined. */
export type Read =
  | { is: 'and' | 'or'; parts: Read[] }
  | { is: 'not'; part: Read }
  | { is: 'compare'; left: string; op: string; value: Value }
  | { is: 'constant'; value: boolean };

const TOKEN =
  /\s*(?:(\$\{[\w.-]+\})|('[^']*'|"[^"]*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z][\w-]*)|(!=|>=|<=|[=<>(),.]))/y;

/** An expression read to its parts; undefined where it says more than is understood here. */
export function readExpression(text: string): Read | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const found = TOKEN.exec(text);
    if (!found || tokens.length > 2000) return undefined;
    tokens.push(found[0].trimStart());
  }
  let at = 0;
  let depth = 0;
  const take = (token: string) => tokens[at] === token && at++ >= 0;

  function series(word: 'or' | 'and', next: () => Read | undefined): Read | undefined {
    const parts: Read[] = [];
    do {
      const part = next();
      if (!part) return undefined;
      parts.push(part);
    } while (take(word));
    return parts.length === 1 ? parts[0] : { is: word, parts };
  }
  const any = (): Read | undefined => {
    if (++depth > 20) return undefined;
    const read = series('or', () => series('and', one));
    depth--;
    return read;
  };

  function one(): Read | undefined {
    if (take('(')) {
      const part = any();
      return part && take(')') ? part : undefined;
    }
    if (tokens[at] === 'not' && tokens[at + 1] === '(') {
      at += 2;
      const part = any();
      return part && take(')') ? { is: 'not', part } : undefined;
    }
    if ((tokens[at] === 'true' || tokens[at] === 'false') && tokens[at + 1] === '(' && tokens[at + 2] === ')') {
      at += 3;
      return { is: 'constant', value: tokens[at - 3] === 'true' };
    }
    const left = subject();
    if (left === undefined) return undefined;
    if (left.startsWith('selected(') || left.startsWith('contains(')) {
      const value = take(',') ? given() : undefined;
      return value !== undefined && take(')') ? { is: 'compare', left: left.slice(9), op: 'contains', value } : undefined;
    }
    const op = tokens[at++] ?? '';
    const value = /^(=|!=|>=|<=|<|>)$/.test(op) ? given() : undefined;
    return value === undefined ? undefined : { is: 'compare', left, op, value };
  }

  // `${item}`, `.`, or what is counted of it.
  function subject(): string | undefined {
    const token = tokens[at++] ?? '';
    if (token.startsWith('${')) return token.slice(2, -1);
    if (token === '.') return '.';
    if (!/^(selected|contains|string-length|count-selected)$/.test(token) || !take('(')) return undefined;
    const inner = tokens[at++] ?? '';
    const name = inner === '.' ? '.' : inner.startsWith('${') ? inner.slice(2, -1) : undefined;
    if (name === undefined) return undefined;
    if (token === 'selected' || token === 'contains') return `${token}(${name}`;
    return take(')') ? `${token}(${name})` : undefined;
  }

  function given(): Value | undefined {
    const token = tokens[at++] ?? '';
    if (/^['"]/.test(token)) return token.slice(1, -1);
    if (/^-?\d/.test(token)) return Number(token);
    if ((token === 'true' || token === 'false') && take('(') && take(')')) return token === 'true';
    if (token === 'date' && take('(')) {
      const day = given();
      return take(')') ? day : undefined;
    }
    if (token !== 'concat' || !take('(')) return undefined;
    const parts: Value[] = [];
    do {
      const part = given();
      if (part === undefined) return undefined;
      parts.push(part);
    } while (take(','));
    return take(')') ? parts.join('') : undefined;
  }

  const read = any();
  return at === tokens.length ? read : undefined;
}

/** The condition that an expression means. `itemOf` names our item for a question of theirs; undefined for what is not understood. */
export function toCondition(
  expression: string,
  itemOf: (question: string) => string | undefined,
  names: Names,
): Condition | undefined {
  const read = readExpression(expression);
  const condition = read && conditionOf(read, itemOf, names);
  return condition && shortest(condition);
}

function conditionOf(read: Read, itemOf: (question: string) => string | undefined, names: Names): Condition | undefined {
  if (read.is === 'constant') return undefined;
  if (read.is === 'not') {
    const part = conditionOf(read.part, itemOf, names);
    return part && { not: part };
  }
  if (read.is !== 'compare') {
    const parts = read.parts.map((part) => conditionOf(part, itemOf, names));
    if (!parts.every((part) => part !== undefined)) return undefined;
    return read.is === 'and' ? { all: parts } : { any: parts };
  }
  const item = itemOf(read.left);
  return item === undefined ? undefined : comparisonOf(item, read.op, read.value, names.ticked(item));
}

function comparisonOf(item: string, op: string, value: Value, ticked: boolean): Condition | undefined {
  if (ticked) {
    if (op !== '=' && op !== '!=') return undefined;
    const yes = (op === '=') === (value !== '');
    return yes ? { item, op: 'answered' } : { item, op: 'answered', value: false };
  }
  if (value === '' && op === '!=') return { item, op: 'answered' };
  if (value === '' && op === '=') return { item, op: 'answered', value: false };
  const ours = ({ '=': 'eq', '!=': 'ne', '>=': 'gte', '<=': 'lte', contains: 'contains' } as const)[op];
  if (ours) return { item, op: ours, value };
  // What is answered, and is not at least so much, is less.
  const other = op === '<' ? 'gte' : op === '>' ? 'lte' : undefined;
  return other && { all: [{ item, op: 'answered' }, { not: { item, op: other, value } }] };
}
