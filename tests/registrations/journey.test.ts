import ical from 'ical.js';
import { describe, expect, it } from 'vitest';
import { inTransaction } from '../../db/database.ts';
import { findOrCreatePerson } from '../../server/accounts/actions.ts';
import { grantRole } from '../../server/accounts/roles.ts';
import { testApp } from '../support/app.ts';

const test = await testApp();
const { db } = test;

async function person(name: string, address: string, language = 'en'): Promise<string> {
  return inTransaction(db, (tx) => findOrCreatePerson(tx, { name, email: address, language, zone: 'Europe/Madrid' }, null));
}

const secretariat = await person('Secretariat', 'secretariat@example.org');
await grantRole(db, null, secretariat, { role: 'secretariat', scopeId: null });
const asSecretariat = await test.bearer(secretariat);

async function city(slug: string): Promise<string> {
  const row = await db
    .insertInto('organisations')
    .values({
      slug,
      name: slug,
      country: 'ES',
      zone: 'Europe/Madrid',
      latitude: null,
      longitude: null,
      population: null,
      member_since: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

async function delegate(organisation: string, name: string, isContact = false, language = 'en'): Promise<string> {
  const id = await person(name, `${name.toLowerCase().replaceAll(' ', '-')}@example.org`, language);
  await db
    .insertInto('affiliations')
    .values({ person_id: id, organisation_id: organisation, is_contact: isContact, ended_at: null })
    .execute();
  return id;
}

const year = test.clock().toZonedDateTimeISO('UTC').year + 1;

async function openEvent(more: Record<string, unknown> = {}): Promise<string> {
  const event = {
    kind: 'congress',
    title: { en: `Congress ${Math.random().toString(36).slice(2)}`, fr: 'Congrès' },
    languages: ['en', 'fr'],
    zone: 'Europe/Madrid',
    starts: `${year}-05-26T09:00`,
    ends: `${year}-05-29T18:00`,
    registrationOpens: `${year - 2}-01-15T09:00`,
    capacity: 2,
    limitMember: 5,
    categories: [{ key: 'member', name: { en: 'Member', fr: 'Membre' }, priceEarly: 25000 }],
    ...more,
  };
  const made = await test.send('POST', '/api/events', event, asSecretariat);
  expect(made.statusCode, made.body).toBe(201);
  const { slug } = made.json<{ slug: string }>();
  const published = await test.send('PUT', `/api/events/${slug}/publication`, {}, asSecretariat);
  expect(published.statusCode, published.body).toBe(200);
  return slug;
}

describe('a delegation', () => {
  it('registers at once, hears of it in each one’s language with a calendar file, and passes a seat on to who waits', async () => {
    const slug = await openEvent();
    const granollers = await city('granollers');
    const contact = await delegate(granollers, 'Contact of Granollers', true);
    const [first, second, third] = [
      await delegate(granollers, 'Delegate One', false, 'fr'),
      await delegate(granollers, 'Delegate Two'),
      await delegate(granollers, 'Delegate Three'),
    ];
    const asContact = await test.bearer(contact);
    const people = [first, second, third].map((personId) => ({ personId, category: 'member' }));
    const answer = await test.send(
      'POST',
      `/api/events/${slug}/delegations`,
      { organisationId: granollers, mode: 'as-many-as-fit', people },
      asContact,
    );
    expect(answer.statusCode, answer.body).toBe(201);
    const { registrations } = answer.json<{
      registrations: { id: string; state: string; person: { id: string }; amount: number }[];
    }>();
    const stateOf = (personId: string) => registrations.find((row) => row.person.id === personId)?.state;
    expect([stateOf(first), stateOf(second), stateOf(third)]).toEqual(['confirmed', 'confirmed', 'waiting']);
    expect(registrations.map((row) => row.amount)).toEqual([25000, 25000, 25000]);

    await test.drain();
    const [confirmation] = await test.mails('delegate-one@example.org');
    expect(confirmation?.subject).toContain('Votre inscription est confirmée');
    expect(
      (await test.mails('delegate-three@example.org')).map((mail) => mail.subject.startsWith('You are on the waiting list')),
    ).toEqual([true]);

    const given = registrations.find((row) => row.person.id === first)?.id ?? '';
    const cancelled = await test.send('DELETE', `/api/registrations/${given}`, undefined, await test.bearer(first));
    expect(cancelled.json<{ state: string }>().state).toBe('cancelled');
    await test.drain();
    const waiting = registrations.find((row) => row.person.id === third)?.id ?? '';
    const offered = (await test.get(`/api/registrations/${waiting}`, await test.bearer(third))).json<{
      state: string;
      offer: { expiresAt: string } | null;
    }>();
    expect(offered.state).toBe('waiting');
    expect(offered.offer).not.toBeNull();
    expect((await test.mails('delegate-three@example.org')).at(-1)?.subject).toContain('A place for you');

    const accepted = await test.send('PUT', `/api/registrations/${waiting}/offer/acceptance`, {}, await test.bearer(third));
    expect(accepted.json<{ state: string }>().state).toBe('confirmed');
  });

  it('replaces a person without losing the seat', async () => {
    const slug = await openEvent({ capacity: 1 });
    const olot = await city('olot');
    const contact = await test.bearer(await delegate(olot, 'Contact of Olot', true));
    const [comes, stays] = [await delegate(olot, 'Olot Two'), await delegate(olot, 'Olot One')];
    const answer = await test.send(
      'POST',
      `/api/events/${slug}/delegations`,
      { organisationId: olot, people: [{ personId: stays, category: 'member' }] },
      contact,
    );
    const id = answer.json<{ registrations: { id: string }[] }>().registrations[0]?.id ?? '';
    const replaced = await test.send('PATCH', `/api/registrations/${id}`, { person: { personId: comes } }, contact);
    expect(replaced.statusCode, replaced.body).toBe(200);
    expect(replaced.json<{ state: string; person: { id: string } }>()).toMatchObject({
      state: 'confirmed',
      person: { id: comes },
    });
  });

  it('is refused beyond its allowance, with the code that says so', async () => {
    const slug = await openEvent({ limitMember: 1, capacity: 50 });
    const lleida = await city('lleida');
    const contact = await test.bearer(await delegate(lleida, 'Contact of Lleida', true));
    const people = [
      { personId: await delegate(lleida, 'Lleida One'), category: 'member' },
      { personId: await delegate(lleida, 'Lleida Two'), category: 'member' },
    ];
    const answer = await test.send('POST', `/api/events/${slug}/delegations`, { organisationId: lleida, people }, contact);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([409, 'allowance']);
  });

  it('adds a known address to its roster without telling or changing their profile', async () => {
    const slug = await openEvent({ capacity: 5 });
    const vic = await city('vic');
    const contact = await test.bearer(await delegate(vic, 'Contact of Vic', true));
    const known = await person('The Name They Gave', 'known@example.org');
    const people = [{ name: 'As Vic Knows Them', email: 'known@example.org', category: 'member' }];
    const answer = await test.send('POST', `/api/events/${slug}/delegations`, { organisationId: vic, people }, contact);
    expect(answer.statusCode, answer.body).toBe(201);
    const { id } = answer.json<{ registrations: { id: string }[] }>().registrations[0] ?? { id: '' };
    const list = await test.get(`/api/events/${slug}/registrations`, contact);
    const one = await test.get(`/api/registrations/${id}`, contact);
    const again = await test.send('POST', `/api/events/${slug}/delegations`, { organisationId: vic, people }, contact);
    for (const seen of [answer, list, one, again]) {
      expect(seen.body).toContain('As Vic Knows Them');
      expect(seen.body).not.toContain('The Name They Gave');
    }
    for (const seen of [answer, list, one]) expect(seen.body).not.toContain('known@example.org');
    expect((await test.get(`/api/registrations/${id}`, asSecretariat)).body).toContain('The Name They Gave');
    const row = await db.selectFrom('affiliations').select('known_as').where('person_id', '=', known).executeTakeFirst();
    expect(row?.known_as).toBe('As Vic Knows Them');
    const { name } = await db.selectFrom('people').select('name').where('id', '=', known).executeTakeFirstOrThrow();
    expect(name).toBe('The Name They Gave');
  });

  it('is nobody else’s to register', async () => {
    const slug = await openEvent();
    const girona = await city('girona');
    const stranger = await test.bearer(await delegate(await city('bilbao'), 'Contact of Bilbao', true));
    const people = [{ personId: await delegate(girona, 'Girona One'), category: 'member' }];
    expect(
      (await test.send('POST', `/api/events/${slug}/delegations`, { organisationId: girona, people }, stranger)).statusCode,
    ).toBe(403);
  });
});

describe('somebody without an account', () => {
  it('holds a place until the mailed link is used, on pages alone', async () => {
    const slug = await openEvent();
    const answer = await test.post(`/events/${slug}/registration`, {
      name: 'A Guest',
      email: 'guest@example.org',
      category: 'member',
    });
    expect(answer.statusCode, answer.body.slice(0, 300)).toBe(200);
    await test.drain();
    const mail = (await test.mails('guest@example.org')).at(-1);
    const link = /\/registrations\/confirm\/[\w-]+/.exec(mail?.text ?? '')?.[0] ?? '';
    expect((await test.get(link)).statusCode).toBe(200);
    expect((await test.post(link, {})).statusCode).toBe(303);
    await test.drain();
    expect((await test.mails('guest@example.org')).at(-1)?.subject).toContain('You are registered');
    expect((await test.get(`/api/events/${slug}`)).json<{ places: { free: number } }>().places.free).toBe(1);
  });

  it('cannot take an organisation beyond its allowance by waiting with the link', async () => {
    const slug = await openEvent({ limitMember: 1, capacity: 5 });
    const manlleu = await city('manlleu');
    const links: string[] = [];
    for (const name of ['one', 'two']) {
      const email = `manlleu-${name}@example.org`;
      await delegate(manlleu, `Manlleu ${name}`);
      await test.post(`/events/${slug}/registration`, { name, email, category: 'member', organisationId: manlleu });
      await test.drain();
      links.push(/\/registrations\/confirm\/[\w-]+/.exec((await test.mails(email)).at(-1)?.text ?? '')?.[0] ?? '');
    }
    expect((await test.post(links[0] ?? '', {})).statusCode).toBe(303);
    expect((await test.post(links[1] ?? '', {})).statusCode).toBe(409);
    expect((await test.get(`/api/events/${slug}`)).json<{ places: { free: number } }>().places.free).toBe(3);
  });

  it('keeps what was typed when something is wrong', async () => {
    const slug = await openEvent();
    const answer = await test.post(`/events/${slug}/registration`, {
      name: 'A Guest <b>',
      email: 'no address',
      category: 'member',
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('value="no address"');
    expect(answer.body).toContain('A Guest &lt;b>');
  });
});

describe('an event', () => {
  it('has a page, a list, a calendar file and JSON, and a page is never stale', async () => {
    const slug = await openEvent({ title: { en: 'Congress of Granollers', fr: 'Congrès de Granollers' } });
    const page = await test.get(`/events/${slug}`, { 'accept-language': 'fr' });
    expect(page.body).toContain('Congrès de Granollers');
    expect((await test.get('/events')).body).toContain('Congress of Granollers');
    await test.send('PATCH', `/api/events/${slug}`, { title: { en: 'Congress of Olot' } }, asSecretariat);
    expect((await test.get(`/events/${slug}`)).body).toContain('Congress of Olot');
    const file = (await test.get(`/events/${slug}.ics`)).body;
    const event = new ical.Event(new ical.Component(ical.parse(file)).getFirstSubcomponent('vevent') ?? undefined);
    expect([event.summary, event.startDate.toString()]).toEqual(['Congress of Olot', `${year}-05-26T07:00:00Z`]);
  });

  it('is invisible until it is published, and says what it lacks', async () => {
    const made = await test.send(
      'POST',
      '/api/events',
      {
        kind: 'seminar',
        title: { en: 'Draft' },
        languages: ['en'],
        zone: 'UTC',
        starts: `${year}-01-10T09:00`,
        ends: `${year}-01-10T18:00`,
      },
      asSecretariat,
    );
    const { slug } = made.json<{ slug: string }>();
    expect((await test.get(`/events/${slug}`)).statusCode).toBe(404);
    expect((await test.get(`/api/events/${slug}`)).statusCode).toBe(404);
    const refused = await test.send('PUT', `/api/events/${slug}/publication`, {}, asSecretariat);
    expect([refused.statusCode, refused.json<{ detail: string }>().detail]).toEqual([
      409,
      'The event is not complete: How many places there are, At least one category in which people register',
    ]);
  });

  it('empties the calendars of those who come when it is cancelled', async () => {
    const slug = await openEvent();
    const guest = await person('Cancelled Guest', 'cancelled-guest@example.org');
    await test.send('POST', `/api/events/${slug}/registrations`, { category: 'member' }, await test.bearer(guest));
    await test.drain();
    await test.send('PUT', `/api/events/${slug}/cancellation`, { reason: { en: 'Storm' } }, asSecretariat);
    await test.drain();
    expect((await test.mails('cancelled-guest@example.org')).at(-1)?.subject).toContain('The event is cancelled');
  });

  it('answers a repeated creation under one key once', async () => {
    const slug = await openEvent();
    const headers = { ...(await test.bearer(await person('Twice', 'twice@example.org'))), 'idempotency-key': 'one' };
    const [one, two] = [
      await test.send('POST', `/api/events/${slug}/registrations`, { category: 'member' }, headers),
      await test.send('POST', `/api/events/${slug}/registrations`, { category: 'member' }, headers),
    ];
    expect([one.statusCode, two.statusCode]).toEqual([201, 201]);
    expect(two.json()).toEqual(one.json());
  });
});
