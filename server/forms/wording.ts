import type { Language } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import type { Translate } from '../../web/locales/translate.ts';
import type { Comparison, Condition, Definition } from './definition.ts';
import { choicesOf, itemKeyOf, placesOf, rowKeyOf } from './walk.ts';

/** A condition as a sentence part in the reader's language, for the hint "Only if …" and for whoever reviews a form. */
export function conditionInWords(definition: Definition, condition: Condition, t: Translate, language: Language): string {
  const inner = (part: Condition) => {
    const words = conditionInWords(definition, part, t, language);
    return 'item' in part || 'not' in part ? words : t('forms.condition.group', { words });
  };
  const list = (parts: Condition[], type: 'conjunction' | 'disjunction') =>
    new Intl.ListFormat(language, { type }).format(
      parts.length === 1 ? parts.map((part) => conditionInWords(definition, part, t, language)) : parts.map(inner),
    );
  if ('all' in condition) return list(condition.all, 'conjunction');
  if ('any' in condition) return list(condition.any, 'disjunction');
  if ('not' in condition) return t('forms.condition.not', { words: inner(condition.not) });
  return comparison(definition, condition, t, language);
}

function comparison(definition: Definition, part: Comparison, t: Translate, language: Language): string {
  const read = (map: Record<string, string> | undefined) => textIn(map, [language], definition.defaultLanguage);
  const place = placesOf(definition).find(({ item }) => item.key === itemKeyOf(part));
  const row = place?.item.type === 'matrix' ? place.item.rows.find(({ key }) => key === rowKeyOf(part)) : undefined;
  const item = [read(place?.item.label), read(row?.label)].filter(Boolean).join(' – ') || part.item;
  const options = place ? choicesOf(definition, place.item) : [];
  const word = (value: unknown) => {
    if (typeof value === 'boolean') return t(value ? 'forms.condition.yes' : 'forms.condition.no');
    return read(options.find(({ code }) => code === String(value))?.label) || String(value ?? '');
  };
  const values = Array.isArray(part.value) ? part.value : [part.value];
  const value = new Intl.ListFormat(language, { type: 'disjunction' }).format(
    values.map((one) => t('forms.condition.value', { value: word(one) })),
  );
  switch (part.op) {
    case 'eq':
    case 'in':
      return t('forms.condition.eq', { item, value });
    case 'ne':
      return t('forms.condition.ne', { item, value });
    case 'contains':
      return t('forms.condition.contains', { item, value });
    case 'gte':
      return t('forms.condition.gte', { item, value });
    case 'lte':
      return t('forms.condition.lte', { item, value });
    case 'answered':
      return t(part.value === false ? 'forms.condition.unanswered' : 'forms.condition.answered', { item });
  }
}
