import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { attendanceOf, resultOf } from '../../server/programme/voting.ts';
import { type ProgrammeWorld, programmeWorld } from './world.ts';

let world: ProgrammeWorld;
let city: Record<string, string>;
const tokens: Record<string, { authorization: string }> = {};

beforeAll(async () => {
  world = await programmeWorld();
  city = world.organisations;
  await world.office('PUT', '/assembly', { quorumPercent: 50, proxyLimit: 1 });
  for (const name of ['granollers', 'leon', 'lisboa', 'barcelona']) {
    await world.office('PUT', `/voters/${city[name]}`, { email: `delegate-${name}@example.org`, name: `Delegate of ${name}` });
    const { person_id } = await world.test.db
      .selectFrom('people')
      .select('id as person_id')
      .where('email', '=', `delegate-${name}@example.org`)
      .executeTakeFirstOrThrow();
    tokens[name] = await world.test.bearer(person_id);
  }
});

const vote = (motion: string, by: string, organisation: string, choice: string) =>
  world.test.send(
    'POST',
    `/api/events/${world.slug}/motions/${motion}/votes`,
    { organisationId: city[organisation], choice },
    tokens[by],
  );
const motion = async (ballot: 'open' | 'secret', more = {}) =>
  (await world.office<{ id: string }>('POST', '/motions', { title: { en: 'Accounts' }, ballot, ...more })).id;
const arrive = (name: string) => world.office('PUT', `/voters/${city[name]}/arrival`);

describe('an assembly', () => {
  it('opens no ballot without a quorum, and lets nobody carry more votes than allowed or pass them on', async () => {
    const { office } = world;
    const id = await motion('open');
    await arrive('granollers');
    expect((await office('PUT', `/motions/${id}/opening`, undefined, 409)).code).toBe('no-quorum');
    await office('PUT', `/voters/${city.leon}`, { proxyTo: city.granollers });
    expect((await office('PUT', `/voters/${city.lisboa}`, { proxyTo: city.granollers }, 409)).code).toBe('proxy-limit');
    expect((await office('PUT', `/voters/${city.lisboa}`, { proxyTo: city.leon }, 409)).code).toBe('proxy-passed-on');
    expect((await office('PUT', `/voters/${city.granollers}`, { proxyTo: city.lisboa }, 409)).code).toBe('proxy-carries');
    expect((await office('PUT', `/voters/${city.lisboa}`, { email: 'delegate-granollers@example.org' }, 409)).code).toBe(
      'delegate-of-another',
    );
    await arrive('barcelona');
    await office('PUT', `/motions/${id}/opening`);
    expect((await office('PUT', `/voters/${city.leon}`, {}, 409)).code).toBe('ballot-is-open');
  });

  it('counts each city once, by its delegate or by who carries its vote, and freezes the result', async () => {
    const { office, test } = world;
    const { motions } = await (await test.get(`/api/events/${world.slug}/assembly`, world.secretariat.token)).json();
    const id: string = motions[0].id;
    const answers = await Promise.all([1, 2, 3].map(() => vote(id, 'granollers', 'granollers', 'for')));
    expect(answers.map((answer) => answer.statusCode).toSorted()).toEqual([201, 409, 409]);
    expect((await vote(id, 'granollers', 'leon', 'for')).statusCode).toBe(201);
    expect((await vote(id, 'granollers', 'lisboa', 'for')).json()).toMatchObject({ code: 'vote-not-yours' });
    expect((await vote(id, 'leon', 'leon', 'against')).statusCode).toBe(404);
    expect((await vote(id, 'barcelona', 'barcelona', 'against')).statusCode).toBe(201);
    const { result } = await office<{ result: unknown }>('PUT', `/motions/${id}/closing`);
    expect(result).toMatchObject({ for: 2, against: 1, abstain: 0, entitled: 3, carried: true });
    expect((await vote(id, 'barcelona', 'barcelona', 'for')).statusCode).toBe(409);
    await expect(sql`update motions set result = '{}' where id = ${id}`.execute(test.db)).rejects.toThrow(
      'what is voted on does not change',
    );
    await expect(sql`update motion_votes set choice = 'for' where motion_id = ${id}`.execute(test.db)).rejects.toThrow(
      'cast once',
    );
  });

  it('keeps in a secret ballot who voted, never what, and nothing sealed once it is counted', async () => {
    const { office, test } = world;
    const id = await motion('secret', { majority: 'two-thirds' });
    await office('PUT', `/motions/${id}/opening`);
    await vote(id, 'granollers', 'granollers', 'for');
    await vote(id, 'granollers', 'leon', 'for');
    await vote(id, 'barcelona', 'barcelona', 'against');
    const votes = await test.db.selectFrom('motion_votes').select(['choice', 'cast_at']).where('motion_id', '=', id).execute();
    expect(votes).toEqual(Array.from({ length: 3 }, () => ({ choice: null, cast_at: null })));
    const sealed = await test.db.selectFrom('sealed_ballots').selectAll().where('motion_id', '=', id).execute();
    expect([sealed.length, new Set(sealed.map((one) => one.sealed.length))]).toEqual([3, new Set([29])]);
    await expect(
      sql`insert into motion_votes (motion_id, organisation_id, cast_by, choice, cast_at)
        select ${id}, ${city.lisboa}, id, 'for', now() from people limit 1`.execute(test.db),
    ).rejects.toThrow('no name');
    const { result } = await office<{ result: unknown }>('PUT', `/motions/${id}/closing`);
    expect(result).toMatchObject({ for: 2, against: 1, carried: true });
    const left = await sql<{ sealed: number; key: Buffer | null }>`
      select (select count(*)::int from sealed_ballots) as sealed, ballot_key as key from motions where id = ${id}`.execute(
      test.db,
    );
    expect(left.rows).toEqual([{ sealed: 0, key: null }]);
    const changes = await test.db.selectFrom('changes').select('action').where('row_id', '=', id).orderBy('at').execute();
    expect(changes.map(({ action }) => action)).toEqual(['motionAdded', 'ballotOpened', 'ballotClosed']);
  });

  it('keeps every version of the minutes and approves one for good; delegates see the approved one', async () => {
    const { office, test } = world;
    await office('POST', '/minutes', { language: 'en', text: 'First' });
    await office('POST', '/minutes', { language: 'en', text: 'Second' });
    const seen = async () => (await (await test.get(`/api/events/${world.slug}/assembly`, tokens.barcelona)).json()).minutes;
    expect(await seen()).toEqual([]);
    await office('PUT', '/minutes/2/approval');
    expect((await seen()).map((one: { text: string }) => one.text)).toEqual(['Second']);
    await office('PUT', '/minutes/1/approval', undefined, 404);
    await expect(sql`update minutes set text = 'Other' where version = 2`.execute(test.db)).rejects.toThrow('does not change');
    expect((await test.get(`/api/events/${world.slug}/assembly`, world.nobody.token)).statusCode).toBe(404);
  });
});

describe('the rules of a ballot', () => {
  const voters = Array.from({ length: 9 }, (_, at) => ({
    organisationId: `${at}`,
    delegateId: `p${at}`,
    proxyTo: null,
    arrived: at < 5,
  }));
  const attendance = attendanceOf(voters, 50);
  const cast = (f: number, a: number, o: number) => [
    ...Array.from({ length: f }, () => 'for' as const),
    ...Array.from({ length: a }, () => 'against' as const),
    ...Array.from({ length: o }, () => 'abstain' as const),
  ];

  it.each([
    ['simple', 2, 1, 2, true],
    ['simple', 2, 2, 1, false],
    ['absolute', 2, 1, 2, false],
    ['absolute', 3, 2, 0, true],
    ['two-thirds', 2, 1, 2, true],
    ['two-thirds', 3, 2, 0, false],
    ['two-thirds', 0, 0, 5, false],
  ] as const)('%s: %i for, %i against, %i abstaining', (majority, f, a, o, carried) => {
    expect(resultOf(cast(f, a, o), majority, attendance).carried).toBe(carried);
  });

  it('carries nothing without a quorum', () => {
    expect(attendance).toEqual({ voters: 9, present: 5, represented: 0, needed: 5, quorum: true });
    expect(resultOf(cast(5, 0, 0), 'simple', attendanceOf(voters, 60)).carried).toBe(false);
  });
});
