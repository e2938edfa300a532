import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { inTransaction } from '../../db/database.ts';
import type { Mail } from '../../emails/mailer.ts';
import { enqueueSends, type NewSend } from '../../server/sends/actions.ts';
import { slowDown } from '../../server/sends/claims.ts';
import type { System } from '../../server/system.ts';
import { deliverDue, type Renderers, stopDelivering, sweepSends } from '../../workers/sends.ts';
import { testApp } from '../support/app.ts';
import { type Behaviour, mailServer } from '../support/mail-server.ts';
import { until } from '../support/wait.ts';

const test = await testApp();
const { db, clock } = test;
const LETTER: Mail = { subject: 'A test', text: 'A test\n', html: '<p>A test</p>' };
const renderers: Renderers = {
  'a.test': async () => LETTER,
  'a.gone': async () => null,
  'a.fault': async () => Promise.reject(new Error('no')),
};

let no = 0;
async function enqueue(addresses: readonly string[], more: Partial<NewSend> = {}): Promise<void> {
  const sends = addresses.map((address) => ({
    cause: `test:${++no}`,
    kind: 'a.test',
    personId: null,
    address,
    language: 'en',
    payload: {},
    ...more,
  }));
  await enqueueSends(db, sends, clock());
}

/** The same system with a mail server of its own. */
async function at(behave?: (to: string) => Behaviour, settings: Partial<System['config']> = {}) {
  await db.deleteFrom('sends').execute();
  await db.deleteFrom('mail_domains').execute();
  const server = await mailServer(behave);
  return { server, system: { ...test.system, config: { ...test.system.config, smtpUrl: server.url, ...settings } } };
}

const states = async () =>
  Object.fromEntries(
    (await db.selectFrom('sends').select(['address', 'state']).orderBy('address').execute()).map((row) => [
      row.address,
      row.state,
    ]),
  );

async function mailing(more: Record<string, unknown> = {}): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into mailings (kind, name, reach, zone, state, schedule, planned_local, starts_at, started_at, topic)
    values ('announcement', 'A mailing', 'all', 'UTC', 'running', 'moment', now(), now(), now(), ${more.topic ?? null}) returning id`.execute(
    db,
  );
  return rows[0]?.id ?? '';
}
const addresses = (count: number, domain = 'example.org') => Array.from({ length: count }, (_, n) => `n${n}@${domain}`);

describe('the ledger', () => {
  it('R25 keeps what is enqueued if and only if its cause is kept', async () => {
    await at();
    const send = { cause: 'rolled back', kind: 'a.test', personId: null, address: 'a@example.org', language: 'en', payload: {} };
    await inTransaction(db, async (tx) => {
      await enqueueSends(tx, [send], clock());
      throw new Error('undone');
    }).catch(() => {});
    expect(await states()).toEqual({});
    expect(await enqueueSends(db, [send], clock())).toBe(1);
    expect(await enqueueSends(db, [send], clock())).toBe(0);
  });

  it('R28 tells accepted from refused, put off and unknown; what is unknown is tried again under the same Message-ID', async () => {
    let cut = true;
    const { server, system } = await at((to) => {
      if (to.startsWith('full')) return { code: 452, message: '4.2.2 mailbox full' };
      if (to.startsWith('nobody')) return { code: 550, message: '5.1.1 no such user' };
      return to.startsWith('cut') && cut ? 'drop' : 'ok';
    });
    await enqueue(['ok@example.org', 'full@example.org', 'nobody@example.org', 'cut@example.org']);
    await enqueue(['gone@example.org'], { kind: 'a.gone' });
    await enqueue(['fault@example.org'], { kind: 'a.fault' });
    await enqueue(['late@example.org'], { expiresAt: clock().subtract({ seconds: 1 }) });
    await deliverDue(system, renderers);
    expect(await states()).toEqual({
      'ok@example.org': 'accepted',
      'full@example.org': 'deferred',
      'nobody@example.org': 'failed',
      'cut@example.org': 'uncertain',
      'gone@example.org': 'cancelled',
      'fault@example.org': 'deferred',
      'late@example.org': 'cancelled',
    });
    cut = false;
    clock.advance({ minutes: 2 });
    await sweepSends(system, renderers);
    expect((await states())['cut@example.org']).toBe('accepted');
    const ids = server.received.filter(({ to }) => to.startsWith('cut')).map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1]);
    expect(ids.length).toBe(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('R24 asks who is suppressed or has enough of a topic when it sends, not before', async () => {
    const { server, system } = await at();
    const bulk = await mailing({ topic: 'announcements' });
    await enqueue(['Dead@example.org', 'Enough@example.org', 'glad@example.org'], { mailingId: bulk });
    await enqueue(['enough@example.org'], { cause: 'for themselves' });
    await sql`insert into suppressions (address, reason) values ('dead@example.org', 'hard') on conflict do nothing`.execute(db);
    await sql`insert into unsubscriptions (address, topic, how) values ('enough@example.org', 'announcements', 'page')`.execute(
      db,
    );
    await deliverDue(system, renderers);
    expect(await states()).toEqual({
      'Dead@example.org': 'suppressed',
      'Enough@example.org': 'suppressed',
      'enough@example.org': 'accepted',
      'glad@example.org': 'accepted',
    });
    expect(server.seen.toSorted()).toEqual(['enough@example.org', 'glad@example.org']);
  });

  it('R27 calls other workers while there is more to send than one worker can', async () => {
    const { system } = await at(undefined, { mailConnections: 1 });
    await enqueue(addresses(5).map((address, n) => address.replace('@', `@d${n}.`)));
    await db.deleteFrom('outbox').execute();
    const slow: Renderers = { 'a.test': () => new Promise((resolve) => setTimeout(() => resolve(LETTER), 400)) };
    const delivered = deliverDue(system, slow);
    const called = () => db.selectFrom('outbox').select('topic').executeTakeFirst();
    expect((await until('another worker is called', called))?.topic).toBe('sends.kick');
    expect(Object.values(await states())).toContain('queued');
    expect(await delivered).toBe(5);
  });

  it('R27 sends each once, however many deliver at the same time', async () => {
    const { server, system } = await at();
    await enqueue(addresses(100).map((address, n) => address.replace('@', `@d${n % 10}.`)));
    const others = Array.from({ length: 3 }, () => ({ ...system, config: { ...system.config } }));
    const sent = await Promise.all([system, ...others].map((one) => deliverDue(one, renderers)));
    expect(sent.reduce((sum, one) => sum + one, 0)).toBe(100);
    expect([server.received.length, new Set(server.received.map(({ to }) => to)).size]).toEqual([100, 100]);
  });

  it('is not held up by a server that never answers', async () => {
    const { server, system } = await at((to) => (to.startsWith('silent') ? 'hang' : 'ok'), { mailConnections: 4 });
    await enqueue(['silent-1@silent.example.org', 'silent-2@silent.example.org', 'silent-3@silent.example.org']);
    await enqueue(addresses(40));
    const delivery = deliverDue(system, renderers);
    await expect.poll(() => server.received.length, { timeout: 5000 }).toBe(40);
    expect((await states())['silent-1@silent.example.org']).toBe('sending');
    stopDelivering(system);
    server.cut();
    await delivery;
  });
});

describe('a mailing', () => {
  it('R30 stops when it is paused, goes on when it is resumed, and what was not sent when it is cancelled is never sent', async () => {
    const { server, system } = await at();
    const id = await mailing();
    const set = (state: string) =>
      sql`update mailings set state = ${state}, ended_at = case when ${state} = 'cancelled' then now() end where id = ${id}`.execute(
        db,
      );
    await set('paused');
    await enqueue(addresses(30), { mailingId: id });
    await enqueue(['asked-for@example.org']);
    await deliverDue(system, renderers);
    expect(server.received.map(({ to }) => to)).toEqual(['asked-for@example.org']);
    await set('running');
    await sql`update sends set not_before = ${clock().add({ hours: 1 })} where address like 'n2%'`.execute(db);
    await deliverDue(system, renderers);
    expect(server.received.length).toBe(20);
    await set('cancelled');
    clock.advance({ hours: 2 });
    await deliverDue(system, renderers);
    expect(server.received.length).toBe(20);
  });

  it('R29 is paced by domain: what is beyond the burst waits for its turn, and a 421 slows its domain alone', async () => {
    let slow = true;
    const { server, system } = await at(
      (to) => (slow && to.endsWith('@slow.example.org') ? { code: 421, message: '4.7.28 too much' } : 'ok'),
      {
        mailPerMinute: 60,
      },
    );
    const id = await mailing();
    await enqueue([...addresses(10), ...addresses(3, 'slow.example.org')], { mailingId: id });
    await deliverDue(system, renderers);
    expect(server.received.length).toBe(7);
    const { rows } = await sql<{ domain: string; rate: number; round: number }>`
      select domain, per_minute as rate, round from mail_domains order by domain`.execute(db);
    expect(rows).toEqual([
      { domain: 'example.org', rate: 60, round: 0 },
      { domain: 'slow.example.org', rate: 30, round: 1 },
    ]);
    slow = false;
    for (let second = 0; second < 5; second++) {
      clock.advance({ seconds: 1 });
      await deliverDue(system, renderers);
    }
    expect(server.received.length).toBe(10);
    clock.advance({ minutes: 3 });
    await deliverDue(system, renderers);
    expect(server.received.length).toBe(13);
  });

  it('R29 counts several 421 of the same moment once', async () => {
    const { system } = await at(undefined, { mailPerMinute: 60 });
    await Promise.all([1, 2, 3].map(() => slowDown(system.db, 'example.org', { now: clock(), perMinute: 60, said: '421' })));
    const { rows } = await sql<{ rate: number; round: number }>`select per_minute as rate, round from mail_domains`.execute(db);
    expect(rows).toEqual([{ rate: 30, round: 1 }]);
  });

  it('R36 pauses itself when more than one in twenty is refused, and tells its owner; or at once when we are refused', async () => {
    const { server, system } = await at((to) => (/^n\d*0@/.test(to) ? { code: 550, message: '5.1.1 no such user' } : 'ok'), {
      mailPerMinute: 100_000,
    });
    const { rows } = await sql<{ id: string }>`
      insert into people (name, email) values ('Owner', 'owner@example.org') on conflict do nothing returning id`.execute(db);
    const id = await mailing();
    await sql`update mailings set owner_id = ${rows[0]?.id} where id = ${id}`.execute(db);
    await enqueue(addresses(1000), { mailingId: id });
    await deliverDue(system, renderers);
    const state = await sql<{
      state: string;
      reason: string;
    }>`select state, paused_reason as reason from mailings where id = ${id}`.execute(db);
    expect(state.rows[0]?.state).toBe('paused');
    expect(server.seen.length).toBeGreaterThanOrEqual(100);
    expect(server.seen.length).toBeLessThan(250);
    await test.drain();
    expect((await test.mails('owner@example.org')).map(({ subject }) => subject)).toEqual(['Paused: A mailing']);

    const ours = await at(() => ({ code: 550, message: '5.7.26 this mail is unauthenticated' }));
    const other = await mailing();
    await enqueue(addresses(20), { mailingId: other });
    await deliverDue(ours.system, renderers);
    const after = await sql<{ state: string }>`select state from mailings where id = ${other}`.execute(db);
    expect([after.rows[0]?.state, ours.server.seen.length <= 15]).toEqual(['paused', true]);
  });
});

it('R33 takes nothing more up once it is to end, and leaves nothing half sent', async () => {
  const { server, system } = await at();
  await enqueue(addresses(500));
  const delivery = deliverDue(system, renderers);
  await expect.poll(() => server.received.length).toBeGreaterThan(10);
  stopDelivering(system);
  await delivery;
  const left = await sql<{ n: number }>`select count(*)::int as n from sends where state = 'sending'`.execute(db);
  const accepted = await sql<{ n: number }>`select count(*)::int as n from sends where state = 'accepted'`.execute(db);
  expect([left.rows[0]?.n, accepted.rows[0]?.n]).toEqual([0, server.received.length]);
  expect(server.received.length).toBeLessThan(500);
});
