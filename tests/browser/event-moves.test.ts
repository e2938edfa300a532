import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { registrationWorld } from '../registrations/world.ts';
import { testApp } from '../support/app.ts';
import { axeProblems, page as openPage } from '../support/browser.ts';

// Journey 4: the event moves, then is cancelled. Every calendar that holds it follows by itself: the mailed entry, the feed of the
// participant, the public feed.

const test = await testApp({ settings: { REPLY_DOMAIN: 'reply.example.org', INBOUND_URL: 'smtp://127.0.0.1:2525' } });
await test.listen();
const world = await registrationWorld(test);
const office = (await test.signedIn(world.secretariat)).cookie;

interface Held {
  method: string;
  uid: string;
  sequence: number;
  status: string;
  day: string;
}

function held(text: string): Held[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents('vevent').map((event) => ({
    method: String(calendar.getFirstPropertyValue('method')),
    uid: String(event.getFirstPropertyValue('uid')),
    sequence: Number(event.getFirstPropertyValue('sequence')),
    status: String(event.getFirstPropertyValue('status')),
    day: String(event.getFirstPropertyValue('dtstart')).slice(0, 10),
  }));
}

async function mailed(address: string): Promise<Held[]> {
  await test.drain();
  const parts = (await test.mails(address)).flatMap(({ attachments }) =>
    attachments.filter(({ type }) => type === 'text/calendar'),
  );
  return parts.flatMap(({ content }) => held(Buffer.from(content).toString()));
}

describe('journey 4: the event moves or is cancelled', () => {
  it.each([true, false])(
    'and every calendar that holds it follows (with the script: %s)',
    async (javaScriptEnabled) => {
      const title = `Congress of cities ${javaScriptEnabled ? 'one' : 'two'}`;
      const slug = await world.openEvent({ title: { en: title, fr: title } });
      const address = `participant-${javaScriptEnabled}@example.org`;
      const cookie = (await test.signedIn(await world.person('Participant', address))).cookie;
      await test.post(`/events/${slug}/registration`, { category: 'member' }, { cookie });

      // The participant makes a calendar of their own, and their program reads it.
      const mine = await openPage({ baseURL: test.url, cookie, javaScriptEnabled, viewport: { width: 360, height: 800 } });
      await mine.goto('/registrations');
      await mine.getByRole('link', { name: 'Your calendars' }).click();
      await mine.getByLabel('Where will you use it?').fill('Phone');
      await mine.getByRole('button', { name: 'Make the calendar' }).click();
      await mine.getByRole('heading', { name: 'Phone' }).waitFor();
      if (javaScriptEnabled) expect(await axeProblems(mine)).toEqual([]);
      const feed = new URL(await mine.getByLabel('Address of Phone').inputValue()).pathname;
      const subscribed = async () => held((await test.get(feed)).body)[0];
      const published = async () => held((await test.get(`/calendars/events/${slug}.ics`)).body)[0];
      const [asked] = await mailed(address);
      expect(asked).toMatchObject({ method: 'REQUEST', sequence: 0, status: 'CONFIRMED', day: `${world.year}-05-26` });
      expect(await subscribed()).toEqual({ ...asked, method: 'PUBLISH' });

      // The secretariat moves it by a day.
      const page = await openPage({ baseURL: test.url, cookie: office, javaScriptEnabled });
      await page.goto(`/back-office/events/${slug}`);
      test.clock.advance({ hours: 1 });
      await page.getByRole('heading', { name: 'When', level: 3 }).getByRole('link').click();
      await page.getByLabel('Begins').fill(`${world.year}-05-27T09:00`);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('button', { name: 'Move it and tell one person' }).click();
      await page.getByRole('heading', { name: 'When', level: 3 }).waitFor();
      const moved = (await mailed(address)).at(-1);
      expect(moved).toEqual({ ...asked, sequence: 1, day: `${world.year}-05-27` });
      expect(await subscribed()).toEqual({ ...moved, method: 'PUBLISH' });
      expect(await published()).toMatchObject({ sequence: 1, status: 'CONFIRMED', day: `${world.year}-05-27` });

      // And cancels it.
      test.clock.advance({ hours: 1 });
      await page.getByRole('link', { name: 'Cancel the event' }).click();
      await page.getByRole('group', { name: 'Why' }).getByLabel('English').fill('A storm');
      await page.getByRole('button', { name: /cancel the event/i }).click();
      await page.getByRole('link', { name: 'Reinstate' }).waitFor();
      const gone = (await mailed(address)).at(-1);
      expect(gone).toEqual({ ...moved, method: 'CANCEL', sequence: 2, status: 'CANCELLED' });
      expect(await subscribed()).toEqual({ ...gone, method: 'PUBLISH' });
      expect(await published()).toMatchObject({ sequence: 2, status: 'CANCELLED' });

      // The address got about: it is revoked and leads nowhere.
      await mine.getByRole('button', { name: 'Revoke the calendar Phone' }).click();
      await mine.getByText('The address no longer works').waitFor();
      expect((await test.get(feed)).statusCode).toBe(404);
    },
    60_000,
  );

  it('and organisers see on one page what calendar programs answered', async () => {
    const page = await openPage({
      baseURL: test.url,
      cookie: office,
      colorScheme: 'dark',
      viewport: { width: 768, height: 900 },
    });
    await page.goto('/back-office/events/congress-of-cities-one/registrations');
    await page.getByRole('link', { name: 'Answers from calendars' }).click();
    await page.getByRole('heading', { name: 'Answers from calendars' }).waitFor();
    expect(await axeProblems(page)).toEqual([]);
    for (const path of ['/calendars', '/account/calendars']) {
      await page.goto(path);
      expect(await axeProblems(page), path).toEqual([]);
    }
  });
});
