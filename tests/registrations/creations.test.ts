import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { inTransaction } from '../../db/database.ts';
import { findOrCreatePerson } from '../../server/accounts/actions.ts';
import { grantRole } from '../../server/accounts/roles.ts';
import { testApp } from '../support/app.ts';

const test = await testApp();
const { db, clock } = test;
const reader = { name: 'Secretariat', email: 'secretariat@example.org', language: 'en', zone: 'Europe/Madrid' };
const secretariat = await inTransaction(db, (tx) => findOrCreatePerson(tx, reader, null));
await grantRole(db, null, secretariat, { role: 'secretariat', scopeId: null });
const token = await test.bearer(secretariat);
const year = clock().toZonedDateTimeISO('UTC').year + 1;

// As a process that dies between what it did and its answer: the last statement of the request fails.
await sql`
  create function dies() returns trigger language plpgsql as $$ begin
    if exists (select from dying) then raise exception 'the process died'; end if; return new; end $$`.execute(db);
await sql`create table dying (n int)`.execute(db);
await sql`create trigger dies before update of status on idempotency_keys for each row when (new.status is not null) execute function dies()`.execute(
  db,
);
const dying = () => sql`insert into dying values (1)`.execute(db);
const living = () => sql`delete from dying`.execute(db);

const event = {
  kind: 'congress',
  title: { en: 'Congress' },
  languages: ['en'],
  zone: 'Europe/Madrid',
  starts: `${year}-05-26T09:00`,
  ends: `${year}-05-29T18:00`,
  registrationOpens: `${year - 2}-01-15T09:00`,
  categories: [{ key: 'member', name: { en: 'Member' } }],
};
const { slug } = (await test.send('POST', '/api/events', event, token)).json<{ slug: string }>();
await test.send('PUT', `/api/events/${slug}/publication`, {}, token);

const creations: [what: string, path: string, body: () => object, rows: string][] = [
  [
    'an organisation',
    '/api/organisations',
    () => ({ name: `City no. ${no}`, country: 'ES', zone: 'Europe/Madrid' }),
    'organisations',
  ],
  ['an event', '/api/events', () => event, 'events'],
  ['a registration', `/api/events/${slug}/registrations`, () => ({ category: 'member' }), 'registrations'],
];
let no = 0;
let headers: Record<string, string>;
beforeEach(() => {
  headers = { ...token, 'idempotency-key': `key ${++no}` };
});
const count = async (table: string) =>
  Number((await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db)).rows[0]?.n);

describe.each(creations)('%s that is asked for twice under one key', (_what, path, body, rows) => {
  const ask = () => test.send('POST', path, body(), headers);

  it('is not made again when its maker died before the answer, and whoever asks is told', async () => {
    const before = await count(rows);
    await dying();
    expect((await ask()).statusCode).toBe(500);
    await living();
    expect((await ask()).json()).toMatchObject({ status: 409, code: 'inProgress' });
    clock.advance({ seconds: 61 });
    expect((await ask()).json()).toMatchObject({ status: 409, code: 'answerLost' });
    expect(await count(rows)).toBe(before + 1);
  });

  it('would be tried again, were that not written in the same transaction', async () => {
    await db.deleteFrom('registrations').execute();
    await dying();
    await ask();
    await living();
    await sql`update idempotency_keys set done_at = null where key = ${headers['idempotency-key']}`.execute(db);
    clock.advance({ seconds: 61 });
    expect((await ask()).json()).not.toMatchObject({ code: 'answerLost' });
  });

  it('is made again when it was not made, because it was wrong', async () => {
    await db.deleteFrom('registrations').execute();
    expect((await test.send('POST', path, {}, headers)).statusCode).toBe(422);
    expect((await ask()).statusCode).toBe(201);
    const again = await ask();
    expect([again.statusCode, again.headers['idempotency-replayed']]).toEqual([201, 'true']);
  });
});
