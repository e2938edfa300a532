import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { registrationWorld } from '../registrations/world.ts';
import { testApp } from '../support/app.ts';
import { axeProblems, page } from '../support/browser.ts';

// The International Day: a city proposes what it does, the secretariat sends it back once, and everybody finds it.

const test = await testApp();
const world = await registrationWorld(test);
const lleida = await world.city('lleida', 'Lleida');
await sql`update organisations set membership = 'member', latitude = 41.6, longitude = 0.6 where id = ${lleida}`.execute(test.db);
const contact = await world.person('International Relations', 'lleida-contact@example.org');
await sql`insert into affiliations (person_id, organisation_id, title, is_contact) values (${contact}, ${lleida}, 'Contact', true)`.execute(
  test.db,
);
await test.listen();
const SHOTS = process.env.SHOTS;

it('a city publishes its activity on a phone, the secretariat reads it first, and it is on the list, the map and other sites', async () => {
  const phone = { viewport: { width: 360, height: 740 }, colorScheme: 'dark' as const, javaScriptEnabled: false };
  const city = await page({ baseURL: test.url, cookie: (await test.signedIn(contact)).cookie, ...phone });
  const office = await page({
    baseURL: test.url,
    cookie: (await test.signedIn(world.secretariat)).cookie,
    viewport: { width: 1280, height: 900 },
  });
  await city.goto('/city-activities');
  await city.getByRole('link', { name: 'Propose an activity' }).first().click();
  await city.getByRole('group', { name: 'Activity' }).getByLabel('English').fill('School parade');
  await city.getByLabel('Begins').fill(`${world.year}-11-30T10:00`);
  await city.getByRole('button', { name: 'Send to be published' }).click();
  // The end is missing: what was typed is still there.
  expect(await city.getByRole('group', { name: 'Activity' }).getByLabel('English').inputValue()).toBe('School parade');
  await city.getByLabel('Ends').fill(`${world.year}-11-30T12:00`);
  await city.getByRole('button', { name: 'Send to be published' }).click();
  expect(await city.getByText('The activity was sent.').count()).toBe(1);
  if (SHOTS) await city.screenshot({ path: `${SHOTS}/day-city-360-dark.png`, fullPage: true });

  await office.goto('/back-office/activities');
  await office.getByRole('link', { name: 'School parade' }).click();
  await office.getByLabel('Reason').fill('Which square?');
  await office.getByRole('button', { name: 'Send back' }).click();
  await office.getByText('was sent back').first().waitFor();
  await test.drain();
  const [mail] = await test.mails('lleida-contact@example.org');
  expect(mail?.text).toContain('Which square?');
  const link = /http\S+city-activities\S+/.exec(mail?.text ?? '')?.[0];
  await city.goto(link ?? '');
  expect(await city.getByText('Which square?').count()).toBeGreaterThan(0);
  await city.getByRole('textbox', { name: 'Where' }).fill('Main square');
  await city.getByRole('button', { name: 'Send to be published' }).click();

  await office.goto('/back-office/activities');
  await office.getByRole('link', { name: 'School parade' }).click();
  expect(await office.getByText('Main square').count()).toBeGreaterThan(0);
  expect(await axeProblems(office)).toEqual([]);
  if (SHOTS) await office.screenshot({ path: `${SHOTS}/day-office-1280.png`, fullPage: true });
  await office.getByRole('button', { name: 'Publish' }).click();
  await office.getByText('The activity is published').waitFor();

  const anybody = await page({ baseURL: test.url, viewport: { width: 768, height: 1024 } });
  await anybody.goto('/activities');
  await anybody.getByRole('link', { name: 'School parade' }).first().click();
  await anybody.getByText('Main square').first().waitFor();
  if (SHOTS) await anybody.screenshot({ path: `${SHOTS}/day-768.png`, fullPage: true });
  const feed = await (await anybody.request.get('/activities.atom')).text();
  expect(feed).toContain('School parade');
  await anybody.goto(`/calendar?month=${world.year}-11`);
  expect(await anybody.getByRole('link', { name: /School parade/ }).count()).toBeGreaterThan(0);
  await anybody.goto('/map');
  expect(await anybody.getByText('Lleida').count()).toBeGreaterThan(0);
  // On the site of a city, in a frame of its own page.
  const framed = `<iframe src="${test.url}/activities/embed?year=${world.year}" width="400" height="400"></iframe>`;
  const site = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(framed)).listen(0, '127.0.0.1');
  await once(site, 'listening');
  await anybody.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
  await anybody.frameLocator('iframe').getByText('School parade').waitFor();
  site.close();
}, 60_000);
