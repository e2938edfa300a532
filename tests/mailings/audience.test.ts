import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openedQuestionnaire } from '../questionnaires/world.ts';
import { testApp } from '../support/app.ts';
import { mailingOffice, minute, TEXTS, takePart } from './world.ts';

const test = await testApp();
const { db, clock } = test;
const office = await mailingOffice(db, 6);
const headers = await test.bearer(office.secretariat);
const [zero, one, two, three] = office.people;
const cityOf = async (person: { id: string } | undefined) =>
  (await sql<{ id: string }>`select organisation_id as id from affiliations where person_id = ${person?.id}`.execute(db)).rows[0]
    ?.id ?? '';
const city = [await cityOf(zero), await cityOf(one), await cityOf(two), await cityOf(three)] as const;

await sql`update organisations set kind = 'university', membership = 'candidate', country = 'PT' where id = ${city[0]}`.execute(
  db,
);
const { rows: networks } = await sql<{ id: string }>`
  insert into networks (slug, name) values ('the-network', '{"en":"The network"}') returning id`.execute(db);
const network = networks[0]?.id ?? '';
await sql`insert into organisation_networks (organisation_id, network_id) values (${city[1]}, ${network})`.execute(db);
await sql`insert into fees (organisation_id, year, paid_on) values (${city[2]}, 2026, '2026-02-01')`.execute(db);
if (three) await takePart(office, db, three.id);

const written = async (audience: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<string> => {
  const body = { kind: 'announcement', name: 'News', audience: { roles: ['contact'], ...audience }, texts: TEXTS, ...more };
  const made = await test.send('POST', '/api/mailings', body, headers);
  expect(made.statusCode, made.body).toBe(201);
  return made.json().id as string;
};
const reached = async (audience: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<string> => {
  const list = (await test.get(`/api/mailings/${await written(audience, more)}/audience`, headers)).json();
  const names: string[] = list.items.map(({ name }: { name: string }) => name.at(-1));
  expect(list.count.people).toBe(names.length);
  return names.join('');
};

describe('an audience', () => {
  const about = { event: office.slug };
  it.each<[what: string, audience: Record<string, unknown>, more: Record<string, unknown>, whom: string]>([
    ['everybody who is a contact', {}, {}, '012345'],
    ['a kind of organisation', { kinds: ['university'] }, {}, '0'],
    ['a membership', { memberships: ['candidate', 'former'] }, {}, '0'],
    ['a network', { networks: [network] }, {}, '1'],
    ['countries', { countries: ['PT', 'FR'] }, {}, '0'],
    ['languages', { languages: ['fr', 'es'] }, {}, '125'],
    ['who has paid the fee of a year', { fee: 'paid', feeYear: 2026 }, {}, '2'],
    ['who has not', { fee: 'unpaid', feeYear: 2026 }, {}, '01345'],
    ['of another year nobody has', { fee: 'paid', feeYear: 2025 }, {}, ''],
    ['who took part in a past edition', { attended: [office.eventId] }, {}, '3'],
    ['who did not', { notAttended: [office.eventId] }, {}, '01245'],
    ['who is registered', { registration: 'registered' }, about, '3'],
    ['who is not', { registration: 'not-registered' }, about, '01245'],
    ['who meets every rule', { countries: ['ES'], languages: ['fr', 'es'], fee: 'unpaid', feeYear: 2026 }, {}, '15'],
  ])('is %s', async (_what, audience, more, whom) => {
    expect(await reached(audience, more)).toBe(whom);
  });

  it('is asked for a year where it asks for a fee, and for networks and countries that are', async () => {
    const refused = async (audience: Record<string, unknown>) =>
      (await test.send('POST', '/api/mailings', { kind: 'announcement', name: 'News', audience, texts: TEXTS }, headers))
        .statusCode;
    expect(await refused({ countries: ['XX'] })).toBe(422);
    expect(await refused({ networks: ['none'] })).toBe(422);
    expect(await refused({ fee: 'paid', feeYear: 99 })).toBe(422);
  });
});

describe('a mailing that asks for answers', () => {
  it('goes to who has not answered, each with their own link, which stays the same under another SECRET', async () => {
    const before = test.system.config.secret;
    const { id: questionnaireId, people } = await openedQuestionnaire(db, {
      people: 4,
      privacy: 'named',
      now: clock(),
      secret: before,
    });
    const [answered, ...others] = people;
    const sent = await test.send('POST', `/api/askings/${answered?.token}/answers`, { answers: { nps: 9 } });
    expect(sent.statusCode, sent.body).toBe(201);
    const texts = { en: { subject: 'What did you think?', body: 'Dear {{name}},' } };
    const id = await written({ roles: [] }, { kind: 'questionnaire', questionnaireId, texts });
    expect((await test.send('PUT', `/api/mailings/${id}/schedule`, { schedule: 'now' }, headers)).statusCode).toBe(200);
    const { config } = test.system;
    config.secret = 'another secret, which is as long as it has to be';
    config.formerSecrets = [before];
    await minute(test);
    Object.assign(config, { secret: before, formerSecrets: [] });
    const links = await Promise.all(
      people.map(async ({ address }) =>
        (await test.mails(address))
          .filter(({ subject }) => subject === 'What did you think?')
          .flatMap(({ text }) => /\/q\/([\w-]+)/.exec(text)?.[1] ?? []),
      ),
    );
    expect(links).toEqual([[], ...others.map(({ token }) => [token])]);
  });
});

describe('the library of texts', () => {
  it('keeps what a mailing says for the next one, and gives it up', async () => {
    const from = await written({});
    const kept = await test.send('POST', `/api/mailings/${from}/templates`, { name: 'Our news' }, headers);
    expect(kept.statusCode, kept.body).toBe(201);
    const template = kept.json().id as string;
    const names = async () =>
      (await test.get('/api/mailing-templates', headers))
        .json()
        .items.flatMap((one: { name: string; builtIn: boolean }) => (one.builtIn ? [] : one.name));
    expect(await names()).toEqual(['Our news']);
    const next = await written({}, { template, texts: {} });
    expect((await test.get(`/api/mailings/${next}`, headers)).json().texts.fr.subject).toBe(TEXTS.fr.subject);
    expect((await test.send('DELETE', `/api/mailing-templates/${template}`, undefined, headers)).statusCode).toBe(200);
    expect(await names()).toEqual([]);
    const gone = await test.send('POST', '/api/mailings', { kind: 'announcement', name: 'News', template, texts: {} }, headers);
    expect(gone.json()).toMatchObject({ status: 422, errors: [{ path: 'template' }] });
  });
});
