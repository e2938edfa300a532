import { type Continent, continentOf } from './continents.ts';

// Who may enter a call: rules that the call declares, each a pure question to facts of the organisation and its entry. The same
// function is asked when an entry is started, when it is submitted, and by the pages that say why not.

/** A declared rule. `item` is the key of a date in the entry's form. */
export type Rule =
  | { kind: 'member' }
  | { kind: 'fee'; year: number }
  | { kind: 'not-jury' }
  | { kind: 'not-host' }
  | { kind: 'not-laureate' }
  | { kind: 'started-before'; item: string; date: string }
  | { kind: 'population'; min?: number | null; max?: number | null }
  | { kind: 'countries'; codes: string[]; except: boolean }
  | { kind: 'continents'; names: Continent[] }
  | { kind: 'endorsed' };

export type RuleKind = Rule['kind'] | 'max-entries' | 'max-entries-per-theme';
export const RULE_KINDS = [
  'member',
  'fee',
  'not-jury',
  'not-host',
  'not-laureate',
  'started-before',
  'population',
  'countries',
  'continents',
  'endorsed',
] as const satisfies readonly Rule['kind'][];

/** What rules can be asked for an exception from; `deadline` is no rule of eligibility and is asked for all the same. */
export const EXCEPTION_KINDS = [...RULE_KINDS, 'max-entries', 'max-entries-per-theme', 'deadline'] as const;
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];

export interface Declared {
  rules: readonly Rule[];
  maxEntries: number | null;
  maxEntriesPerTheme: number | null;
}

/** What is known of an organisation that enters a call. */
export interface Standing {
  country: string;
  population: number | null;
  membership: string;
  feeYears: readonly number[];
  /** Why the call excludes it by name: its jury, its host, a past laureate of which nothing else is known here. */
  exclusions: readonly string[];
  /** Whether it was a laureate of the edition before. */
  laureateBefore: boolean;
  /** Its other entries that count. */
  entries: readonly { theme: string | null }[];
  /** Rules from which the secretariat has excepted it. */
  exceptions: readonly string[];
}

/** What is known of the entry itself; null before there is one. */
export interface Entered {
  theme: string | null;
  answers: Readonly<Record<string, unknown>>;
  endorsed: boolean;
}

export interface Verdict {
  kind: RuleKind;
  /** `unknown`: nothing to judge by yet, as the date of a form that is not filled in. */
  result: 'met' | 'failed' | 'unknown' | 'excepted';
  /** For the words of the rule and of its failure. */
  params: Record<string, string | number>;
}

/** Every rule of a call with what became of it, in the call's order. `theme` of an entry that is started may be known or not. */
export function verdicts(call: Declared, standing: Standing, entry: Entered | null): Verdict[] {
  const judged = call.rules.map(
    (rule): Verdict => ({ kind: rule.kind, params: paramsOf(rule), result: judge(rule, standing, entry) }),
  );
  const counted = [
    ...limit('max-entries', call.maxEntries, standing.entries.length),
    ...(entry?.theme == null
      ? []
      : limit(
          'max-entries-per-theme',
          call.maxEntriesPerTheme,
          standing.entries.filter(({ theme }) => theme === entry.theme).length,
        )),
  ];
  return [...judged, ...counted].map((verdict) =>
    verdict.result === 'failed' && standing.exceptions.includes(verdict.kind) ? { ...verdict, result: 'excepted' } : verdict,
  );
}

/** The rules that keep this organisation out: at the start those that are known to fail, at submission also what is still unknown. */
export function failures(call: Declared, standing: Standing, entry: Entered | null, moment: 'start' | 'submission'): Verdict[] {
  return verdicts(call, standing, entry).filter(
    ({ kind, result }) =>
      result === 'failed' || (moment === 'submission' && result === 'unknown' && !standing.exceptions.includes(kind)),
  );
}

const limit = (kind: 'max-entries' | 'max-entries-per-theme', max: number | null, others: number): Verdict[] =>
  max === null ? [] : [{ kind, params: { n: max }, result: others < max ? 'met' : 'failed' }];

const when = (met: boolean) => (met ? 'met' : 'failed');

function judge(rule: Rule, standing: Standing, entry: Entered | null): Verdict['result'] {
  switch (rule.kind) {
    case 'member':
      return when(standing.membership === 'member');
    case 'fee':
      return when(standing.feeYears.includes(rule.year));
    case 'not-jury':
      return when(!standing.exclusions.includes('jury'));
    case 'not-host':
      return when(!standing.exclusions.includes('host'));
    case 'not-laureate':
      return when(!standing.laureateBefore && !standing.exclusions.includes('laureate'));
    case 'started-before': {
      const started = entry?.answers[rule.item];
      // ISO dates of one length compare as texts.
      return typeof started === 'string' && started !== '' ? when(started < rule.date) : 'unknown';
    }
    case 'population':
      if (standing.population === null) return 'unknown';
      return when(standing.population >= (rule.min ?? 0) && standing.population <= (rule.max ?? Number.POSITIVE_INFINITY));
    case 'countries':
      return when(rule.codes.includes(standing.country) !== rule.except);
    case 'continents': {
      const continent = continentOf(standing.country);
      return when(continent !== undefined && rule.names.includes(continent));
    }
    case 'endorsed':
      return entry === null ? 'unknown' : entry.endorsed ? 'met' : 'unknown';
  }
}

function paramsOf(rule: Rule): Record<string, string | number> {
  switch (rule.kind) {
    case 'fee':
      return { year: rule.year };
    case 'started-before':
      return { date: rule.date };
    case 'population':
      return { min: rule.min ?? 0, max: rule.max ?? 0 };
    case 'countries':
      return { countries: rule.codes.join(','), except: rule.except ? 'yes' : 'no' };
    case 'continents':
      return { continents: rule.names.join(',') };
    default:
      return {};
  }
}
