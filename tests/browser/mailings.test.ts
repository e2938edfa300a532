import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { mailingOffice, minute } from '../mailings/world.ts';
import { testApp } from '../support/app.ts';
import { axeProblems, page } from '../support/browser.ts';
import { testClock } from '../support/clock.ts';

// The secretariat invites: chooses an audience, writes in each language, previews what will arrive, schedules in each one's own
// morning, watches, pauses, resumes; a guest accepts from the mail on a phone.

const test = await testApp({ clock: testClock('2027-02-01T10:00:00Z') });
const baseURL = await test.listen();
const office = await mailingOffice(test.db, 8);
const { cookie } = await test.signedIn(office.secretariat);
const SHOTS = process.env.SHOTS;

async function shot(on: Page, name: string): Promise<void> {
  if (SHOTS) await on.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}
const overflow = (on: Page) => on.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

describe.each([
  { javaScriptEnabled: true, viewport: { width: 1280, height: 900 }, colorScheme: 'light' as const },
  { javaScriptEnabled: false, viewport: { width: 360, height: 740 }, colorScheme: 'dark' as const },
])('with $viewport.width pixels, JavaScript $javaScriptEnabled', (options) => {
  const kind = options.javaScriptEnabled ? 'wide' : 'phone';

  it('invites, previews, schedules, watches, pauses and resumes', { timeout: 120_000 }, async () => {
    test.clock.set(options.javaScriptEnabled ? '2027-02-01T10:00:00Z' : '2027-02-15T10:00:00Z');
    const at = await page({ baseURL, cookie, ...options });
    const looks = async (name: string) => {
      await shot(at, `${kind}-${name}`);
      // Axe itself is a script.
      if (options.javaScriptEnabled) expect(await axeProblems(at)).toEqual([]);
      expect(await overflow(at)).toBeLessThanOrEqual(0);
    };
    await at.goto('/back-office/mailings/new');
    await at.getByLabel('Invitation', { exact: true }).check();
    await at.getByLabel('Name of the mailing').fill(`Invitation ${kind}`);
    await at.getByLabel('About which event').selectOption(office.slug);
    await at.getByLabel('Begin with').selectOption('invitation');
    await looks('new');
    await at.getByRole('button', { name: 'Create the draft' }).click();
    // Whoever has answered already is not invited again.
    await at.getByText(options.javaScriptEnabled ? '10 people get it' : '9 people get it').waitFor();

    await at.getByRole('link', { name: 'Choose the audience' }).click();
    await at.getByLabel('Contact of an organisation').check();
    await at.getByLabel('Countries').fill('es, pt');
    // One half of the cities each time: nobody is invited twice.
    for (const language of options.javaScriptEnabled ? ['English', 'French'] : ['Spanish', 'Portuguese'])
      await at.getByLabel(language, { exact: true }).check();
    await at.getByRole('button', { name: 'Save and count' }).click();
    await at.getByText('4 people get it').waitFor();
    await looks('audience');

    await at.getByRole('link', { name: `Invitation ${kind}` }).click();
    await at.getByRole('link', { name: 'Write the text' }).click();
    const english = at.getByRole('group', { name: 'English' });
    await english.getByLabel('Subject').fill('Come to {{evnt}}');
    await at.getByRole('button', { name: 'Save the text' }).click();
    await at.getByText('There is no field {{evnt}}').first().waitFor();
    expect(await english.getByLabel('Subject').inputValue()).toBe('Come to {{evnt}}');
    await english.getByLabel('Subject').fill('Come to {{event}}');
    await looks('text');
    await at.getByRole('button', { name: 'Save the text' }).click();
    await at.getByText('Nothing is missing').waitFor();

    await at.getByRole('link', { name: 'Preview' }).click();
    await at
      .getByRole('heading', { name: 'Come to Congress', level: 2 })
      .or(at.getByRole('heading', { name: 'Come to The Congress', level: 2 }))
      .waitFor();
    await at.frameLocator('iframe').getByRole('link', { name: 'I will come' }).waitFor();
    await looks('preview');

    await at.getByRole('link', { name: `Invitation ${kind}` }).click();
    await at.getByRole('link', { name: 'Schedule or send' }).click();
    await at.getByLabel('At that hour of each recipient’s own day').check();
    await at.getByLabel('Day and time').fill(options.javaScriptEnabled ? '2027-02-03T09:00' : '2027-02-17T09:00');
    await looks('schedule');
    await at.getByRole('button', { name: 'Schedule' }).click();
    await at.getByText('It is scheduled').waitFor();
    test.clock.set(options.javaScriptEnabled ? '2027-02-02T19:30:00Z' : '2027-02-16T19:30:00Z');
    await minute(test);
    await at.reload();
    await at.getByText('0 of 4').waitFor();
    await looks('running');

    await at.getByRole('button', { name: 'Pause' }).click();
    await at.getByText('It is paused').waitFor();
    await at.getByRole('button', { name: 'Resume' }).click();
    await at.getByText('It goes on').waitFor();
    test.clock.set(options.javaScriptEnabled ? '2027-02-03T18:00:00Z' : '2027-02-17T18:00:00Z');
    await minute(test);
    // Where the script runs the page tells of it by itself.
    if (!options.javaScriptEnabled) await at.getByRole('link', { name: 'Look again' }).click();
    await at.getByText('4 of 4').waitFor();
    await looks('done');
    await at.context().close();
  });

  it('is accepted from the mail without signing in, and leads into the registration', { timeout: 60_000 }, async () => {
    const guest = office.people[options.javaScriptEnabled ? 0 : 2];
    const mail = (await test.mails(guest?.address)).at(-1);
    const link = /https?:\/\/\S+\/invitations\/[\w-]+\?answer=accepted/.exec(mail?.text ?? '')?.[0] ?? '';
    const phone = await page({ baseURL, ...options, viewport: { width: 360, height: 740 } });
    const url = new URL(link);
    await phone.goto(url.pathname + url.search);
    const words = options.javaScriptEnabled
      ? ['Send my answer', 'Go on to the registration']
      : ['Enviar mi respuesta', 'Continuar con la inscripción'];
    await shot(phone, `${kind}-invitation`);
    if (options.javaScriptEnabled) expect(await axeProblems(phone)).toEqual([]);
    expect(await overflow(phone)).toBeLessThanOrEqual(0);
    await phone.getByRole('button', { name: words[0] }).click();
    await phone.getByRole('link', { name: words[1] }).click();
    expect(await phone.locator('input[name="email"]').inputValue()).toBe(guest?.address);
    await shot(phone, `${kind}-registration`);
    await phone.context().close();
    const at = await page({ baseURL, cookie, ...options });
    await at.goto(`/back-office/events/${office.slug}/invitations`);
    await at.getByRole('table').getByText('Accepted').first().waitFor();
    await shot(at, `${kind}-invitations`);
    if (options.javaScriptEnabled) expect(await axeProblems(at)).toEqual([]);
    expect(await overflow(at)).toBeLessThanOrEqual(0);
    await at.context().close();
  });
});
