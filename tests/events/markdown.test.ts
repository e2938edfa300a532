import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../server/markdown.ts';

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[a](javascript:alert(1))',
  '[a](JaVaScRiPt:alert(1))',
  '[a](java&#10;script:alert(1))',
  '[a](data:text/html;base64,PHNjcmlwdD4=)',
  '[a](vbscript:x)',
  '![pixel](https://evil.example/pixel.png)',
  '<https://a.example/"onmouseover="alert(1)>',
  '[a](https://a.example "x\\" onclick=\\"alert(1)")',
  '<style>*{display:none}</style>',
  '<svg/onload=alert(1)>',
  '<iframe src="https://evil.example"></iframe>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '[x]: javascript:alert(1)\n[a][x]',
  '`<script>`',
  '<form action="https://evil.example"><input name=a></form>',
];

describe('a text in Markdown', () => {
  it('becomes paragraphs, lists, links and tables', () => {
    expect(renderMarkdown('A *b* **c**\n\n- one\n- two')).toBe(
      '<p>A <em>b</em> <strong>c</strong></p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n',
    );
    expect(renderMarkdown('| a | b |\n| - | - |\n| 1 | 2 |')).toContain('<td>2</td>');
    expect(renderMarkdown('see https://example.org/a')).toBe(
      '<p>see <a href="https://example.org/a" rel="noopener nofollow ugc">https://example.org/a</a></p>\n',
    );
  });

  it('has its headings below those of the page', () => {
    expect(renderMarkdown('# One\n\n## Two\n\n##### Five')).toBe('<h3>One</h3>\n<h4>Two</h4>\n<h5>Five</h5>\n');
    expect(renderMarkdown('## Two\n\n### Three')).toBe('<h3>Two</h3>\n<h4>Three</h4>\n');
  });

  it('lets nothing through that runs, loads or hides', () => {
    for (const text of HOSTILE) {
      const html = renderMarkdown(text);
      expect(html, text).not.toMatch(/<(script|img|style|svg|iframe|form|input|object)/i);
      expect(html.replace(/&[a-z]+;|&#\d+;/g, ''), text).not.toMatch(/<[^>]*\son\w+\s*=/i);
      for (const [, href = ''] of html.matchAll(/href="([^"]*)"/g))
        expect(['http:', 'https:', 'mailto:', 'tel:'], text).toContain(new URL(href, 'https://here.example/').protocol);
    }
  });
});
