import type { Verdict } from '../../server/calls/eligibility.ts';
import type { CallState } from '../../server/calls/rules.ts';
import { countryName, formatDate, formatList } from '../locales/format.ts';
import type { Language } from '../locales/languages.ts';
import { translateCode } from '../locales/translate.ts';
import type { PageContext } from '../page.ts';
import type { Tone } from '../ui/tag.tsx';

/** A rule as a sentence: what must be so. */
export function ruleWords(language: Language, { kind, params }: Pick<Verdict, 'params'> & { kind: string }): string {
  const names = (text: string, word: (code: string) => string) => formatList(text.split(',').filter(Boolean).map(word), language);
  switch (kind) {
    case 'started-before':
      return say(language, 'calls.rule.started-before', { date: dateWords(String(params.date ?? ''), language) });
    case 'population': {
      const [min, max] = [Number(params.min ?? 0), Number(params.max ?? 0)];
      const which = min > 0 && max > 0 ? 'range' : max > 0 ? 'max' : 'min';
      return say(language, `calls.rule.population-${which}`, { min, max });
    }
    case 'countries':
      return say(language, params.except === 'yes' ? 'calls.rule.countries-except' : 'calls.rule.countries', {
        names: names(String(params.countries ?? ''), (code) => countryName(code, language)),
      });
    case 'continents':
      return say(language, 'calls.rule.continents', {
        names: names(String(params.continents ?? ''), (name) => say(language, `calls.continent.${name}`, {})),
      });
    default:
      return say(language, `calls.rule.${kind}`, { n: 1, year: '', ...params });
  }
}

/** Why a rule is not met, as a sentence to the city. */
export function failureWords(language: Language, { kind, params }: Verdict): string {
  const date: Record<string, string> = params.date === undefined ? {} : { date: dateWords(String(params.date), language) };
  return say(language, `refusal.ineligible-${kind}`, { ...params, ...date });
}

const say = (language: Language, key: string, params: Record<string, string | number>) =>
  translateCode(language, key, params) ?? key;

function dateWords(text: string, language: Language): string {
  try {
    return formatDate(Temporal.PlainDate.from(text), language);
  } catch {
    return text;
  }
}

export const CALL_TONES: Record<CallState, Tone> = {
  draft: 'off',
  cancelled: 'bad',
  coming: 'new',
  open: 'good',
  grace: 'wait',
  closed: 'off',
  decided: 'off',
};

export const ENTRY_TONES: Record<string, Tone> = {
  draft: 'wait',
  submitted: 'good',
  ineligible: 'bad',
  eligible: 'good',
  shortlisted: 'new',
  laureate: 'new',
  mention: 'new',
  'not-selected': 'off',
  withdrawn: 'off',
};

export const entryState = (ctx: PageContext, state: string) => translateCode(ctx.language, `entries.state.${state}`) ?? state;
