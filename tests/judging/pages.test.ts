import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { giveAll, judgingWorld, somebody } from './world.ts';

const test = await testApp();

describe('the desk without a script', () => {
  it('saves a draft, keeps what is typed when it is wrong, hands in and goes on to the next', async () => {
    const world = await judgingWorld(test, { slug: 'plain', entries: 2, jurors: 1 });
    await giveAll(test, world);
    const [juror] = world.jurors;
    const signed = await test.signedIn(juror?.id ?? '');
    const list = await test.get('/desk/plain', signed);
    expect(list.statusCode).toBe(200);
    const [first = '', second = ''] = [...list.body.matchAll(/href="\/desk\/plain\/([A-Z2-9]{6})"/g)]
      .slice(1)
      .map((match) => match[1] ?? '');
    const at = `/desk/plain/${first}`;
    const desk = await test.get(at, signed);
    expect(desk.body).toContain('Changes a whole city');
    const draft = await test.post(at, { 'scores[relevance]': '7', commentToJury: 'Strong', base: '{}', go: 'save' }, signed);
    expect([draft.statusCode, draft.headers.location]).toEqual([303, `${at}?done=reviewSaved`]);
    const early = await test.post(at, { 'scores[relevance]': '7', commentToJury: 'Stronger', base: '{}', go: 'submit' }, signed);
    expect(early.statusCode).toBe(422);
    expect(early.body).toContain('Stronger');
    const done = await test.post(at, { 'scores[relevance]': '7', 'scores[impact]': '9', base: '{}', go: 'submit' }, signed);
    expect(done.headers.location).toBe(`/desk/plain/${second}?done=reviewHandedIn`);
    const gone = await test.post(`/desk/plain/${second}/recusal`, { reason: 'I advised them' }, signed);
    expect(gone.headers.location).toBe('/desk/plain?done=recused');
    expect((await test.get(`/desk/plain/${second}`, signed)).statusCode).toBe(404);
  });

  it('finds by title, city and code, whatever the accents, only what the juror may see', async () => {
    const world = await judgingWorld(test, { slug: 'found', entries: 3, jurors: 1, countries: ['ES'] });
    await giveAll(test, world);
    await sql`update entries set title = '{"es":"Educación para todos"}' where call_id = ${world.call.id}`.execute(test.db);
    const signed = await test.signedIn(world.jurors[0]?.id ?? '');
    const page = await test.get('/desk/found?q=educacion', signed);
    expect(page.body.match(/href="\/desk\/found\/[A-Z2-9]{6}" lang="es"/g)).toHaveLength(2);
    expect((await test.get(`/desk/found?q=${world.entries[0]?.code}`, signed)).body).not.toContain('Educación');
  });
});

describe('the pages of a jury’s chair', () => {
  it('invite, assign, rank, decide and publish, each for whom it is', async () => {
    const world = await judgingWorld(test, { slug: 'office', entries: 5, jurors: 3 });
    const office = await test.signedIn(world.secretariat.id);
    const chair = await test.signedIn(world.chair.id);
    const at = (page: string) => `/back-office/calls/office/${page}`;
    const invited = await test.post(
      at('jury'),
      { name: 'A specialist', email: 'expert@example.org', languages: 'en, pt', seat: 'juror' },
      office,
    );
    expect(invited.statusCode).toBe(303);
    expect((await test.post(at('jury'), { name: '', email: 'x' }, office)).statusCode).toBe(422);
    expect(
      (await test.post(at('assignments'), { 'automatic[reviews]': '3', 'automatic[language]': 'any' }, office)).statusCode,
    ).toBe(303);
    expect((await test.get(at('jury'), office)).body).toContain('preview');
    expect((await test.post(at('assignments/publication'), {}, chair)).statusCode).toBe(403);
    expect((await test.post(at('assignments/publication'), {}, office)).statusCode).toBe(303);
    let written = 0;
    for (const [j, juror] of world.jurors.entries()) {
      const { items } = (await test.get('/api/desk/office', juror.bearer)).json();
      written += items.length;
      for (const { id } of items) {
        const merit = world.entries.findIndex((entry) => entry.id === id);
        await test.send(
          'PUT',
          `/api/entries/${id}/reviews/me`,
          { scores: { relevance: merit + j, impact: merit + 3 }, submitted: true },
          juror.bearer,
        );
      }
    }
    const ranking = await test.get(at('ranking'), chair);
    expect(ranking.statusCode).toBe(200);
    expect(ranking.body).toContain('rank-range');
    expect((await test.get(at('ranking'), await test.signedIn(world.jurors[0]?.id ?? ''))).statusCode).toBe(403);
    expect((await test.post(at('ranking'), { chosen: '2', seed: '5' }, chair)).statusCode).toBe(303);
    expect((await test.get(at('ranking/1.json'), chair)).json()).toMatchObject({ number: 1, input: { seed: 5, chosen: 2 } });
    const sheet = (await test.get(at('reviews.json'), chair)).json();
    expect(sheet).toHaveLength(written);
    expect(written).toBeGreaterThan(9);
    expect(sheet[0]).toMatchObject({ juror: expect.stringContaining('Juror'), 'score.relevance': expect.any(Number) });
    expect((await test.get(at('reviews.xlsx'), office)).statusCode).toBe(200);
    const entry = world.entries[4]?.id ?? '';
    const decision = { kind: 'laureate', entry, place: '1', 'reasons[en]': 'The best of all.', present: 'Juror 1\nJuror 2' };
    expect((await test.post(at('decisions'), { ...decision, present: '' }, chair)).body).toContain('The best of all.');
    expect((await test.post(at('decisions'), decision, chair)).statusCode).toBe(303);
    expect((await test.get(at('decisions'), chair)).body).toContain('The best of all.');
    expect((await test.post(at('results'), {}, chair)).statusCode).toBe(403);
    expect((await test.post(at('results'), {}, office)).statusCode).toBe(303);
    expect((await test.get(at('chain.json'), chair)).json().chain.at(-1).step).toBe('publication');
  });
});

describe('what the cities are told', () => {
  it('is previewed, sent once after the results, in their language; laureates are public from then on', async () => {
    const world = await judgingWorld(test, { slug: 'told', entries: 2, jurors: 1 });
    await giveAll(test, world);
    const { secretariat, chair, jurors } = world;
    const [first, second] = world.entries as [(typeof world.entries)[number], (typeof world.entries)[number]];
    const contact = await somebody(test, 'A contact');
    await sql`update people set language = 'fr' where id = ${contact.id}`.execute(test.db);
    await sql`insert into affiliations (person_id, organisation_id, is_contact) values (${contact.id}, ${first.organisation}, true)`.execute(
      test.db,
    );
    const review = {
      scores: { relevance: 9, impact: 9 },
      commentToApplicant: 'Write down what you do.',
      notes: 'mine',
      submitted: true,
    };
    await test.send('PUT', `/api/entries/${first.id}/reviews/me`, review, jurors[0]?.bearer);
    const preview = (await test.get('/api/calls/told/letters', chair.bearer)).json().items;
    expect(preview[0]).toMatchObject({
      entry: first.id,
      text: { en: 'Write down what you do.' },
      written: false,
      recipients: 1,
      sentAt: null,
    });
    await test.send(
      'PUT',
      `/api/calls/told/letters/${first.id}`,
      { text: { en: 'Write it down.', fr: 'Écrivez-le.' } },
      chair.bearer,
    );
    const send = () => test.send('PUT', '/api/calls/told/letters', undefined, secretariat.bearer);
    expect((await send()).json().code).toBe('results-first');
    expect((await test.get('/calls/told/laureates')).statusCode).toBe(404);
    const decision = { kind: 'laureate', entry: second.id, reasons: { en: 'It reaches far.' }, present: ['Juror 1'] };
    await test.send('POST', '/api/calls/told/decisions', decision, chair.bearer);
    await test.send('PUT', '/api/calls/told/results', undefined, secretariat.bearer);
    expect((await send()).json()).toEqual({ sent: 1 });
    expect((await send()).json()).toEqual({ sent: 0 });
    expect((await test.send('PUT', `/api/calls/told/letters/${first.id}`, { text: { en: 'x' } }, chair.bearer)).json().code).toBe(
      'letter-sent',
    );
    await test.drain();
    const mails = await test.mails(`${contact.id}@example.org`);
    expect(mails.map((mail) => mail.subject).toSorted()).toEqual(['L’avis du jury : Award', 'Résultats : Award']);
    // The one contact, the chair and the juror: each once.
    const told = (await test.mails()).filter(({ text }) => text.includes('/calls/told/laureates'));
    const readers = told.flatMap(({ to }) => to);
    expect([readers.length, new Set(readers).size]).toEqual([3, 3]);
    const page = await test.get('/calls/told/laureates');
    expect(page.body).toContain('It reaches far.');
    expect(page.body).not.toContain('Juror 1');
    expect((await test.get('/api/calls/told/laureates')).json().items).toHaveLength(1);
  });
});
