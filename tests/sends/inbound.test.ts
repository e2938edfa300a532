import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { sql } from 'kysely';
import { createTransport } from 'nodemailer';
import { describe, expect, it } from 'vitest';
import { replyAddress } from '../../server/calendars/reply-address.ts';
import { enqueueSends } from '../../server/sends/actions.ts';
import { bounceAddress } from '../../server/sends/marks.ts';
import { readReport } from '../../server/sends/reports.ts';
import { startInbound } from '../../workers/inbound.ts';
import { deliverDue } from '../../workers/sends.ts';
import { googleReply } from '../calendars/fixtures.ts';
import { registrationWorld } from '../registrations/world.ts';
import { afterFile } from '../support/after-file.ts';
import { testApp } from '../support/app.ts';
import { absence, complaint, deliveryStatus, sentences } from './reports.ts';

const test = await testApp({ settings: { REPLY_DOMAIN: 'reply.example.org', INBOUND_URL: 'smtp://127.0.0.1:0' } });
const { db, clock, system } = test;
const { config } = system;
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'der' },
});
const dns: Record<string, string[][]> = {
  'k._domainkey.example.org TXT': [[`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`]],
  '_dmarc.example.org TXT': [['v=DMARC1; p=reject']],
};
const resolver = async (name: string, type: string) =>
  dns[`${name} ${type}`] ?? Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));

async function listening(protocol: 'smtp' | 'lmtp', database = db) {
  const { port, close } = await startInbound(
    { ...system, db: database, config: { ...config, inboundUrl: `${protocol}://127.0.0.1:0` } },
    resolver,
  );
  afterFile(close);
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true, lmtp: protocol === 'lmtp' });
  return async (to: string, raw: Buffer, from = '') => {
    const dkim = from ? { dkim: { domainName: 'example.org', keySelector: 'k', privateKey } } : {};
    await transport.sendMail({ envelope: { from, to }, raw, ...dkim });
  };
}
const bring = await listening('smtp');

let no = 0;
/** A message that was accepted. */
async function sent(address = `somebody-${++no}@example.net`): Promise<{ id: string; address: string; back: string }> {
  await enqueueSends(
    db,
    [{ cause: `sent:${++no}`, kind: 'a.test', personId: null, address, language: 'en', payload: {}, topic: 'announcements' }],
    clock(),
  );
  await deliverDue(system, { 'a.test': async () => ({ subject: 'A test', text: 'A test\n', html: '<p>A test</p>' }) });
  const { id } = await db
    .selectFrom('sends')
    .select('id')
    .where('address', '=', address)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return { id, address, back: bounceAddress(config.secret, 'reply.example.org', id) };
}
const suppressed = async (address: string) =>
  (await db.selectFrom('suppressions').select('reason').where('address', '=', address).executeTakeFirst())?.reason ?? null;
const stateOf = async (id: string) =>
  (await db.selectFrom('sends').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state;

const CORPUS: [string, Buffer, string | undefined][] = [
  [
    'Postfix, no such user',
    deliveryStatus({ status: '5.1.1', said: '550 5.1.1 <x>: Recipient address rejected: User unknown' }),
    'hard',
  ],
  ['a domain without a mail server', deliveryStatus({ status: '5.1.2', said: '550 Host unknown' }), 'hard'],
  [
    'a mailbox that is shut',
    deliveryStatus({ status: '5.2.1', said: '550 5.2.1 The email account that you tried to reach is disabled' }),
    'hard',
  ],
  ['Exchange, only 5.0.0, in words', deliveryStatus({ status: '5.0.0', said: '550 no such recipient' }), 'hard'],
  ['only 5.0.0, nothing said', deliveryStatus({ status: '5.0.0', said: '550 refused' }), 'unclear'],
  ['the status in the diagnosis alone', deliveryStatus({ status: 'unknown', said: '550 5.1.1 unknown' }), 'hard'],
  ['a full mailbox', deliveryStatus({ status: '5.2.2', said: '552 5.2.2 over quota' }), 'soft'],
  ['a full mailbox, for now', deliveryStatus({ status: '4.2.2', said: '452 4.2.2 mailbox full' }), 'soft'],
  ['a server that could not be reached for days', deliveryStatus({ status: '4.4.1', said: 'connect timed out' }), 'soft'],
  ['a message too large', deliveryStatus({ status: '5.2.3', said: '552 too large' }), 'soft'],
  ['what we are, refused', deliveryStatus({ status: '5.7.1', said: '550 5.7.1 blocked by policy' }), 'policy'],
  ['an unsigned message, refused', deliveryStatus({ status: '5.7.26', said: '550-5.7.26 unauthenticated' }), 'policy'],
  ['qmail, no such user', sentences('Sorry, no mailbox here by that name. 550 5.1.1 unknown user'), 'hard'],
  ['qmail, full', sentences('The users mailfolder is over the allowed quota (size).'), 'soft'],
  ['words that mean nothing to us', sentences('It went away.'), 'unclear'],
  ['a complaint', complaint(), 'complaint'],
  ['a complaint taken back', complaint({ type: 'not-spam' }), undefined],
  ['a delay', deliveryStatus({ status: '4.4.1', said: 'trying', action: 'delayed' }), undefined],
  ['a receipt', deliveryStatus({ status: '2.0.0', said: '250 ok', action: 'delivered' }), undefined],
  ['somebody who is away', absence(), undefined],
];

describe('R23 what came back', () => {
  it.each(CORPUS)('is read: %s', async (_name, raw, verdict) => {
    expect((await readReport(raw))?.verdict).toBe(verdict);
  });

  it('has the verdict of flufl.bounce, where that is here', async (context) => {
    const script = `
import sys, email, json
from flufl.bounce import all_failures
temporary, permanent = all_failures(email.message_from_bytes(sys.stdin.buffer.read()))
print(json.dumps([len(temporary), len(permanent)]))`;
    try {
      execFileSync('/usr/bin/python3', ['-c', 'import flufl.bounce'], { stdio: 'ignore' });
    } catch {
      return context.skip('python3-flufl.bounce is not here');
    }
    for (const [name, raw, verdict] of CORPUS) {
      const [temporary, permanent] = JSON.parse(execFileSync('/usr/bin/python3', ['-c', script], { input: raw }).toString()) as [
        number,
        number,
      ];
      if (verdict === undefined) expect([name, permanent]).toEqual([name, 0]);
      else if (name.startsWith('Postfix') || name.startsWith('a domain'))
        expect([name, permanent, temporary]).toEqual([name, 1, 0]);
    }
  });

  it('ends an address that does not exist, once, and marks the message', async () => {
    const one = await sent();
    const report = deliveryStatus({ status: '5.1.1', said: '550 5.1.1 User unknown' });
    await bring(one.back, report);
    await bring(one.back, report);
    expect([await stateOf(one.id), await suppressed(one.address)]).toEqual(['bounced', 'hard']);
    const kept = await db.selectFrom('bounces').selectAll().where('send_id', '=', one.id).execute();
    expect(kept.map(({ verdict, status, said }) => [verdict, status, said])).toEqual([
      ['hard', '5.1.1', '550 5.1.1 User unknown'],
    ]);
  });

  it('gives a full mailbox five times over seven days, and blames nobody for what we are', async () => {
    const address = 'full@example.net';
    for (let time = 1; time <= 5; time++) {
      await bring((await sent(address)).back, deliveryStatus({ status: '4.2.2', said: '452 full' }));
      expect(await suppressed(address)).toBe(time === 5 ? 'soft' : null);
      clock.advance({ hours: 48 });
    }
    const one = await sent();
    await bring(one.back, deliveryStatus({ status: '5.7.1', said: '550 5.7.1 policy' }));
    expect([await stateOf(one.id), await suppressed(one.address)]).toEqual(['bounced', null]);
  });

  it('ends every topic and the address of who complains', async () => {
    const one = await sent();
    await bring(one.back, complaint());
    expect(await suppressed(one.address)).toBe('complaint');
    const ended = await db.selectFrom('unsubscriptions').select(['topic', 'how']).where('address', '=', one.address).execute();
    expect(ended).toEqual([{ topic: 'announcements', how: 'complaint' }]);
    expect(await stateOf(one.id)).toBe('accepted');
  });

  it('is taken only at addresses that we gave out, by SMTP and by LMTP', async () => {
    const one = await sent();
    const forged = one.back.replace(/\.[0-9a-f]{20}@/, '.00000000000000000000@');
    await expect(bring(forged, deliveryStatus({ status: '5.1.1', said: '550' }))).rejects.toMatchObject({ responseCode: 550 });
    await expect(bring('anybody@reply.example.org', absence())).rejects.toMatchObject({ responseCode: 550 });
    expect(await suppressed(one.address)).toBe(null);
    const byLmtp = await listening('lmtp');
    await byLmtp(one.back, deliveryStatus({ status: '5.1.1', said: '550' }));
    expect(await suppressed(one.address)).toBe('hard');
  });

  it('stays with the server that brings it while it cannot be taken down', async () => {
    const one = await sent();
    const broken = {
      ...db,
      transaction: () => {
        throw new Error('no database');
      },
    } as unknown as typeof db;
    const brokenly = await listening('smtp', broken);
    await expect(brokenly(one.back, deliveryStatus({ status: '5.1.1', said: '550' }))).rejects.toMatchObject({
      responseCode: 451,
    });
  });
});

describe('R13 the answer of a calendar program', () => {
  it('counts when the domain of its sender stands for it, and is only kept when nobody does', async () => {
    const world = await registrationWorld(test);
    const slug = await world.openEvent();
    const address = 'guest@example.org';
    const personId = await world.person('Guest', address);
    await test.post(`/events/${slug}/registration`, { category: 'member' }, await test.signedIn(personId));
    await test.drain();
    const { rows } = await sql<{ uid: string; sequence: number; stamp: Temporal.Instant; event: string }>`
      select c.uid, c.sequence, c.stamp, r.event_id as event from calendar_entries c join registrations r on r.id = c.registration_id where c.address = ${address}`.execute(
      db,
    );
    const [entry] = rows;
    expect(rows.length).toBe(1);
    const to = replyAddress(config.secret, 'reply.example.org', entry?.event ?? '');
    const stamp = (entry?.stamp.toString() ?? '').replace(/[-:]/g, '').replace(/\.\d+/, '');
    const answer = (partstat: 'ACCEPTED' | 'DECLINED') =>
      googleReply({
        uid: entry?.uid ?? '',
        attendee: address,
        organizer: to,
        sequence: entry?.sequence ?? 0,
        stamp,
        partstat,
        from: address,
      });
    const verdicts = async () =>
      (await sql<{ verdict: string }>`select verdict from calendar_answers order by id`.execute(db)).rows.map(
        (row) => row.verdict,
      );
    await bring(to, answer('ACCEPTED'));
    await bring(to, answer('ACCEPTED'), address);
    expect(await verdicts()).toEqual(['unverified', 'counted']);
  });
});
