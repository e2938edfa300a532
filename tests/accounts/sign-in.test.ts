import { describe, expect, it } from 'vitest';
import { inTransaction } from '../../db/database.ts';
import { findOrCreatePerson } from '../../server/accounts/actions.ts';
import { testApp } from '../support/app.ts';

const test = await testApp();
const { db } = test;
await inTransaction(db, (tx) => findOrCreatePerson(tx, { name: 'A Contact', email: 'contact@example.org' }, null));

async function mailedLink(): Promise<string> {
  await test.post('/sign-in', { email: 'contact@example.org' });
  await test.drain();
  const mail = (await test.mails('contact@example.org')).at(-1);
  return /\/sign-in\/[\w-]{43}/.exec(mail?.text ?? '')?.[0] ?? 'no link';
}

describe('signing in by a mailed link', () => {
  it('signs in once, by the button and not by opening the link', async () => {
    const link = await mailedLink();
    const opened = await test.get(link);
    expect([opened.statusCode, opened.headers['set-cookie']]).toEqual([200, undefined]);
    const used = await test.post(link, {});
    expect(used.statusCode).toBe(303);
    const cookie = String(used.headers['set-cookie']).split(';')[0] ?? '';
    // Nobody said where to go: home, which for whoever runs nothing is what they are registered for.
    expect(used.headers.location).toBe('/');
    expect((await test.get('/', { cookie })).headers.location).toBe('/registrations');
    expect((await test.get('/account', { cookie })).body).toContain('A Contact');
    expect((await test.post(link, {})).statusCode).toBe(409);
    expect((await test.post('/sign-out', {}, { cookie })).statusCode).toBe(303);
    expect((await test.get('/account', { cookie })).statusCode).toBe(303);
  });

  it('never tells whether an address is known', async () => {
    const known = await test.post('/sign-in', { email: 'contact@example.org' });
    const unknown = await test.post('/sign-in', { email: 'nobody@example.org' });
    expect([unknown.statusCode, unknown.body.replaceAll('nobody@', 'contact@')]).toEqual([known.statusCode, known.body]);
    await test.drain();
    expect(await test.mails('nobody@example.org')).toEqual([]);
  });

  it('says what is wrong with an address and keeps it', async () => {
    const answer = await test.post('/sign-in', { email: 'not an address' });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('value="not an address"');
  });

  it('counts tries, and says when to try again', async () => {
    for (let i = 0; i < 5; i++) await test.post('/sign-in', { email: 'often@example.org' });
    const answer = await test.post('/sign-in', { email: 'often@example.org' });
    expect(answer.statusCode).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('refuses a write that another site sends with our cookie', async () => {
    const answer = await test.post('/sign-out', {}, { 'sec-fetch-site': 'cross-site' });
    expect(answer.statusCode).toBe(403);
  });

  it('goes nowhere but here afterwards', async () => {
    const page = await test.get('/sign-in?next=https://example.org/');
    expect(page.body).toContain('name="next" value="/"');
  });
});

describe('what is stored', () => {
  it('opens nothing: links and tokens are hashes', async () => {
    const link = await mailedLink();
    const token = link.split('/').at(-1) ?? '';
    const rows = await db.selectFrom('sign_in_links').selectAll().execute();
    const outbox = await db.selectFrom('outbox').selectAll().execute();
    const sends = await db.selectFrom('sends').selectAll().execute();
    expect(JSON.stringify([rows, outbox, sends]).includes(token)).toBe(false);
    expect(sends.every((send) => send.state === 'accepted' && send.message_id !== null)).toBe(true);
  });
});
