import 'temporal-polyfill/global';
import { IntlMessageFormat } from 'intl-messageformat';
import { en } from '../../web/locales/en.ts';
import { es } from '../../web/locales/es.ts';
import { fr } from '../../web/locales/fr.ts';
import { pt } from '../../web/locales/pt.ts';

// Each catalogue has every message, each message the arguments of the English one, and each plural the forms of its language.

const catalogues: Record<string, Record<string, string>> = { en, fr, es, pt };

/** What is wrong with the catalogues, a line each. */
export function catalogueProblems(): string[] {
  return Object.entries(catalogues).flatMap(([language, messages]) => {
    const missing = Object.keys(en).filter((key) => !messages[key]?.trim());
    const unknown = Object.keys(messages).filter((key) => !(key in en));
    return [
      ...missing.map((key) => `${language}: ${key} is missing`),
      ...unknown.map((key) => `${language}: ${key} is in no English catalogue`),
      ...Object.entries(messages).flatMap(([key, message]) => wrongMessage(language, key, message)),
      ...Object.entries(messages).flatMap(([key, message]) => badlySet(language, key, message)),
    ];
  });
}

function wrongMessage(language: string, key: string, message: string): string[] {
  try {
    const here = shape(language, message);
    const wanted = shape('en', (en as Record<string, string>)[key] ?? '');
    const names = [...here.names].sort().join(', ');
    const english = [...wanted.names].sort().join(', ');
    return [
      ...(names === english ? [] : [`${language}: ${key} has the arguments (${names}) instead of (${english})`]),
      ...here.missing.map((form) => `${language}: ${key} has a plural without the form "${form}"`),
    ];
  } catch (error) {
    return [`${language}: ${key} cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  }
}

// A sign alone at the beginning of a line is a mistake in French; a Spanish question opens with its own mark.
const TYPOGRAPHY: Record<string, [RegExp, string][]> = {
  fr: [[/« |(?<=\S) [»:;!?]/, 'a plain space beside a sign that must not be parted from its word']],
  es: [
    [/^[^¿]*\?/, 'a question that is not opened'],
    [/^[^¡]*!/, 'an exclamation that is not opened'],
  ],
};
const EVERYWHERE: [RegExp, string][] = [
  [/\p{L}'\p{L}/u, 'a straight apostrophe'],
  [/ {2}| $|^ /, 'a space too many'],
];

function badlySet(language: string, key: string, message: string): string[] {
  return [...(TYPOGRAPHY[language] ?? []), ...EVERYWHERE].flatMap(([sign, words]) =>
    sign.test(message) ? [`${language}: ${key} has ${words}`] : [],
  );
}

interface Shape {
  names: Set<string>;
  missing: string[];
}

// The parts of a message: https://formatjs.github.io/docs/icu-messageformat-parser; 0 is text, 6 a plural, 7 the number in it.
interface Part {
  type: number;
  value?: string;
  options?: Record<string, { value: Part[] }>;
  children?: Part[];
  pluralType?: string;
}

function shape(language: string, message: string): Shape {
  const found: Shape = { names: new Set(), missing: [] };
  const visit = (parts: Part[]) => {
    for (const { type, value, options, children, pluralType } of parts) {
      if (type !== 0 && type !== 7 && type !== 8 && value !== undefined) found.names.add(value);
      if (type === 6 && options) {
        const kind = pluralType === 'ordinal' ? 'ordinal' : 'cardinal';
        const forms = new Intl.PluralRules(language, { type: kind }).resolvedOptions().pluralCategories;
        found.missing.push(...forms.filter((form) => !(form in options)));
      }
      for (const option of Object.values(options ?? {})) visit(option.value);
      if (children) visit(children);
    }
  };
  visit(new IntlMessageFormat(message, language).getAst() as unknown as Part[]);
  return found;
}

if (process.argv[1]?.endsWith('catalogues.ts')) {
  const problems = catalogueProblems();
  for (const problem of problems) console.log(problem);
  process.exit(problems.length === 0 ? 0 : 1);
}
