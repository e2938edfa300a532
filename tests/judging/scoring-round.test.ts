import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { sweepScoring } from '../../server/judging/rounds.ts';
import { testApp } from '../support/app.ts';
import { giveAll, type Judge, judgingWorld } from './world.ts';

const test = await testApp();
const whole = { scores: { relevance: 8, impact: 6 }, submitted: true };
const subjects = async (person: string) => {
  await test.drain();
  return (await test.mails(`${person}@example.org`)).map((mail) => mail.subject);
};

describe('the round of scoring', () => {
  it('tells jurors what they were given and until when, reminds who is behind, and by itself three days before', async () => {
    const world = await judgingWorld(test, { slug: 'timed', entries: 3, jurors: 2 });
    const [quick, slow] = world.jurors as [(typeof world.jurors)[number], (typeof world.jurors)[number]];
    const chair = await test.signedIn(world.chair.id);
    const jury = '/back-office/calls/timed/jury';
    const zoned = test.clock().toZonedDateTimeISO('Europe/Madrid');
    const ends = zoned.add({ days: 10 }).toPlainDate().toPlainDateTime('18:00').toString({ smallestUnit: 'minute' });
    expect((await test.post('/back-office/calls/timed/scoring/end', { ends: '2026-02-30T18:00' }, chair)).statusCode).toBe(422);
    const kept = await test.post('/back-office/calls/timed/scoring/end', { ends }, chair);
    expect(kept.headers.location).toBe(`${jury}?done=scoringEndSet`);
    expect((await test.get(jury, chair)).body).toContain(`value="${ends}"`);
    expect(await subjects(quick.id)).toEqual([]);

    await giveAll(test, world);
    await giveAll(test, world);
    expect(await subjects(quick.id)).toEqual(['To read for the jury: Award']);
    const [mail] = await test.mails(`${slow.id}@example.org`);
    expect(mail?.text).toContain('3 entries of “Award” are on your desk');
    expect(mail?.text).toMatch(/Please hand in your reviews by .*18:00/);
    expect((await test.get('/desk/timed', await test.signedIn(slow.id))).body).toContain('Please hand in your reviews by');

    for (const entry of world.entries) await test.send('PUT', `/api/entries/${entry.id}/reviews/me`, whole, quick.bearer);
    await test.send('PUT', `/api/entries/${world.entries[0]?.id}/reviews/me`, whole, slow.bearer);
    const state = (await test.get('/api/calls/timed/scoring', world.chair.bearer)).json();
    expect([state.endsLocal, state.closedAt, state.unfinished]).toEqual([`${ends}:00`, null, [slow.id]]);
    expect((await test.get(jury, chair)).body).toContain('1 juror has reviews left.');
    await test.post('/back-office/calls/timed/scoring/reminders', {}, chair);
    expect(await subjects(quick.id)).toHaveLength(1);
    expect(await subjects(slow.id)).toEqual(['To read for the jury: Award', 'Reviews left: Award']);
    expect((await test.mails(`${slow.id}@example.org`))[1]?.text).toContain('2 reviews of “Award” are not handed in yet.');

    const [early, due] = [zoned.add({ days: 6 }).toInstant(), zoned.add({ days: 8 }).toInstant()];
    expect([await sweepScoring(test.db, early), await sweepScoring(test.db, due), await sweepScoring(test.db, due)]).toEqual([
      0, 1, 0,
    ]);
    const { rows } = await sql<{ person: string }>`
      select person_id as person from sends where kind = 'judging.reminded' and not_before = ${due}`.execute(test.db);
    expect(rows).toEqual([{ person: slow.id }]);
  });

  it('closes when the chair says so: no review changes, what was handed in is in the chain, and it opens again', async () => {
    const world = await judgingWorld(test, { slug: 'shut', entries: 2, jurors: 1 });
    const [juror] = world.jurors as [(typeof world.jurors)[number]];
    const chair = await test.signedIn(world.chair.id);
    const cookie = await test.signedIn(juror.id);
    const [first, second] = world.entries as [(typeof world.entries)[number], (typeof world.entries)[number]];
    const shut = () => test.post('/back-office/calls/shut/scoring/closing', {}, chair);
    expect((await shut()).statusCode).toBe(409);
    await giveAll(test, world);
    await test.send('PUT', `/api/entries/${first.id}/reviews/me`, whole, juror.bearer);
    expect((await test.post('/back-office/calls/shut/scoring/closing', {}, cookie)).statusCode).toBe(403);
    expect((await shut()).headers.location).toBe('/back-office/calls/shut/jury?done=scoringClosed');
    expect((await shut()).statusCode).toBe(303);

    const late = await test.send('PUT', `/api/entries/${second.id}/reviews/me`, whole, juror.bearer);
    expect([late.statusCode, late.json().code]).toEqual([409, 'scoring-closed']);
    const typed = { 'scores[relevance]': '7', commentToJury: 'Written too late', go: 'submit' };
    const again = await test.post(`/desk/shut/${second.code}`, typed, cookie);
    expect(again.statusCode).toBe(409);
    expect(again.body).toContain('Written too late');
    expect(again.body).toContain('Scoring is closed: reviews change no more.');
    expect((await test.get('/desk/shut', cookie)).body).toContain('Scoring was closed on');
    expect((await test.get(`/desk/shut/${first.code}`, cookie)).body).not.toContain('value="submit"');
    const run = await test.send(
      'PUT',
      '/api/calls/shut/assignments',
      { automatic: { reviews: 1 }, publish: true },
      world.secretariat.bearer,
    );
    expect([run.statusCode, run.json().code]).toEqual([409, 'scoring-closed']);

    expect(
      (await test.send('DELETE', '/api/calls/shut/scoring/closing', undefined, world.chair.bearer)).json().closedAt,
    ).toBeNull();
    expect((await test.send('PUT', `/api/entries/${second.id}/reviews/me`, whole, juror.bearer)).statusCode).toBe(200);
    await shut();
    const { chain } = (await test.get('/api/calls/shut/chain', world.chair.bearer)).json();
    const steps = chain
      .filter((one: { step: string }) => one.step === 'scoring')
      .map((one: { content: string }) => JSON.parse(one.content));
    expect(steps.map((one: { closed: boolean; reviews: number }) => [one.closed, one.reviews])).toEqual([
      [true, 1],
      [false, 1],
      [true, 2],
    ]);
    expect([steps[0].reviewsHash === steps[1].reviewsHash, steps[0].reviewsHash === steps[2].reviewsHash]).toEqual([true, false]);
  });

  it('takes no review that was on its way while it closed', async () => {
    const world = await judgingWorld(test, { slug: 'race', entries: 1, jurors: 6 });
    await giveAll(test, world);
    const id = world.entries[0]?.id;
    const saves = world.jurors.map((one) => test.send('PUT', `/api/entries/${id}/reviews/me`, whole, one.bearer));
    const closing = test.send('PUT', '/api/calls/race/scoring/closing', undefined, world.chair.bearer);
    const answers = await Promise.all(saves);
    expect((await closing).statusCode).toBe(200);
    const { rows } = await sql<{ content: string }>`
      select j.content from judging_chain j where j.call_id = ${world.call.id} and j.step = 'scoring'`.execute(test.db);
    const saved = answers.filter((answer) => answer.statusCode === 200).length;
    expect(JSON.parse(rows[0]?.content ?? '{}').reviews).toBe(saved);
  });
});

describe('what jurors would like to read', () => {
  it('is asked before anything is given out, never of an entry in conflict, and the assignment follows it', async () => {
    const world = await judgingWorld(test, { slug: 'wished', entries: 4, jurors: 3, countries: ['ES', null, null] });
    const [tied, free, third] = world.jurors as [Judge, Judge, Judge];
    const office = await test.signedIn(world.secretariat.id);
    const cookies = { tied: await test.signedIn(tied.id), free: await test.signedIn(free.id) };
    const hidden = world.entries.find((entry) => entry.country === 'ES');
    const wish = (cookie: { cookie: string }, entries: string[]) => test.post('/desk/wished/wishes', { entries }, cookie);
    expect((await test.get('/desk/wished/wishes', cookies.free)).body).toContain('You are not being asked at the moment');
    expect((await wish(cookies.free, [String(world.entries[1]?.id)])).statusCode).toBe(409);
    const asking = await test.post('/back-office/calls/wished/scoring/wishes', {}, office);
    expect(asking.headers.location).toBe('/back-office/calls/wished/jury?done=wishesOpened');
    expect(await subjects(free.id)).toEqual(['What would you like to read? Award']);

    const page = (await test.get('/desk/wished/wishes', cookies.tied)).body;
    expect([page.match(/type="checkbox"/g)?.length, page.includes(String(hidden?.id))]).toEqual([3, false]);
    const wrong = await wish(cookies.tied, [String(hidden?.id), String(world.entries[1]?.id)]);
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toMatch(new RegExp(`value="${world.entries[1]?.id}"[^>]*checked`));
    const [, one, two, three] = world.entries.map((entry) => entry.id) as [string, string, string, string];
    expect((await wish(cookies.tied, [two])).statusCode).toBe(303);
    expect((await wish(cookies.tied, [one, three])).statusCode).toBe(303);
    await test.send('PUT', '/api/desk/wished/wishes', { entries: [one, two] }, free.bearer);
    await test.send('PUT', '/api/desk/wished/wishes', { entries: [two, three] }, third.bearer);
    const theirs = (await test.get('/api/desk/wished/wishes', tied.bearer)).json().entries;
    const wished = theirs.filter((entry: { wished: boolean }) => entry.wished).map((entry: { id: string }) => entry.id);
    expect(wished.toSorted()).toEqual([one, three].toSorted());

    const asked = { automatic: { reviews: 2 }, publish: true };
    const run = (await test.send('PUT', '/api/calls/wished/assignments', asked, world.secretariat.bearer)).json();
    const readers = (entry: string) =>
      run.pairs.filter((pair: { entry: string }) => pair.entry === entry).map((pair: { juror: string }) => pair.juror);
    expect([one, two, three].map((entry) => readers(entry).toSorted())).toEqual([
      [tied.id, free.id].toSorted(),
      [free.id, third.id].toSorted(),
      [tied.id, third.id].toSorted(),
    ]);
    expect((await wish(cookies.free, [])).statusCode).toBe(409);
    const later = await test.send('PUT', '/api/calls/wished/scoring/wishes', undefined, world.secretariat.bearer);
    expect([later.statusCode, later.json().code]).toEqual([409, 'assigned-already']);
  });
});
