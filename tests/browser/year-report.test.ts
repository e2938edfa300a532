import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { registrationWorld } from '../registrations/world.ts';
import { testApp } from '../support/app.ts';
import { axeProblems, page as openPage } from '../support/browser.ts';

const test = await testApp();
await test.listen();
const world = await registrationWorld(test);

it('the report of a year is read, released with words, and seen by everybody', async () => {
  const city = await world.city('lleida', 'Lleida');
  const slug = await world.openEvent({ capacity: 20 });
  for (const name of ['One', 'Two', 'Three']) {
    const person = await world.delegate(city, name);
    await sql`insert into registrations (event_id, person_id, organisation_id, category_id, state, pool_ids, amount, currency, reference, confirmed_at)
      select e.id, ${person}, ${city}, c.id, 'confirmed', '{}', 0, 'EUR', ${name}, now() from events e join categories c on c.event_id = e.id where e.slug = ${slug}`.execute(
      test.db,
    );
  }
  const { cookie } = await test.signedIn(world.secretariat);
  const page = await openPage({ baseURL: test.url, cookie, javaScriptEnabled: false, viewport: { width: 360, height: 780 } });
  await page.goto('/back-office');
  await page.getByRole('link', { name: 'Reports' }).click();
  await page.getByRole('link', { name: String(world.year) }).click();
  await page.waitForURL(new RegExp(`/back-office/reports/${world.year}`));
  expect(await page.locator('.stat', { has: page.getByText('People', { exact: true }) }).innerText()).toContain('3');
  await page.getByLabel('English').fill('Three people, one city.');
  await page.getByRole('button', { name: 'Release' }).click();
  await page.waitForURL(/done=yearReleased/);
  const reader = await openPage({ baseURL: test.url, viewport: { width: 360, height: 780 } });
  await reader.goto('/events');
  await reader.getByRole('link', { name: 'Transparency' }).click();
  await reader.getByRole('link', { name: `The year ${world.year}` }).click();
  await reader.waitForURL(new RegExp(`/transparency/${world.year}`));
  expect(await reader.getByText('Three people, one city.').count()).toBe(1);
  expect(await reader.getByText('Spain').count()).toBeGreaterThan(0);
  expect(await axeProblems(reader)).toEqual([]);
});
