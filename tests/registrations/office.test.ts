import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { type OfficeEvent, officeWorld } from './office-world.ts';

const test = await testApp();
const { db } = test;
const { secretariat, event, order } = await officeWorld(test);

describe('the list of registrations', () => {
  it('finds by name without accents, by state and by what is due, and keeps its filters in the addresses of its exports', async () => {
    const here = await event(3);
    await sql`update people set name = 'Ángela Núñez' where id = ${here.world.people[0]?.[1]}`.execute(db);
    const found = await test.get(`${here.path}?q=angela+nunez&paid=no&state=confirmed`, secretariat.cookie);
    expect(found.statusCode).toBe(200);
    expect(found.body).toContain('Ángela Núñez');
    expect(found.body).toContain('1 row');
    expect(found.body).toContain(`${here.path}.csv?q=angela+nunez&amp;state=confirmed&amp;paid=no`);
    expect((await test.get(`${here.path}?paid=yes`, secretariat.cookie)).body).toContain('Nobody is found like that');
    expect((await test.get(`${here.path}?state=nonsense`, secretariat.cookie)).statusCode).toBe(422);
  });

  it('asks the database as often for sixty rows as for three', async () => {
    const [few, many] = [await event(3), await event(60, 100)];
    // Outside of a transaction each query takes a connection of the pool for itself.
    const count = async ({ path }: OfficeEvent) => {
      let queries = 0;
      const add = () => void (queries += 1);
      test.system.pool.on('acquire', add);
      const answer = await test.get(path, secretariat.cookie);
      test.system.pool.off('acquire', add);
      expect(answer.statusCode).toBe(200);
      return queries;
    };
    const wanted = await count(few);
    expect(wanted).toBeGreaterThan(3);
    expect(await count(many)).toBe(wanted);
  });

  it('is exported whole, with the form’s answers in words, and nothing in it is a formula', async () => {
    const here = await event(2);
    await sql`update people set name = '=1+1' where id = ${here.world.people[0]?.[0]}`.execute(db);
    const csv = await test.get(`${here.path}.csv`, secretariat.cookie);
    const lines = csv.body.replace('\ufeff', '').trim().split('\r\n');
    expect(lines.length).toBe(3);
    expect(lines[0]).toBe(
      'Reference,Name,E-mail,Language,Organisation,Country,Category,State,Registered,Confirmed,Fee,Paid,Currency,Reason',
    );
    expect(lines[1]).toContain("'=1+1");
    expect(lines[1]).toContain(',250,0,EUR,');
    const json = (await test.get(`${here.path}.json?state=confirmed`, secretariat.cookie)).json<
      { name: string; amount: number }[]
    >();
    expect(json.map(({ name, amount }) => [name, amount])).toEqual([
      ['=1+1', 250],
      ['Delegate 2', 250],
    ]);
    const xlsx = await test.get(`${here.path}.xlsx`, secretariat.cookie);
    expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK');
  });

  it('shows the columns its reader chose, and remembers them', async () => {
    const here = await event(1);
    expect((await test.get(here.path, secretariat.cookie)).body).not.toContain('data-column="Reference"');
    const chosen = await test.post(`${here.path}/columns`, { columns: ['reference', 'state'] }, secretariat.cookie);
    expect(chosen.statusCode).toBe(303);
    const kept = chosen.cookies.find((cookie) => cookie.name === 'registration-columns')?.value ?? '';
    const again = await test.get(here.path, { cookie: `${secretariat.cookie.cookie}; registration-columns=${kept}` });
    expect(again.body).toContain('data-column="Reference"');
    expect(again.body).not.toContain('data-column="Category"');
  });
});

describe('one registration', () => {
  it('shows its payments, notes one typed as money and removes it again', async () => {
    const here = await event(1);
    const path = `${here.path}/${here.ids[0]}`;
    const wrong = await test.post(`${path}/payments`, { amount: 'a lot', receivedOn: '2026-03-01' }, secretariat.cookie);
    expect([wrong.statusCode, wrong.body.includes('value="a lot"')]).toEqual([422, true]);
    expect(
      (await test.post(`${path}/payments`, { amount: '100,50', receivedOn: '2026-03-01', note: 'Bank' }, secretariat.cookie))
        .statusCode,
    ).toBe(303);
    expect((await test.get(path, secretariat.cookie)).body).toContain('€100.50');
    const { items } = (await test.get(`/api/registrations/${here.ids[0]}/payments`, secretariat.token)).json<{
      items: { id: string; amount: number }[];
    }>();
    expect(items.map((payment) => payment.amount)).toEqual([10050]);
    expect((await test.post(`${path}/payments/${items[0]?.id}/removal`, {}, secretariat.cookie)).statusCode).toBe(303);
    expect((await test.get(path, secretariat.cookie)).body).toContain('No payment is noted.');
  });

  it('is made by hand by the organiser, outside the window too', async () => {
    const here = await event(1);
    await sql`update events set registration_closes_at = '2021-01-01T00:00Z' where id = ${here.world.eventId}`.execute(db);
    const wrong = await test.post(
      `${here.path}/new`,
      { name: '', email: 'guest@example.org', category: 'category-0' },
      secretariat.cookie,
    );
    expect([wrong.statusCode, wrong.body.includes('value="guest@example.org"')]).toEqual([422, true]);
    const made = await test.post(
      `${here.path}/new`,
      { name: 'A late guest', email: 'late@example.org', category: 'category-0', organisation: '' },
      secretariat.cookie,
    );
    expect(made.statusCode, made.body.slice(0, 400)).toBe(303);
    await test.drain();
    expect((await test.mails('late@example.org')).length).toBe(1);
    expect((await test.get(String(made.headers.location), secretariat.cookie)).body).toContain('late@example.org: sent');
  });
});

describe('the waiting list', () => {
  it('explains itself, and an offer can be let stand a day longer', async () => {
    const here = await event(2, 1);
    const path = `/back-office/events/${here.slug}/waiting-list`;
    expect((await test.get(path, secretariat.cookie)).body).toContain('Lacks a place in: the event');
    await order(here, { action: 'cancel', ids: [here.ids[0]] });
    const { items } = (await test.get(`/api/events/${here.slug}/waiting-list`, secretariat.token)).json<{
      items: { id: string; offer: { expiresAt: string } }[];
    }>();
    const until = Temporal.Instant.from(items[0]?.offer.expiresAt ?? '');
    expect((await test.get(path, secretariat.cookie)).body).toContain('Let it stand a day longer');
    expect((await test.post(`${path}/${items[0]?.id}/extension`, {}, secretariat.cookie)).statusCode).toBe(303);
    const after = (await test.get(`/api/events/${here.slug}/waiting-list`, secretariat.token)).json<{
      items: { offer: { expiresAt: string } }[];
    }>();
    expect(after.items[0]?.offer.expiresAt).toBe(until.add({ hours: 24 }).toString());
  });

  it('is exported in order, and so are the members nobody is registered for', async () => {
    const here = await event(3, 1);
    await sql`update organisations set membership = 'member' where id = ${here.world.organisationIds[0]}`.execute(db);
    const office = `/back-office/events/${here.slug}`;
    const waiting = (await test.get(`${office}/waiting-list.json`, secretariat.cookie)).json<
      { position: number; people: string[] }[]
    >();
    expect(waiting.map(({ position, people }) => [position, people])).toEqual([
      [1, ['Delegate 2']],
      [2, ['Delegate 3']],
    ]);
    const missing = (await test.get(`${office}/missing-members.json`, secretariat.cookie)).json<{ slug: string }[]>();
    const { rows } = await sql<{ slug: string }>`
      select slug from organisations where membership = 'member' and id <> ${here.world.organisationIds[0]} order by fold(name), id`.execute(
      db,
    );
    expect(missing.map(({ slug }) => slug)).toEqual(rows.map(({ slug }) => slug));
  });

  it('says who joined later and came first, and why', async () => {
    const here = await event(4, 2);
    const waiting = async () =>
      (await test.get(`/api/events/${here.slug}/waiting-list`, secretariat.token)).json<{
        items: { id: string; people: { registrationId: string }[] }[];
      }>().items;
    // The first who waits becomes a party of two, for whom one place does not suffice.
    const [first, second] = await waiting();
    await sql`update waitings set party_size = 2 where id = ${first?.id}`.execute(db);
    await sql`update waitings set ended_at = now() + interval '1 day', ended_by = 'accepted' where id = ${second?.id}`.execute(
      db,
    );
    const page = (await test.get(`/back-office/events/${here.slug}/waiting-list`, secretariat.cookie)).body;
    expect(page).toMatch(/joined later and was served on .*: they needed one place, this party needs 2 together\./);
  });
});

describe('the figures', () => {
  it('count who comes, what is due and received, and name who is missing', async () => {
    const here = await event(2);
    await sql`update organisations set membership = 'member' where id = ${here.world.organisationIds[0]}`.execute(db);
    await sql`insert into organisations (slug, name, country, zone, membership) values ('missing-city', 'Missing City', 'PT', 'Europe/Lisbon', 'member')`.execute(
      db,
    );
    await order(here, { action: 'paid', ids: [here.ids[0]], receivedOn: '2026-03-01' });
    const figures = (await test.get(`/api/events/${here.slug}/participants`, secretariat.token)).json<Record<string, unknown>>();
    expect(figures).toMatchObject({
      confirmed: 2,
      waiting: 0,
      organisations: 1,
      fees: 50000,
      received: 25000,
      countries: [{ country: 'ES', n: 2 }],
    });
    const page = await test.get(`/back-office/events/${here.slug}/participants`, secretariat.cookie);
    expect(page.body).toContain('Missing City');
    expect(page.body).not.toContain(`<a href="/organisations/${here.world.organisationIds[0]}">`);
  });
});

describe('registering by hand', () => {
  it('finds somebody who is known without accents, and registers them as who they are', async () => {
    const here = await event(1);
    const [known] = await db
      .insertInto('people')
      .values({ name: 'Zoé Ünlü', email: 'zoe@example.org', language: 'fr', zone: 'UTC' })
      .returning('id')
      .execute();
    const found = await test.get(`${here.path}/new?q=zoe+unlu`, secretariat.cookie);
    expect(found.body).toContain(`href="${here.path}/new?person=${known?.id}"`);
    expect((await test.get(`${here.path}/new?q=nobody+at+all`, secretariat.cookie)).body).toContain(
      'Nobody of this name is known',
    );
    const chosen = await test.get(`${here.path}/new?person=${known?.id}`, secretariat.cookie);
    expect(chosen.body).toContain('zoe@example.org');
    expect(chosen.body).not.toContain('name="email"');
    const { key: category } = await db
      .selectFrom('categories as c')
      .innerJoin('events as e', 'e.id', 'c.event_id')
      .select('c.key')
      .where('e.slug', '=', here.slug)
      .executeTakeFirstOrThrow();
    const posted = await test.post(`${here.path}/new`, { personId: known?.id ?? '', category }, secretariat.cookie);
    expect(posted.statusCode).toBe(303);
    const rows = await db
      .selectFrom('registrations')
      .select('state')
      .where('person_id', '=', known?.id ?? '')
      .execute();
    expect(rows).toEqual([{ state: 'confirmed' }]);
    const nobody = { personId: '018f0000-0000-7000-8000-000000000000', category };
    expect((await test.post(`${here.path}/new`, nobody, secretariat.cookie)).statusCode).toBe(422);
  });
});
