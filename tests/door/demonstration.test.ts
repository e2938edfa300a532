import { expect, it } from 'vitest';
import { loadDemonstration } from '../../server/demonstration.ts';
import { testApp } from '../support/app.ts';

it('shows at the first start an event that is going on, with people who have come and some who wait', async () => {
  const test = await testApp();
  await loadDemonstration(test.system);
  const { id, slug } = await test.db
    .selectFrom('events')
    .select(['id', 'slug'])
    .where('kind', '=', 'dialogue')
    .where('starts_at', '<=', test.clock())
    .where('ends_at', '>', test.clock())
    .executeTakeFirstOrThrow();
  const { person_id: secretariat } = await test.db
    .selectFrom('roles')
    .select('person_id')
    .where('role', '=', 'secretariat')
    .executeTakeFirstOrThrow();
  const as = await test.bearer(secretariat);
  const { items } = (await test.get(`/api/events/${slug}/check-ins/counts`, as)).json<{
    items: { sessionId: string | null; expected: number; present: number }[];
  }>();
  const [event] = items;
  expect([event?.sessionId, (event?.present ?? 0) > 10, (event?.expected ?? 0) > (event?.present ?? 0)]).toEqual([
    null,
    true,
    true,
  ]);
  const waiting = await test.db.selectFrom('session_waitings').select('id').where('event_id', '=', id).execute();
  expect(waiting.length).toBe(2);
  const page = await test.get(`/back-office/events/${slug}/door`, await test.signedIn(secretariat));
  for (const words of ['Volunteer 2 · Side entrance', '“A city nearby”', 'Came without having registered'])
    expect(page.body).toContain(words);
});
