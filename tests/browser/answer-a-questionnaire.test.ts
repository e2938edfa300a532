import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { grantRole } from '../../server/accounts/roles.ts';
import { mixAnswers } from '../../workers/questionnaires.ts';
import { openedQuestionnaire } from '../questionnaires/world.ts';
import { testApp } from '../support/app.ts';
import { axeProblems, page } from '../support/browser.ts';

// Participants answer: by the link of their mail, without signing in, on a phone; the organiser sees charts of five and more.

const test = await testApp();
const baseURL = await test.listen();
const { db } = test;
const SHOTS = process.env.SHOTS;
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };

const open = (privacy: 'anonymous' | 'named', people: number) =>
  openedQuestionnaire(db, { people, privacy, now: test.clock(), secret: test.system.config.secret });

async function shot(on: Page, name: string): Promise<void> {
  if (SHOTS) await on.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}

/** Nothing is wider than the phone. */
const overflow = (on: Page) => on.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

const anonymous = await open('anonymous', 30);
const named = await open('named', 6);

describe.each([true, false])('on a phone, with JavaScript: %s', (javaScriptEnabled) => {
  const token = () => anonymous.people.pop()?.token ?? '';

  it('answers page by page, changes the language without losing a word, and is thanked once', async () => {
    const link = `/q/${token()}`;
    const phone = await page({ baseURL, ...PHONE, javaScriptEnabled });
    await phone.goto(link);
    expect(await phone.locator('.promise').textContent()).toContain('not which answers are yours');
    expect(await overflow(phone)).toBeLessThanOrEqual(0);
    await shot(phone, `answer-1-${javaScriptEnabled}`);
    // Required, and said so; what was chosen stays.
    await phone.getByLabel('Yes, the first').check();
    await phone.getByRole('button', { name: 'Continue' }).click();
    await phone.getByText('Please fill this in').first().waitFor();
    expect(await phone.getByLabel('Yes, the first').isChecked()).toBe(true);
    await phone.getByLabel('9', { exact: true }).check();
    await phone.getByRole('button', { name: 'Français' }).click();
    await phone.getByText('En bref').waitFor();
    expect(await phone.getByLabel('9', { exact: true }).isChecked()).toBe(true);
    await phone.getByRole('button', { name: 'Continuer' }).click();
    await phone.getByText('Page 2 sur 3').waitFor();
    await shot(phone, `answer-2-${javaScriptEnabled}`);
    expect(await overflow(phone)).toBeLessThanOrEqual(0);
    const row = phone.getByRole('group', { name: 'C’était bien organisé' });
    await row.getByLabel('Plutôt d’accord').check();
    await phone.getByRole('button', { name: 'Retour' }).click();
    await phone.getByText('Page 1 sur 3').waitFor();
    expect(await phone.getByLabel('9', { exact: true }).isChecked()).toBe(true);
    await phone.getByRole('button', { name: 'Continuer' }).click();
    await phone.getByText('Page 2 sur 3').waitFor();
    expect(await row.getByLabel('Plutôt d’accord').isChecked()).toBe(true);
    await phone.getByRole('button', { name: 'Continuer' }).click();
    await phone.getByLabel('Que retiendrez-vous ?').fill('Les bibliothèques');
    await phone.getByRole('button', { name: 'Envoyer mes réponses' }).click();
    await phone.getByRole('heading', { name: 'Merci' }).waitFor();
    await shot(phone, `answer-thanks-${javaScriptEnabled}`);
    await phone.goto(link);
    await phone.getByRole('heading', { name: /answered already|déjà répondu/ }).waitFor();
    await phone.context().close();
  });

  it('has the first question tapped in the mail, and only marked by that', async () => {
    const link = `/q/${named.people.pop()?.token ?? ''}?first=8`;
    const phone = await page({ baseURL, ...PHONE, javaScriptEnabled });
    await phone.goto(link);
    expect(await phone.getByLabel('8', { exact: true }).isChecked()).toBe(true);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from named_answers`.execute(db);
    expect(rows[0]?.n).toBe(0);
    await phone.context().close();
  });
});

describe('by keyboard', () => {
  it('goes through a matrix row by row, each announced by its statement', async () => {
    const desk = await page({ baseURL, viewport: { width: 1280, height: 800 } });
    await desk.goto(`/q/${anonymous.people.pop()?.token ?? ''}`);
    await desk.getByLabel('9', { exact: true }).check();
    await desk.getByRole('button', { name: 'Continue' }).click();
    await desk.getByText('Page 2 of 3').waitFor();
    const rows = desk.locator('.field-row');
    await rows.first().getByRole('radio').first().focus();
    const announced: string[] = [];
    for (let row = 0; row < (await rows.count()); row++) {
      announced.push(
        await desk.evaluate(() => document.activeElement?.closest('fieldset')?.querySelector('legend')?.textContent ?? ''),
      );
      await desk.keyboard.press('Space');
      await desk.keyboard.press('ArrowDown');
      await desk.keyboard.press('Tab');
    }
    expect(announced).toEqual([
      'What I learnt is useful in my city',
      'There was time for exchange with other cities',
      'It was well organised',
      'Places and sessions were accessible to me',
      'I could follow in a language I know well',
    ]);
    expect(await desk.locator('.field-row input:checked').count()).toBe(5);
    await desk.keyboard.press('Enter');
    await desk.getByText('Page 3 of 3').waitFor();
    await desk.context().close();
  });
});

describe('the organiser', () => {
  it('reads charts that speak of five and more, on a phone, in light and dark, with their tables', {
    timeout: 120_000,
  }, async () => {
    const { people } = anonymous;
    for (const [n, { token }] of people.splice(0, 24).entries()) {
      const answers = {
        nps: [9, 10, 7, 3, 8][n % 5],
        first: n % 3 === 0 ? 'yes' : 'no',
        value: {
          useful: String((n % 4) + 2),
          exchange: String((n % 5) + 1),
          organised: n % 6 === 0 ? 'na' : '4',
          accessible: '5',
        },
        best: `Something of ${n}`,
      };
      const sent = await test.send('POST', `/api/askings/${token}/answers`, { answers });
      expect(sent.statusCode, sent.body).toBe(201);
    }
    await mixAnswers(test.system);
    const { rows } = await sql<{ id: string }>`insert into people (name) values ('Secretariat') returning id`.execute(db);
    const secretariat = rows[0]?.id ?? '';
    await grantRole(db, null, secretariat, { role: 'secretariat', scopeId: null });
    const { cookie } = await test.signedIn(secretariat);
    const home = `/back-office/questionnaires/${anonymous.id}`;
    const desk = await page({ baseURL, cookie, viewport: { width: 1280, height: 900 } });
    await desk.goto('/back-office/questionnaires');
    await shot(desk, 'list');
    expect(await axeProblems(desk)).toEqual([]);
    await desk.goto(`${home}`);
    await shot(desk, 'one');
    expect(await axeProblems(desk)).toEqual([]);
    await desk.getByRole('link', { name: 'Close' }).click();
    await desk.getByRole('button', { name: 'Close' }).click();
    await desk.getByText('the figures become final now').waitFor();
    await test.drain();
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [360, 1280]) {
        const reader = await page({ baseURL, cookie, viewport: { width, height: 800 }, colorScheme });
        await reader.goto(`${home}/results`);
        await reader.getByText('Would you recommend this meeting to a colleague?').waitFor();
        expect(await overflow(reader)).toBeLessThanOrEqual(0);
        expect(await axeProblems(reader)).toEqual([]);
        // The letters of a chart are as large on a phone as anywhere.
        const size = await reader
          .locator('.bar text')
          .first()
          .evaluate((text) => text.getBoundingClientRect().height);
        expect(size).toBeGreaterThan(11);
        await shot(reader, `results-${width}-${colorScheme}`);
        if (width === 360 && colorScheme === 'light') {
          await reader.emulateMedia({ media: 'print' });
          expect(await reader.locator('.figure table').first().isVisible()).toBe(true);
          await reader.emulateMedia({ media: 'screen' });
          for (const path of [`${home}/texts`, '/back-office/questionnaires/new', '/questionnaires/promise']) {
            await reader.goto(path);
            expect(await overflow(reader), path).toBeLessThanOrEqual(0);
            expect(await axeProblems(reader), path).toEqual([]);
            await shot(reader, `page${path.replaceAll('/', '-').replace(anonymous.id, '')}`);
          }
        }
        await reader.context().close();
      }
    }
  });
});

describe('an answer page', () => {
  it.each(['light', 'dark'] as const)('has nothing for axe to find in %s', async (colorScheme) => {
    const phone = await page({ baseURL, ...PHONE, colorScheme });
    await phone.goto(`/q/${named.people[0]?.token ?? ''}`);
    expect(await axeProblems(phone)).toEqual([]);
    await phone.getByLabel('9', { exact: true }).check();
    await phone.getByRole('button', { name: 'Continue' }).click();
    await phone.getByText('Page 2 of 3').waitFor();
    expect(await axeProblems(phone)).toEqual([]);
    await phone.context().close();
  });
});
