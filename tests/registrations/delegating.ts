import { expect } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { registrationWorld } from './world.ts';

/** The draft that a page of a delegation carries along. */
export const hiddenDraft = (body: string) => /name="draft" value="([\w-]+)"/.exec(body)?.[1] ?? '';

/** A world in which cities send delegations, and the steps that their contacts take. */
export async function delegating(test: TestApp) {
  const { db } = test;
  const world = await registrationWorld(test);

  async function begun(name: string, more: Record<string, unknown> = {}) {
    const slug = await world.openEvent(more);
    const organisation = await world.city(name.toLowerCase(), name);
    const contact = await test.signedIn(await world.delegate(organisation, `Contact of ${name}`, { contact: true }));
    const people = [
      await world.delegate(organisation, `${name} One`, { language: 'fr' }),
      await world.delegate(organisation, `${name} Two`),
      await world.delegate(organisation, `${name} Three`, { address: null }),
    ];
    return { slug, organisation, contact, people, base: `/events/${slug}/delegations/${name.toLowerCase()}` };
  }

  /** Takes a delegation through its steps; returns where the review's button leads. */
  async function submit(base: string, cookie: { cookie: string }, personIds: string[], details: Record<string, string> = {}) {
    const chosen = await test.post(`${base}/people`, { personIds }, cookie);
    expect([chosen.statusCode, chosen.headers.location]).toEqual([303, `${base}/details`]);
    const categories = Object.fromEntries(personIds.map((_, at) => [`people[${at}][category]`, 'member']));
    const detailed = await test.post(`${base}/details`, { mode: 'as-many-as-fit', ...categories, ...details }, cookie);
    expect([detailed.statusCode, detailed.headers.location], detailed.body.slice(0, 2000)).toEqual([303, `${base}/review`]);
    const draft = hiddenDraft((await test.get(`${base}/review`, cookie)).body);
    return { draft, answer: await test.post(`${base}/review`, { draft }, cookie) };
  }

  const statesOf = async (slug: string) => {
    const rows = await db
      .selectFrom('registrations')
      .innerJoin('people', 'people.id', 'registrations.person_id')
      .innerJoin('events', 'events.id', 'registrations.event_id')
      .select(['people.name', 'registrations.state'])
      .where('events.slug', '=', slug)
      .orderBy('people.name')
      .execute();
    return rows.map(({ name, state }) => `${name}: ${state}`);
  };

  return { world, begun, submit, statesOf };
}
