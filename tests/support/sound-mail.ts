import { caniemail } from 'caniemail';
import { HtmlValidate } from 'html-validate';
import type { CaughtMail } from '../../emails/catcher.ts';

// Mail programs want what pages must not have: styles that stand inline, tables that lay out.
const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'no-inline-style': 'off',
    'no-trailing-whitespace': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'void-style': 'off',
    'doctype-style': 'off',
    'long-title': 'off',
    'no-raw-characters': 'off',
    'require-sri': 'off',
    'tel-non-breaking': 'off',
    'no-deprecated-attr': 'off',
    // The older name of the two is the one that old programs know.
    'presentation-role-style': 'off',
  },
});
const PROGRAMS = ['gmail.*', 'outlook.*', 'apple-mail.*'] as const;
// What a program that does not know it leaves out, and nothing is lost: the dark, rounded corners, a line that breaks elsewhere. Outlook
// draws the body as a block; in one Gmail the line that lists show stands at the top, in the colour of the page.
const WITHOUT_LOSS = [
  'color-scheme CSS property',
  'color-scheme meta tag',
  'text-underline-offset',
  '@media',
  '<style> element',
  'Type selector',
  'Class selector',
  'display:none',
  'max-height property',
  // A button of one digit is then as wide as its digit.
  'min-width property',
  'overflow',
  '<body> element',
  'border-spacing',
  'border-radius',
  'system-ui, ui-serif, ui-sans-serif, ui-rounded, ui-monospace',
  'role attribute',
  'word-break',
];
const MOST_BYTES = 100_000;
const seen = new Set<string>();
const shown = new Set<string>();

/**
 * R21: whatever mail a test reads is valid HTML in a language, small enough to be shown whole, and needs nothing from elsewhere.
 * Each kind is looked at once in each language and with each set of parts: which of them a file reads first makes no difference. Throws with what is wrong.
 */
export async function assertSound({ html, headers }: CaughtMail): Promise<void> {
  if (!html) return;
  const header = (wanted: string) => headers.find(({ name }) => name.toLowerCase() === wanted)?.value ?? '';
  const key = `${header('feedback-id').split(':')[1] ?? ''} ${header('content-language')}`;
  const parts = partsOf(html);
  // What tests write themselves is no mail of ours.
  if (seen.has(key + parts) || key.startsWith('a-test ') || key.startsWith(' ')) return;
  seen.add(key + parts);
  const { results } = await validator.validateString(html);
  const wrong = results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line }) => `${ruleId}: ${message} (line ${line})`),
  );
  if (Buffer.byteLength(html) > MOST_BYTES) wrong.push(`${Buffer.byteLength(html)} bytes`);
  if (!/<html[^>]* lang="[a-z]/.test(html)) wrong.push('no language');
  for (const [found] of html.matchAll(
    /<(?:script|link|iframe|form|img[^>]+src="http)|@import|url\(|position:\s*(?:absolute|fixed)|display:\s*(?:flex|grid)|var\(--/g,
  ))
    wrong.push(`not in every mail program: ${found}`);
  wrong.push(...unshown(html, parts));
  if (wrong.length > 0) throw new Error(`The mail ${key} is not sound:\n${wrong.join('\n')}`);
}

/** Which elements and which properties of style a mail has. */
const partsOf = (html: string) =>
  [...new Set([...html.matchAll(/<[a-z][a-z0-9]*|(?<=[";{\s])[a-z-]+(?=:)/g)].map(([part]) => part))].sort().join(' ');

/** What Gmail, Outlook or Apple Mail cannot show, by what caniemail.com has measured: the same of all mails of the same parts. */
function unshown(html: string, parts: string): string[] {
  if (shown.has(parts)) return [];
  shown.add(parts);
  const { issues } = caniemail({ clients: [...PROGRAMS], html });
  return [...issues.errors].flatMap(([program, found]) =>
    found.filter(({ title }) => !WITHOUT_LOSS.includes(title)).map(({ title }) => `${program} cannot show: ${title}`),
  );
}
