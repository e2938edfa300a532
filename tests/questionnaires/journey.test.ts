import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { grantRole } from '../../server/accounts/roles.ts';
import { CORE } from '../../server/questionnaires/core.ts';
import { renderers } from '../../workers/mails.ts';
import { mixAnswers, sweepQuestionnaires } from '../../workers/questionnaires.ts';
import { sweepSends } from '../../workers/sends.ts';
import { makeWorld } from '../places/world.ts';
import { testApp } from '../support/app.ts';

const test = await testApp();
const { db } = test;

/** Participants of an event that ended on 29 May 2026 at 18:00 in Madrid, each with their language and zone. */
async function pastEvent(people: number, zone = 'Europe/Madrid') {
  const world = await makeWorld(db, { places: people, limit: null, organisations: 1, people, starts: '2026-05-26T16:00:00Z' });
  const ids = world.people.flat();
  await sql`update people set zone = ${zone}, language = 'fr', email = 'p-' || id || '@example.org' where id = any (${ids}::uuid[])`.execute(
    db,
  );
  await sql`insert into registrations (event_id, person_id, category_id, state, pool_ids, currency, reference, confirmed_at)
    select ${world.eventId}, p, ${world.categoryIds[0]}, 'confirmed', array[${world.poolId}::uuid], 'EUR', 'R-' || p, now() from unnest(${ids}::uuid[]) p`.execute(
    db,
  );
  const { slug } = await db.selectFrom('events').select('slug').where('id', '=', world.eventId).executeTakeFirstOrThrow();
  return { slug, ids, eventId: world.eventId };
}

async function secretariat() {
  const { rows } = await sql<{ id: string }>`insert into people (name) values ('Secretariat') returning id`.execute(db);
  const id = rows[0]?.id ?? '';
  await grantRole(db, null, id, { role: 'secretariat', scopeId: null });
  return test.bearer(id);
}
const asSecretariat = await secretariat();

async function made(body: Record<string, unknown>): Promise<string> {
  const answer = await test.send('POST', '/api/questionnaires', body, asSecretariat);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<{ id: string }>().id;
}
const open = (id: string) => test.send('PUT', `/api/questionnaires/${id}/opening`, {}, asSecretariat);

/** The links that were mailed for this questionnaire. */
async function links(id: string): Promise<string[]> {
  const askings = await db.selectFrom('askings').select('person_id').where('questionnaire_id', '=', id).execute();
  const mine = new Set(askings.map(({ person_id }) => `p-${person_id}@example.org`));
  return (await test.mails())
    .filter((mail) => mail.to.some((to) => mine.has(to)))
    .map((mail) => /\/q\/([\w-]{43})/.exec(mail.text ?? '')?.[1] ?? '');
}

const whole = (nps: number) => ({
  nps,
  first: nps > 6 ? 'yes' : 'no',
  value: { useful: '4', exchange: '5', organised: '3', accessible: 'na' },
  best: `What ${nps} took home`,
});

describe('a questionnaire after an event', () => {
  it('asks each participant in their own morning after the end, and reminds only who has not answered', async () => {
    test.clock.set('2026-05-29T16:30:00Z');
    const { slug } = await pastEvent(12, 'America/Sao_Paulo');
    const id = await made({ event: slug, privacy: 'anonymous', closes: '2026-06-20T23:59', zone: 'Europe/Madrid' });
    expect((await open(id)).json()).toMatchObject({ state: 'open', asked: 12, answered: 0 });
    await test.drain();
    expect(await links(id)).toEqual([]);
    // Nine o'clock of the 30th in São Paulo is noon in UTC.
    test.clock.set('2026-05-30T11:59:00Z');
    await sweepSends(test.system, renderers);
    expect(await links(id)).toEqual([]);
    test.clock.set('2026-05-30T12:00:00Z');
    await sweepSends(test.system, renderers);
    const tokens = await links(id);
    expect(tokens).toHaveLength(12);
    for (const [n, token] of tokens.slice(0, 4).entries()) {
      const answer = await test.send('POST', `/api/askings/${token}/answers`, { answers: whole(n) });
      expect(answer.statusCode, answer.body).toBe(201);
    }
    test.clock.set('2026-06-01T15:00:00Z');
    await sweepQuestionnaires(test.system);
    await test.drain();
    expect(await links(id)).toHaveLength(12 + 8);
    await sweepQuestionnaires(test.system);
    await test.drain();
    expect(await links(id)).toHaveLength(12 + 8);
  });

  it('opens by itself when the event has ended', async () => {
    test.clock.set('2026-05-29T15:00:00Z');
    const { slug } = await pastEvent(10);
    const id = await made({ event: slug });
    await sweepQuestionnaires(test.system);
    const state = async () => (await test.get(`/api/questionnaires/${id}`, asSecretariat)).json<{ state: string }>().state;
    expect(await state()).toBe('draft');
    test.clock.set('2026-05-29T16:01:00Z');
    await sweepQuestionnaires(test.system);
    expect(await state()).toBe('open');
  });

  it('keeps what it promised: nobody changes its privacy once people are asked, not even in the database', async () => {
    test.clock.set('2026-06-01T10:00:00Z');
    const { slug } = await pastEvent(10);
    const id = await made({ event: slug, privacy: 'anonymous' });
    const change = (privacy: string) => test.send('PATCH', `/api/questionnaires/${id}`, { privacy }, asSecretariat);
    expect((await change('confidential')).statusCode).toBe(200);
    expect((await change('anonymous')).statusCode).toBe(200);
    await open(id);
    const refused = await change('named');
    expect(refused.statusCode).toBe(409);
    expect(refused.json()).toMatchObject({ code: 'privacy-promised' });
    await expect(sql`update questionnaires set privacy = 'named' where id = ${id}`.execute(db)).rejects.toThrow(
      'cannot be taken back',
    );
    await expect(sql`update questionnaires set opened_at = null where id = ${id}`.execute(db)).rejects.toThrow(
      'cannot be taken back',
    );
    await expect(
      sql`insert into named_answers (asking_id, questionnaire_id, answers, answered_on) select id, questionnaire_id, '{}', '2026-06-01' from askings where questionnaire_id = ${id} limit 1`.execute(
        db,
      ),
    ).rejects.toThrow('no name');
  });

  it('is not called anonymous for fewer than ten', async () => {
    test.clock.set('2026-06-01T10:00:00Z');
    const { slug } = await pastEvent(9);
    const id = await made({ event: slug, privacy: 'anonymous' });
    const refused = await open(id);
    expect(refused.statusCode).toBe(409);
    expect(refused.json()).toMatchObject({ code: 'too-few-for-anonymous' });
  });

  it('is answered once, shows figures from five on, and groups and texts when it has closed', async () => {
    test.clock.set('2026-06-01T10:00:00Z');
    const { slug } = await pastEvent(30);
    const id = await made({ event: slug, privacy: 'anonymous' });
    await open(id);
    await test.drain();
    const tokens = await links(id);
    expect(tokens).toHaveLength(30);
    const send = (token: string | undefined, answers: unknown) => test.send('POST', `/api/askings/${token}/answers`, { answers });
    const results = async (query = '') => (await test.get(`/api/questionnaires/${id}/results${query}`, asSecretariat)).json();
    const item = (shown: { items: { key: string }[] }, key: string) => shown.items.find((one) => one.key === key);

    expect((await send(tokens[0], {})).json()).toMatchObject({ errors: [{ path: 'nps', code: 'required' }] });
    for (let n = 0; n < 9; n++) expect((await send(tokens[n], whole(n % 11))).statusCode).toBe(201);
    expect((await send(tokens[0], whole(1))).json()).toMatchObject({ code: 'already-answered' });
    await mixAnswers(test.system);
    expect(await results()).toMatchObject({ asked: 30, answered: 9 });
    expect(item(await results(), 'nps')).toMatchObject({ base: null, nps: null });

    for (let n = 9; n < 25; n++) await send(tokens[n], whole(n % 11));
    await mixAnswers(test.system);
    expect(item(await results(), 'nps')).toMatchObject({ base: 20 });
    expect(item(await results(), 'best')).toMatchObject({ base: null, texts: [] });
    expect((await results()).segments).toEqual([]);

    const closed = await test.send('PUT', `/api/questionnaires/${id}/closing`, {}, asSecretariat);
    expect(closed.statusCode, closed.body).toBe(200);
    await test.drain();
    expect((await send(tokens[29], whole(1))).json()).toMatchObject({ code: 'questionnaire-closed' });
    const final = await results();
    expect(final).toMatchObject({ state: 'settled', answered: 25 });
    expect(item(final, 'nps')).toMatchObject({ base: 25, nps: { score: -52 } });
    expect(item(final, 'value.accessible')).toMatchObject({ base: 25, mean: null });
    expect(item(final, 'best')).toMatchObject({ base: 25 });
    expect(final.segments).toEqual([
      {
        key: 'first',
        label: CORE.pages[0]?.items[1]?.label,
        groups: [expect.objectContaining({ code: 'yes' }), expect.objectContaining({ code: 'no' })],
      },
    ]);
    expect(item(await results('?segment=first&group=yes'), 'nps')).toMatchObject({ base: 8 });
    expect((await results('?segment=nps&group=1')).errors).toMatchObject([{ path: 'segment' }]);
  });
});
