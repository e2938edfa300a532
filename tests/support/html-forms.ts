import { DomUtils, parseDocument } from 'htmlparser2';

/** A field of a form as a browser would post it. */
export interface HtmlField {
  name: string;
  /** The type of an input, or `textarea`, `select`. */
  type: string;
  value: string;
  /** What a select, radio buttons or boxes offer. */
  options: string[];
  /** Which of radio buttons or boxes are chosen. */
  chosen: string[];
  /** More than that a browser takes from nobody. */
  most: number;
}

export interface HtmlForm {
  action: string;
  multipart: boolean;
  /** Whether it is in a part of the page that is folded. */
  folded: boolean;
  fields: HtmlField[];
}

type Node = Parameters<typeof DomUtils.getAttributeValue>[0];

/** The forms of a page that change something, in its order. */
export const postedForms = (html: string): HtmlForm[] => formsOf(html, 'post');

/** The forms of a page that ask: searches and filters. */
export const askingForms = (html: string): HtmlForm[] => formsOf(html, 'get');

function formsOf(html: string, method: 'get' | 'post'): HtmlForm[] {
  const page = parseDocument(html);
  const all = DomUtils.getElementsByTagName('form', page);
  const outside = DomUtils.getElementsByTagName((name) => FIELDS.includes(name), page).filter((one) => one.attribs.form);
  return all
    .filter((form) => (form.attribs.method?.toLowerCase() ?? 'get') === method)
    .map((form) => {
      const inside = DomUtils.getElementsByTagName((name) => FIELDS.includes(name), form.children).filter(
        (one) => !one.attribs.form,
      );
      const own = outside.filter((one) => one.attribs.form === form.attribs.id);
      return {
        action: form.attribs.action ?? '',
        multipart: form.attribs.enctype === 'multipart/form-data',
        folded: isFolded(form),
        fields: merged([...inside, ...own].flatMap(fieldOf)),
      };
    });
}

function isFolded(node: Node): boolean {
  for (let at = node.parentNode; at; at = at.parentNode)
    if ('name' in at && at.name === 'details' && !('open' in (at as Node).attribs)) return true;
  return false;
}

const FIELDS = ['input', 'textarea', 'select', 'button'];

function fieldOf(node: Node): HtmlField[] {
  const { name = '', type = 'text', value = '' } = node.attribs;
  const most = Number(node.attribs.maxlength ?? Number.POSITIVE_INFINITY);
  if (!name || 'disabled' in node.attribs) return [];
  if (node.name === 'textarea')
    return [{ name, type: 'textarea', value: DomUtils.textContent(node).replace(/^\n/, ''), options: [], chosen: [], most }];
  if (node.name === 'button') return [];
  if (node.name === 'select') {
    const options = DomUtils.getElementsByTagName('option', node.children);
    const chosen = options.find((one) => 'selected' in one.attribs) ?? options[0];
    return [
      {
        name,
        type: 'select',
        value: chosen?.attribs.value ?? '',
        options: options.map((one) => one.attribs.value ?? ''),
        chosen: [],
        most,
      },
    ];
  }
  if (type === 'radio' || type === 'checkbox') return [box(name, type, value || 'on', 'checked' in node.attribs, most)];
  return [{ name, type, value, options: [], chosen: [], most }];
}

const box = (name: string, type: string, value: string, chosen: boolean, most: number): HtmlField => ({
  name,
  type,
  value: chosen ? value : '',
  options: [value],
  chosen: chosen ? [value] : [],
  most,
});

// Radio buttons and boxes of one name are one field; of several boxes that are ticked the first stands for all.
function merged(fields: HtmlField[]): HtmlField[] {
  const found = new Map<string, HtmlField>();
  for (const field of fields) {
    const known = found.get(field.name);
    if (!known || (field.type !== 'radio' && field.type !== 'checkbox')) {
      found.set(known ? `${field.name} ${found.size}` : field.name, field);
      continue;
    }
    known.options.push(...field.options);
    known.chosen.push(...field.chosen);
    known.value ||= field.value;
  }
  return [...found.values()];
}
