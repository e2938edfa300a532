import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inTransaction } from '../../db/database.ts';
import { findOrCreatePerson } from '../../server/accounts/actions.ts';
import { grantRole } from '../../server/accounts/roles.ts';
import { enqueueSends } from '../../server/sends/actions.ts';
import { dnsFindings, type Lookup } from '../../server/sends/dns.ts';
import { unsubscribeUrl } from '../../server/sends/unsubscribing.ts';
import { deliverDue, type Renderers } from '../../workers/sends.ts';
import { testApp } from '../support/app.ts';

const test = await testApp();
const { db, clock, system } = test;
const renderers: Renderers = {
  'a.test': async (_, { unsubscribe }) => ({ subject: 'A test', text: `${unsubscribe}\n`, html: `<p>${unsubscribe}</p>` }),
};

async function somebody(name: string, secretariat = false) {
  const address = `${name.toLowerCase().replaceAll(' ', '-')}@example.org`;
  const id = await inTransaction(db, (tx) =>
    findOrCreatePerson(tx, { name, email: address, language: 'en', zone: 'Europe/Madrid' }, null),
  );
  if (secretariat) await grantRole(db, null, id, { role: 'secretariat', scopeId: null });
  return { address, cookie: await test.signedIn(id), token: await test.bearer(id) };
}
const office = await somebody('Secretariat', true);

let no = 0;
async function written(address: string, topic?: 'announcements'): Promise<string> {
  await enqueueSends(
    db,
    [{ cause: `desk:${++no}`, kind: 'a.test', personId: null, address, language: 'en', payload: {}, topic }],
    clock(),
  );
  await deliverDue(system, renderers);
  const send = await db.selectFrom('sends').select(['id', 'state']).where('cause', '=', `desk:${no}`).executeTakeFirstOrThrow();
  return `${send.id} ${send.state}`;
}
const stateOf = async (address: string) => (await written(address, 'announcements')).split(' ')[1];

describe('R16 who has enough', () => {
  it('says so with one click of their mail program, without a cookie and without being sent elsewhere', async () => {
    const [id = ''] = (await written('reader@example.org', 'announcements')).split(' ');
    const mail = (await test.mails('reader@example.org')).at(-1);
    const url = unsubscribeUrl(system.config, id);
    expect([mail?.text.trim(), mail?.text.trim().startsWith(`${system.config.publicUrl}/unsubscribe/`)]).toEqual([url, true]);
    const path = new URL(url).pathname;
    expect((await test.get(path)).body).toContain('will not go to reader@example.org any more');
    expect(await stateOf('reader@example.org')).toBe('accepted');
    const clicked = () =>
      test.app.inject({
        method: 'POST',
        url: path,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'List-Unsubscribe=One-Click',
      });
    expect([(await clicked()).statusCode, (await clicked()).statusCode]).toEqual([200, 200]);
    expect(await stateOf('Reader@example.org')).toBe('suppressed');
    expect((await written('reader@example.org')).split(' ')[1]).toBe('accepted');
    expect((await test.post(path, { choice: 'again' })).body).toContain('Send me no more');
    expect(await stateOf('reader@example.org')).toBe('accepted');
    expect((await test.get('/unsubscribe/00000000000000000000000000000000.00000000000000000000')).statusCode).toBe(404);
  });

  it('chooses topics on their own page and over the API', async () => {
    const one = await somebody('Somebody');
    expect((await test.get('/account/mail', one.cookie)).body).toMatch(/value="announcements" checked/);
    expect((await test.post('/account/mail', { topics: ['invitations'] }, one.cookie)).statusCode).toBe(303);
    expect(await stateOf(one.address)).toBe('suppressed');
    expect((await test.get('/api/me/topics', one.token)).json()).toEqual({ topics: ['invitations'] });
    await test.send('PUT', '/api/me/topics', { topics: ['announcements'] }, one.token);
    expect(await stateOf(one.address)).toBe('accepted');
    expect((await test.send('PUT', '/api/me/topics', { topics: ['everything'] }, one.token)).statusCode).toBe(422);
  });
});

describe('the operator’s page', () => {
  it('shows what was refused and why, and sends it again as another message', async () => {
    const [id = ''] = (await written('refused@example.net')).split(' ');
    await db
      .updateTable('sends')
      .set({ state: 'failed', accepted_at: null, smtp_response: '550 5.1.1 no such user' })
      .where('id', '=', id)
      .execute();
    const page = (await test.get('/back-office/mail', office.cookie)).body;
    expect([page.includes('The address does not exist.'), page.includes('refused@example.net')]).toEqual([true, true]);
    const { refusals } = (await test.get('/api/mail', office.token)).json<{ refusals: { domain: string; n: number }[] }>();
    expect(refusals.map(({ domain, n }) => [domain, n])).toEqual([['example.net', 1]]);
    expect((await test.post(`/back-office/mail/sends/${id}/retry`, {}, office.cookie)).statusCode).toBe(303);
    await deliverDue(system, renderers);
    const again = await db.selectFrom('sends').select(['state', 'version', 'attempts']).where('id', '=', id).executeTakeFirst();
    expect(again).toEqual({ state: 'accepted', version: 2, attempts: 1 });
    expect((await test.send('PUT', `/api/mail/sends/${id}/retry`, {}, office.token)).statusCode).toBe(404);
  });

  it('keeps the addresses that nothing goes to, and lets mail go there again', async () => {
    const desk = '/back-office/mail';
    const wrong = await test.post(`${desk}/suppressions`, { address: 'no address' }, office.cookie);
    expect([wrong.statusCode, wrong.body.includes('value="no address"')]).toEqual([422, true]);
    await test.post(`${desk}/suppressions`, { address: 'gone@example.net' }, office.cookie);
    expect((await written('gone@example.net')).split(' ')[1]).toBe('suppressed');
    expect((await test.get(`${desk}?q=GONE`, office.cookie)).body).toContain('set by hand');
    await test.post(`${desk}/suppressions/lift`, { address: 'gone@example.net' }, office.cookie);
    expect((await written('gone@example.net')).split(' ')[1]).toBe('accepted');
    expect((await test.send('DELETE', '/api/mail/suppressions/gone@example.net', undefined, office.token)).statusCode).toBe(404);
  });

  it('sets how fast a domain is written to', async () => {
    expect(
      (await test.send('PUT', '/api/mail/domains', { domain: 'München.example.org', perMinute: 7 }, office.token)).statusCode,
    ).toBe(204);
    const { domains } = (await test.get('/api/mail', office.token)).json<{
      domains: { domain: string; ownPerMinute: number }[];
    }>();
    expect(domains.map(({ domain, ownPerMinute }) => [domain, ownPerMinute])).toEqual([['xn--mnchen-3ya.example.org', 7]]);
    expect(
      (await test.post('/back-office/mail/domains', { domain: 'bad domain', perMinute: '7' }, office.cookie)).statusCode,
    ).toBe(422);
  });
});

describe('what the domain says', () => {
  const { privateKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const config = {
    mailFrom: 'Convivium <post@example.org>',
    dkim: { domain: 'example.org', selector: 's', privateKey },
    replyDomain: 'reply.example.org',
  };
  const judged = async (records: Record<string, string[] | null>) => {
    const lookup: Lookup = async (name, type) => (name in records ? (records[name] ?? null) : type ? [] : []);
    return (await dnsFindings(config, lookup)).map(({ saying, state }) => `${saying} ${state}`);
  };

  it('is judged record by record, and what is missing is given to be copied', async () => {
    expect(await judged({})).toEqual(['spf missing', 'dkim missing', 'dmarc missing', 'inbound missing']);
    const [, dkim] = await dnsFindings(config, async () => []);
    expect(dkim?.wanted).toMatch(/^v=DKIM1; k=ed25519; p=/);
    expect(
      await judged({
        'example.org': ['google-site-verification=x', 'v=spf1 mx -all'],
        's._domainkey.example.org': [dkim?.wanted ?? ''],
        '_dmarc.example.org': ['v=DMARC1; p=reject'],
        'reply.example.org': ['mail.example.org'],
      }),
    ).toEqual(['spf good', 'dkim good', 'dmarc good', 'inbound good']);
    expect(
      await judged({
        'example.org': ['v=spf1 mx -all', 'v=spf1 a -all'],
        's._domainkey.example.org': ['v=DKIM1; p=another'],
        '_dmarc.example.org': ['v=DMARC1; rua=mailto:x@example.org'],
        'reply.example.org': null,
      }),
    ).toEqual(['spf wrong', 'dkim wrong', 'dmarc wrong', 'inbound unknown']);
  });
});
