import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { renderToString } from 'preact-render-to-string';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectFolder } from '../../server/http/assets.ts';
import type { Language } from '../../web/locales/languages.ts';
import { LANGUAGES } from '../../web/locales/languages.ts';
import { afterFile } from '../support/after-file.ts';
import { axeProblems, page } from '../support/browser.ts';
import { Gallery, galleryContext } from './gallery.tsx';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'";
const files = { css: '', js: '' };
let url = '';

const html = (language: Language) =>
  `<!doctype html>${renderToString(<Gallery ctx={galleryContext(language, { css: '/a.css', js: '/a.js' })} />)}`;

beforeAll(async () => {
  files.css = await bundled('main.css');
  files.js = await bundled('main.ts');
  const server = createServer((request, answer) => {
    answer.setHeader('content-security-policy', POLICY);
    const path = (request.url ?? '/').split('?')[0];
    if (path === '/a.css') return answer.setHeader('content-type', 'text/css').end(files.css);
    if (path === '/a.js') return answer.setHeader('content-type', 'text/javascript').end(files.js);
    const language = LANGUAGES.find((one) => path === `/${one}`) ?? 'en';
    return answer.setHeader('content-type', 'text/html; charset=utf-8').end(html(language));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  afterFile(() => new Promise<void>((closed) => server.close(() => closed())));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

async function bundled(file: string): Promise<string> {
  const entry = path.join(projectFolder(import.meta.dirname), 'web/client', file);
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, minify: true, write: false, format: 'esm' });
  return outputFiles[0]?.text ?? '';
}

describe('every part of the interface', () => {
  it('is light and needs no style attribute', () => {
    expect(gzipSync(files.js).length).toBeLessThan(15_000);
    expect(gzipSync(files.css).length + gzipSync(files.js).length + gzipSync(html('en')).length).toBeLessThan(60_000);
    expect(html('en')).not.toMatch(/\sstyle=/);
  });

  it.each(['light', 'dark'] as const)(
    'passes axe in %s, on a phone and on a desk, within the width of the screen',
    async (colorScheme) => {
      for (const [width, language] of [
        [360, 'fr'],
        [1280, 'en'],
      ] as const) {
        const tab = await page({ baseURL: url, colorScheme, viewport: { width, height: 800 } });
        const wrong: string[] = [];
        tab.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
        tab.on('pageerror', (error) => wrong.push(error.message));
        await tab.goto(`/${language}`);
        expect(await axeProblems(tab)).toEqual([]);
        expect(await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
        expect(wrong).toEqual([]);
        await tab.context().close();
      }
    },
  );

  it('remembers the theme, counts words and the selected, and opens at what is wrong', async () => {
    const tab = await page({ baseURL: url });
    await tab.goto('/en');
    expect(await tab.evaluate(() => document.activeElement?.className)).toBe('error-summary');
    await tab.getByText('Dark', { exact: true }).click();
    await tab.reload();
    expect(await tab.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    await tab.getByLabel('What should the kitchen know?').fill('one two three');
    expect(await tab.locator('#f-needs-count').textContent()).toBe('Words left: 47');
    await tab.getByLabel('Select all on this page').check();
    expect(await tab.locator('[data-selected]').textContent()).toBe('4');
    await tab.getByLabel('Select Inês Carvalho').uncheck();
    expect(await tab.locator('[data-selected]').textContent()).toBe('3');
  });

  it('sends a form once, and again after Back', async () => {
    const tab = await page({ baseURL: url });
    await tab.goto('/en');
    const sent = await tab.evaluate(() => {
      const form = document.querySelector<HTMLFormElement>('form[action="/registrations"]');
      let times = 0;
      window.addEventListener('submit', (event) => {
        if (!event.defaultPrevented) times += 1;
        event.preventDefault();
      });
      const press = () => form?.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }));
      press();
      press();
      const first = times;
      window.dispatchEvent(new Event('pageshow'));
      press();
      return [first, times];
    });
    expect(sent).toEqual([1, 2]);
  });

  it('is complete without the script', async () => {
    const tab = await page({ baseURL: url, javaScriptEnabled: false });
    await tab.goto('/pt');
    expect(await tab.getByRole('link', { name: 'Français' }).getAttribute('href')).toContain('/language/fr?next=');
    expect(await tab.locator('[data-theme-switch]').isVisible()).toBe(false);
    expect(await tab.getByRole('button', { name: 'Aplicar' }).isVisible()).toBe(true);
  });
});
