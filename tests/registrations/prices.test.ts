import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { registrationWorld } from './world.ts';

const test = await testApp();
const { db } = test;
const world = await registrationWorld(test);
const hidden = (body: string, name: string) => new RegExp(`name="${name}" value="([\\w-]+)"`).exec(body)?.[1] ?? '';

describe('a delegation that was looked at while the early prices held', () => {
  const categories = [{ key: 'member', name: { en: 'Member' }, priceEarly: 25000, priceLate: 32000 }];
  const amounts = async (slug: string) =>
    (
      await db
        .selectFrom('registrations')
        .innerJoin('events', 'events.id', 'registrations.event_id')
        .select('registrations.amount')
        .where('events.slug', '=', slug)
        .execute()
    ).map(({ amount }) => amount);

  it('is told of the late ones before it owes them, and owes those of the day it submits', async () => {
    const late = test.clock().add({ hours: 3 });
    const lateFrom = late.toZonedDateTimeISO('Europe/Madrid').toPlainDateTime().toString({ smallestUnit: 'minute' });
    const slug = await world.openEvent({ capacity: 5, categories, lateFrom });
    const reus = await world.city('reus', 'Reus');
    const contact = await test.signedIn(await world.delegate(reus, 'Contact of Reus', { contact: true }));
    const two = [await world.delegate(reus, 'Reus One'), await world.delegate(reus, 'Reus Two')];
    const base = `/events/${slug}/delegations/reus`;
    await test.post(`${base}/people`, { personIds: two }, contact);
    await test.post(
      `${base}/details`,
      { mode: 'all', 'people[0][category]': 'member', 'people[1][category]': 'member' },
      contact,
    );
    const early = (await test.get(`${base}/review`, contact)).body;
    expect(early).toContain('€500');
    test.clock.advance({ hours: 4 });
    const refused = await test.post(`${base}/review`, { draft: hidden(early, 'draft'), total: hidden(early, 'total') }, contact);
    expect(refused.statusCode).toBe(409);
    expect(refused.body).toContain('The prices have changed since you looked');
    expect(refused.body).toContain('€640');
    expect(await amounts(slug)).toEqual([]);
    const again = await test.post(
      `${base}/review`,
      { draft: hidden(early, 'draft'), total: hidden(refused.body, 'total') },
      contact,
    );
    expect(again.statusCode).toBe(303);
    expect(await amounts(slug)).toEqual([32000, 32000]);
  });
});
