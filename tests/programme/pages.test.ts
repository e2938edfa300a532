import { mkdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { axeProblems, page as openPage } from '../support/browser.ts';
import { type ProgrammeWorld, programmeWorld } from './world.ts';

let world: ProgrammeWorld;
let office: string;
let hall: string;
let first: string;
beforeAll(async () => {
  world = await programmeWorld();
  await world.test.listen();
  office = `/back-office/events/${world.slug}/programme`;
  hall = await world.room('Hall', 200);
  await world.room('Library', 20);
  first = await world.session({
    roomId: hall,
    languages: ['es'],
    interpreting: ['en', 'fr'],
    speakers: [{ name: 'The chair', role: 'chair' }],
  });
  await world.session({ roomId: hall, starts: `${world.year}-05-26T10:30`, speakers: [{ name: 'The Chair' }] });
});

const shots = process.env.SHOTS;

describe('the grid', () => {
  it('shows overlaps as they arise, and is worked by keyboard without a script', async () => {
    const { test, secretariat } = world;
    const page = await openPage({ baseURL: test.url, cookie: secretariat.cookie.cookie, javaScriptEnabled: false });
    await page.goto(office);
    expect(await page.getByRole('status').first().innerText()).toContain('Hall is taken twice: Session 1 and Session 2');
    expect(await page.getByRole('status').first().innerText()).toContain('The chair speaks twice');
    const slot = page.locator(`#s-${first}`);
    await slot.locator('summary').focus();
    await page.keyboard.press('Enter');
    await slot.getByRole('button', { name: '15 min shorter' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/done=saved/);
    expect(await page.locator(`#s-${first}`).innerText()).toContain('10:00–10:45');
    await page.locator(`#s-${first}`).locator('summary').click();
    await page.locator(`#s-${first}`).getByLabel('Room', { exact: true }).selectOption({ label: 'Library' });
    await page.locator(`#s-${first}`).getByLabel('Begins').fill(`${world.year}-05-26T09:30`);
    await page.locator(`#s-${first}`).getByRole('button', { name: 'Move to this room and time' }).click();
    await page.waitForURL(/done=saved/);
    expect(await page.locator('.notice-warning').count()).toBe(0);
    expect(await page.locator(`#s-${first}`).innerText()).toContain('09:30–10:15');
  });

  it('lets a session be dragged to another room, where there is a mouse and a script', async () => {
    const { test, secretariat, year } = world;
    const page = await openPage({ baseURL: test.url, cookie: secretariat.cookie.cookie });
    await page.goto(office);
    const cellOf = (room: string) => page.locator(`td[data-starts="${year}-05-26T09:30"][data-room="${room}"]`);
    const library = await page.locator(`td:has(#s-${first})`).getAttribute('data-room');
    for (const room of [hall, library ?? '']) {
      await page.locator(`#s-${first}`).dragTo(cellOf(room));
      await page.waitForURL(/done=saved/);
      await cellOf(room).locator(`#s-${first}`).waitFor();
      await page.goto(office);
    }
  });

  it('writes a session with its speakers in a form, and shows it again with what was typed when something is wrong', async () => {
    const { test, secretariat, year } = world;
    const typed = { 'title[en]': 'A new one', starts: 'tomorrow', minutes: '45', 'speakers[0][name]': 'Somebody' };
    const wrong = await test.post(`${office}/sessions/new`, typed, secretariat.cookie);
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('value="Somebody"');
    const right = await test.post(`${office}/sessions/new`, { ...typed, starts: `${year}-05-27T09:00` }, secretariat.cookie);
    expect([right.statusCode, right.headers.location]).toEqual([
      303,
      expect.stringContaining(`?day=${year}-05-27&done=saved#s-`),
    ]);
  });

  it('shows before a release what it would change, and afterwards the programme to everybody', async () => {
    const { test, secretariat } = world;
    const page = await openPage({ baseURL: test.url, cookie: secretariat.cookie.cookie, javaScriptEnabled: false });
    await page.goto(`${office}/release`);
    expect(await page.locator('.differences > li').count()).toBe(3);
    await page.getByRole('button', { name: 'Release now' }).click();
    await page.waitForURL(/done=programmeReleased/);
    const reader = await openPage({ baseURL: test.url, javaScriptEnabled: false });
    await reader.goto(`/events/${world.slug}`);
    await reader.getByRole('link', { name: 'Programme' }).click();
    await reader.waitForURL(/\/programme$/);
    expect(await reader.locator('.session').count()).toBe(3);
    await reader.locator('#f-language').selectOption('fr');
    await reader.getByRole('button', { name: 'Apply' }).click();
    await reader.waitForURL(/language=fr/);
    expect(await reader.locator('.session h3').allInnerTexts()).toEqual(['Session 1']);
    const looking = await openPage({ baseURL: test.url });
    await looking.goto(reader.url());
    expect(await axeProblems(looking)).toEqual([]);
  });
});

describe('one’s own programme', () => {
  it('is chosen with a button, holds a calendar file, and says what is at the same time', async () => {
    const { test } = world;
    const { personId } = await world.participant();
    const { cookie } = await test.signedIn(personId);
    const page = await openPage({ baseURL: test.url, cookie, javaScriptEnabled: false });
    await page.goto(`/events/${world.slug}/programme`);
    await page.getByRole('button', { name: 'Choose Session 1' }).click();
    await page.waitForURL(/done=sessionChosen/);
    await page.goto(`/events/${world.slug}/my-programme`);
    expect(await page.locator('.session h3').allInnerTexts()).toEqual(['Session 1']);
    const file = await test.get(`/events/${world.slug}/sessions/${first}.ics`);
    expect(file.body).toContain('SUMMARY:Session 1');
    expect(file.body).toContain(`DTSTART:${world.year}0526T073000Z`);
    await page.getByRole('button', { name: 'Leave Session 1' }).click();
    await page.waitForURL(/done=sessionLeft/);
    if (shots) {
      mkdirSync(shots, { recursive: true });
      for (const [name, url, width] of [
        ['public', `/events/${world.slug}/programme`, 1280],
        ['public-phone', `/events/${world.slug}/programme`, 360],
      ] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(url);
        await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
      }
    }
  });
});
