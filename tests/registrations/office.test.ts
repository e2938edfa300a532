import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { inTransaction } from '../../db/database.ts';
import { findOrCreatePerson, grantRole } from '../../server/accounts/actions.ts';
import { runBulk } from '../../server/registrations/bulks.ts';
import { makeWorld, type World } from '../places/world.ts';
import { testApp } from '../support/app.ts';

const test = await testApp();
const { db } = test;

async function person(name: string, role?: 'secretariat' | 'organiser', scopeId: string | null = null) {
  const email = `${name.toLowerCase().replace(/\W+/g, '-')}@example.org`;
  const id = await inTransaction(db, (tx) =>
    findOrCreatePerson(tx, { name, email, language: 'en', zone: 'Europe/Madrid' }, null),
  );
  if (role) await grantRole(db, null, id, { role, scopeId });
  return { id, token: await test.bearer(id), cookie: await test.signedIn(id) };
}
const secretariat = await person('Secretariat', 'secretariat');

interface Event {
  world: World;
  slug: string;
  path: string;
  ids: string[];
}

/** An event with `people` who are registered by the organiser, in order of joining. */
async function event(people: number, places = 50): Promise<Event> {
  const world = await makeWorld(db, { places, limit: null, organisations: 1, people, categories: [null, 3] });
  const { rows } = await sql<{ slug: string }>`
    update events set title = '{"en":"Congress"}', registration_opens_at = '2020-01-01T00:00Z' where id = ${world.eventId} returning slug`.execute(
    db,
  );
  await sql`update categories set price_early = 25000, name = jsonb_build_object('en', key) where event_id = ${world.eventId}`.execute(
    db,
  );
  await sql`update people set email = 'delegate-' || id || '@example.org' where id = any (${world.people[0] ?? []}::uuid[])`.execute(
    db,
  );
  const slug = rows[0]?.slug ?? '';
  const ids: string[] = [];
  for (const personId of world.people[0] ?? []) {
    const made = await test.send(
      'POST',
      `/api/events/${slug}/registrations`,
      { personId, organisationId: world.organisationIds[0], category: 'category-0' },
      secretariat.token,
    );
    expect(made.statusCode, made.body).toBe(201);
    ids.push(made.json<{ id: string }>().id);
    test.clock.advance({ seconds: 1 });
  }
  return { world, slug, path: `/back-office/events/${slug}/registrations`, ids };
}

const states = async (ids: string[]) => {
  const { rows } = await sql<{ state: string }>`
    select r.state from unnest(${ids}::uuid[]) with ordinality t(id, n) join registrations r on r.id = t.id order by n`.execute(
    db,
  );
  return rows.map((row) => row.state);
};

interface Bulk {
  id: string;
  total: number;
  done: number;
  refused: number;
  undone: number;
  endedAt: string | null;
  problems: { code: string }[];
}

async function order({ slug }: Event, body: Record<string, unknown>): Promise<Bulk> {
  const answer = await test.send('POST', `/api/events/${slug}/registrations/bulk`, body, secretariat.token);
  expect(answer.statusCode, answer.body).toBe(201);
  await test.drain();
  return (await test.get(`/api/events/${slug}/registrations/bulk/${answer.json<Bulk>().id}`, secretariat.token)).json<Bulk>();
}

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
    const count = async ({ path }: Event) => {
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

describe('the same for many', () => {
  it('says first what it would do, in numbers and names, and does nothing yet', async () => {
    const here = await event(3, 2);
    const asked = await test.post(`${here.path}/bulk`, { ids: here.ids, action: 'cancel' }, secretariat.cookie);
    expect(asked.body).toContain('Cancel 3 registrations?');
    expect(asked.body).toContain('3 people lose their registration');
    expect(asked.body).toContain('2 places become free; one person waits, and is offered what fits.');
    expect(asked.body).toContain('Delegate 1');
    expect(await states(here.ids)).toEqual(['confirmed', 'confirmed', 'waiting']);
  });

  it('is done by workers, told by mail with the reason, and taken back while places are free', async () => {
    const here = await event(3);
    const two = here.ids.slice(0, 2);
    const order =
      /name="order" value="([^"]+)"/.exec(
        (await test.post(`${here.path}/bulk`, { ids: two, action: 'cancel' }, secretariat.cookie)).body,
      )?.[1] ?? '';
    const form = { ids: two, action: 'cancel', confirmed: 'on', order, reason: 'The hall is smaller' };
    const given = await test.post(`${here.path}/bulk`, form, secretariat.cookie);
    expect(given.headers.location).toBe(`${here.path}/bulk/${order}`);
    // A second press of the button is the same order.
    expect((await test.post(`${here.path}/bulk`, form, secretariat.cookie)).headers.location).toBe(`${here.path}/bulk/${order}`);
    expect((await test.get(`${here.path}/bulk/${order}`, secretariat.cookie)).body).toContain('http-equiv="refresh"');
    await test.drain();
    expect(await states(here.ids)).toEqual(['cancelled', 'cancelled', 'confirmed']);
    const [address] = (await sql<{ email: string }>`select email from people where id = ${here.world.people[0]?.[0]}`.execute(db))
      .rows;
    expect((await test.mails(address?.email)).at(-1)?.text).toContain('The hall is smaller');
    const page = await test.get(`${here.path}/bulk/${order}`, secretariat.cookie);
    expect(page.body).toContain('2 registrations are done.');
    expect((await test.post(`${here.path}/bulk/${order}/removal`, {}, secretariat.cookie)).statusCode).toBe(303);
    await test.drain();
    expect(await states(here.ids)).toEqual(['confirmed', 'confirmed', 'confirmed']);
    expect((await test.get(`${here.path}/bulk/${order}`, secretariat.cookie)).body).toContain('2 were taken back.');
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from bulks where event_id = ${here.world.eventId}`.execute(db);
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('gives nobody back a place that somebody else has by now', async () => {
    const here = await event(2, 1);
    const bulk = await order(here, { action: 'cancel', ids: [here.ids[0]] });
    await test.drain();
    const waiting = here.ids[1] ?? '';
    expect((await test.send('PUT', `/api/registrations/${waiting}/offer/acceptance`, {}, secretariat.token)).statusCode).toBe(
      200,
    );
    await test.send('DELETE', `/api/events/${here.slug}/registrations/bulk/${bulk.id}`, undefined, secretariat.token);
    await test.drain();
    const after = (await test.get(`/api/events/${here.slug}/registrations/bulk/${bulk.id}`, secretariat.token)).json<Bulk>();
    expect([after.undone, after.problems.map((problem) => problem.code)]).toEqual([0, ['no-places']]);
    expect(await states(here.ids)).toEqual(['cancelled', 'confirmed']);
  });

  it('acts on all that were found when it asked, and asks again when others have come', async () => {
    const here = await event(2);
    const ask = { everyOne: 'on', query: 'state=confirmed', action: 'cancel' };
    const hidden = (body: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';
    const first = await test.post(`${here.path}/bulk`, ask, secretariat.cookie);
    expect(first.body).toContain('Cancel 2 registrations?');
    const late = await test.post(`${here.path}/new`, { name: 'A late guest', category: 'category-0' }, secretariat.cookie);
    const lateId = String(late.headers.location).split('/').at(-1)?.split('?')[0] ?? '';
    const form = { ...ask, confirmed: 'on', order: hidden(first.body, 'order') };
    const again = await test.post(`${here.path}/bulk`, { ...form, seen: hidden(first.body, 'seen') }, secretariat.cookie);
    expect(again.body).toContain('Cancel 3 registrations?');
    expect(await states([...here.ids, lateId])).toEqual(['confirmed', 'confirmed', 'confirmed']);
    const done = await test.post(`${here.path}/bulk`, { ...form, seen: hidden(again.body, 'seen') }, secretariat.cookie);
    expect(done.statusCode).toBe(303);
    await test.drain();
    expect(await states([...here.ids, lateId])).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });

  it('goes on where a worker died, and does nothing twice', async () => {
    const here = await event(5);
    const made = await test.send(
      'POST',
      `/api/events/${here.slug}/registrations/bulk`,
      { action: 'paid', ids: here.ids, receivedOn: '2026-03-01' },
      secretariat.token,
    );
    const { id } = made.json<Bulk>();
    // Two workers have the same job, as after a kill; and it comes a third time when all is done.
    await Promise.all([runBulk(db, id, test.clock()), runBulk(db, id, test.clock())]);
    await runBulk(db, id, test.clock());
    const { rows } = await sql<{ registration_id: string; sum: number }>`
      select registration_id, sum(amount)::int as sum from payments where registration_id = any (${here.ids}::uuid[]) group by 1`.execute(
      db,
    );
    expect(rows.map((row) => row.sum)).toEqual([25000, 25000, 25000, 25000, 25000]);
    const bulk = (await test.get(`/api/events/${here.slug}/registrations/bulk/${id}`, secretariat.token)).json<Bulk>();
    expect([bulk.total, bulk.done, bulk.refused, bulk.endedAt !== null]).toEqual([5, 5, 0, true]);
  });

  it('says of each that could not be done why', async () => {
    const here = await event(5);
    const bulk = await order(here, { action: 'category', ids: here.ids, category: 'category-1' });
    expect([bulk.done, bulk.refused, bulk.problems.map((problem) => problem.code)]).toEqual([
      3,
      2,
      ['category-full', 'category-full'],
    ]);
    const again = await order(here, { action: 'paid', filter: { category: 'category-1' }, receivedOn: '2026-03-01' });
    expect([again.total, again.done]).toEqual([3, 3]);
  });

  it('is refused for what is missing, with what was chosen kept', async () => {
    const here = await event(1);
    const asked = await test.post(
      `${here.path}/bulk`,
      { ids: here.ids, action: 'category', confirmed: 'on' },
      secretariat.cookie,
    );
    expect(asked.statusCode).toBe(422);
    expect(asked.body).toContain(`name="ids" value="${here.ids[0]}"`);
    const nothing = await test.send(
      'POST',
      `/api/events/${here.slug}/registrations/bulk`,
      { action: 'cancel' },
      secretariat.token,
    );
    expect([nothing.statusCode, nothing.json<{ errors: { path: string }[] }>().errors[0]?.path]).toEqual([422, 'ids']);
  });

  it('is nobody’s but those who run the event, and touches no other event’s registrations', async () => {
    const [here, elsewhere] = [await event(1), await event(1)];
    const organiser = await person('Organiser elsewhere', 'organiser', elsewhere.world.eventId);
    const body = { action: 'cancel', ids: here.ids };
    expect((await test.send('POST', `/api/events/${here.slug}/registrations/bulk`, body, organiser.token)).statusCode).toBe(403);
    const own = await test.send('POST', `/api/events/${elsewhere.slug}/registrations/bulk`, body, organiser.token);
    expect(own.statusCode).toBe(422);
    expect(await states(here.ids)).toEqual(['confirmed']);
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
