import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterFile } from './after-file.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];
const ON_A_MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

let opened: Promise<Browser> | undefined;

/**
 * The browser of this test file: CHROMIUM_PATH, else the machine's own Chromium, else the one that npm brought. Closed after the file.
 * `flags` are for a file that opens it before its first page.
 */
export function openBrowser(flags: string[] = []): Promise<Browser> {
  opened ??= launch([...FLAGS, ...flags]).then((browser) => {
    afterFile(() => {
      opened = undefined;
      return browser.close();
    });
    return browser;
  });
  return opened;
}

export interface PageOptions extends BrowserContextOptions {
  /** Where relative addresses begin: `url` of testApp. */
  baseURL: string;
  /** As `signedIn` of testApp gives it. */
  cookie?: string;
}

/** A page in a browser profile of its own. Without `javaScriptEnabled: false` scripts run. */
export async function page({ cookie, ...options }: PageOptions): Promise<Page> {
  const context = await (await openBrowser()).newContext({ locale: 'en-GB', timezoneId: 'Europe/Madrid', ...options });
  context.setDefaultTimeout(10_000);
  if (cookie) await addCookie(context, options.baseURL, cookie);
  return context.newPage();
}

// Without frames of other origins axe needs no second page to put its results together: that takes longer than the looking.
export const axeOn = (page: Page): AxeBuilder => new AxeBuilder({ page }).setLegacyMode(true);

/** What axe finds wrong on the page, one line each; empty when nothing is. */
export async function axeProblems(page: Page): Promise<string[]> {
  const { violations } = await axeOn(page)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} (${target.join(' ')}) ${failureSummary ?? ''}`),
  );
}

async function addCookie(context: BrowserContext, url: string, cookie: string): Promise<void> {
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }]);
}

async function launch(args: string[]): Promise<Browser> {
  const own =
    process.env.CHROMIUM_PATH ??
    [...['chromium', 'chromium-browser', 'google-chrome'].map(onPath), ...ON_A_MAC].find((file) => file && existsSync(file));
  return own ? chromium.launch({ executablePath: own, args }) : brought(args);
}

const onPath = (name: string) =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));

async function brought(args: string[]): Promise<Browser> {
  const folder = path.resolve('node_modules/.cache/chromium');
  if (!existsSync(path.join(folder, 'chromium'))) unpack(folder);
  const fonts = path.join(folder, 'fonts');
  const env = { ...process.env, LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: fonts } as Record<
    string,
    string
  >;
  return chromium.launch({ executablePath: path.join(folder, 'chromium'), args, env });
}

// Under another name first: several test files may need it at once. In a process of its own, because the package changes the environment.
function unpack(folder: string): void {
  mkdirSync(path.dirname(folder), { recursive: true });
  const half = mkdtempSync(`${folder}-`);
  const code = `const { default: chromium } = await import('@sparticuz/chromium'); chromium.setGraphicsMode = false; await chromium.executablePath();`;
  execFileSync(process.execPath, ['--input-type=module', '-e', code], {
    env: { ...process.env, TMPDIR: half, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  });
  const dirs = [path.join(folder, 'fonts'), path.resolve('node_modules/@fontsource')].map((dir) => `<dir>${dir}</dir>`).join('');
  const config = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${dirs}<cachedir>${path.join(folder, 'cache')}</cachedir></fontconfig>`;
  writeFileSync(path.join(half, 'fonts', 'fonts.conf'), config);
  try {
    renameSync(half, folder);
  } catch {
    rmSync(half, { recursive: true, force: true });
  }
}
