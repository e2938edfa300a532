import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { readWorkbook } from '../support/workbook.ts';
import { type OfficeEvent, officeWorld } from './office-world.ts';

const test = await testApp();
const { db } = test;
const { person, secretariat, event } = await officeWorld(test);

const references = async ({ ids }: OfficeEvent) => {
  const { rows } = await sql<{ reference: string }>`
    select r.reference from unnest(${ids}::uuid[]) with ordinality t(id, n) join registrations r on r.id = t.id order by n`.execute(
    db,
  );
  return rows.map((row) => row.reference);
};
const csv = (rows: string[][]) => ['Date;Amount;Details', ...rows.map((row) => row.join(';'))].join('\n');

interface Line {
  line: number;
  match: string;
  name: string | null;
  amount: number;
}

async function read(here: OfficeEvent, text: string, headers = secretariat.token) {
  return test.app.inject({
    method: 'POST',
    url: `/api/events/${here.slug}/payments/statement`,
    headers: { ...headers, 'content-type': 'text/csv' },
    payload: text,
  });
}

const paid = async (here: OfficeEvent) =>
  (await test.get(`/api/events/${here.slug}/payments`, secretariat.token)).json<{
    items: { amount: number; receivedOn: string; registration: { name: string } }[];
    totals: Record<string, number>;
  }>();

describe('the money of an event', () => {
  it('adds up what is owed, came, went back and is too much', async () => {
    const here = await event(3);
    const pay = (at: number, amount: number) =>
      test.send('POST', `/api/registrations/${here.ids[at]}/payments`, { amount, receivedOn: '2026-03-01' }, secretariat.token);
    for (const [at, amount] of [
      [0, 25_000],
      [1, 30_000],
      [1, -1_000],
    ] as const)
      expect((await pay(at, amount)).statusCode).toBe(201);
    expect((await paid(here)).totals).toEqual({
      fees: 75_000,
      received: 55_000,
      refunded: 1_000,
      due: 25_000,
      owing: 1,
      over: 4_000,
      overpaid: 1,
    });
    const page = await test.get(`/back-office/events/${here.slug}/payments`, secretariat.cookie);
    expect([page.statusCode, page.body.includes('€250'), page.body.includes('€550')]).toEqual([200, true, true]);
    expect((await test.get(`${here.path}?paid=over`, secretariat.cookie)).body).toContain('1 row');
    expect((await test.get(`/back-office/events/${here.slug}/payments?q=nobody+like+that`, secretariat.cookie)).body).toContain(
      'No payment is found like that',
    );
  });

  it('is exported, and a workbook of it has no formula', async () => {
    const here = await event(1);
    await sql`update people set name = '=1+1' where id = ${here.world.people[0]?.[0]}`.execute(db);
    await test.send(
      'POST',
      `/api/registrations/${here.ids[0]}/payments`,
      { amount: 25_000, receivedOn: '2026-03-01', note: '+cmd' },
      secretariat.token,
    );
    const [reference] = await references(here);
    const organisation = (
      await sql<{ name: string }>`select name from organisations where id = ${here.world.organisationIds[0]}`.execute(db)
    ).rows[0]?.name;
    const file = await test.get(`/back-office/events/${here.slug}/payments.xlsx`, secretariat.cookie);
    expect(readWorkbook(file.rawPayload)).toEqual([
      ['Received on', 'Amount', 'Currency', 'Reference', 'Name', 'Organisation', 'Note', 'Noted by'],
      ['2026-03-01', 250, 'EUR', reference, '=1+1', organisation, '+cmd', 'Secretariat'],
    ]);
    const text = await test.get(`/back-office/events/${here.slug}/payments.csv`, secretariat.cookie);
    expect(text.body).toContain(`'=1+1,${organisation},'+cmd`);
  });
});

describe('a bank statement', () => {
  it('shows what each line pays for and notes nothing; what was ticked is noted once, with a receipt', async () => {
    const here = await event(2);
    const [first, second] = await references(here);
    const text = csv([
      ['2026-05-26', '250,00', `transfer ${first?.toLowerCase()}`],
      ['2026-05-26', '100,00', `${second}`],
      ['2026-05-26', '99,00', 'no reference'],
    ]);
    const answer = await read(here, text);
    const { items } = answer.json<{ items: Line[] }>();
    expect(items.map(({ match, name, amount }) => [match, name, amount])).toEqual([
      ['exact', 'Delegate 1', 25_000],
      ['less', 'Delegate 2', 10_000],
      ['none', null, 9_900],
    ]);
    expect((await paid(here)).items).toEqual([]);

    await test.drain();
    const before = (await test.mails(`delegate-${here.world.people[0]?.[0]}@example.org`)).length;
    const lines = items.filter((item) => item.match === 'exact').map(({ match: _match, name: _name, ...line }) => line);
    const note = () => test.send('POST', `/api/events/${here.slug}/payments`, { lines }, secretariat.token);
    const answers = await Promise.all([note(), note(), note()]);
    expect(answers.map((one) => one.json<{ noted: number }>().noted).sort()).toEqual([0, 0, 1]);
    expect(
      (await paid(here)).items.map(({ amount, receivedOn, registration }) => [amount, receivedOn, registration.name]),
    ).toEqual([[25_000, '2026-05-26', 'Delegate 1']]);
    expect((await read(here, text)).json<{ items: Line[] }>().items.map(({ match }) => match)).toEqual(['noted', 'less', 'none']);
    await test.drain();
    expect((await test.mails(`delegate-${here.world.people[0]?.[0]}@example.org`)).length).toBe(before + 1);
  });

  it('is read on a page: what pays exactly is ticked, and nothing typed is lost when nothing can be read', async () => {
    const here = await event(1);
    const [reference] = await references(here);
    const path = `/back-office/events/${here.slug}/payments/statement`;
    const boundary = 'x-boundary';
    const upload = (text: string) =>
      test.app.inject({
        method: 'POST',
        url: path,
        headers: {
          ...secretariat.cookie,
          'sec-fetch-site': 'same-origin',
          'content-type': `multipart/form-data; boundary=${boundary}`,
        },
        payload: `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="bank.csv"\r\ncontent-type: text/csv\r\n\r\n${text}\r\n--${boundary}--\r\n`,
      });
    const wrong = await upload('no table\n');
    expect([wrong.statusCode, wrong.body.includes('The first line must name the columns')]).toEqual([422, true]);
    const shown = await upload(csv([['2026-05-26', '250,00', `${reference}`]]));
    expect(shown.statusCode).toBe(200);
    expect(shown.body).toMatch(/name="chosen" value="2" checked/);
    const lines = /name="lines" value="([^"]*)"/.exec(shown.body)?.[1]?.replaceAll('&quot;', '"') ?? '';
    const done = await test.post(`${path}/notes`, { lines, chosen: '2' }, secretariat.cookie);
    expect([done.statusCode, done.headers.location]).toEqual([
      303,
      `/back-office/events/${here.slug}/payments?done=statementNoted&n=1`,
    ]);
    expect((await test.post(`${path}/notes`, { lines: 'broken', chosen: '2' }, secretariat.cookie)).statusCode).toBe(422);
    expect((await paid(here)).totals.received).toBe(25_000);
  });

  it('is nobody’s but those who run the event', async () => {
    const here = await event(1);
    const somebody = await person('Organiser of another', 'organiser', (await event(0)).world.eventId);
    expect((await read(here, csv([['2026-05-26', '1', 'x']]), somebody.token)).statusCode).toBe(403);
    expect((await test.send('POST', `/api/events/${here.slug}/payments`, { lines: [] }, somebody.token)).statusCode).toBe(403);
  });
});
