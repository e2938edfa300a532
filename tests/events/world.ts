import { expect } from 'vitest';
import { makeWorld, type World } from '../organisations/world.ts';
import { type TestApp, testApp } from '../support/app.ts';

export interface EventWorld extends World {
  test: TestApp;
  /** A year in which everything is still to come. */
  year: number;
  /** Creates an event as the secretariat and answers with its slug. */
  create(more?: Record<string, unknown>): Promise<string>;
  publish(slug: string): Promise<void>;
  /** Somebody registered in each of these states, without mails. */
  registered(slug: string, ...states: ('confirmed' | 'waiting' | 'pending')[]): Promise<void>;
}

/** An application with organisations, networks and people, and hands to make events with. */
export async function eventWorld(): Promise<EventWorld> {
  const test = await testApp();
  const world = await makeWorld(test);
  const year = test.clock().toZonedDateTimeISO('UTC').year + 1;
  const { token } = world.secretariat;
  let made = 0;
  return {
    ...world,
    test,
    year,
    async create(more = {}) {
      const answer = await test.send('POST', '/api/events', { ...eventBody(year, ++made), ...more }, token);
      expect(answer.statusCode, answer.body).toBe(201);
      return answer.json<{ slug: string }>().slug;
    },
    async publish(slug) {
      const answer = await test.send('PUT', `/api/events/${slug}/publication`, {}, token);
      expect(answer.statusCode, answer.body).toBe(200);
    },
    async registered(slug, ...states) {
      const { db } = test;
      const event = await db.selectFrom('events').select('id').where('slug', '=', slug).executeTakeFirstOrThrow();
      const category = await db.selectFrom('categories').select('id').where('event_id', '=', event.id).executeTakeFirstOrThrow();
      for (const state of states) {
        const person = await db
          .insertInto('people')
          .values({ name: `Delegate ${++made}`, email: `delegate-${made}@example.org`, language: 'en', erased_at: null })
          .returning('id')
          .executeTakeFirstOrThrow();
        const waiting =
          state === 'waiting' &&
          (await db
            .insertInto('waitings')
            .values({ event_id: event.id, organisation_id: null, party_size: 1, pool_ids: [] } as never)
            .returning('id')
            .executeTakeFirstOrThrow());
        await db
          .insertInto('registrations')
          .values({
            event_id: event.id,
            person_id: person.id,
            category_id: category.id,
            state,
            waiting_id: waiting ? waiting.id : null,
            pool_ids: [],
            currency: 'EUR',
            amount: 0,
            reference: `T-${made}`,
            confirmed_at: state === 'confirmed' ? test.clock() : null,
          } as never)
          .execute();
      }
    },
  };
}

export function eventBody(year: number, n: number) {
  return {
    kind: 'congress',
    title: { en: `Congress ${n}`, fr: `Congrès ${n}` },
    summary: { en: 'Summary', fr: 'Résumé' },
    languages: ['en', 'fr'],
    zone: 'Europe/Madrid',
    starts: `${year}-05-26T09:00`,
    ends: `${year}-05-29T18:00`,
    capacity: 20,
    limitMember: 5,
    categories: [
      { key: 'member', name: { en: 'Member', fr: 'Membre' }, priceEarly: 25000, priceLate: 32000 },
      { key: 'guest', name: { en: 'Guest', fr: 'Invité' } },
    ],
  };
}
