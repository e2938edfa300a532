import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { visitsWorld } from '../study-visits/world.ts';
import { testApp } from '../support/app.ts';
import { axeProblems, page as openPage } from '../support/browser.ts';

// The visits of a congress, from the contact's phone to the host's list.

const test = await testApp();
await test.listen();
const world = await visitsWorld(test);
const { slug } = world;
const park = await world.visit('Park with Support', { places: 1, itinerary: { en: 'From the *park* to the river.' } });
await world.visit('Inclusive sports', { places: 4, accessibility: { en: 'No steps' } });
await world.visit('Social museums', { places: 9, minimum: 5, hostName: 'Guide of the museum', hostPhone: '+34 600 000 000' });
const gijon = await world.city('gijon', 'Gijón');
const contact = await world.participant(gijon, 'Contact Gijon', { contact: true });
const anna = await world.participant(gijon, 'Anna');
await test.drain();

const baseURL = test.url;
const open = async (personId: string, more: Record<string, unknown> = {}) =>
  openPage({ baseURL, ...(await test.signedIn(personId)), ...more });

async function looked(page: Page, name: string): Promise<void> {
  expect(await axeProblems(page), name).toEqual([]);
}

describe('the visits of a congress', () => {
  it('lets somebody rank wishes from their mail, on a phone and without a script', async () => {
    const link = await world.linkIn('anna@example.org', /\/registrations\/manage\/[\w-]{43}/);
    const phone = await openPage({ baseURL, javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
    await phone.goto(link);
    await phone.getByRole('link', { name: 'Study visits' }).click();
    await phone.getByRole('combobox', { name: 'First wish' }).selectOption({ label: 'Inclusive sports' });
    await phone.getByRole('combobox', { name: 'Second wish' }).selectOption({ label: 'Park with Support' });
    await phone.getByRole('button', { name: 'Move second wish up' }).click();
    expect(await phone.getByRole('combobox', { name: 'First wish' }).locator('option:checked').textContent()).toBe(
      'Park with Support',
    );
    await phone.getByRole('combobox', { name: 'Third wish' }).selectOption({ label: 'Park with Support' });
    await phone.getByRole('button', { name: 'Save the wishes' }).click();
    expect(await phone.getByText('The same visit stands here twice').count()).toBeGreaterThan(0);
    await phone.getByRole('combobox', { name: 'Third wish' }).selectOption({ label: 'Social museums' });
    await phone.getByRole('button', { name: 'Save the wishes' }).click();
    await phone.getByText('Your wishes are saved').waitFor();
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  it('lets the contact state those of the delegation in one go', async () => {
    const page = await open(contact.personId);
    await page.goto(`/events/${slug}/delegations/gijon`);
    await page.getByRole('link', { name: 'Study visits' }).click();
    await page
      .getByRole('group', { name: 'Contact Gijon' })
      .getByRole('combobox', { name: 'First wish' })
      .selectOption({ label: 'Park with Support' });
    await page.getByRole('button', { name: 'Save the wishes' }).click();
    await page.getByText('Your wishes are saved').waitFor();
    expect(
      await page
        .getByRole('group', { name: 'Anna' })
        .getByRole('combobox', { name: 'First wish' })
        .locator('option:checked')
        .textContent(),
    ).toBe('Park with Support');
    await looked(page, 'delegation');
  });

  it('lets the organiser compute, look, move by hand knowing what it costs, and release', async () => {
    const page = await open(world.secretariat, { viewport: { width: 1280, height: 900 } });
    await page.goto(`/back-office/events/${slug}/visits`);
    await looked(page, 'office-before');
    await page.getByLabel('Seed of the lots').fill('5');
    await page.getByRole('button', { name: 'Compute a proposal' }).click();
    await page.getByText('The allocation is being computed').first().waitFor();
    await test.drain();
    await page.goto(`/back-office/events/${slug}/visits`);
    await page.getByText('nobody has been told').waitFor();
    await looked(page, 'office-proposal');
    await page.getByRole('link', { name: 'Who gets what' }).click();
    await looked(page, 'office-people');
    await page.getByRole('link', { name: 'Move Contact Gijon' }).click();
    for (const box of await page.getByRole('checkbox', { checked: true }).all()) await box.uncheck();
    await page.getByLabel('Social museums').check();
    await page.getByRole('button', { name: 'See what it costs' }).click();
    await page.getByText('“Social museums” has fewer people than it needs.').waitFor();
    await page.getByText('They did not wish it.').waitFor();
    await looked(page, 'office-cost');
    await page.goto(`/back-office/events/${slug}/visits/release`);
    await page.getByRole('button', { name: 'Release it' }).click();
    await page.getByText('The allocation is released').waitFor();
    await test.drain();
    await page.goto(`/back-office/events/${slug}/visits/${park}`);
    await looked(page, 'office-visit');
    const list = await test.get(`/back-office/events/${slug}/visits/${park}/people.csv`, await test.signedIn(world.secretariat));
    expect(list.body).toMatch(/Contact Gijon,Gijón,ES/);
  });

  it('tells everybody what they have and why, and lets them wait for another', async () => {
    const page = await open(anna.personId, { colorScheme: 'dark' });
    await page.goto(`/registrations/${anna.id}/visits`);
    await page.getByText('You got your second wish, “Inclusive sports”.').waitFor();
    await page
      .getByText('Your first wish, “Park with Support”, was full: 1 person got it who wished it as much as you or more.')
      .waitFor();
    await page.getByLabel('Visit', { exact: true }).selectOption({ label: 'Park with Support' });
    await page.getByRole('button', { name: 'Wait for it' }).click();
    await page.getByText('nobody is before you').waitFor();
    await looked(page, 'mine-dark');
    const other = await open(contact.personId);
    await other.goto(`/registrations/${contact.id}/visits`);
    await other.getByRole('link', { name: 'Give back Park with Support' }).click();
    await other.getByRole('button', { name: 'Give back' }).click();
    await other.getByText('The place is given back').waitFor();
    await page.reload();
    expect(await page.getByRole('heading', { level: 3, name: 'Park with Support' }).count()).toBe(1);
  });

  it('takes a visit between two cities from asking to agreeing', async () => {
    const leon = await world.city('leon', 'León');
    const host = await world.participant(leon, 'Contact Leon', { contact: true });
    const asks = await open(contact.personId);
    await asks.goto('/visit-requests');
    await asks.getByLabel('Whom you ask').fill('León');
    await asks.getByLabel('What you want to see').fill('Schools that open in the evening');
    await asks.getByLabel('From', { exact: true }).fill('2027-03-01');
    await asks.getByLabel('To', { exact: true }).fill('2027-03-02');
    await looked(asks, 'requests');
    await asks.getByRole('button', { name: 'Ask', exact: true }).click();
    await asks.getByText('The city has been asked').waitFor();
    const answers = await open(host.personId);
    await answers.goto('/visit-requests');
    await answers.getByRole('link', { name: 'Gijón at León' }).click();
    await answers.getByRole('button', { name: 'Agree to these dates' }).click();
    await answers.getByText('León: Agreed').waitFor();
    await looked(answers, 'request');
  });
});
