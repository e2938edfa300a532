import type { FieldError } from '../errors.ts';
import type { Choice, Comparison, Condition, Definition, Item, Operator } from './definition.ts';
import { choicesOf, comparisonsOf, hasChoices, itemKeyOf, type Place, perOf, placesOf, rowKeyOf } from './walk.ts';

/** What a schema cannot say of a definition; empty when it may be put into use. Paths are of the definition. */
export function checkDefinition(definition: Definition): FieldError[] {
  const places = placesOf(definition);
  return [
    ...checkLanguages(definition),
    ...checkKeys(definition, places),
    ...checkTexts(definition, places),
    ...checkPrivacy(definition, places),
    ...checkLists(definition),
    ...places.flatMap((place) => checkItem(definition, place)),
    ...checkConditions(definition, places),
    ...(places.some(({ item }) => item.type !== 'note') ? [] : [{ path: 'pages', code: 'noQuestions' }]),
  ];
}

function checkLanguages({ languages, defaultLanguage }: Definition): FieldError[] {
  const errors: FieldError[] = duplicates(languages).map((tag) => ({
    path: 'languages',
    code: 'duplicate',
    params: { key: tag },
  }));
  if (!languages.includes(defaultLanguage)) errors.push({ path: 'defaultLanguage', code: 'defaultLanguage' });
  return errors;
}

function checkKeys(definition: Definition, places: Place[]): FieldError[] {
  // One name, one question, also inside groups: results and conditions name items by key alone.
  const seen = new Set<string>();
  const errors: FieldError[] = [];
  for (const { item, path } of places) {
    if (seen.has(item.key)) errors.push({ path: `${path}.key`, code: 'duplicate', params: { key: item.key } });
    seen.add(item.key);
  }
  for (const key of duplicates(definition.pages.map((page) => page.key)))
    errors.push({ path: 'pages', code: 'duplicate', params: { key } });
  return errors;
}

function checkTexts(definition: Definition, places: Place[]): FieldError[] {
  const lacks = (texts: Record<string, string>) => !texts[definition.defaultLanguage]?.trim();
  const errors: FieldError[] = lacks(definition.title) ? [{ path: 'title', code: 'textMissing' }] : [];
  for (const { item, path } of places) {
    if (lacks(item.label)) errors.push({ path: `${path}.label`, code: 'textMissing' });
    if (item.type === 'matrix') {
      item.rows.forEach((row, n) => {
        if (lacks(row.label)) errors.push({ path: `${path}.rows.${n}.label`, code: 'textMissing' });
      });
    }
    const own = 'choices' in item ? (item.choices ?? []) : [];
    own.forEach((choice, n) => {
      if (lacks(choice.label)) errors.push({ path: `${path}.choices.${n}.label`, code: 'textMissing' });
    });
  }
  return errors;
}

function checkPrivacy(definition: Definition, places: Place[]): FieldError[] {
  const { kind, privacy = 'named' } = definition;
  if (privacy !== 'named' && kind !== 'questionnaire') return [{ path: 'privacy', code: 'privacyKind' }];
  if (privacy !== 'anonymous') return [];
  return places
    .filter(({ item }) => item.type === 'file' || item.type === 'email')
    .map(({ path }) => ({ path: `${path}.type`, code: 'notAnonymous' }));
}

function checkLists(definition: Definition): FieldError[] {
  return Object.entries(definition.choiceLists ?? {}).flatMap(([name, list]) => checkChoices(list, `choiceLists.${name}`));
}

function checkChoices(list: Choice[], path: string): FieldError[] {
  return duplicates(list.map((choice) => choice.code)).map((key) => ({ path, code: 'duplicate', params: { key } }));
}

function checkItem(definition: Definition, { item, path, within }: Place): FieldError[] {
  const errors: FieldError[] = [];
  const wrong = (part: string, code: string, params?: FieldError['params']) =>
    errors.push({ path: `${path}.${part}`, code, params });
  if (definition.kind !== 'registration' && item.per !== undefined) wrong('per', 'perOnlyInRegistrations');
  if (within && item.per !== undefined) wrong('per', 'perInGroup');
  if (within && item.type === 'file') wrong('type', 'fileInGroup');
  if (hasChoices(item)) {
    if ((item.choices === undefined) === (item.choiceList === undefined)) wrong('choices', 'choicesOrList');
    else if (item.choiceList !== undefined && choicesOf(definition, item).length === 0)
      wrong('choiceList', 'noSuchList', { key: item.choiceList });
    if (item.choices) errors.push(...checkChoices(item.choices, `${path}.choices`));
  }
  if (item.type === 'matrix') {
    for (const key of duplicates(item.rows.map((row) => row.key))) wrong('rows', 'duplicate', { key });
    if (choicesOf(definition, item).length < 2) wrong('choices', 'tooFew', { min: 2 });
  }
  if (item.type === 'scale' && (item.max <= item.min || item.max - item.min > 20)) wrong('max', 'scaleRange');
  errors.push(...checkBounds(definition, item, path));
  if (item.type === 'repeat' && item.items.length === 0) wrong('items', 'noQuestions');
  return errors;
}

function checkBounds(definition: Definition, item: Item, path: string): FieldError[] {
  if (!('min' in item || 'max' in item) || item.type === 'scale') return [];
  const { min, max } = item;
  if (min !== undefined && max !== undefined && min > max) return [{ path: `${path}.max`, code: 'maxBelowMin' }];
  if (
    (item.type === 'multiChoice' || item.type === 'ranking') &&
    typeof min === 'number' &&
    min > choicesOf(definition, item).length
  ) {
    return [{ path: `${path}.min`, code: 'moreThanChoices' }];
  }
  return [];
}

function checkConditions(definition: Definition, places: Place[]): FieldError[] {
  const firstOf = (page: Definition['pages'][number]) => places.find((place) => place.page === page)?.order ?? places.length;
  const ofPages = definition.pages.flatMap((page, p) =>
    page.visibleWhen
      ? checkCondition(definition, places, page.visibleWhen, { order: firstOf(page), page }, `pages.${p}.visibleWhen`)
      : [],
  );
  const ofItems = places.flatMap((place) =>
    place.item.visibleWhen ? checkCondition(definition, places, place.item.visibleWhen, place, `${place.path}.visibleWhen`) : [],
  );
  return [...ofPages, ...ofItems];
}

type From = Pick<Place, 'order' | 'page'> & Partial<Place>;

function checkCondition(definition: Definition, places: Place[], condition: Condition, from: From, path: string): FieldError[] {
  return comparisonsOf(condition).flatMap((comparison) => {
    const code = problemOf(definition, places, comparison, from);
    return code ? [{ path, code, params: { key: comparison.item } }] : [];
  });
}

function problemOf(definition: Definition, places: Place[], comparison: Comparison, from: From): string | null {
  const target = places.find(({ item }) => item.key === itemKeyOf(comparison));
  if (!target || target.item.type === 'note') return 'conditionUnknown';
  if (target.order >= from.order || target.item === from.within) return 'conditionLater';
  if (target.within && target.within !== from.within) return 'conditionInGroup';
  const perHere = from.item ? perOf(from.within ?? from.item, from.page) : (from.page.per ?? 'person');
  if (definition.kind === 'registration' && perOf(target.within ?? target.item, target.page) !== perHere)
    return 'conditionOtherScope';
  const row = rowKeyOf(comparison);
  const { item } = target;
  if (row !== undefined && !(item.type === 'matrix' && item.rows.some(({ key }) => key === row))) return 'conditionUnknown';
  if (!operatorsOf(item, row !== undefined).includes(comparison.op)) return 'conditionOperator';
  if (comparison.op === 'answered') return null;
  if (comparison.value === undefined || Array.isArray(comparison.value) !== (comparison.op === 'in')) return 'conditionValue';
  if (!hasChoices(item)) return null;
  const codes = new Set(choicesOf(definition, item).map((choice) => choice.code));
  const values = Array.isArray(comparison.value) ? comparison.value : [comparison.value];
  const byCode = comparison.op !== 'gte' && comparison.op !== 'lte';
  return byCode && !values.every((value) => codes.has(String(value))) ? 'conditionChoice' : null;
}

/** What may be asked of an answer to an item (or to a row of a matrix) in a condition. */
export function operatorsOf(item: Item, row = false): Operator[] {
  switch (item.type) {
    case 'note':
      return [];
    case 'choice':
    case 'scale':
    case 'number':
      return ['eq', 'ne', 'in', 'gte', 'lte', 'answered'];
    case 'matrix':
      return row ? ['eq', 'ne', 'in', 'gte', 'lte', 'answered'] : ['answered'];
    case 'date':
      return ['eq', 'ne', 'gte', 'lte', 'answered'];
    case 'multiChoice':
    case 'ranking':
      return ['contains', 'answered'];
    case 'country':
      return ['eq', 'ne', 'in', 'answered'];
    case 'shortText':
    case 'longText':
    case 'email':
    case 'url':
      return ['eq', 'ne', 'in', 'contains', 'answered'];
    default:
      return ['answered'];
  }
}

function duplicates(names: string[]): string[] {
  return [...new Set(names.filter((name, n) => names.indexOf(name) !== n))];
}
