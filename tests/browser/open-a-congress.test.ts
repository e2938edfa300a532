import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { makeWorld } from '../organisations/world.ts';
import { testApp } from '../support/app.ts';
import { axeProblems, page as openPage } from '../support/browser.ts';

// Journey 2: the secretariat opens a congress. The same steps by the same labels, with and without the script.

const test = await testApp();
const world = await makeWorld(test);
await test.listen();
const cookie = world.secretariat.cookie.cookie;
const year = test.clock().toZonedDateTimeISO('UTC').year + 1;

const TITLES = {
  English: 'International Congress of Educating Cities',
  French: 'Congrès international des Villes éducatrices',
  Spanish: 'Congreso Internacional de Ciudades Educadoras',
  Portuguese: 'Congresso Internacional das Cidades Educadoras',
};

async function fillTexts(page: Page, question: string, texts: Record<string, string>): Promise<void> {
  const group = page.getByRole('group', { name: question });
  for (const [language, text] of Object.entries(texts)) await group.getByLabel(language, { exact: false }).fill(text);
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const part = (page: Page, name: string) => page.getByRole('heading', { name, level: 3 }).getByRole('link').click();

async function openCongress(page: Page, title: string): Promise<string> {
  await page.goto('/events');
  await page.getByRole('link', { name: 'Back office' }).click();
  await page.getByRole('link', { name: 'New event' }).first().click();
  await page.getByLabel('Kind of event').selectOption('congress');
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Main language').fill('en');
  for (const language of ['French', 'Spanish', 'Portuguese']) await page.getByLabel(language, { exact: true }).check();
  await page.getByLabel('Time zone').selectOption('Europe/Madrid');
  await page.getByLabel('Begins').fill(`${year}-05-29T18:00`);
  await page.getByLabel('Ends').fill(`${year}-05-26T09:00`);
  await press(page, 'Create the draft');
  // What is wrong is said, and nothing typed is lost.
  expect(await page.getByRole('alert').textContent()).toContain('The end must be after the beginning');
  expect(await page.getByLabel('Title').inputValue()).toBe(title);
  expect(await page.getByLabel('Portuguese', { exact: true }).isChecked()).toBe(true);
  await page.getByLabel('Begins').fill(`${year}-05-26T09:00`);
  await page.getByLabel('Ends').fill(`${year}-05-29T18:00`);
  await press(page, 'Create the draft');
  await page.getByText('This is a draft').waitFor();
  const slug = new URL(page.url()).pathname.split('/').at(-1) ?? '';

  await part(page, 'Title and texts');
  await fillTexts(page, 'Title', { ...TITLES, English: title });
  await fillTexts(page, 'Summary', {
    English: 'Education and culture in the city.',
    French: 'Éducation et culture dans la ville.',
  });
  await fillTexts(page, 'Description', { English: '## Axes\n\n- City and **community**\n- <script>alert(1)</script>' });
  await press(page, 'Save');

  await part(page, 'Kind, host and series');
  await page.getByLabel('Host').fill('granolers');
  await press(page, 'Save');
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Host').fill('Granollers (ES)');
  await page.getByLabel('Edition').fill('18');
  await press(page, 'Save');

  await part(page, 'Where');
  await fillTexts(page, 'Venue', { English: 'Theatre Auditorium' });
  await page.getByLabel('Country').selectOption('ES');
  await press(page, 'Save');

  await part(page, 'Registration');
  await page.getByLabel('Registration opens').fill(`${year - 2}-01-15T09:00`);
  await page.getByLabel('Registration closes').fill(`${year}-05-12T23:59`);
  await press(page, 'Save');

  // The one thing at a time that is missing leads to its page.
  await page.getByRole('link', { name: 'See what is missing' }).click();
  await page.getByRole('link', { name: 'How many places there are' }).click();
  await page.getByLabel('Places', { exact: true }).fill('1200');
  await page.getByLabel('At most of one member organisation').fill('5');
  await page.getByLabel('At most of another organisation').fill('2');
  await press(page, 'Save');

  await part(page, 'Categories');
  for (const [name, price] of [
    ['Member city', '250'],
    ['Other participant', '350,50'],
  ] as const) {
    await page.getByRole('link', { name: 'Add a category' }).click();
    await fillTexts(page, 'Name', { English: name });
    await page.getByLabel('for everybody').check();
    await page.getByLabel('Price', { exact: true }).fill('a lot');
    await press(page, 'Save');
    expect(await page.getByLabel('Price', { exact: true }).inputValue()).toBe('a lot');
    await page.getByLabel('Price', { exact: true }).fill(price);
    await page.getByLabel('Late price').fill('420');
    await press(page, 'Save');
  }
  await press(page, 'Move Other participant up');
  expect(await page.locator('tbody th').allInnerTexts()).toEqual(['Other participant', 'Member city']);
  await press(page, 'Move Member city up');
  await page.getByRole('link', { name: 'Currency, late prices and reduced countries' }).click();
  await page.getByLabel('Late prices from').fill(`${year}-04-01T00:00`);
  await page.getByLabel('Countries with a reduced price').fill('Togo, Kap Verde');
  await press(page, 'Save');
  expect(await page.getByRole('alert').textContent()).toContain('Kap Verde');
  await page.getByLabel('Countries with a reduced price').fill('Togo, Cape Verde');
  await press(page, 'Save');

  await page.getByRole('link', { name: 'Publish' }).click();
  await press(page, 'Publish now');
  await page.getByText('The event is public').waitFor();
  return slug;
}

async function whatEverybodySees(slug: string, title: string, scripts: boolean): Promise<void> {
  const page = await openPage({ baseURL: test.url, javaScriptEnabled: scripts, locale: 'fr-FR' });
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(`/events/${slug}`);
  expect(await page.locator('h1').innerText()).toBe(TITLES.French);
  expect(await page.locator('.event-main').innerText()).toContain('City and community');
  const row = page.getByRole('row').filter({ hasText: 'Other participant' });
  expect((await row.innerText()).replaceAll(/\s+/g, ' ')).toContain('350,50 €');
  const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? '');
  expect(data).toMatchObject({ '@type': 'Event', startDate: `${year}-05-26T09:00:00+02:00`, name: TITLES.French });
  const ics = await page.request.get(`/events/${slug}.ics`);
  expect(ics.headers()['content-type']).toContain('text/calendar');
  expect(await ics.text()).toContain(`DTSTART:${year}0526T070000Z`);
  const json = await (await page.request.get(`/api/events/${slug}`)).json();
  expect(json).toMatchObject({
    title: { en: title, pt: TITLES.Portuguese },
    edition: 18,
    places: { capacity: 1200, free: 1200 },
  });
  expect(json.categories.map((category: { priceEarly: number }) => category.priceEarly)).toEqual([25000, 35050]);
  expect(errors).toEqual([]);
  await page.context().close();
}

describe('the secretariat opens a congress', () => {
  for (const scripts of [true, false]) {
    it(`${scripts ? 'with' : 'without'} the script`, { timeout: 120_000 }, async () => {
      const page = await openPage({ baseURL: test.url, cookie, javaScriptEnabled: scripts });
      const title = scripts ? TITLES.English : `${TITLES.English}, the next`;
      const slug = await openCongress(page, title);
      await page.context().close();
      await whatEverybodySees(slug, title, scripts);
    });
  }

  it('by keyboard alone', { timeout: 120_000 }, async () => {
    const page = await openPage({ baseURL: test.url, cookie });
    const { keyboard } = page;
    /** Tab, until it is there. */
    const reach = async (target: Locator) => {
      await target.waitFor();
      for (let tabs = 0; tabs < 120; tabs++) {
        if (await target.evaluate((element) => element === document.activeElement)) return;
        await keyboard.press('Tab');
      }
      throw new Error(`not reached by keyboard: ${String(target)}`);
    };
    const type = async (label: string, text: string) => {
      await reach(page.getByLabel(label, { exact: true }));
      await keyboard.type(text, { delay: 5 });
    };
    const go = async (role: 'link' | 'button', name: string) => {
      await reach(page.getByRole(role, { name, exact: true }).first());
      const before = page.url();
      await keyboard.press('Enter');
      await page.waitForURL((url) => url.href !== before);
    };
    await page.goto('/events');
    await go('link', 'Back office');
    await go('link', 'New event');
    await type('Kind of event', 'Semi');
    await type('Title', 'A seminar by keyboard');
    await reach(page.getByLabel('Spanish', { exact: true }));
    await keyboard.press('Space');
    // The same digits whichever way the browser writes a date and a time of day.
    for (const [label, time] of [
      ['Begins', '0900AM'],
      ['Ends', '1100AM'],
    ] as const) {
      await type(label, `0505${year}`);
      await keyboard.press('Tab');
      await keyboard.type(time, { delay: 5 });
    }
    expect(await page.getByLabel('Ends', { exact: true }).inputValue()).toBe(`${year}-05-05T11:00`);
    await go('button', 'Create the draft');
    await go('link', 'Title and texts');
    await reach(page.getByRole('group', { name: 'Title' }).getByLabel('Spanish', { exact: false }));
    await keyboard.type('Un seminario con el teclado');
    await go('button', 'Save');
    await go('link', 'Places and limits');
    await reach(page.getByLabel('Places', { exact: true }));
    await keyboard.press('Control+A');
    await keyboard.type('40');
    await go('button', 'Save');
    await go('link', 'Categories');
    await go('link', 'Add a category');
    await reach(page.getByRole('group', { name: 'Name' }).getByLabel('English', { exact: false }));
    await keyboard.type('Participant');
    await reach(page.getByLabel('for everybody'));
    await keyboard.press('Space');
    await go('button', 'Save');
    await page.goto('/back-office');
    await go('link', 'Draft: ready to be published');
    await go('button', 'Publish now');
    await go('link', 'Public page');
    expect(await page.locator('h1').innerText()).toBe('A seminar by keyboard');
    await page.context().close();
  });

  it('on pages without a violation of accessibility, on a phone and a desk, in light and dark', {
    timeout: 400_000,
  }, async () => {
    const [slug = ''] = await test.db
      .selectFrom('events')
      .select('slug')
      .orderBy('created_at')
      .execute()
      .then((rows) => rows.map((row) => row.slug));
    const office = `/back-office/events/${slug}`;
    // What these pages look like when they are full; `every-page` sees all of them as they begin.
    const paths = [
      '/back-office',
      '/back-office/events',
      office,
      ...['languages', 'texts', 'categories', 'prices', 'publication', 'history', 'cancellation'].map(
        (one) => `${office}/${one}`,
      ),
      '/events',
      `/events/${slug}`,
      `/events/${slug}?text=pt&lang=en`,
    ];
    for (const [width, colorScheme] of [
      [360, 'dark'],
      [1280, 'light'],
    ] as const) {
      const page = await openPage({ baseURL: test.url, cookie, colorScheme, viewport: { width, height: 900 } });
      for (const path of paths) {
        expect((await page.goto(path))?.status(), path).toBe(200);
        expect(await axeProblems(page), `${path} ${width} ${colorScheme}`).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
          `${path} ${width}`,
        ).toBeLessThanOrEqual(0);
      }
      await page.context().close();
    }
  });
});
