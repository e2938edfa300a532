import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { delegating, hiddenDraft } from './delegating.ts';

const test = await testApp();
const { db } = test;
const { world, begun, submit, statesOf } = await delegating(test);

describe('a contact registers a delegation', () => {
  it('step by step, sees what is left and what it costs, and is told who is in and who waits', async () => {
    const { slug, contact, people, base } = await begun('Olot', { capacity: 2 });
    expect((await test.get(base, contact)).headers.location).toBe(`${base}/people`);
    const first = await test.get(`${base}/people`, contact);
    expect(first.body).toContain('data-free="2" data-room="10"');
    const { draft, answer } = await submit(base, contact, people, { head: '1' });
    expect(answer.headers.location).toBe(`${base}/results/${draft}`);
    expect(await statesOf(slug)).toEqual(['Olot One: confirmed', 'Olot Three: waiting', 'Olot Two: confirmed']);
    const result = (await test.get(`${base}/results/${draft}`, contact)).body;
    expect(result).toContain('2 places are confirmed');
    expect(result).toContain('1 person is on the waiting list');
    expect(result).toContain('€500');
    expect(result).toContain('IBAN ES00');
    const overview = (await test.get(base, contact)).body;
    expect(overview).toContain('head of the delegation');
    await test.drain();
    const [summary] = (await test.mails('contact-of-olot@example.org')).filter(({ subject }) =>
      subject.startsWith('Your delegation'),
    );
    expect(summary?.text).toContain('Olot Three · On the waiting list');
    expect(summary?.text).toContain('€500');
    // Who has no address is written to through the contact, who is told for whom it is.
    const forThree = (await test.mails('contact-of-olot@example.org')).find(({ subject }) =>
      subject.startsWith('You are on the waiting list'),
    );
    expect(forThree?.text).toContain('This is about the registration of Olot Three.');
    expect((await test.mails('olot-one@example.org'))[0]?.text).toContain('250');
  });

  it('once, however often the button is pressed or the page is come back to', async () => {
    const { slug, contact, people, base } = await begun('Vic');
    const { draft, answer } = await submit(base, contact, people.slice(0, 1));
    const again = await Promise.all([
      test.post(`${base}/review`, { draft }, contact),
      test.post(`${base}/review`, { draft }, contact),
    ]);
    expect(again.map(({ headers }) => headers.location)).toEqual([answer.headers.location, answer.headers.location]);
    expect(await statesOf(slug)).toEqual(['Vic One: confirmed']);
    await test.drain();
    expect((await test.mails('vic-one@example.org')).length).toBe(1);
  });

  it('with two equal posts at the same moment', async () => {
    const { slug, contact, people, base } = await begun('Berga');
    await test.post(`${base}/people`, { personIds: people.slice(0, 2) }, contact);
    await test.post(
      `${base}/details`,
      { mode: 'all', 'people[0][category]': 'member', 'people[1][category]': 'member' },
      contact,
    );
    const draft = hiddenDraft((await test.get(`${base}/review`, contact)).body);
    const answers = await Promise.all([1, 2, 3].map(() => test.post(`${base}/review`, { draft }, contact)));
    expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
    expect(await statesOf(slug)).toEqual(['Berga One: confirmed', 'Berga Two: confirmed']);
  });

  it('with new people, whom it finds again on its roster', async () => {
    const { slug, contact, base, organisation } = await begun('Manresa');
    const form = { 'people[0][name]': 'A Newcomer', 'people[0][email]': 'newcomer@example.org', 'people[0][language]': 'pt' };
    const more = await test.post(`${base}/people`, { ...form, _more: '1', _rows: '1' }, contact);
    expect(more.statusCode).toBe(200);
    expect(more.body).toContain('value="A Newcomer"');
    expect(more.body).toContain('name="people[2][name]"');
    await test.post(`${base}/people`, form, contact);
    await test.post(`${base}/details`, { mode: 'all', 'people[0][category]': 'member' }, contact);
    const draft = hiddenDraft((await test.get(`${base}/review`, contact)).body);
    await test.post(`${base}/review`, { draft }, contact);
    expect(await statesOf(slug)).toEqual(['A Newcomer: confirmed']);
    const roster = await db.selectFrom('affiliations').selectAll().where('organisation_id', '=', organisation).execute();
    expect(roster.length).toBe(5);
    await test.drain();
    expect((await test.mails('newcomer@example.org'))[0]?.subject).toContain('inscrição');
  });

  it('with people who share a mailbox, each of whom has a link of their own', async () => {
    const { slug, contact, base } = await begun('Solsona');
    const form = {
      'people[0][name]': 'Shares One',
      'people[0][email]': 'town-hall@example.org',
      'people[1][name]': 'Shares Two',
      'people[1][email]': 'Town-Hall@example.org',
      // The contact gives their own address for somebody who has none.
      'people[2][name]': 'Shares Three',
      'people[2][email]': 'contact-of-solsona@example.org',
    };
    await test.post(`${base}/people`, form, contact);
    const categories = Object.fromEntries([0, 1, 2].map((at) => [`people[${at}][category]`, 'member']));
    await test.post(`${base}/details`, { mode: 'all', ...categories }, contact);
    const draft = hiddenDraft((await test.get(`${base}/review`, contact)).body);
    expect((await test.post(`${base}/review`, { draft }, contact)).statusCode).toBe(303);
    expect(await statesOf(slug)).toEqual(['Shares One: confirmed', 'Shares Three: confirmed', 'Shares Two: confirmed']);
    await test.drain();
    const mails = (await test.mails()).filter(({ to }) => to.some((address) => /^town-hall@/i.test(address)));
    expect(mails.map(({ text }) => /Participant: (.*)/.exec(text)?.[1]).sort()).toEqual(['Shares One', 'Shares Two']);
    for (const mail of mails) {
      const name = /Participant: (.*)/.exec(mail.text)?.[1] ?? '';
      const page = await test.get(/\/registrations\/manage\/[\w-]{43}/.exec(mail.text)?.[0] ?? '');
      expect(page.body).toContain(name);
    }
  });

  it('and keeps everything typed when something is wrong', async () => {
    const { slug, contact, people, base } = await begun('Reus');
    const versionId = await world.ask(slug);
    const wrong = await test.post(`${base}/people`, { 'people[0][name]': '', 'people[0][email]': 'no address' }, contact);
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('value="no address"');
    const nobody = await test.post(`${base}/people`, {}, contact);
    expect(nobody.statusCode).toBe(422);
    await test.post(`${base}/people`, { personIds: people.slice(0, 2) }, contact);
    const details = {
      mode: 'together',
      'people[0][category]': 'member',
      'people[0][answers][meal]': 'other',
      'people[0][answers][diet]': 'No nuts <b>',
      'people[1][at]': '1',
      'answers[hotel]': 'Hotel One',
    };
    const lacking = await test.post(`${base}/details?version=${versionId}`, details, contact);
    expect(lacking.statusCode).toBe(422);
    expect(lacking.body).toContain('No nuts &lt;b>');
    expect(lacking.body).toContain('value="Hotel One"');
    expect(lacking.body).toContain('href="#f-people-1-category"');
    expect(lacking.body).toContain('href="#f-people-1-answers-meal"');
    expect(await statesOf(slug)).toEqual([]);
    // The review is not there before everything is.
    expect((await test.get(`${base}/review`, contact)).headers.location).toBe(`${base}/details`);
    // Back on the first step everybody is still chosen, and what was said of them stays.
    expect((await test.get(`${base}/people`, contact)).body.match(/ checked/g)?.length).toBe(2);
    expect((await test.get(`${base}/details`, contact)).body).toContain('No nuts &lt;b>');
  });

  it('never beyond its allowance, and is told so before and after', async () => {
    const { slug, contact, people, base } = await begun('Lleida', { limitMember: 1 });
    const { draft, answer } = await submit(base, contact, people.slice(0, 2), { mode: 'all' });
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain('has registered as many people as this event takes');
    expect(await statesOf(slug)).toEqual([]);
    await test.post(`${base}/details`, { mode: 'as-many-as-fit' }, contact);
    const some = await test.post(`${base}/review`, { draft }, contact);
    expect(some.statusCode).toBe(303);
    const result = (await test.get(String(some.headers.location), contact)).body;
    expect(result).toContain('1 person is not registered');
  });

  it('and nobody else does', async () => {
    const { contact, base, people, slug } = await begun('Girona');
    const stranger = await begun('Bilbao');
    const delegateOf = await test.signedIn(people[0] ?? '');
    for (const who of [stranger.contact, delegateOf]) {
      for (const page of ['', '/people', '/details', '/review'])
        expect((await test.get(`${base}${page}`, who)).statusCode).toBe(404);
      expect((await test.post(`${base}/people`, { personIds: people }, who)).statusCode).toBe(404);
    }
    expect((await test.get(base, {})).statusCode).toBe(303);
    const { draft } = await submit(base, contact, people.slice(0, 1));
    expect((await test.get(`${base}/results/${draft}`, stranger.contact)).statusCode).toBe(404);
    expect((await test.post(`${stranger.base}/review`, { draft }, stranger.contact)).statusCode).toBe(404);
    expect(await statesOf(slug)).toEqual(['Girona One: confirmed']);
  });
});
