import { beforeAll, describe, expect, it } from 'vitest';
import { type ProgrammeWorld, programmeWorld } from './world.ts';

let world: ProgrammeWorld;
beforeAll(async () => {
  world = await programmeWorld();
});

interface Listed {
  items: {
    id: string;
    title: Record<string, string>;
    starts: string;
    startsAt: string;
    room: { name: Record<string, string> } | null;
    speakers: unknown[];
    free: number | null;
    languages: string[];
  }[];
  next: string | null;
  release: { no: number } | null;
}

const sessions = async (query = '', headers = {}) => {
  const answer = await world.test.get(`/api/events/${world.slug}/sessions${query}`, headers);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<Listed>();
};

describe('a programme', () => {
  it('is seen by nobody but its organisers until it is released, and then as it was released', async () => {
    const { year, office, secretariat } = world;
    const room = await world.room('Hall', 200);
    const id = await world.session({
      roomId: room,
      kind: 'plenary',
      languages: ['es'],
      interpreting: ['en', 'fr'],
      speakers: [{ name: 'Mayor, Granollers', organisation: 'Granollers', role: 'chair', email: 'mayor@example.org' }],
      materials: [{ title: 'Slides', url: 'https://example.org/slides' }],
    });
    expect(await sessions()).toEqual({ items: [], next: null, release: null });
    expect((await world.test.get(`/api/events/${world.slug}/sessions?draft=true`)).statusCode).toBe(404);
    expect((await sessions('?draft=true', secretariat.token)).items.map((one) => one.id)).toEqual([id]);

    await world.release();
    const { items, release } = await sessions();
    expect(release?.no).toBe(1);
    expect(items).toEqual([
      {
        id,
        kind: 'plenary',
        title: { en: 'Session 1', fr: 'Séance 1' },
        abstract: {},
        starts: `${year}-05-26T10:00`,
        ends: `${year}-05-26T11:00`,
        startsAt: `${year}-05-26T08:00:00Z`,
        endsAt: `${year}-05-26T09:00:00Z`,
        room: { id: room, name: { en: 'Hall', fr: 'Hall (fr)' } },
        track: null,
        languages: ['es'],
        interpreting: ['en', 'fr'],
        capacity: null,
        free: null,
        speakers: [{ name: 'Mayor, Granollers', organisation: 'Granollers', role: 'chair' }],
        materials: [{ title: 'Slides', url: 'https://example.org/slides' }],
      },
    ]);

    await office('PATCH', `/sessions/${id}`, { title: { en: 'Another title' } });
    expect((await sessions()).items[0]?.title).toEqual({ en: 'Session 1', fr: 'Séance 1' });
    const draft = (await sessions('?draft=true', secretariat.token)).items[0];
    expect([draft?.title, draft?.languages, draft?.speakers]).toEqual([{ en: 'Another title' }, ['es'], items[0]?.speakers]);
    const { differences } = await (await world.test.get(`/api/events/${world.slug}/programme`, secretariat.token)).json();
    expect(differences).toEqual([{ session: id, how: 'changed', aspects: ['title'] }]);
    await world.release();
    expect((await sessions()).items[0]?.title).toEqual({ en: 'Another title' });
    expect((await office('POST', '/releases', {}, 409)).code).toBe('programme-unchanged');
  });

  it('tells of a release whom it concerns, once, and nobody else', async () => {
    const { test, office, year } = world;
    const [inside, outside] = [await world.participant(), await world.participant()];
    const id = await world.session({
      starts: `${year}-05-27T10:00`,
      speakers: [{ name: 'Speaker', email: 'speaker@example.org' }],
    });
    const other = await world.session({ starts: `${year}-05-27T12:00` });
    await world.release();
    await test.drain();
    expect((await test.send('PUT', `/api/events/${world.slug}/sessions/${id}/choice`, {}, inside.token)).statusCode).toBe(200);
    expect((await test.send('PUT', `/api/events/${world.slug}/sessions/${other}/choice`, {}, outside.token)).statusCode).toBe(
      200,
    );
    const addresses = async () =>
      (
        await test.db
          .selectFrom('sends')
          .select(['person_id', 'address'])
          .where('kind', '=', 'programme.changed')
          .orderBy('created_at')
          .execute()
      ).map((send) =>
        send.person_id === inside.personId ? 'inside' : send.person_id === outside.personId ? 'outside' : send.address,
      );
    const before = (await addresses()).length;
    await office('PUT', `/sessions/${id}/place`, { step: 'later' });
    await office('PATCH', `/sessions/${other}`, { abstract: { en: 'More words' } });
    await world.release();
    await test.drain();
    expect((await addresses()).slice(before).toSorted()).toEqual(['inside', 'speaker@example.org']);
  });
});

describe('choosing a session', () => {
  it('never gives more places than there are, however many ask at once', async () => {
    const { test, year } = world;
    const id = await world.session({ starts: `${year}-05-28T10:00`, capacity: 3 });
    await world.release();
    const people = [];
    for (let n = 0; n < 8; n++) people.push(await world.participant());
    const answers = await Promise.all(
      people.map(({ token }) => test.send('PUT', `/api/events/${world.slug}/sessions/${id}/choice`, {}, token)),
    );
    expect(answers.map((answer) => answer.statusCode).toSorted()).toEqual([200, 200, 200, 409, 409, 409, 409, 409]);
    const lucky = people[answers.findIndex((answer) => answer.statusCode === 200)];
    const unlucky = people[answers.findIndex((answer) => answer.statusCode === 409)];
    if (!lucky || !unlucky) throw new Error('nobody');
    expect((await sessions()).items.find((one) => one.id === id)?.free).toBe(0);
    expect(
      (await test.send('DELETE', `/api/events/${world.slug}/sessions/${id}/choice`, undefined, lucky.token)).statusCode,
    ).toBe(200);
    expect((await sessions()).items.find((one) => one.id === id)?.free).toBe(1);
    expect((await test.send('PUT', `/api/events/${world.slug}/sessions/${id}/choice`, {}, unlucky.token)).statusCode).toBe(200);
    expect((await sessions()).items.find((one) => one.id === id)?.free).toBe(0);
  });

  it('is for who is registered, and gives one person no two places at the same time', async () => {
    const { test, year } = world;
    const [a, b] = [
      await world.session({ starts: `${year}-05-29T10:00`, capacity: 3 }),
      await world.session({ starts: `${year}-05-29T10:30`, capacity: 3 }),
    ];
    await world.release();
    const { token } = await world.participant();
    const choose = (id: string, headers: Record<string, string>) =>
      test.send('PUT', `/api/events/${world.slug}/sessions/${id}/choice`, {}, headers);
    expect((await choose(a, world.secretariat.token)).json()).toMatchObject({ code: 'session-not-registered' });
    expect((await choose(a, token)).statusCode).toBe(200);
    expect((await choose(a, token)).json<Listed>().items.map((one) => one.id)).toEqual([a]);
    expect((await choose(b, token)).json()).toMatchObject({ code: 'session-same-time' });
    expect((await sessions()).items.find((one) => one.id === a)?.free).toBe(2);
  });
});
