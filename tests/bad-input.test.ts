import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { exampleOf } from './access/examples.ts';
import { lookerOf, pagePatterns } from './access/pages.ts';
import { makeWorld } from './access/world.ts';
import { testApp } from './support/app.ts';
import { askingForms, type HtmlField, type HtmlForm, postedForms } from './support/html-forms.ts';

// Every form of every page, posted wrongly in many ways by somebody who may: a sentence says what is wrong, what was typed is still
// there, and nothing is half-written. What is sent does not come from the page: a browser is not what keeps bad input away.

const test = await testApp();
const { things, who } = await makeWorld(test.system);

type Posted = [string, string][];
interface Asked {
  cookie: Record<string, string>;
  form: HtmlForm;
}

// What the secretariat may change changes what others may do: its pages come last.
const patterns = pagePatterns(test).toSorted(
  (a, b) => Number(a.startsWith('/back-office')) - Number(b.startsWith('/back-office')),
);

async function pageOf(pattern: string) {
  const looker = lookerOf(pattern);
  const cookie: Record<string, string> = looker === 'N' ? {} : { cookie: who[looker].cookie };
  const { url } = exampleOf({ method: 'GET', url: pattern }, things);
  return { url, cookie, page: await test.get(url, cookie) };
}

async function formsOf(pattern: string): Promise<Asked[]> {
  const { cookie, page } = await pageOf(pattern);
  return postedForms(page.body).flatMap((form) =>
    form.fields.some((field) => isTyped(field) || field.type === 'file') ? [{ cookie, form }] : [],
  );
}

const WRITTEN = ['text', 'textarea', 'email', 'search', 'tel', 'url', 'number', 'date', 'datetime-local', 'time', 'month'];
const isTyped = (field: HtmlField) => WRITTEN.includes(field.type) || field.options.length > 1;
/** A form with other values; what a page sends along unseen stays. */
const filled = (form: HtmlForm, value: (field: HtmlField, at: number) => string | string[]): Posted =>
  form.fields.flatMap((field, at) => {
    const values = [isTyped(field) ? value(field, at) : field.value].flat();
    return values.map((one): [string, string] => [field.name, one]);
  });

const HOSTILE = [
  '<script>zz</script>"\'&amp;',
  '=HYPERLINK("https://example.org")',
  'é\u0000\u202e\u2066abc\u0007',
  '😀'.repeat(300),
  '\ud800 half a letter',
  "'; drop table people; --",
  '../../../etc/passwd',
  '{{name}} ${7*7} %s %n',
];
const NUMBERS = ['-1', '1e309', 'NaN', '0.5', '99999999999999999999', '１２'];
const DATES = ['2027-02-30', '2026-03-29T02:30', '0000-00-00', '2027-13-01T25:61', 'tomorrow', '+275760-09-13T00:00'];
const ZONES = ['Mars/Base', 'Europe/Madrid; drop', 'UTC+99'];
const pick = (list: string[], at: number) => list[at % list.length] ?? '';
const hostile = (field: HtmlField, at: number) =>
  field.type === 'number'
    ? pick(NUMBERS, at)
    : /^(date|time|month)/.test(field.type)
      ? pick(DATES, at)
      : /zone/i.test(field.name)
        ? pick(ZONES, at)
        : field.options.length > 0
          ? 'no-such-option'
          : pick(HOSTILE, at);

const WAYS: Record<string, (form: HtmlForm) => Posted> = {
  'nothing at all': () => [],
  'every field empty': (form) => filled(form, () => ''),
  'every field hostile': (form) => filled(form, hostile),
  'every field hostile in another way': (form) => filled(form, (field, at) => hostile(field, at + 3)),
  'every option unknown, the rest as it was': (form) =>
    filled(form, (field) => (field.options.length > 0 ? '01890000-0000-7000-8000-0000000000ff' : field.value)),
  'every field twice': (form) => filled(form, (field) => [field.value || 'one', 'two']),
  'every field a list and an object': (form) =>
    filled(form, (field) => field.value).flatMap(
      ([name, value]): Posted => [
        [`${name}[]`, value],
        [`${name}[x][y]`, 'deep'],
      ],
    ),
  'words, and every option unknown': (form) =>
    filled(form, (field, at) =>
      ['text', 'textarea'].includes(field.type) ? `Words ${at}` : field.options.length > 0 ? 'no-such' : pick(NUMBERS, at),
    ),
  'words, and no number and no date as it should be': (form) =>
    filled(form, (field, at) =>
      ['text', 'textarea'].includes(field.type) ? `Words ${at}` : field.options.length > 0 ? field.value : 'no-such',
    ),
  'far too long': (form) =>
    filled(form, (field) => (field.options.length > 0 ? field.value : 'x'.repeat(Math.min(30_000, field.most)))),
};

const written = async () => {
  const { rows } = await sql<{ n: string }>`
    select (select count(*) from changes) || ' ' || (select count(*) from outbox) || ' ' || (select count(*) from sends) as n`.execute(
    test.db,
  );
  return rows[0]?.n;
};

const encoded = (pairs: Posted) => new URLSearchParams(pairs).toString();
const BOUNDARY = 'a-boundary-that-nobody-types';

/** As a browser sends a form with files; each file is a programme that calls itself a PDF. */
function inParts({ fields }: HtmlForm, payload: string): Buffer {
  const files = fields.flatMap(({ name, type }) => (type === 'file' ? [name] : []));
  const part = (head: string, body: string) =>
    Buffer.concat([
      Buffer.from(`--${BOUNDARY}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`),
      Buffer.from(body),
      Buffer.from('\r\n'),
    ]);
  const quoted = (name: string) => `name="${name.replaceAll('"', '%22')}"`;
  return Buffer.concat([
    ...[...new URLSearchParams(payload)].flatMap(([name, value]) => (files.includes(name) ? [] : [part(quoted(name), value)])),
    ...files.map((name) =>
      part(`${quoted(name)}; filename="letter.pdf"\r\ncontent-type: application/pdf`, 'MZ\u0000\u0001 not what it says'),
    ),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ]);
}

const post = ({ form, cookie }: Asked, payload: string) =>
  test.app.inject({
    method: 'POST',
    url: form.action.split('#')[0] ?? '',
    headers: {
      ...cookie,
      'content-type': form.multipart ? `multipart/form-data; boundary=${BOUNDARY}` : 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    },
    payload: form.multipart ? inParts(form, payload) : payload,
  });

/** What is wrong with an answer to a form. */
async function problems(one: Asked, payload: string, before: string | undefined): Promise<string[]> {
  const answer = await post(one, payload);
  const { statusCode: status, body } = answer;
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
  if (status >= 500) return [`${status}`];
  const found: string[] = [];
  if (body.includes('<script>zz')) found.push('what was typed runs as a script');
  if (status < 400) return found;
  if (!String(answer.headers['content-type']).startsWith('text/html')) found.push(`${status} is no page: ${body.slice(0, 200)}`);
  if (!/<h1/.test(body)) found.push(`${status} has no heading`);
  // Whoever has chosen from a list alone has typed nothing that could be lost: what they forged is told on a page of its own.
  const wrote = one.form.fields.some(({ type }) => WRITTEN.includes(type));
  if (status === 422 && wrote && !/field-error|error-summary/.test(body)) found.push('422 shows the form no more');
  if (status === 422 && !payload.includes('=two')) found.push(...lost(one, payload, body).map((name) => `422 has lost ${name}`));
  if ((await written()) !== before) found.push(`${status} has written something`);
  return found;
}

/** Every box ticked, and of all that is typed nothing as it should be. */
const ticked = (form: HtmlForm): Posted =>
  form.fields.flatMap(({ name, type, value, options }): Posted => {
    if (type === 'checkbox') return options.map((option) => [name, option]);
    return [[name, WRITTEN.includes(type) ? '\u0000' : value]];
  });

/** Which of the boxes that were ticked are on the page that shows the form again, and no longer ticked. */
function unticked({ form }: Asked, body: string): string[] {
  const again = postedForms(body).filter((one) => one.action.split('?')[0] === form.action.split('?')[0]);
  const boxes = (one: HtmlForm) => one.fields.filter(({ type }) => type === 'checkbox');
  return again.flatMap((one) =>
    boxes(one).flatMap(({ name, options, chosen }) => (chosen.length < options.length ? [name] : [])),
  );
}

/** Which words of a form are nowhere on the page that shows it again. What is no number or date no browser would have let in. */
function lost({ form }: Asked, payload: string, body: string): string[] {
  const again = postedForms(body);
  // An earlier post has done what this form is for: it is on the page no more.
  if (!again.some(({ action }) => action.split('?')[0] === form.action.split('?')[0])) return [];
  const path = (form: HtmlForm) => form.action.split('?')[0];
  if (again.filter((one) => path(one) === path(form)).every(({ folded }) => folded))
    return ['the form itself: it is folded away'];
  const shown = new Set(again.flatMap(({ fields }) => fields.map(({ value }) => value)));
  const words = new Set(form.fields.flatMap(({ name, type }) => (['text', 'textarea', 'search'].includes(type) ? [name] : [])));
  return [...new URLSearchParams(payload)].flatMap(([name, value]) =>
    words.has(name) && /^(Words \d+|x{9,})$/.test(value) && !shown.has(value) ? [name] : [],
  );
}

const statuses = new Map<number, number>();

describe('every form, however it is filled', () => {
  it.each(patterns)('%s', async (pattern) => {
    const found: string[] = [];
    for (const one of await formsOf(pattern))
      for (const [way, fill] of Object.entries(WAYS)) {
        const before = await written();
        for (const problem of await problems(one, encoded(fill(one.form)), before))
          found.push(`${one.form.action}, ${way}: ${problem}`);
      }
    expect(found).toEqual([]);
  });

  it.each(patterns)('keeps the boxes that were ticked: %s', async (pattern) => {
    const found: string[] = [];
    for (const one of (await formsOf(pattern)).filter(({ form }) => form.fields.some(({ type }) => type === 'checkbox'))) {
      const answer = await post(one, encoded(ticked(one.form)));
      if (answer.statusCode !== 422) continue;
      found.push(...unticked(one, answer.body).map((name) => `${one.form.action} has lost ${name}`));
    }
    expect(found).toEqual([]);
  });

  it('was refused as invalid hundreds of times, so that this says something', () => {
    expect(statuses.get(422)).toBeGreaterThan(500);
  });
});

// What a list is asked for stands in its address, where anybody may write anything.
const ADDRESSES = [
  'cursor=not-a-cursor&q=%00%ff&sort=drop&month=2026-13&year=99999999999999999999&day=2026-02-30',
  'q[]=a&q[x]=b&cursor[]=c&month[]=d&page=-1&language=xx-not&place=1&session=1&state=&kind=%F0%9F%98%80',
  `q=${'x'.repeat(5000)}&done=${'y'.repeat(500)}&n=1e9&to=ca&next=//example.org`,
];

describe('every page, whatever its address asks', () => {
  it.each(patterns)('%s', async (pattern) => {
    const { url, cookie, page } = await pageOf(pattern);
    const own = askingForms(page.body).flatMap((form) =>
      Object.keys(WAYS).map((way) => `${form.action.split('?')[0] || url.split('?')[0]}?${encoded(WAYS[way]?.(form) ?? [])}`),
    );
    const found: string[] = [];
    for (const address of [...ADDRESSES.map((query) => `${url.split('?')[0]}?${query}`), ...own]) {
      const { statusCode, headers, body } = await test.get(address, cookie);
      const type = String(headers['content-type']);
      if (statusCode >= 500 || (statusCode >= 400 && !type.startsWith('text/html')) || body.includes('<script>zz'))
        found.push(`${statusCode} ${type}: ${address.slice(0, 200)}`);
    }
    expect(found).toEqual([]);
  });
});
