import type { Definition } from '../forms/definition.ts';
import { codesOf, type Measure, measuresOf } from './measures.ts';
import { LEAST } from './suppression.ts';

// One answer a row, one variable a column, as programs for statistics want it: codes only, texts in a file of their own.

export interface Variable {
  /** `nps`, `value_useful`, `topics_culture`: letters, digits and underscores. */
  name: string;
  measure: Measure;
  label: Record<string, string>;
  /** What stands for what; empty for numbers. */
  values: { code: string; label: Record<string, string> }[];
  numeric: boolean;
  value: (answers: Record<string, unknown>) => string | number | null;
  /** It could single somebody out: a group, a country, a number. */
  identifying: boolean;
}

/** The columns of a data file. */
export function variablesOf(definition: Definition): Variable[] {
  return measuresOf(definition).flatMap((measure) => (measure.kind === 'text' ? [] : ofMeasure(measure)));
}

function ofMeasure(measure: Measure): Variable[] {
  const { kind, key, label, under, item } = measure;
  const identifying = item.segment === true || item.type === 'country' || item.type === 'number';
  const base = { measure, label: under ? joined(under, label) : label, identifying };
  const first = (answers: Record<string, unknown>) => codesOf(measure, answers)?.[0] ?? null;
  if (kind === 'multi' || kind === 'ranking') {
    return measure.choices.map(({ code, label: option }) => ({
      ...base,
      name: nameOf(`${key}_${code}`),
      label: joined(label, option),
      values: kind === 'multi' ? [] : [],
      numeric: true,
      value: (answers) => {
        const codes = codesOf(measure, answers);
        if (codes === undefined) return null;
        const at = codes.indexOf(code);
        return kind === 'multi' ? Number(at >= 0) : at < 0 ? null : at + 1;
      },
    }));
  }
  const numeric =
    kind === 'number' ||
    kind === 'scale' ||
    (measure.choices.length > 0 && measure.choices.every(({ code }) => /^\d+$/.test(code)));
  const value = (answers: Record<string, unknown>) => {
    const code = first(answers);
    return code !== null && numeric ? Number(code) : code;
  };
  return [{ ...base, name: nameOf(key), values: kind === 'scale' ? [] : measure.choices, numeric, value }];
}

const nameOf = (key: string) => key.replace(/[^A-Za-z0-9]+/g, '_').slice(0, 60);
const joined = (a: Record<string, string>, b: Record<string, string>) =>
  Object.fromEntries(
    Object.keys(a).map((language) => [language, `${a[language]} – ${b[language] ?? Object.values(b)[0] ?? ''}`]),
  );

/**
 * The variables that may stand side by side: all that single nobody out, and as many of the others, in their order, as leave each
 * combination of their values with at least `least` people or with nobody.
 */
export function exportable(
  variables: readonly Variable[],
  answers: readonly Record<string, unknown>[],
  least = LEAST,
): Variable[] {
  let kept: Variable[] = [];
  for (const variable of variables.filter(({ identifying }) => identifying)) {
    const sizes = new Map<string, number>();
    for (const one of answers) {
      const key = JSON.stringify([...kept, variable].map(({ value }) => value(one)));
      sizes.set(key, (sizes.get(key) ?? 0) + 1);
    }
    if ([...sizes.values()].every((n) => n >= least)) kept = [...kept, variable];
  }
  return variables.filter((variable) => !variable.identifying || kept.includes(variable));
}

const quoted = (text: string) => `"${text.replaceAll('"', "'").replace(/\s+/g, ' ')}"`;

/** SPSS syntax that reads the CSV file and names its variables and values. */
export function spssSyntax(file: string, variables: readonly Variable[], say: (texts: Record<string, string>) => string): string {
  const columns = variables.map(({ name, numeric }) => `  ${name} ${numeric ? 'F8.2' : 'A40'}`).join('\n');
  const labels = variables.map(({ name, label }) => `  ${name} ${quoted(say(label))}`).join('\n');
  const values = variables
    .filter(({ values: known }) => known.length > 0)
    .map(
      ({ name, numeric, values: known }) =>
        `VALUE LABELS ${name}\n${known.map(({ code, label }) => `  ${numeric ? code : quoted(code)} ${quoted(say(label))}`).join('\n')}.`,
    );
  return [
    '* Encoding: UTF-8.',
    `GET DATA /TYPE=TXT /FILE=${quoted(file)} /ENCODING='UTF8' /DELIMITERS="," /QUALIFIER='"' /ARRANGEMENT=DELIMITED /FIRSTCASE=2\n  /VARIABLES=\n${columns}.`,
    `VARIABLE LABELS\n${labels}.`,
    ...values,
    'EXECUTE.\n',
  ].join('\n');
}

/** An R script that does the same, with factors. */
export function rScript(file: string, variables: readonly Variable[], say: (texts: Record<string, string>) => string): string {
  const lines = variables.flatMap(({ name, label, values }) => {
    const codes = values.map(({ code }) => quoted(code)).join(', ');
    const words = values.map((value) => quoted(say(value.label))).join(', ');
    return [
      ...(values.length > 0 ? [`answers$${name} <- factor(answers$${name}, levels = c(${codes}), labels = c(${words}))`] : []),
      `attr(answers$${name}, "label") <- ${quoted(say(label))}`,
    ];
  });
  return [`answers <- read.csv(${quoted(file)}, fileEncoding = "UTF-8-BOM", na.strings = "")`, ...lines, ''].join('\n');
}
