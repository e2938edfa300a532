// The language of a mailing's text: paragraphs, lists, **bold**, [links](https://…) and fields {{like.this}}. It is read before
// anything is put in, so that no name and no title can change what the text is.

export const FIELDS = [
  'name',
  'organisation',
  'country',
  'event',
  'event.dates',
  'event.place',
  'event.link',
  'questionnaire',
  'closes',
  'sender',
] as const;
export type FieldName = (typeof FIELDS)[number];
export type FieldValues = Partial<Record<FieldName, string>>;

export type Inline =
  | { type: 'text'; text: string }
  | { type: 'bold'; parts: Inline[] }
  | { type: 'link'; parts: Inline[]; href: string }
  | { type: 'field'; field: FieldName }
  | { type: 'break' };
export type Block = { type: 'paragraph' | 'item' | 'heading'; parts: Inline[] };

const FIELD = /\{\{\s*([^{}]{0,60}?)\s*\}\}/g;
const isField = (name: string): name is FieldName => (FIELDS as readonly string[]).includes(name);

/** Every name between double braces, known or not, once. */
export function namesIn(text: string): string[] {
  return [...new Set([...text.matchAll(FIELD)].map((match) => match[1] ?? ''))];
}

/** The fields that texts use. */
export function fieldsIn(texts: readonly string[]): FieldName[] {
  return [...new Set(texts.flatMap(namesIn))].filter(isField);
}

/** What between double braces is no field of ours, or a brace that nothing closes. */
export function wrongFields(text: string): string[] {
  const unknown = namesIn(text).filter((name) => !isField(name));
  const rest = text.replace(FIELD, '');
  return [...unknown.map((name) => `{{${name}}}`), ...(/\{\{|\}\}/.test(rest) ? ['{{'] : [])];
}

/** A text with what its fields stand for; a field without value leaves nothing. One line. */
export function filled(text: string, values: FieldValues): string {
  return text
    .replace(FIELD, (_whole, name: string) => (isField(name) ? (values[name] ?? '') : ''))
    .replace(/\s+/g, ' ')
    .trim();
}

/** The blocks of a text. A line that begins with a hyphen is an item, one that begins with `# ` a heading. */
export function blocksOf(text: string): Block[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n\s*\n/)
    .flatMap((chunk) => blocksOfChunk(chunk.trim()))
    .filter((block) => block.parts.length > 0);
}

function blocksOfChunk(chunk: string): Block[] {
  if (chunk === '') return [];
  const blocks: Block[] = [];
  let lines: string[] = [];
  const end = () => {
    if (lines.length > 0) blocks.push({ type: 'paragraph', parts: joined(lines) });
    lines = [];
  };
  for (const line of chunk.split('\n')) {
    const [, sign, rest = ''] = /^\s*([-*]|#{1,3})\s+(.*)$/.exec(line) ?? [];
    if (sign === undefined) lines.push(line);
    else {
      end();
      blocks.push({ type: sign.startsWith('#') ? 'heading' : 'item', parts: inlines(rest) });
    }
  }
  end();
  return blocks;
}

const joined = (lines: string[]): Inline[] =>
  lines.flatMap((line, n) => [...(n > 0 ? [{ type: 'break' as const }] : []), ...inlines(line.trim())]);

const INLINE =
  /\{\{\s*([^{}]{0,60}?)\s*\}\}|\*\*([^*]+)\*\*|\[([^[\]]+)\]\((https?:\/\/[^\s()]+|mailto:[^\s()]+|\{\{\s*event\.link\s*\}\})\)/g;

function inlines(text: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > from) parts.push({ type: 'text', text: text.slice(from, match.index) });
    from = match.index + match[0].length;
    const [, field, bold, words, href] = match;
    if (bold !== undefined) parts.push({ type: 'bold', parts: inlines(bold) });
    else if (words !== undefined && href !== undefined) parts.push({ type: 'link', parts: inlines(words), href });
    else if (field !== undefined && isField(field)) parts.push({ type: 'field', field });
  }
  if (from < text.length) parts.push({ type: 'text', text: text.slice(from) });
  return parts;
}
