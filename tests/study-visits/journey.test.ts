import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { visitsWorld } from './world.ts';

const test = await testApp();
const world = await visitsWorld(test);
const { api, asSecretariat, held, wish } = world;

const park = await world.visit('Park with Support');
const sports = await world.visit('Inclusive sports', { places: 1 });
const museums = await world.visit('Social museums', { places: 5, minimum: 4, hostName: 'Guide of the museum' });
const gijon = await world.city('gijon', 'Gijón');
const leon = await world.city('leon', 'León');
const contact = await world.participant(gijon, 'Contact Gijon', { contact: true });
const anna = await world.participant(gijon, 'Anna');
const bruno = await world.participant(gijon, 'Bruno');
const carla = await world.participant(leon, 'Carla');
await test.drain();

const preferences = async (who: { id: string; as: Record<string, string> }) =>
  (await test.get(api(`/preferences/${who.id}`), who.as)).json<{
    wishes: string[];
    visits: string[];
    reasons: { code: string; visit: string; rank: number }[];
  }>();

describe('stating wishes', () => {
  it('takes those of the person, of the contact and of organisers, and of nobody else', async () => {
    expect((await wish(anna, [park, sports])).statusCode).toBe(200);
    expect((await test.send('PUT', api(`/preferences/${bruno.id}`), { wishes: [park, museums] }, contact.as)).statusCode).toBe(
      200,
    );
    expect((await test.send('PUT', api(`/preferences/${carla.id}`), { wishes: [park] }, asSecretariat)).statusCode).toBe(200);
    expect((await test.send('PUT', api(`/preferences/${carla.id}`), { wishes: [] }, contact.as)).statusCode).toBe(404);
    expect((await wish(contact, [sports])).statusCode).toBe(200);
    expect((await preferences(anna)).wishes).toEqual([park, sports]);
    expect((await preferences(carla)).wishes).toEqual([park]);
  });

  it('says what is wrong with them', async () => {
    const twice = await wish(anna, [park, park]);
    expect([twice.statusCode, twice.json().errors[0].code]).toEqual([422, 'visitTwice']);
    const many = await test.send(
      'PUT',
      api(`/preferences/${anna.id}`),
      { wishes: [park, sports, museums, '00000000-0000-4000-8000-000000000000'] },
      anna.as,
    );
    expect([many.statusCode, many.json().errors[0].code]).toEqual([422, 'tooMany']);
    const unknown = await wish(anna, ['00000000-0000-4000-8000-000000000000']);
    expect([unknown.statusCode, unknown.json().errors[0].code]).toEqual([422, 'choice']);
  });

  it('is the only way to a place: nobody takes one in the programme', async () => {
    await test.send('POST', api('/releases'), { note: '' }, asSecretariat);
    const taken = await test.send('PUT', api(`/sessions/${park}/choice`), {}, anna.as);
    expect([taken.statusCode, taken.json().code]).toEqual([409, 'session-allotted']);
  });
});

describe('giving places out', () => {
  it('computes a proposal that nobody hears of', async () => {
    const { allocation, visits } = await world.allocate({ seed: 7 });
    // Two of the three who wish the park get it, and whoever wished nothing else goes without; museums needs four.
    expect(allocation).toMatchObject({ seed: 7, assigned: 3, people: 4, gap: 0 });
    expect(allocation.takesPlace).toEqual([park, sports].sort());
    expect(visits.find(({ id }) => id === park)).toMatchObject({ wished: 3, wishedFirst: 3, held: 0 });
    expect(await held(anna)).toEqual([]);
    const people = (await test.get(api('/allocation/people'), asSecretariat)).json<{
      items: { name: string; visits: string[] }[];
    }>();
    expect(people.items.map(({ name }) => name)).toEqual(['Anna', 'Bruno', 'Carla', 'Contact Gijon']);
    const again = await world.allocate({ seed: 7 });
    const same = (await test.get(api('/allocation/people'), asSecretariat)).json();
    expect([again.allocation.cost, same]).toEqual([allocation.cost, people]);
  });

  it('says what a move by hand costs before it is made, and keeps to it', async () => {
    const cost = (await test.get(api(`/allocation/placements/${contact.id}?visits=${park}`), asSecretariat)).json();
    expect(cost).toMatchObject({
      from: 1,
      to: null,
      breaks: [
        { rule: 'places', of: park },
        { rule: 'wish', of: contact.id },
      ],
    });
    expect(
      (await test.send('PUT', api(`/allocation/placements/${carla.id}`), { visits: [park] }, asSecretariat)).statusCode,
    ).toBe(200);
    await world.allocate({ seed: 1 });
    const people = (await test.get(api(`/allocation/people?visit=${park}`), asSecretariat)).json<{
      items: { name: string; pinned: boolean }[];
    }>();
    expect(people.items.find(({ name }) => name === 'Carla')).toMatchObject({ pinned: true });
  });

  it('gives the places when it is released, and tells everybody why', async () => {
    const released = await test.send('PUT', api('/allocation/release'), {}, asSecretariat);
    expect(released.statusCode).toBe(200);
    await test.drain();
    expect([...(await held(anna)), ...(await held(bruno))]).toEqual([park]);
    expect(await held(carla)).toEqual([park]);
    expect(await held(contact)).toEqual([sports]);
    const taken = (await test.get(api('/visits'))).json<{ items: { id: string; held: number }[] }>().items;
    expect(taken.find(({ id }) => id === park)?.held).toBe(2);
    const told = (await test.mails('bruno@example.org')).find(
      ({ subject }) => subject === 'Your study visits at Congress of Educating Cities',
    );
    expect(told).toBeDefined();
    const codes = (await preferences(bruno)).reasons.map(({ code }) => code);
    if ((await held(bruno)).length === 0) {
      expect(codes).toEqual(['full', 'closed']);
      expect(told?.text).toContain('was full: 2 people got it, all of whom wished it as much as you or more.');
    } else expect(codes).toEqual(['got']);
  });

  it('takes no more wishes afterwards', async () => {
    const late = await wish(anna, [sports]);
    expect([late.statusCode, late.json().code]).toEqual([409, 'visits-released']);
  });
});

describe('after the release', () => {
  it('swaps two people who agree, and tells both', async () => {
    const [has] = (await held(anna)).includes(park) ? [anna] : [bruno];
    const offer = await test.send('POST', api(`/preferences/${contact.id}/swaps`), { gives: sports, wants: park }, contact.as);
    expect(offer.statusCode).toBe(201);
    const swap = offer.json<{ id: string }>().id;
    const seen = (await test.get(api(`/preferences/${has.id}`), has.as)).json<{ swaps: { id: string; own: boolean }[] }>().swaps;
    expect(seen).toMatchObject([{ id: swap, own: false }]);
    const accepted = await test.send('PUT', api(`/preferences/${has.id}/swaps/${swap}/acceptance`), {}, has.as);
    expect(accepted.statusCode).toBe(200);
    expect([await held(contact), await held(has)]).toEqual([[park], [sports]]);
    await test.drain();
    expect((await test.mails('contact-gijon@example.org')).map(({ subject }) => subject)).toContain(
      'The swap is done: your visits at Congress of Educating Cities',
    );
    const twice = await test.send('PUT', api(`/preferences/${has.id}/swaps/${swap}/acceptance`), {}, has.as);
    expect(twice.json().code).toBe('visits-swap-gone');
  });

  it('passes a place given back to whoever waits first', async () => {
    const without = (await held(anna)).length === 0 ? anna : bruno;
    const waits = await test.send('PUT', api(`/preferences/${without.id}/waiting/${park}`), {}, without.as);
    expect(waits.json()).toMatchObject({ visits: [], waiting: [{ visit: park, ahead: 0 }] });
    const given = await test.send('DELETE', api(`/preferences/${carla.id}/places/${park}`), undefined, carla.as);
    expect(given.json()).toMatchObject({ visits: [] });
    expect(await held(without)).toEqual([park]);
    await test.drain();
    const address = without === anna ? 'anna@example.org' : 'bruno@example.org';
    expect((await test.mails(address)).map(({ subject }) => subject)).toContain(
      'A place came free at Congress of Educating Cities',
    );
  });

  it('keeps everything as it is once frozen', async () => {
    expect((await test.send('PUT', api('/allocation/freeze'), {}, asSecretariat)).statusCode).toBe(200);
    for (const refused of [
      await test.send('PUT', api(`/preferences/${carla.id}/waiting/${park}`), {}, carla.as),
      await test.send('PUT', api('/allocation'), {}, asSecretariat),
      await test.send('PUT', api(`/allocation/placements/${carla.id}`), { visits: [] }, asSecretariat),
    ])
      expect([refused.statusCode, refused.json().code]).toEqual([409, 'visits-frozen']);
    expect((await test.send('DELETE', api('/allocation/freeze'), undefined, asSecretariat)).statusCode).toBe(200);
  });

  it('puts somebody past the places where an organiser insists', async () => {
    const placed = await test.send('PUT', api(`/allocation/placements/${carla.id}`), { visits: [park] }, asSecretariat);
    expect(placed.json()).toMatchObject({ to: 1, breaks: [{ rule: 'places', of: park }] });
    expect(await held(carla)).toEqual([park]);
  });
});

describe('the organiser’s list', () => {
  it('shows what everybody has now, also who came later, and puts them in', async () => {
    const late = await world.participant(leon, 'Latecomer');
    const list = async (query = '') =>
      (await test.get(api(`/allocation/people${query}`), asSecretariat)).json<{ items: { name: string; visits: string[] }[] }>()
        .items;
    expect((await list()).find(({ name }) => name === 'Latecomer')).toMatchObject({ visits: [] });
    expect((await list(`?visit=${park}`)).map(({ name }) => name)).toContain('Carla');
    await world.allocate({ seed: 3 });
    await test.send('PUT', api(`/allocation/placements/${late.id}`), { visits: [sports] }, asSecretariat);
    expect((await list()).find(({ name }) => name === 'Latecomer')).toMatchObject({ visits: [sports] });
    expect(await held(late)).toEqual([]);
  });
});

describe('visits between cities', () => {
  it('goes from asking through other dates to an agreement, each side in turn', async () => {
    const other = await world.participant(leon, 'Contact Leon', { contact: true });
    const [asGuest, asHost] = [await test.bearer(contact.personId), await test.bearer(other.personId)];
    const asked = await test.send(
      'POST',
      '/api/visit-requests',
      {
        guestId: gijon,
        hostId: leon,
        topic: 'Schools that open in the evening',
        people: 4,
        starts: '2027-03-01',
        ends: '2027-03-02',
      },
      asGuest,
    );
    expect(asked.statusCode).toBe(201);
    const path = `/api/visit-requests/${asked.json<{ id: string }>().id}`;
    const say = (as: Record<string, string>, body: Record<string, unknown>) => test.send('POST', `${path}/steps`, body, as);
    expect((await say(asGuest, { kind: 'accepted' })).json().code).toBe('visit-step');
    expect((await test.get(path, asHost)).json()).toMatchObject({ state: 'asked', mayNow: ['accepted', 'proposed', 'declined'] });
    expect((await say(asHost, { kind: 'proposed', starts: '2027-04-05', ends: '2027-04-06' })).statusCode).toBe(201);
    expect((await say(asGuest, { kind: 'accepted' })).json()).toMatchObject({ state: 'accepted' });
    const steps = (await test.get(path, asHost)).json<{ steps: { kind: string; starts: string; by: string }[] }>().steps;
    expect(steps.map(({ kind, starts, by }) => [kind, starts, by])).toEqual([
      ['asked', '2027-03-01', 'Contact Gijon'],
      ['proposed', '2027-04-05', 'Contact Leon'],
      ['accepted', '2027-04-05', 'Contact Gijon'],
    ]);
    await test.drain();
    expect((await test.mails('contact-leon@example.org')).map(({ subject }) => subject)).toContain(
      'Visit of Gijón to León: Agreed',
    );
    expect((await test.get(path, carla.as)).statusCode).toBe(404);
  });
});
