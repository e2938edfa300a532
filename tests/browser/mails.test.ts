import { expect, it } from 'vitest';
import { delegationSummary } from '../../emails/registrations/delegation.tsx';
import { type Told, type ToldData, toldOf } from '../../emails/registrations/told.tsx';
import { axeOn, page } from '../support/browser.ts';

const at = (text: string) => Temporal.Instant.from(text);
const site = { installation: 'Educating Cities', url: 'https://cities.example.org' };
const event = {
  title: { text: 'Congrés de les ciutats educadores', lang: 'ca' },
  startsAt: at('2030-05-26T07:00:00Z'),
  endsAt: at('2030-05-29T16:00:00Z'),
  zone: 'Europe/Madrid',
  place: { text: 'Teatre Auditori', lang: 'ca' },
  address: 'Carrer de Torras i Bages 50',
  url: `${site.url}/events/congress`,
  onlineUrl: 'https://meet.example.org/congress',
};
const words = (text: string) => ({ text, lang: 'en' });
const data: ToldData = {
  language: 'en',
  site,
  name: 'A delegate',
  forContact: false,
  readerZone: 'America/Bogota',
  event,
  organisation: 'Granollers',
  category: words('Member'),
  state: 'confirmed',
  amount: 25_000,
  paid: 10_000,
  currency: 'EUR',
  reference: 'CONGRESS-7F3A',
  payTo: words('By transfer,\nwith the reference'),
  position: 3,
  until: at('2030-05-01T16:00:00Z'),
  reason: words('The hall is not ready'),
  reasonCode: null,
  approvalBy: 'organisation',
  other: 'Another delegate',
  payment: { amount: 10_000, currency: 'EUR', receivedOn: Temporal.PlainDate.from('2030-04-01') },
  url: `${site.url}/registrations/a-token`,
};
const kinds: Told[] = [
  'confirmed',
  'waiting',
  'offered',
  'refused',
  'paymentReceived',
  'moved',
  'eventCancelled',
  'confirmAddress',
];
const summary = delegationSummary({
  ...data,
  people: [{ name: 'A delegate', category: 'Member', state: 'waiting', amount: 25_000 }],
  refused: [{ name: 'Another delegate', why: 'Registered already' }],
  due: 25_000,
  organisation: 'Granollers',
  url: data.url ?? '',
});
const mails = [...kinds.map((kind) => [kind, toldOf(kind, data)] as const), ['delegation', summary] as const];

it.each(['light', 'dark'] as const)('R21 every part of a mail can be read by everybody, in %s', async (colorScheme) => {
  const shown = await page({ baseURL: site.url, colorScheme });
  const problems: string[] = [];
  for (const [kind, { html }] of mails) {
    await shown.setContent(html);
    const { violations } = await axeOn(shown).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    problems.push(
      ...violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${kind} ${id} ${target} ${failureSummary}`),
      ),
    );
  }
  expect(problems).toEqual([]);
});
