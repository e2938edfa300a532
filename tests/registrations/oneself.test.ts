import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { QUESTIONS, registrationWorld } from './world.ts';

const test = await testApp();
const { db } = test;
const world = await registrationWorld(test);
const { statesOf, freeOf } = world;
const CONFIRM = /\/registrations\/confirm\/[\w-]{43}/;
const MANAGE = /\/registrations\/manage\/[\w-]{43}/;

async function multipart(url: string, fields: Record<string, string>, file: { name: string; content: Buffer }, headers = {}) {
  const boundary = 'a-boundary-of-this-test';
  const parts = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  );
  const payload = Buffer.concat([
    ...parts,
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="answers[letter]"; filename="${file.name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
    ),
    file.content,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return test.app.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'sec-fetch-site': 'same-origin', ...headers },
  });
}

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

describe('somebody who is signed in', () => {
  it('registers with answers and a file, which only those see who may see the registration', async () => {
    const slug = await world.openEvent();
    const version = await world.ask(slug);
    const guest = await world.person('A Guest', 'guest@example.org');
    const asGuest = await test.signedIn(guest);
    const page = await test.get(`/events/${slug}/registration`, asGuest);
    expect(page.body).toContain('What do you eat?');
    expect(page.body).not.toContain('Your hotel');
    expect(page.body).toContain('Member – €250');
    expect(page.body).toContain('3 places left');
    const fields = { category: 'member', 'answers[meal]': 'other', 'answers[diet]': 'No nuts' };
    const answer = await multipart(
      `/events/${slug}/registration?version=${version}`,
      fields,
      { name: 'letter.pdf', content: PDF },
      asGuest,
    );
    expect(answer.statusCode, answer.body.slice(0, 500)).toBe(303);
    const path = String(answer.headers.location).split('?')[0] ?? '';
    const shown = (await test.get(path, asGuest)).body;
    expect(shown).toContain('Something else');
    expect(shown).toContain('No nuts');
    const file = /\/registrations\/[\w-]+\/files\/[\w-]+/.exec(shown)?.[0] ?? '';
    const got = await test.get(file, asGuest);
    expect([got.statusCode, got.headers['content-type'], got.rawPayload.equals(PDF)]).toEqual([200, 'application/pdf', true]);
    const stranger = await test.signedIn(await world.person('A Stranger', 'stranger@example.org'));
    expect((await test.get(file, stranger)).statusCode).toBe(404);
    expect((await test.get(file)).statusCode).toBe(303);
    expect((await test.get(path, stranger)).statusCode).toBe(404);
  });

  it('is told what is wrong beside each field and loses nothing, not even a file', async () => {
    const slug = await world.openEvent();
    const version = await world.ask(slug);
    const asGuest = await test.signedIn(await world.person('Wrong Guest', 'wrong-guest@example.org'));
    const at = `/events/${slug}/registration?version=${version}`;
    const lacking = await multipart(
      at,
      { 'answers[meal]': 'other', category: '' },
      { name: 'letter.pdf', content: PDF },
      asGuest,
    );
    expect(lacking.statusCode).toBe(422);
    for (const field of ['f-category', 'f-answers-diet']) expect(lacking.body).toContain(`href="#${field}"`);
    expect(lacking.body).toContain('Keep letter.pdf');
    const wrongKind = await multipart(
      at,
      { category: 'member', 'answers[meal]': 'all' },
      { name: 'letter.pdf', content: Buffer.from('<html>not a letter</html>') },
      asGuest,
    );
    expect(wrongKind.statusCode).toBe(422);
    expect(wrongKind.body).toContain('href="#f-answers-letter"');
    expect(await statesOf(slug)).toEqual([]);
  });

  it('registers once, however often the button is pressed', async () => {
    const slug = await world.openEvent();
    const asGuest = await test.signedIn(await world.person('Twice Guest', 'twice-guest@example.org'));
    const post = () => test.post(`/events/${slug}/registration`, { category: 'member' }, asGuest);
    const answers = await Promise.all([post(), post(), post()]);
    expect(new Set(answers.map(({ headers }) => String(headers.location).split('?')[0])).size).toBe(1);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
    expect(await statesOf(slug)).toEqual(['Twice Guest: confirmed']);
    expect((await test.get(`/events/${slug}/registration`, asGuest)).body).toContain('You are registered for this event');
  });

  it('answers the questions that were shown, and newer ones only by choice', async () => {
    const slug = await world.openEvent();
    const older = await world.ask(slug);
    const asGuest = await test.signedIn(await world.person('Older Guest', 'older-guest@example.org'));
    const newer = await world.ask(slug, {
      ...QUESTIONS,
      pages: [
        {
          key: 'new',
          title: { en: 'New' },
          items: [{ key: 'shirt', type: 'shortText', required: true, label: { en: 'Size of shirt' } }],
        },
      ],
    });
    const answer = await test.post(
      `/events/${slug}/registration?version=${older}`,
      { category: 'member', 'answers[meal]': 'all' },
      asGuest,
    );
    expect(answer.statusCode, answer.body.slice(0, 300)).toBe(303);
    const path = String(answer.headers.location).split('?')[0] ?? '';
    const change = (await test.get(`${path}/answers`, asGuest)).body;
    expect(change).toContain('What do you eat?');
    expect(change).toContain('The organisers have changed the questions');
    expect(
      (await test.post(`${path}/answers?version=${older}`, { 'answers[meal]': 'other', 'answers[diet]': 'Salad' }, asGuest))
        .statusCode,
    ).toBe(303);
    expect((await test.get(`${path}/answers?version=${newer}`, asGuest)).body).toContain('Size of shirt');
    expect((await test.post(`${path}/answers?version=${newer}`, {}, asGuest)).statusCode).toBe(422);
    expect((await test.post(`${path}/answers?version=${newer}`, { 'answers[shirt]': 'L' }, asGuest)).statusCode).toBe(303);
    const api = await test.get(`/api${path}`, await test.bearer(await world.person('', 'older-guest@example.org')));
    expect(api.json<{ answers: unknown }>().answers).toEqual({ shirt: 'L' });
    const other = await world.openEvent();
    const foreign = await world.ask(other);
    expect((await test.post(`${path}/answers?version=${foreign}`, { 'answers[meal]': 'all' }, asGuest)).statusCode).toBe(422);
    await test.drain();
    // Whoever changes their own answers needs no mail about it.
    expect((await test.mails('older-guest@example.org')).map(({ subject }) => subject.split(':')[0])).toEqual([
      'You are registered',
    ]);
  });

  it('is told by mail when somebody else changes the answers', async () => {
    const slug = await world.openEvent();
    await world.ask(slug);
    const guest = await world.person('Changed Guest', 'changed-guest@example.org');
    const answer = await test.post(
      `/events/${slug}/registration`,
      { category: 'member', 'answers[meal]': 'all' },
      await test.signedIn(guest),
    );
    const path = String(answer.headers.location).split('?')[0] ?? '';
    await test.drain();
    const changed = await test.send('PATCH', `/api${path}`, { answers: { meal: 'other', diet: 'Soup' } }, world.asSecretariat);
    expect(changed.statusCode, changed.body).toBe(200);
    await test.drain();
    expect((await test.mails('changed-guest@example.org')).at(-1)?.subject).toContain('Your registration has changed');
  });

  it('cannot change anything after the date, but can still give back', async () => {
    const slug = await world.openEvent();
    await sql`update events set changes_until = now() - interval '100 years' where slug = ${slug}`.execute(db);
    const asGuest = await test.signedIn(await world.person('Late Guest', 'late-guest@example.org'));
    const answer = await test.post(`/events/${slug}/registration`, { category: 'member' }, asGuest);
    const path = String(answer.headers.location).split('?')[0] ?? '';
    expect((await test.get(path, asGuest)).body).toContain('The time for changes is over');
    const refused = await test.post(`${path}/replacement`, { 'person[name]': 'Somebody' }, asGuest);
    expect([refused.statusCode, refused.body.includes('value="Somebody"')]).toEqual([409, true]);
    expect((await test.post(`${path}/removal`, {}, asGuest)).statusCode).toBe(303);
    expect(await statesOf(slug)).toEqual(['Late Guest: cancelled']);
  });
});

describe('somebody without an account', () => {
  it('manages the registration by the link of the mail, until somebody else takes it over', async () => {
    const slug = await world.openEvent();
    const form = { name: 'Mail Guest', email: 'mail-guest@example.org', category: 'member' };
    const twice = await Promise.all([
      test.post(`/events/${slug}/registration`, form),
      test.post(`/events/${slug}/registration`, form),
    ]);
    expect(twice.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect(await freeOf(slug)).toBe(2);
    await test.drain();
    expect((await test.mails('mail-guest@example.org')).length).toBe(1);
    const confirmed = await test.post(await world.linkIn('mail-guest@example.org', CONFIRM), {});
    expect(String(confirmed.headers.location)).toMatch(MANAGE);
    await test.drain();
    const manage = await world.linkIn('mail-guest@example.org', MANAGE);
    const shown = await test.get(manage);
    expect([shown.statusCode, shown.headers['referrer-policy'], shown.headers['cache-control']]).toEqual([
      200,
      'no-referrer',
      'private, no-store',
    ]);
    expect(shown.body).toContain('The place is confirmed.');
    expect((await test.get(`${manage}/calendar.ics`)).body).toContain('BEGIN:VEVENT');
    const hashes = await db.selectFrom('registration_links').select('token_hash').execute();
    expect(hashes.some(({ token_hash }) => token_hash.toString('utf8').includes(manage.split('/').at(-1) ?? '-'))).toBe(false);
    const replaced = await test.post(`${manage}/replacement`, {
      'person[name]': 'Next Guest',
      'person[email]': 'next-guest@example.org',
    });
    expect(replaced.statusCode, replaced.body.slice(0, 300)).toBe(303);
    expect((await test.get(manage)).statusCode).toBe(404);
    await test.drain();
    const next = await world.linkIn('next-guest@example.org', MANAGE);
    expect((await test.get(next)).statusCode).toBe(200);
    expect((await test.get(`${next}/removal`)).statusCode).toBe(200);
    expect((await test.post(`${next}/removal`, {})).statusCode).toBe(303);
    expect(await statesOf(slug)).toEqual(['Next Guest: cancelled']);
    expect(await freeOf(slug)).toBe(3);
  });

  it('finds no door with a link that is made up or too old', async () => {
    const slug = await world.openEvent();
    await test.post(`/events/${slug}/registration`, { name: 'Old Guest', email: 'old-guest@example.org', category: 'member' });
    await test.drain();
    await test.post(await world.linkIn('old-guest@example.org', CONFIRM), {});
    await test.drain();
    const manage = await world.linkIn('old-guest@example.org', MANAGE);
    expect((await test.get(`/registrations/manage/${'a'.repeat(43)}`)).statusCode).toBe(404);
    expect((await test.post(`/registrations/manage/${'a'.repeat(43)}/removal`, {})).statusCode).toBe(404);
    expect((await test.get('/registrations/manage/short')).statusCode).toBe(404);
    await sql`update registration_links set expires_at = now() - interval '100 years' where purpose = 'manage'`.execute(db);
    const old = await test.get(manage);
    expect([old.statusCode, old.body.includes('This link has expired')]).toEqual([409, true]);
  });

  it('confirms once when the link is pressed twice at the same moment, with and without a place', async () => {
    const slug = await world.openEvent({ capacity: 1 });
    for (const name of ['in-time', 'too-late']) {
      await test.post(`/events/${slug}/registration`, { name, email: `${name}@example.org`, category: 'member' });
      await test.drain();
      const link = await world.linkIn(`${name}@example.org`, CONFIRM);
      const answers = await Promise.all([test.post(link, {}), test.post(link, {}), test.post(link, {})]);
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
      expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
    }
    expect(await statesOf(slug)).toEqual(['in-time: confirmed', 'too-late: waiting']);
  });

  it('accepts or declines an offer from the mail; opening the link does nothing yet', async () => {
    const slug = await world.openEvent({ capacity: 1 });
    const holder = await test.signedIn(await world.person('Holder', 'holder@example.org'));
    const held = await test.post(`/events/${slug}/registration`, { category: 'member' }, holder);
    for (const name of ['first', 'second']) {
      await test.post(`/events/${slug}/registration`, { name, email: `${name}-waiter@example.org`, category: 'member' });
      await test.drain();
      await test.post(await world.linkIn(`${name}-waiter@example.org`, CONFIRM), {});
    }
    await test.drain();
    expect((await test.mails('second-waiter@example.org')).at(-1)?.text).toContain('Your position in the list: 2.');
    await test.post(`${String(held.headers.location).split('?')[0]}/removal`, {}, holder);
    await test.drain();
    const offer = await world.linkIn('first-waiter@example.org', /\/registrations\/manage\/[\w-]{43}\/offer$/m);
    for (const link of [offer, `${offer}/removal`]) expect((await test.get(link)).statusCode).toBe(200);
    expect(await statesOf(slug)).toEqual(['Holder: cancelled', 'first: waiting', 'second: waiting'].sort());
    expect((await test.post(`${offer}/removal`, {})).statusCode).toBe(303);
    await test.drain();
    const second = await world.linkIn('second-waiter@example.org', /\/registrations\/manage\/[\w-]{43}\/offer$/m);
    expect((await test.post(`${second}/acceptance`, {})).statusCode).toBe(303);
    expect((await test.post(`${second}/acceptance`, {})).statusCode).toBe(409);
    expect((await statesOf(slug)).sort()).toEqual(['Holder: cancelled', 'first: cancelled', 'second: confirmed'].sort());
  });
});
