import { describe, expect, it } from 'vitest';
import { QUESTIONS, registrationWorld } from '../registrations/world.ts';
import { testApp } from '../support/app.ts';
import { axeProblems, page as openPage } from '../support/browser.ts';

const test = await testApp();
await test.listen();
const world = await registrationWorld(test);

const slug = await world.openEvent({
  capacity: 3,
  categories: [
    { key: 'member', name: { en: 'Member' }, note: { en: 'For cities of the network.' }, priceEarly: 25000, priceLate: 30000 },
    { key: 'speaker', name: { en: 'Speaker' }, priceEarly: 0, capacity: 2 },
  ],
  lateFrom: `${world.year}-03-01T00:00`,
});
await world.ask(slug, QUESTIONS);
const organisation = await world.city('granollers', 'Granollers');
const contact = await world.delegate(organisation, 'Contact of Granollers', { contact: true });
const people: string[] = [];
for (const name of ['Anna Costa', 'Berta Soler', 'Carles Puig', 'Dolors Vila'])
  people.push(await world.delegate(organisation, name));
const asContact = await test.signedIn(contact);
const base = `/events/${slug}/delegations/granollers`;
const answers = { 'answers[hotel]': 'Hotel at the station' };

// One delegation submitted with one waiting, another in the making, somebody to approve, an offer.
await test.post(`${base}/people`, { personIds: people }, asContact);
const details = Object.fromEntries(
  people.flatMap((_, at) => [
    [`people[${at}][category]`, 'member'],
    [`people[${at}][answers][meal]`, 'all'],
  ]),
);
await test.post(`${base}/details`, { ...details, ...answers, mode: 'as-many-as-fit', head: '0' }, asContact);
const draft = /name="draft" value="([\w-]+)"/.exec((await test.get(`${base}/review`, asContact)).body)?.[1] ?? '';
await test.post(`${base}/review`, { draft }, asContact);
const guest = await world.person('A Guest', 'guest@example.org');
await test.post(
  `/events/${slug}/registration`,
  { category: 'member', organisation: 'Granollers', 'answers[meal]': 'all' },
  await test.signedIn(guest),
);
await test.drain();
const rows = await test.db
  .selectFrom('registrations')
  .innerJoin('people', 'people.id', 'registrations.person_id')
  .select(['registrations.id', 'registrations.state', 'people.name'])
  .execute();
const idOf = (name: string) => rows.find((row) => row.name === name)?.id ?? '';
const waiting = rows.find(({ state }) => state === 'waiting');
await test.post(`/registrations/${idOf('Berta Soler')}/removal`, {}, asContact);
await test.drain();
const manage = await world.linkIn(
  `${waiting?.name.toLowerCase().replaceAll(' ', '-')}@example.org`,
  /\/registrations\/manage\/[\w-]{43}/,
);
const confirmed = idOf('Anna Costa');
// A draft in the making.
await test.post(`${base}/people`, { personIds: people[1] ?? '', 'people[0][name]': 'A Newcomer' }, asContact);
await test.post(
  `${base}/details`,
  {
    'people[0][category]': 'member',
    'people[0][answers][meal]': 'all',
    'people[1][category]': 'speaker',
    'people[1][answers][meal]': 'other',
    'people[1][answers][diet]': 'No nuts',
  },
  asContact,
);

const PAGES: [name: string, path: string, signedIn: boolean][] = [
  ['register', `/events/${slug}/registration`, false],
  ['register-signed-in', `/events/${slug}/registration`, true],
  ['confirm', `/registrations/confirm/${'a'.repeat(43)}`, false],
  ['mine', '/registrations', true],
  ['registration', `/registrations/${confirmed}`, true],
  ['change', `/registrations/${confirmed}/answers`, true],
  ['replace', `/registrations/${confirmed}/replacement`, true],
  ['give-back', `/registrations/${confirmed}/removal`, true],
  ['refuse', `/registrations/${idOf('A Guest')}/refusal`, true],
  ['managed-offer', manage, false],
  ['offer', `${manage}/offer`, false],
  ['leave-offer', `${manage}/offer/removal`, false],
  ['delegation', base, true],
  ['delegation-answers', `${base}/answers`, true],
  ['delegation-people', `${base}/people`, true],
  ['delegation-details', `${base}/details`, true],
  ['delegation-review', `${base}/review`, true],
  ['delegation-result', `${base}/results/${draft}`, true],
];

describe('every page of registering', () => {
  for (const [width, colorScheme] of [
    [360, 'dark'],
    [1280, 'light'],
  ] as const) {
    it(`is accessible in the ${colorScheme} at ${width} pixels, and no wider`, async () => {
      const viewport = { width, height: 800 };
      const [own, nobody] = [
        await openPage({ baseURL: test.url, cookie: asContact.cookie, colorScheme, viewport }),
        await openPage({ baseURL: test.url, colorScheme, viewport }),
      ];
      const problems: string[] = [];
      for (const [name, path, signedIn] of PAGES) {
        const page = signedIn ? own : nobody;
        const answer = await page.goto(path);
        if (answer?.status() !== 200) problems.push(`${name}: ${answer?.status()}`);
        problems.push(...(await axeProblems(page)).map((problem) => `${name}: ${problem}`));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        if (wide > width) problems.push(`${name}: ${wide} pixels wide`);
      }
      expect(problems).toEqual([]);
    }, 120_000);
  }
});
