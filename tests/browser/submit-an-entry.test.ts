import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { completed, makeWorld, publishedCall, started } from '../calls/world.ts';
import { testApp } from '../support/app.ts';
import { axeProblems, page } from '../support/browser.ts';
import { testClock } from '../support/clock.ts';

// Journey 5: a city submits to the award, with the page's script and without.

const test = await testApp({ clock: testClock('2026-01-15T10:00:00Z') });
const world = await makeWorld(test);
const { contact, colleague, secretariat } = world;
const shots = process.env.SHOTS;

beforeAll(async () => {
  await publishedCall(test, world, 'award', {
    requiredLanguages: ['es'],
    summary: { en: 'Education as a source of inclusion and social cohesion.' },
    guidelines: { en: 'Three **laureates** of three cities.' },
    maxEntries: 9,
    rules: [
      { kind: 'member' },
      { kind: 'fee', year: 2026 },
      { kind: 'started-before', item: 'started', date: '2023-06-01' },
      { kind: 'endorsed' },
    ],
  });
  await publishedCall(test, world, 'unpaid', { rules: [{ kind: 'fee', year: 2025 }] });
  await test.listen();
});

async function open(
  scripted: boolean,
  width = 1280,
  colorScheme: 'light' | 'dark' = 'light',
  cookie = contact.cookie.cookie,
): Promise<Page> {
  return page({ baseURL: test.url, cookie, javaScriptEnabled: scripted, viewport: { width, height: 900 }, colorScheme });
}

async function journey(scripted: boolean): Promise<void> {
  const tab = await open(scripted);
  await tab.goto('/calls');
  await tab.getByRole('link', { name: 'Educating Cities Award' }).first().click();
  await tab.goto('/calls/unpaid');
  await expect.poll(() => tab.getByText('The membership fee of 2025 is not recorded as paid').first().isVisible()).toBe(true);
  expect(await tab.getByRole('button', { name: 'Start an entry of Granollers' }).count()).toBe(0);
  await tab.goto('/calls/award');
  await tab.getByRole('button', { name: 'Start an entry of Granollers' }).click();
  await tab.getByLabel('Title').fill('Schools of the river');
  await tab.getByLabel('Theme').selectOption('lifelong');
  await tab.getByLabel('Summary').fill('Every school adopts a stretch of the river.');
  await tab.getByLabel('Describe the practice').fill('Schools adopt a stretch of the river and look after it.');
  await tab.getByLabel('When did it begin?').fill('2019-09-01');
  if (scripted) {
    await expect.poll(() => tab.locator('[data-autosave]').textContent(), { timeout: 8000 }).toBe('Saved');
    await tab.reload();
    expect(await tab.getByLabel('Title').inputValue()).toBe('Schools of the river');
  }
  await tab
    .getByRole('group', { name: 'Letter of the mayor' })
    .locator('input[type=file]')
    .setInputFiles({
      name: 'letter.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4\n%%EOF\n'),
    });
  await tab.getByRole('button', { name: 'Save', exact: true }).click();
  await tab.getByRole('link', { name: 'Spanish' }).click();
  await tab.getByLabel('Title').fill('Escuelas del río');
  await tab.getByLabel('Summary').fill('Cada escuela adopta un tramo del río.');
  await tab.getByLabel('Describe the practice').fill('Las escuelas adoptan un tramo del río y lo cuidan.');
  await tab.getByRole('button', { name: 'Save', exact: true }).click();
  await tab.getByRole('link', { name: 'To the checklist' }).click();
  await tab.getByLabel('In which office do you sign?').fill('Mayor');
  await tab.getByRole('button', { name: 'Sign', exact: true }).click();
  expect(await tab.getByText('Everything is there. You can submit.').count()).toBe(1);
  await tab.getByRole('link', { name: 'As the jury sees it' }).click();
  expect(await tab.getByText('letter.pdf').count()).toBeGreaterThan(0);
  await tab.goBack();
  await tab.getByRole('button', { name: 'Submit the entry' }).click();
  expect(await tab.getByText('The entry is submitted.').count()).toBe(1);
  expect(await tab.getByText('still gives exactly the hash').count()).toBe(1);
  const hash = await tab.locator('.hash').first().textContent();
  await test.drain();
  const mail = (await test.mails('international.relations.granollers@example.org')).at(-1);
  expect(mail?.text).toContain(hash ?? 'a hash');
  expect(mail?.attachments.map((file) => file.name)[0]).toMatch(/^[A-HJ-NP-Z2-9]{6}\.pdf$/);
  await tab.context().close();
}

describe('a city submits to the award', () => {
  it('with the script, saved as it types', () => journey(true), 60_000);
  it('without it', () => journey(false), 60_000);
});

describe('every page of it', () => {
  it.each([
    [360, 'dark'],
    [1280, 'light'],
  ] as const)(
    'has nothing that axe finds wrong at %i px, %s',
    async (width, scheme) => {
      const draft = await started(test, world, 'award');
      await test.send(
        'POST',
        `/api/entries/${draft.id}/authors`,
        { personId: colleague.id, title: 'Head of education' },
        contact.token,
      );
      const whole = await completed(test, world, 'award');
      await test.send('DELETE', `/api/entries/${draft.id}`, undefined, contact.token);
      const office = '/back-office/calls';
      const urls: [string, string[]][] = [
        [
          contact.cookie.cookie,
          [
            '/calls',
            '/calls/award',
            '/calls/unpaid',
            '/entries',
            `/entries/${whole.id}`,
            `/entries/${whole.id}/edit`,
            `/entries/${whole.id}/texts/es`,
            `/entries/${whole.id}/preview`,
            `/entries/${whole.id}/withdrawal`,
            '/experiences',
          ],
        ],
        [
          secretariat.cookie.cookie,
          [
            office,
            `${office}/new`,
            `${office}/award`,
            ...[
              'about',
              'texts',
              'dates',
              'themes',
              'modalities',
              'criteria',
              'form',
              'rules',
              'exclusions',
              'entries',
              'exceptions',
              'cancellation',
              `entries/${whole.id}`,
            ].map((part) => `${office}/award/${part}`),
          ],
        ],
      ];
      const wrong: string[] = [];
      for (const [cookie, paths] of urls) {
        const tab = await open(true, width, scheme, cookie);
        for (const url of paths) {
          const answer = await tab.goto(url);
          expect([url, answer?.status()]).toEqual([url, 200]);
          wrong.push(...(await axeProblems(tab)).map((problem) => `${url}: ${problem}`));
          const wide = await tab.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
          if (wide) wrong.push(`${url} is wider than ${width} px`);
          if (shots) {
            mkdirSync(shots, { recursive: true });
            const name = url.replace(whole.id, 'entry').replaceAll('/', '_');
            await tab.screenshot({ path: path.join(shots, `${name}-${width}-${scheme}.png`), fullPage: true });
          }
        }
        await tab.context().close();
      }
      expect(wrong).toEqual([]);
    },
    180_000,
  );
});
