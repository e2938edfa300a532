import { z } from 'zod';
import { Invalid } from '../errors.ts';
import { parse } from '../http/input.ts';

// Form definition, version 1: what a form asks, in which languages, under which conditions. No transforms here, so that the JSON
// Schema published at /api/schemas/form-definition-1.json says exactly what is accepted.

// What objects inherit may not be a key: it would be found in every answer, and parsers of form posts drop it.
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

const key = z
  .string()
  .regex(/^[a-z][A-Za-z0-9_-]{0,39}$/)
  .refine((name) => !inherited.has(name), { params: { code: 'reservedKey' } });
const code = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/)
  .refine((name) => !inherited.has(name), { params: { code: 'reservedKey' } });
const language = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);
const text = (max = 500) => z.record(language, z.string().max(max));
const isoDate = z.iso.date();
const number = z.number().min(-1e12).max(1e12);

/** A condition on earlier items. `row` of a matrix is written `item.row`. */
export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | Comparison;
export type Operator = 'eq' | 'ne' | 'in' | 'contains' | 'gte' | 'lte' | 'answered';
export interface Comparison {
  item: string;
  op: Operator;
  value?: string | number | boolean | (string | number)[];
}
export const OPERATORS = ['eq', 'ne', 'in', 'contains', 'gte', 'lte', 'answered'] as const satisfies readonly Operator[];

const comparison = z.strictObject({
  item: z.string().regex(/^[a-z][A-Za-z0-9_-]{0,39}(\.[a-z][A-Za-z0-9_-]{0,39})?$/),
  op: z.enum(OPERATORS),
  value: z.union([z.string().max(500), number, z.boolean(), z.array(z.union([z.string().max(500), number])).max(100)]).optional(),
});

// Bounded, not recursive: a crafted definition cannot nest until the stack is gone.
function conditionOf(depth: number): z.ZodType<Condition> {
  if (depth === 0) return comparison;
  const inner = conditionOf(depth - 1);
  return z.union([
    comparison,
    z.strictObject({ all: z.array(inner).min(1).max(20) }),
    z.strictObject({ any: z.array(inner).min(1).max(20) }),
    z.strictObject({ not: inner }),
  ]);
}
const condition = conditionOf(3);

const choice = z.strictObject({
  code,
  label: text(300),
  /** What the option counts in scores; null leaves it out. */
  score: number.nullable().optional(),
  /** Chosen, it excludes all other options. */
  exclusive: z.boolean().optional(),
});
const choices = z.array(choice).min(1).max(300);
const row = z.strictObject({ key, label: text(300), concept: z.string().max(100).optional() });

export const PER = ['person', 'delegation'] as const;
export type Per = (typeof PER)[number];

const common = {
  key,
  label: text(1000),
  help: text(2000).optional(),
  required: z.boolean().optional(),
  visibleWhen: condition.optional(),
  /** In registration forms: asked of each person, or once of the delegation. Otherwise as the page says. */
  per: z.enum(PER).optional(),
  /** What it measures: items of the same concept are compared between editions. */
  concept: z.string().max(100).optional(),
  /** Whether results may be filtered by it. */
  segment: z.boolean().optional(),
};
const options = { choices: choices.optional(), choiceList: key.optional() };

export const FILE_KINDS = ['pdf', 'image', 'document', 'spreadsheet', 'presentation', 'audio', 'video', 'archive'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

const shortText = z.strictObject({ ...common, type: z.literal('shortText'), maxChars: z.int().min(1).max(500).optional() });
const longText = z.strictObject({
  ...common,
  type: z.literal('longText'),
  maxChars: z.int().min(1).max(50_000).optional(),
  maxWords: z.int().min(1).max(10_000).optional(),
});
const numberItem = z.strictObject({
  ...common,
  type: z.literal('number'),
  min: number.optional(),
  max: number.optional(),
  integer: z.boolean().optional(),
  unit: text(50).optional(),
});
const date = z.strictObject({ ...common, type: z.literal('date'), min: isoDate.optional(), max: isoDate.optional() });
const email = z.strictObject({ ...common, type: z.literal('email') });
const url = z.strictObject({ ...common, type: z.literal('url') });
const country = z.strictObject({ ...common, type: z.literal('country') });
const choiceItem = z.strictObject({ ...common, ...options, type: z.literal('choice') });
const multiChoice = z.strictObject({
  ...common,
  ...options,
  type: z.literal('multiChoice'),
  min: z.int().min(0).max(300).optional(),
  max: z.int().min(1).max(300).optional(),
});
const scale = z.strictObject({
  ...common,
  type: z.literal('scale'),
  min: z.int().min(-10).max(10),
  max: z.int().min(-10).max(20),
  minLabel: text(100).optional(),
  maxLabel: text(100).optional(),
});
const matrix = z.strictObject({ ...common, ...options, type: z.literal('matrix'), rows: z.array(row).min(1).max(50) });
const ranking = z.strictObject({
  ...common,
  ...options,
  type: z.literal('ranking'),
  min: z.int().min(0).max(50).optional(),
  max: z.int().min(1).max(50).optional(),
});
const file = z.strictObject({
  ...common,
  type: z.literal('file'),
  accept: z.array(z.enum(FILE_KINDS)).min(1).optional(),
  maxBytes: z.int().min(1000).max(20_000_000).optional(),
  maxFiles: z.int().min(1).max(10).optional(),
});
const consent = z.strictObject({ ...common, type: z.literal('consent') });
const note = z.strictObject({ ...common, label: text(5000), type: z.literal('note') });

const simple = z.discriminatedUnion('type', [
  shortText,
  longText,
  numberItem,
  date,
  email,
  url,
  country,
  choiceItem,
  multiChoice,
  scale,
  matrix,
  ranking,
  file,
  consent,
  note,
]);
const repeat = z.strictObject({
  ...common,
  type: z.literal('repeat'),
  /** What one of them is called: “Partner”. */
  itemLabel: text(100).optional(),
  min: z.int().min(0).max(50).optional(),
  max: z.int().min(1).max(50).optional(),
  items: z.array(simple).max(50),
});
const item = z.discriminatedUnion('type', [...simple.options, repeat]);

const page = z.strictObject({
  key,
  title: text(200).optional(),
  intro: text(5000).optional(),
  per: z.enum(PER).optional(),
  visibleWhen: condition.optional(),
  items: z.array(item).max(200),
});

export const KINDS = ['registration', 'application', 'questionnaire', 'selfAssessment'] as const;
export const PRIVACIES = ['named', 'confidential', 'anonymous'] as const;

/** The shape of a definition. What a schema cannot say is in checks.ts. */
export const Definition = z.strictObject({
  $schema: z.string().max(300).optional(),
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/),
  version: z.int().min(1).max(100_000).optional(),
  kind: z.enum(KINDS),
  privacy: z.enum(PRIVACIES).optional(),
  languages: z.array(language).min(1).max(40),
  defaultLanguage: language,
  title: text(300),
  intro: text(5000).optional(),
  choiceLists: z.record(key, choices).optional(),
  pages: z.array(page).min(1).max(50),
});

export type Definition = z.infer<typeof Definition>;
export type Page = z.infer<typeof page>;
export type SimpleItem = z.infer<typeof simple>;
export type RepeatItem = z.infer<typeof repeat>;
export type Item = z.infer<typeof item>;
export type ItemType = Item['type'];
export type Choice = z.infer<typeof choice>;
export type FormKind = (typeof KINDS)[number];
export type Privacy = (typeof PRIVACIES)[number];

export const ITEM_TYPES = item.options.map((option) => option.shape.type.value) as readonly ItemType[];
/** What a piece of a form is checked by when it comes alone from the editor. */
export const ItemShape = item;
export const ChoicesShape = choices;

/** The definition in `value`, as of its schema. Errors: Invalid with every wrong path. */
export function parseDefinition(value: unknown): Definition {
  if (typeof value !== 'object' || value === null) throw new Invalid([{ path: '', code: 'kind' }]);
  return parse(Definition, value);
}

/** JSON Schema (draft 2020-12) of form definition version 1, for editors and other programs. */
export function definitionJsonSchema(id: string): Record<string, unknown> {
  return { $id: id, title: 'Convivium form definition 1', ...z.toJSONSchema(Definition, { io: 'input', reused: 'ref' }) };
}
