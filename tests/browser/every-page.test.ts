import { HtmlValidate } from 'html-validate';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { exampleOf } from '../access/examples.ts';
import { type Looker, lookerOf, pagePatterns } from '../access/pages.ts';
import { makeWorld } from '../access/world.ts';
import { testApp } from '../support/app.ts';
import { axeOn, axeProblems, page as openPage } from '../support/browser.ts';

// Every page that a browser can be sent to, as somebody who may see it: valid HTML, nothing axe objects to in light and dark,
// nothing that sticks out of a phone, no word of the console.

const test = await testApp();
const { things, who } = await makeWorld(test.system);
await test.listen();

const patterns = pagePatterns(test);

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Styles of ours: what a formatter would do with the source says nothing about the page.
    'no-trailing-whitespace': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'void-style': 'off',
    'doctype-style': 'off',
    'form-dup-name': 'off',
    'no-implicit-input-type': 'off',
    'no-inline-style': 'error',
    'long-title': 'off',
    // Required fields are said by the server; the browser's own checks are off on purpose.
    'input-missing-label': 'error',
    'prefer-native-element': 'off',
    'no-implicit-button-type': 'off',
    'no-raw-characters': 'off',
    'valid-id': 'off',
    'wcag/h63': 'off',
    'aria-label-misuse': 'off',
    'no-redundant-role': 'off',
    'unique-landmark': 'off',
  },
});

const contexts = new Map<string, Promise<Page>>();
const pageOf = (viewer: Looker): Promise<Page> => {
  const known = contexts.get(viewer);
  if (known) return known;
  const cookie = viewer === 'N' ? undefined : who[viewer].cookie;
  const opened = openPage({ baseURL: test.url, cookie, viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
  contexts.set(viewer, opened);
  return opened;
};

describe('every page', () => {
  it.each(patterns)('%s', async (pattern) => {
    const { url } = exampleOf({ method: 'GET', url: pattern }, things);
    const page = await pageOf(lookerOf(pattern));
    const said: string[] = [];
    const listen = (message: { type(): string; text(): string }) => {
      if (message.type() === 'error') said.push(message.text());
    };
    page.on('console', listen);
    page.on('pageerror', (error) => said.push(String(error)));
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    const response = await page.goto(url);
    expect(response?.status(), url).toBe(200);
    const html = (await response?.text()) ?? '';
    const report = validator.validateStringSync(html, url);
    const wrong = report.results.flatMap(({ messages }) =>
      messages.map(
        ({ ruleId, message, line, column }) => `${ruleId}: ${message} (${line}:${column}) ${near(html, line, column)}`,
      ),
    );
    const problems = [...wrong, ...(await axeProblems(page))];
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    const { violations } = await axeOn(page).withRules(['color-contrast', 'target-size']).analyze();
    problems.push(
      ...violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `dark: ${id} ${target.join(' ')} ${failureSummary}`),
      ),
    );
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > 360) problems.push(`sticks out of a phone: ${width} px`);
    page.off('console', listen);
    expect([...problems, ...said]).toEqual([]);
  });
});

const near = (html: string, line: number, column: number) =>
  html.split('\n')[line - 1]?.slice(Math.max(0, column - 60), column + 80) ?? '';
