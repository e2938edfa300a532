import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { judgingWorld, somebody } from './world.ts';

const test = await testApp();

it('selected experiences become sessions of the event in their modality, once, and their authors are told', async () => {
  const world = await judgingWorld(test, { slug: 'shared', entries: 3, jurors: 1 });
  const { secretariat, chair, entries } = world;
  const [poster, talk, other] = entries as [(typeof entries)[number], (typeof entries)[number], (typeof entries)[number]];
  const body = {
    kind: 'congress',
    title: { en: 'Congress' },
    languages: ['en'],
    zone: 'Europe/Madrid',
    starts: '2090-05-20T09:00',
    ends: '2090-05-23T18:00',
  };
  const event = (await test.send('POST', '/api/events', body, secretariat.bearer)).json();
  await sql`update calls set kind = 'experiences', event_id = ${event.id} where id = ${world.call.id}`.execute(test.db);
  await sql`insert into call_modalities (call_id, key, title, minutes, position) values (${world.call.id}, 'poster', '{"en":"Poster"}', 15, 0)`.execute(
    test.db,
  );
  await sql`update entries set modality = 'poster' where id = ${poster.id}`.execute(test.db);
  const author = await somebody(test, 'An author');
  await sql`insert into entry_authors (entry_id, person_id) values (${poster.id}, ${author.id})`.execute(test.db);
  const office = await test.signedIn(secretariat.id);
  const home = '/back-office/calls/shared/presentations';
  const form = { modality: 'poster', kind: 'poster', starts: '2090-05-21T11:00', minutes: '15' };
  expect((await test.post(home, form, office)).statusCode).toBe(409);
  for (const entry of [poster, talk]) {
    const decision = { kind: 'laureate', entry: entry.id, reasons: { en: 'Good.' }, present: ['Juror 1'] };
    expect((await test.send('POST', '/api/calls/shared/decisions', decision, chair.bearer)).statusCode).toBe(201);
  }
  await test.send('PUT', '/api/calls/shared/results', undefined, secretariat.bearer);

  const page = (await test.get(home, office)).body;
  expect([page.includes('Poster (1)'), page.includes('Without a modality (1)')]).toEqual([true, true]);
  const wrong = await test.post(home, { ...form, starts: 'noon', minutes: '17' }, office);
  expect([wrong.statusCode, wrong.body.includes('value="17"')]).toEqual([422, true]);
  expect((await test.post(home, form, chair.bearer)).statusCode).toBe(403);
  const made = await test.post(home, form, office);
  expect([made.statusCode, made.headers.location]).toEqual([303, `${home}?done=presentationsMade`]);
  expect((await test.post(home, form, office)).statusCode).toBe(303);
  const talks = { kind: 'workshop', starts: '2090-05-22T09:00' };
  expect((await test.send('PUT', '/api/calls/shared/presentations', talks, secretariat.bearer)).json().made).toBe(1);

  const { rows } = await sql`
    select s.kind, s.title ->> 'en' as title, s.starts_local::text as starts, (select array_agg(k.name) from session_speakers k where k.session_id = s.id) as speakers
    from sessions s where s.event_id = ${event.id} order by s.starts_local`.execute(test.db);
  expect(rows).toEqual([
    { kind: 'poster', title: 'Practice shared 0', starts: '2090-05-21 11:00:00', speakers: ['An author'] },
    { kind: 'workshop', title: 'Practice shared 1', starts: '2090-05-22 09:00:00', speakers: null },
  ]);
  await test.drain();
  const mails = await test.mails(`${author.id}@example.org`);
  expect(mails.map((mail) => mail.subject)).toContain('In the programme: Practice shared 0');
  const items = (await test.get('/api/calls/shared/presentations', chair.bearer)).json().items;
  expect(items.map((item: { entry: string }) => item.entry)).not.toContain(other.id);

  // A session that was removed can be made again from its entry, and is no second one of those that are there.
  await sql`update sessions set removed_at = now() where event_id = ${event.id} and kind = 'poster'`.execute(test.db);
  expect((await test.get(home, office)).body).toContain('Poster (1)');
  const again = { modality: 'poster', kind: 'poster', starts: '2090-05-21T12:00', minutes: 15 };
  expect((await test.send('PUT', '/api/calls/shared/presentations', again, secretariat.bearer)).json().made).toBe(1);
  expect((await test.send('PUT', '/api/calls/shared/presentations', again, secretariat.bearer)).json().made).toBe(0);
});
