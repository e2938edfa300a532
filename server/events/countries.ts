import { COUNTRIES } from '../../web/locales/countries.ts';
import { countryName } from '../../web/locales/format.ts';
import { LANGUAGES } from '../../web/locales/languages.ts';

const fold = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

let known: Map<string, string> | undefined;

function byName(): Map<string, string> {
  known ??= new Map([
    ...LANGUAGES.flatMap((language) => COUNTRIES.map((code): [string, string] => [fold(countryName(code, language)), code])),
    ...COUNTRIES.map((code): [string, string] => [code.toLowerCase(), code]),
  ]);
  return known;
}

/** Countries as they are typed: names in any language of the interface or codes, with commas or line breaks between them. */
export function countriesFrom(text: string): { codes: string[]; unknown: string[] } {
  const names = text
    .split(/[,;\n]+/)
    .map((name) => name.trim())
    .filter(Boolean);
  const found = names.map((name) => ({ name, code: byName().get(fold(name)) }));
  return {
    codes: [...new Set(found.flatMap(({ code }) => code ?? []))],
    unknown: found.filter(({ code }) => !code).map(({ name }) => name.slice(0, 60)),
  };
}
