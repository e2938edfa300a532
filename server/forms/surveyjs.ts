import { checkDefinition } from './checks.ts';
import { type Condition, type Definition, type Item, parseDefinition } from './definition.ts';
import { own } from './own.ts';
import { conditionOf } from './surveyjs-conditions.ts';

/** What of a survey was left out, or read otherwise than it was meant. */
export interface NotUnderstood {
  /** Where: the name of the page or question, and the property. */
  at: string;
  what: string;
}

type Json = Record<string, unknown>;
type Texts = Record<string, string>;

const QUESTION = new Set(
  'type name title description isRequired visibleIf choices inputType rateMin rateMax minRateDescription maxRateDescription columns rows maxLength html elements min max minSelectedChoices maxSelectedChoices labelTrue labelFalse choicesOrder valueName'.split(
    ' ',
  ),
);

/**
 * A form definition from a survey of SurveyJS (JSON of survey-core): pages, panels (their questions alone), text, comment, radiogroup,
 * dropdown, checkbox, tagbox, boolean, rating, matrix, ranking, html; required, described, simple conditions; texts in several
 * languages. All else is told in `notUnderstood`. Errors: Invalid where what is left is no definition.
 */
export function fromSurveyJs(
  survey: unknown,
  kind: Definition['kind'],
): { definition: Definition; notUnderstood: NotUnderstood[] } {
  const notUnderstood: NotUnderstood[] = [];
  const language = typeof own(survey, 'locale') === 'string' && own(survey, 'locale') ? String(own(survey, 'locale')) : 'en';
  const book = { language, languages: new Set([language]), keys: new Map<string, string>(), notUnderstood };
  const pages = listOf(own(survey, 'pages'));
  const given = pages.length > 0 ? pages : [{ name: 'page1', elements: own(survey, 'elements') ?? own(survey, 'questions') }];
  for (const name of Object.keys((survey as Json) ?? {}))
    if (
      !['title', 'description', 'locale', 'pages', 'elements', 'questions', 'logoPosition', 'showQuestionNumbers'].includes(name)
    )
      notUnderstood.push({ at: name, what: 'survey' });
  const made = given.map((page, at) => {
    const title = textsOf(book, own(page, 'title'));
    const items = questionsOf(book, own(page, 'elements') ?? own(page, 'questions')).flatMap((question) =>
      itemOf(book, question),
    );
    return { key: `page-${at + 1}`, ...(title ? { title } : {}), items };
  });
  const definition = parseDefinition({
    key: 'imported',
    kind,
    title: textsOf(book, own(survey, 'title')) ?? { [language]: 'Survey' },
    ...(textsOf(book, own(survey, 'description')) ? { intro: textsOf(book, own(survey, 'description')) } : {}),
    languages: [...book.languages],
    defaultLanguage: language,
    pages: made.filter(({ items }) => items.length > 0),
  });
  for (const { path, code } of checkDefinition(definition)) notUnderstood.push({ at: path, what: code });
  return { definition, notUnderstood };
}

interface Book {
  language: string;
  languages: Set<string>;
  keys: Map<string, string>;
  notUnderstood: NotUnderstood[];
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

// A panel is a box around questions; its questions stay.
function questionsOf(book: Book, elements: unknown): Json[] {
  return listOf(elements).flatMap((element) => {
    if (typeof element !== 'object' || element === null) return [];
    if (own(element, 'type') !== 'panel') return [element as Json];
    if (own(element, 'visibleIf')) book.notUnderstood.push({ at: `${String(own(element, 'name'))}.visibleIf`, what: 'panel' });
    return questionsOf(book, own(element, 'elements'));
  });
}

function itemOf(book: Book, question: Json): Item[] {
  const name = String(own(question, 'name') ?? '');
  const type = String(own(question, 'type') ?? '');
  for (const property of Object.keys(question))
    if (!QUESTION.has(property)) book.notUnderstood.push({ at: `${name}.${property}`, what: 'property' });
  const special = specialOf(book, question, type);
  if (!special) {
    book.notUnderstood.push({ at: name, what: `type ${type}` });
    return [];
  }
  const visibleWhen = conditionIn(book, question, name);
  const help = textsOf(book, own(question, 'description'));
  const item = {
    key: keyOf(book, name),
    label: textsOf(book, own(question, 'title')) ?? { [book.language]: name || type },
    ...(own(question, 'isRequired') === true && special.type !== 'note' ? { required: true } : {}),
    ...(help ? { help } : {}),
    ...(visibleWhen ? { visibleWhen } : {}),
    ...special,
  };
  return [item as Item];
}

function conditionIn(book: Book, question: Json, name: string): Condition | undefined {
  const text = own(question, 'visibleIf');
  if (typeof text !== 'string' || text.trim() === '') return undefined;
  const condition = conditionOf(text, (item) => book.keys.get(item));
  if (!condition) book.notUnderstood.push({ at: `${name}.visibleIf`, what: text.slice(0, 200) });
  return condition;
}

function specialOf(book: Book, question: Json, type: string): (Json & { type: Item['type'] }) | undefined {
  const number = (property: string, otherwise: number) =>
    typeof own(question, property) === 'number' ? own(question, property) : otherwise;
  const choices = () => choicesOf(book, own(question, 'choices'));
  switch (type) {
    case 'text': {
      const input = own(question, 'inputType');
      if (input === 'number' || input === 'date' || input === 'email' || input === 'url') return { type: input };
      return { type: 'shortText' };
    }
    case 'comment':
      return { type: 'longText' };
    case 'radiogroup':
    case 'dropdown':
      return { type: 'choice', choices: choices() };
    case 'boolean':
      return {
        type: 'choice',
        choices: [
          { code: 'true', label: textsOf(book, own(question, 'labelTrue')) ?? { [book.language]: 'Yes' } },
          { code: 'false', label: textsOf(book, own(question, 'labelFalse')) ?? { [book.language]: 'No' } },
        ],
      };
    case 'checkbox':
    case 'tagbox':
      return { type: 'multiChoice', choices: choices() };
    case 'ranking':
      return { type: 'ranking', choices: choices() };
    case 'rating': {
      const [minLabel, maxLabel] = [
        textsOf(book, own(question, 'minRateDescription')),
        textsOf(book, own(question, 'maxRateDescription')),
      ];
      return {
        type: 'scale',
        min: number('rateMin', 1),
        max: number('rateMax', 5),
        ...(minLabel ? { minLabel } : {}),
        ...(maxLabel ? { maxLabel } : {}),
      };
    }
    case 'matrix': {
      const rows = choicesOf(book, own(question, 'rows')).map(({ code, label }) => ({
        key: keyOf(book, `row ${code}`, false),
        label,
      }));
      return { type: 'matrix', choices: choicesOf(book, own(question, 'columns')), rows };
    }
    case 'html':
      return { type: 'note', label: plainTexts(textsOf(book, own(question, 'html')) ?? { [book.language]: '' }) };
    default:
      return undefined;
  }
}

const plainTexts = (texts: Texts): Texts =>
  Object.fromEntries(
    Object.entries(texts).map(([language, html]) => [
      language,
      html
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    ]),
  );

function choicesOf(book: Book, given: unknown): { code: string; label: Texts }[] {
  return listOf(given).map((choice) => {
    const value = typeof choice === 'object' ? own(choice, 'value') : choice;
    const label = textsOf(book, typeof choice === 'object' ? own(choice, 'text') : undefined) ?? {
      [book.language]: String(value),
    };
    return { code: codeOf(String(value)), label };
  });
}

/** A code of ours from a value of theirs. */
export const codeOf = (value: string): string =>
  value
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[-_]+/, '')
    .slice(0, 40) || 'x';

function keyOf(book: Book, name: string, remember = true): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[^A-Za-z]+/, '');
  const base = (plain.charAt(0).toLowerCase() + plain.slice(1)).slice(0, 36) || 'question';
  if (!remember) return base;
  const taken = new Set(book.keys.values());
  let key = base;
  for (let n = 2; taken.has(key); n++) key = `${base}-${n}`;
  book.keys.set(name, key);
  return key;
}

/** A text, or texts by language where `default` is that of the survey. */
function textsOf(book: Book, value: unknown): Texts | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : { [book.language]: value };
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value).flatMap(([tag, text]) => {
    const language = tag === 'default' ? book.language : tag;
    if (typeof text !== 'string' || !/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language)) return [];
    book.languages.add(language);
    return [[language, text] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
