import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { registrationWorld } from '../registrations/world.ts';
import { testApp } from '../support/app.ts';
import { page as openPage } from '../support/browser.ts';

// The first journey: a city registers its delegation for the congress, with a script, without, and with the keyboard alone.

const test = await testApp();
await test.listen();
const world = await registrationWorld(test);

interface Hand {
  press(target: Locator): Promise<void>;
  type(target: Locator, text: string): Promise<void>;
  tick(target: Locator): Promise<void>;
  /** One of several: `group` is the question, `option` its answer. */
  choose(group: Locator, option: string): Promise<void>;
}

const mouse: Hand = {
  press: (target) => target.click(),
  type: (target, text) => target.fill(text),
  tick: (target) => target.check(),
  choose: (group, option) => group.getByLabel(option, { exact: true }).check(),
};

/** Tab until it is reached: what cannot be reached so fails the test. */
async function reach(target: Locator): Promise<void> {
  const { keyboard } = target.page();
  for (let presses = 0; presses < 150; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await keyboard.press('Tab');
  }
  throw new Error(`the keyboard never comes to ${String(target)}`);
}

const keyboard: Hand = {
  async press(target) {
    await reach(target);
    await Promise.all([target.page().waitForEvent('framenavigated'), target.page().keyboard.press('Enter')]);
    await target.page().waitForLoadState();
  },
  async type(target, text) {
    await reach(target);
    await target.page().keyboard.press('Control+A');
    await target.page().keyboard.type(text);
  },
  async tick(target) {
    await reach(target);
    if (!(await target.isChecked())) await target.page().keyboard.press('Space');
    expect(await target.isChecked()).toBe(true);
  },
  async choose(group, option) {
    const wanted = group.getByLabel(option, { exact: true });
    await reach(group.locator('input:checked, input:not(:checked)').and(group.locator('input:checked')).first());
    for (let n = 0; n < 5 && !(await wanted.isChecked()); n++) await group.page().keyboard.press('ArrowDown');
    expect(await wanted.isChecked()).toBe(true);
  },
};

async function signIn(page: Page, hand: Hand, address: string, next: string): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await hand.type(page.getByLabel('E-mail address'), address);
  await hand.press(page.locator('main button[type=submit]'));
  await test.drain();
  await page.goto(await world.linkIn(address, /\/sign-in\/[\w-]{43}/));
  await hand.press(page.locator('main button[type=submit]'));
}

async function journey(
  city: string,
  hand: Hand,
  options: { javaScriptEnabled?: boolean; viewport?: { width: number; height: number } },
) {
  const slug = await world.openEvent();
  const organisation = await world.city(city.toLowerCase(), city);
  await world.delegate(organisation, `Contact of ${city}`, { contact: true });
  for (const name of ['One', 'Two', 'Three', 'Five']) await world.delegate(organisation, `${city} ${name}`);
  const page = await openPage({ baseURL: test.url, ...options });

  // She signs in by a mailed link and comes to the delegation.
  await signIn(page, hand, `contact-of-${city.toLowerCase()}@example.org`, `/events/${slug}`);
  await hand.press(page.getByRole('link', { name: `The delegation of ${city}` }));
  await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('Who comes?');

  // Three of the roster and somebody new, for three places.
  for (const name of ['One', 'Two', 'Three']) await hand.tick(page.getByLabel(`${city} ${name}`, { exact: true }));
  await hand.type(page.getByLabel('Name', { exact: true }).first(), `${city} Four`);
  await hand.type(page.getByLabel(/^E-mail address/).first(), `${city.toLowerCase()}-four@example.org`);
  if (options.javaScriptEnabled !== false) {
    expect(await page.locator('[data-chosen]').textContent()).toBe('4');
    expect(await page.getByText('There are not places for all of you now.').isVisible()).toBe(true);
  }
  await hand.press(page.getByRole('button', { name: 'Continue' }));
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('How do 4 people take part?');
  await hand.choose(page.getByRole('radiogroup', { name: 'If there are not places for everybody' }), 'As many of us as fit');
  await hand.press(page.getByRole('button', { name: 'Continue' }));

  // What happens is said before the one submit.
  await expect.poll(() => page.getByText('the others join the waiting list one by one').isVisible()).toBe(true);
  expect(await page.getByRole('region', { name: 'Fees' }).textContent()).toContain('€1,000');
  await hand.press(page.getByRole('button', { name: 'Register 4 people' }));
  await expect.poll(() => page.getByText('3 places are confirmed').isVisible()).toBe(true);
  expect(await page.getByText('1 person is on the waiting list').isVisible()).toBe(true);
  expect(await page.getByText('IBAN ES00').isVisible()).toBe(true);
  await page.goBack();
  await page.goForward();
  expect(await page.getByText('3 places are confirmed').isVisible()).toBe(true);
  await test.drain();

  // One is replaced, without losing the seat.
  await hand.press(page.getByRole('link', { name: 'See the delegation' }));
  await hand.press(page.getByRole('link', { name: `Replace: ${city} One` }));
  const five = page.getByLabel('From the people of the organisation');
  if (hand === keyboard) {
    await reach(five);
    await page.keyboard.type(`${city} Five`);
  } else await five.selectOption({ label: `${city} Five` });
  await hand.press(page.getByRole('button', { name: 'Replace' }));
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(`${city} Five`);
  expect(await page.getByText('The place is confirmed.').isVisible()).toBe(true);

  // One is given back: it is asked first, and goes to who waits.
  await hand.press(page.getByRole('link', { name: `Delegation of ${city}` }));
  await hand.press(page.getByRole('link', { name: `Give back: ${city} Two` }));
  expect(await page.getByText('The place passes at once to whoever waits next').isVisible()).toBe(true);
  await hand.press(page.getByRole('button', { name: 'Give back' }));
  await test.drain();

  // Who waited takes the place from the mail, without signing in.
  const guest = await openPage({ baseURL: test.url, ...options });
  const link = await world.linkIn(`${city.toLowerCase()}-four@example.org`, /\/registrations\/manage\/[\w-]{43}\/offer/);
  await guest.goto(link);
  expect(await guest.getByRole('heading', { level: 1 }).textContent()).toBe('Take the place?');
  await hand.press(guest.getByRole('button', { name: 'Take the place' }));
  expect(await guest.getByText('The place is confirmed.').isVisible()).toBe(true);
  await test.drain();
  const mails = await test.mails(`${city.toLowerCase()}-four@example.org`);
  expect(mails.map(({ subject }) => subject.split(':')[0])).toEqual([
    'You are on the waiting list',
    'A place for you',
    'You are registered',
  ]);
  await guest.context().close();
  await page.context().close();
}

describe('a city registers its delegation for the congress', () => {
  it('with a script', () => journey('Granollers', mouse, {}), 60_000);
  it('without a script', () => journey('Olot', mouse, { javaScriptEnabled: false }), 60_000);
  it('with the keyboard alone, on a phone', () => journey('Vic', keyboard, { viewport: { width: 360, height: 740 } }), 90_000);
});
