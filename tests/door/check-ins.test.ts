import { describe, expect, it } from 'vitest';
import { newId } from '../../db/ids.ts';
import { passToken, passUrl } from '../../server/door/pass.ts';
import { presences } from '../../server/door/queries.ts';
import { visitsWorld } from '../study-visits/world.ts';
import { testApp } from '../support/app.ts';

const test = await testApp();
const world = await visitsWorld(test);
const { api, asSecretariat } = world;
const city = await world.city('Vic');
const { secret } = test.system.config;
const { id: eventId } = await test.db.selectFrom('events').select('id').where('slug', '=', world.slug).executeTakeFirstOrThrow();

interface Answer {
  id: string;
  result: string;
  code: string | null;
  guest: {
    name: string;
    state: string;
    seen: { sessionId: string | null; cameAt: string; by: string; steps: string[] }[];
  } | null;
}
const sent = async (steps: Record<string, unknown>[], more: Record<string, unknown> = {}): Promise<Answer[]> => {
  const answer = await test.send('POST', api('/check-ins'), { steps, ...more }, asSecretariat);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<{ results: Answer[] }>().results;
};
const step = (registration: string, more: Record<string, unknown> = {}) => ({ id: newId(), registration, ...more });
const present = async () => {
  const { items } = (await test.get(api('/check-ins/counts'), asSecretariat)).json<{
    items: { sessionId: string | null; present: number }[];
  }>();
  return items.find(({ sessionId }) => sessionId === null)?.present;
};

describe('checking in', () => {
  it('counts a step once however often it is sent, and says each time what is true', async () => {
    const before = (await present()) ?? 0;
    const guest = await world.participant(city, 'Ona Puig');
    const one = step(guest.id);
    const [first] = await sent([one]);
    expect([first?.result, first?.code, first?.guest?.name, first?.guest?.seen.length]).toEqual(['done', null, 'Ona Puig', 1]);
    const [again, twice] = await sent([one, one]);
    expect([again?.result, twice?.result, again?.guest?.seen]).toEqual(['known', 'known', first?.guest?.seen]);
    expect(await present()).toBe(before + 1);
  });

  it('counts a person once when two doors saw them, since the earlier of both', async () => {
    const guest = await world.participant(city, 'Pau Serra');
    const later = test.clock().subtract({ minutes: 2 });
    const earlier = later.subtract({ minutes: 6 });
    await sent([step(guest.id, { at: later.toString() })]);
    const [answer] = await sent([step(guest.id, { at: earlier.toString() })]);
    expect(answer?.guest?.seen.map(({ cameAt, steps }) => [Temporal.Instant.from(cameAt).toString(), steps.length])).toEqual([
      [earlier.toString(), 2],
    ]);
  });

  it('corrects the clock of a device by what it says as it sends', async () => {
    const guest = await world.participant(city, 'Jan Roca');
    const [answer] = await sent([step(guest.id, { at: '2001-01-01T00:10:00Z' })], { sentAt: '2001-01-01T00:15:00Z' });
    expect(Temporal.Instant.from(answer?.guest?.seen[0]?.cameAt ?? '').toString()).toBe(
      test.clock().subtract({ minutes: 5 }).toString(),
    );
  });

  it('takes back what an undoing names, and nothing that another door saw', async () => {
    const guest = await world.participant(city, 'Mar Vila');
    const [here, there] = [step(guest.id), step(guest.id)];
    await sent([here, there]);
    const [one] = await sent([step(guest.id, { kind: 'undo', undoes: [here.id] })]);
    expect(one?.guest?.seen.map(({ steps }) => steps)).toEqual([[there.id]]);
    const [all] = await sent([step(guest.id, { kind: 'undo' })]);
    expect(all?.guest?.seen).toEqual([]);
    expect((await presences(test.db, eventId)).filter(({ personId }) => personId === guest.personId)).toEqual([]);
  });

  it('takes an undoing that arrives before what it undoes', async () => {
    const guest = await world.participant(city, 'Nil Font');
    const came = step(guest.id);
    await sent([step(guest.id, { kind: 'undo', undoes: [came.id] })]);
    const [answer] = await sent([came]);
    expect([answer?.result, answer?.guest?.seen]).toEqual(['done', []]);
  });

  it('refuses one step for its own reason and takes the others', async () => {
    const [good, gone] = [await world.participant(city, 'Ada Coll'), await world.participant(city, 'Bru Mas')];
    await test.send('DELETE', `/api/registrations/${gone.id}`, undefined, asSecretariat);
    const taken = step(good.id);
    const answers = await sent([
      step(gone.id),
      taken,
      step(newId()),
      { id: taken.id, registration: gone.id },
      step(good.id, { session: newId() }),
    ]);
    expect(answers.map(({ result, code }) => [result, code])).toEqual([
      ['refused', 'door-ended'],
      ['done', null],
      ['refused', 'door-unknown'],
      ['refused', 'door-other-step'],
      ['refused', 'door-session'],
    ]);
  });

  it('lets into a session who has a place in it, and others only when the door says so', async () => {
    const made = await test.send(
      'POST',
      api('/sessions'),
      { kind: 'workshop', title: { en: 'Small room' }, starts: `${world.year}-05-27T10:00`, minutes: 60, capacity: 5 },
      asSecretariat,
    );
    const visit = made.json<{ id: string }>().id;
    const guest = await world.participant(city, 'Eva Prat');
    const at = (more = {}) => step(guest.id, { session: visit, ...more });
    expect((await sent([at(), at({ anyway: true })])).map(({ result, code }) => [result, code])).toEqual([
      ['refused', 'door-no-place'],
      ['done', null],
    ]);
  });
});

describe('a pass', () => {
  it('opens by its code, its address or the reference, and not once it is another person’s', async () => {
    const guest = await world.participant(city, 'Lia Bosch');
    const of = { registrationId: guest.id, personId: guest.personId };
    const codes = [passToken(secret, of), passUrl(test.system.config, of)];
    const made = codes.map((code) => ({ id: newId(), code }));
    expect((await sent(made)).map(({ result }) => result)).toEqual(['done', 'done']);
    const forged = `${passToken(secret, of).slice(0, 37)}${passToken(secret, of).endsWith('A') ? 'B' : 'A'}`;
    expect((await sent([{ id: newId(), code: forged }]))[0]?.code).toBe('door-unknown');

    const replaced = await test.send(
      'PATCH',
      `/api/registrations/${guest.id}`,
      { person: { name: 'Teo Bosch', email: 'teo@example.org' } },
      asSecretariat,
    );
    expect(replaced.statusCode, replaced.body).toBeLessThan(300);
    expect((await sent([{ id: newId(), code: codes[0] }]))[0]?.code).toBe('door-replaced');
    const others = (await presences(test.db, eventId)).filter(({ registrationId }) => registrationId === guest.id);
    expect(others.map(({ personId }) => personId)).toEqual([guest.personId]);
  });
});
