import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { giveAll, judgingWorld, somebody } from './world.ts';

const test = await testApp();

it('a letter is written and seen in the language of its reader, leaves with the others after the results, and only once', async () => {
  const world = await judgingWorld(test, { slug: 'mail', entries: 3, jurors: 1 });
  await giveAll(test, world);
  const [first, second, third] = world.entries as [(typeof world.entries)[number], ...typeof world.entries];
  const contact = await somebody(test, 'A contact');
  await sql`update people set language = 'fr' where id = ${contact.id}`.execute(test.db);
  await sql`insert into affiliations (person_id, organisation_id, is_contact) values (${contact.id}, ${first.organisation}, true)`.execute(
    test.db,
  );
  const office = await test.signedIn(world.secretariat.id);
  const chair = await test.signedIn(world.chair.id);
  const home = '/back-office/calls/mail/letters';
  const own = `${home}/${first.id}`;
  const review = { scores: { relevance: 9, impact: 9 }, commentToApplicant: 'Write down what you do.', submitted: true };
  await test.send('PUT', `/api/entries/${first.id}/reviews/me`, review, world.jurors[0]?.bearer);

  const fresh = (await test.get(own, chair)).body;
  expect(fresh).toContain('Write down what you do.');
  expect(fresh).toContain('L’avis du jury : Award');
  expect((await test.get(`${own}/preview/letter?language=fr`, chair)).body).toContain('Write down what you do.');
  const long = await test.post(own, { 'text[fr]': `Bien. ${'x'.repeat(10_001)}`, 'text[en]': 'Kept.' }, chair);
  expect(long.statusCode).toBe(422);
  expect(long.body).toContain('Kept.');
  const saved = await test.post(own, { 'text[fr]': 'Écrivez ce que vous faites.', 'text[en]': 'Write it down.' }, chair);
  expect([saved.statusCode, saved.headers.location]).toEqual([303, `${own}?done=letterWritten`]);
  expect((await test.get(`${own}/preview/letter?language=fr`, chair)).body).toContain('Écrivez ce que vous faites.');
  await test.post(`${home}/${second?.id}`, { 'text[en]': 'Nobody reads this yet.' }, chair);

  // Whoever is in the final is not told on these pages to be out of it; the letter is as things stand, and says so.
  const shortlist = { kind: 'shortlisted', entry: first.id, reasons: { en: 'It is clear.' }, present: ['Juror 1'] };
  await test.send('POST', '/api/calls/mail/decisions', shortlist, world.chair.bearer);
  const undecided = (await test.get(home, chair)).body;
  expect([undecided.includes('In the final'), undecided.includes('Not selected')]).toEqual([true, false]);
  expect((await test.get(own, chair)).body).toContain('As it would arrive if the jury resolved nothing more');

  expect((await test.post(home, {}, office)).statusCode).toBe(409);
  const decision = { kind: 'laureate', entry: third?.id, reasons: { en: 'It reaches far.' }, present: ['Juror 1'] };
  await test.send('POST', '/api/calls/mail/decisions', decision, world.chair.bearer);
  await test.send('PUT', '/api/calls/mail/results', undefined, world.secretariat.bearer);
  expect((await test.get(home, office)).body).toContain('Send 1 letter');
  const ended = (await test.get(home, office)).body;
  expect([ended.includes('Not selected'), ended.includes('In the final')]).toEqual([true, false]);
  expect((await test.get(home, chair)).body).not.toContain('Send 1 letter');
  expect((await test.post(home, {}, chair)).statusCode).toBe(403);
  const sent = await Promise.all([test.post(home, {}, office), test.post(home, {}, office)]);
  expect(sent.map((answer) => answer.headers.location)).toEqual([`${home}?done=lettersSent`, `${home}?done=lettersSent`]);
  await test.drain();
  const letters = (await test.mails(`${contact.id}@example.org`)).filter((mail) => mail.subject === 'L’avis du jury : Award');
  expect(letters).toHaveLength(1);
  expect(letters[0]?.text).toContain('Écrivez ce que vous faites.');
  expect(letters[0]?.text).toContain('contact de mail City 0');
  const after = await test.post(own, { 'text[fr]': 'Autre chose.' }, chair);
  expect(after.statusCode).toBe(409);
  const items = (await test.get('/api/calls/mail/letters', world.chair.bearer)).json().items;
  expect(items.map((letter: { sentAt: string | null }) => letter.sentAt !== null)).toEqual([true, false, false]);
  expect((await test.get(home, await test.signedIn(world.jurors[0]?.id ?? ''))).statusCode).toBe(403);
});
