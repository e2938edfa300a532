import { sql } from 'kysely';
import { expect } from 'vitest';
import { inTransaction } from '../../db/database.ts';
import { findOrCreatePerson } from '../../server/accounts/actions.ts';
import { grantRole } from '../../server/accounts/roles.ts';
import { makeWorld, type World } from '../places/world.ts';
import type { TestApp } from '../support/app.ts';

export interface OfficeEvent {
  world: World;
  slug: string;
  /** Of its registrations in the back office. */
  path: string;
  ids: string[];
}

export interface Bulk {
  id: string;
  total: number;
  done: number;
  refused: number;
  undone: number;
  endedAt: string | null;
  problems: { code: string }[];
}

/** People of the back office, events with registrations made by them, and orders for many. */
export async function officeWorld(test: TestApp) {
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

  /** An event with `people` who are registered by the organiser, in order of joining. */
  async function event(people: number, places = 50): Promise<OfficeEvent> {
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

  async function order({ slug }: OfficeEvent, body: Record<string, unknown>): Promise<Bulk> {
    const answer = await test.send('POST', `/api/events/${slug}/registrations/bulk`, body, secretariat.token);
    expect(answer.statusCode, answer.body).toBe(201);
    await test.drain();
    return (await test.get(`/api/events/${slug}/registrations/bulk/${answer.json<Bulk>().id}`, secretariat.token)).json<Bulk>();
  }

  return { person, secretariat, event, states, order };
}
