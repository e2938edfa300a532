import markdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';

// Headings of a text stand below the page's own: whatever levels it uses become the third and those that follow it.
const FIRST = 3;

const parser = markdownIt({ html: false, linkify: true, typographer: false });
parser.disable('image');
parser.core.ruler.push('lower_headings', (state) => {
  const headings = state.tokens.filter(({ type }) => type === 'heading_open' || type === 'heading_close');
  const levels = [...new Set(headings.map(({ tag }) => tag))].sort();
  for (const token of headings) token.tag = `h${Math.min(6, FIRST + levels.indexOf(token.tag))}`;
});

// What the parser makes is cleaned again by somebody who does not trust it.
const CLEAN: sanitizeHtml.IOptions = {
  allowedTags: 'p h3 h4 h5 h6 ul ol li a strong em s blockquote code pre hr br table thead tbody tr th td'.split(' '),
  allowedAttributes: { a: ['href', 'rel'], ol: ['start'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  transformTags: { a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, rel: 'noopener nofollow ugc' } }) },
};

const kept = new Map<string, string>();
const MOST_KEPT = 200;

/** Text that somebody wrote in Markdown as HTML that is safe in a page: no scripts, styles, images or foreign elements. */
export function renderMarkdown(text: string): string {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const html = sanitizeHtml(parser.render(text), CLEAN);
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? '');
  kept.set(text, html);
  return html;
}
