import { expect } from 'vitest';
import { type EventWorld, eventWorld } from '../events/world.ts';

export interface ProgrammeWorld extends EventWorld {
  /** A published congress of four days in Madrid. */
  slug: string;
  /** Sends JSON as the secretariat, expects this status and answers with the body. */
  office<Body = Record<string, unknown>>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
    status?: number,
  ): Promise<Body>;
  room(name: string, capacity?: number): Promise<string>;
  session(more?: Record<string, unknown>): Promise<string>;
  release(): Promise<void>;
  /** Somebody with a confirmed registration, and the headers of their program. */
  participant(): Promise<{ personId: string; registrationId: string; token: { authorization: string } }>;
}

/** A published event with hands to make its programme with. */
export async function programmeWorld(): Promise<ProgrammeWorld> {
  const world = await eventWorld();
  const { test, year } = world;
  const slug = await world.create();
  await world.publish(slug);
  const { token } = world.secretariat;
  let made = 0;
  const office: ProgrammeWorld['office'] = async (method, url, body, status = method === 'POST' ? 201 : 200) => {
    const answer = await test.send(method, `/api/events/${slug}${url}`, body, token);
    expect(answer.statusCode, answer.body).toBe(status);
    return answer.json();
  };
  return {
    ...world,
    slug,
    office,
    room: async (name, capacity) =>
      (
        await office<{ id: string }>('POST', '/rooms', {
          name: { en: name, fr: `${name} (fr)` },
          ...(capacity ? { capacity } : {}),
        })
      ).id,
    session: async (more = {}) =>
      (
        await office<{ id: string }>('POST', '/sessions', {
          title: { en: `Session ${++made}`, fr: `Séance ${made}` },
          starts: `${year}-05-26T10:00`,
          minutes: 60,
          ...more,
        })
      ).id,
    release: async () => void (await office('POST', '/releases', {})),
    async participant() {
      await world.registered(slug, 'confirmed');
      const row = await test.db
        .selectFrom('registrations')
        .innerJoin('events', 'events.id', 'registrations.event_id')
        .select(['registrations.id', 'registrations.person_id'])
        .where('events.slug', '=', slug)
        .orderBy('registrations.id', 'desc')
        .executeTakeFirstOrThrow();
      return { personId: row.person_id, registrationId: row.id, token: await test.bearer(row.person_id) };
    },
  };
}
