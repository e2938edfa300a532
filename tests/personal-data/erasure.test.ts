import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { HOLDINGS } from '../../server/personal-data/holdings.ts';
import { makeWorld } from '../access/world.ts';
import { testApp } from '../support/app.ts';

const test = await testApp();
const { db, storage } = test.system;
const { things } = await makeWorld(test.system);

const NAME = 'Unmistakable Participant';
const ADDRESS = 'unmistakable@example.org';
const SAID = 'unmistakable words of an answer';
const KEY = '01890000-0000-7000-8000-0000000e5a5e';

const id = async (query: ReturnType<typeof sql<{ id: string }>>) => (await query.execute(db)).rows[0]?.id ?? '';

/** Somebody who did whatever leaves a trace, in an event that is over. */
async function somebody(): Promise<string> {
  const personId = await id(sql`insert into people (name, email, gender) values (${NAME}, ${ADDRESS}, 'woman') returning id`);
  const p = personId;
  await sql`insert into sign_in_addresses (address, person_id) values (${ADDRESS}, ${p})`.execute(db);
  await sql`insert into sign_in_links (token_hash, address, expires_at) values ('\\x01', ${ADDRESS}, now())`.execute(db);
  await sql`insert into affiliations (person_id, organisation_id, title, known_as)
    select ${p}, id, 'Unmistakable Participant of the council', ${NAME} from organisations where slug = 'own-city'`.execute(db);
  await sql`insert into changes (feature, row_id, action, after)
    select 'organisations', id, 'personAdded', ${JSON.stringify({ name: NAME, email: ADDRESS })}::jsonb from organisations where slug = 'own-city'`.execute(
    db,
  );
  await sql`update events set starts_at = now() - interval '9 days', ends_at = now() - interval '8 days' where slug = 'own-event'`.execute(
    db,
  );
  const registration = await id(sql`
    insert into registrations (event_id, person_id, category_id, state, pool_ids, currency, reference, confirmed_at, answers, contact_email, reason)
    select e.id, ${p}, c.id, 'confirmed', '{}', 'EUR', 'GONE-1', now(), ${JSON.stringify({ a: SAID })}::jsonb, ${ADDRESS}, ${SAID}
    from events e join categories c on c.event_id = e.id where e.slug = 'own-event' limit 1 returning id`);
  await sql`insert into changes (feature, row_id, action, before) values ('registrations', ${registration}, 'changed', ${JSON.stringify({ a: SAID })}::jsonb)`.execute(
    db,
  );
  await sql`insert into files (key, owner_kind, owner_id, item_key, name, media_type, bytes, sha256)
    values (${KEY}, 'registration', ${registration}, 'letter', 'unmistakable.pdf', 'application/pdf', 4, sha256('%PDF'::bytea))`.execute(
    db,
  );
  await storage.put(KEY, Readable.from(['%PDF']));
  await sql`insert into payments (registration_id, amount, currency, received_on) values (${registration}, 5000, 'EUR', '2026-01-10')`.execute(
    db,
  );
  for (const [cause, state] of [
    ['erasure-1', 'accepted'],
    ['erasure-2', 'queued'],
  ] as const)
    await sql`insert into sends (cause, kind, person_id, address, language, payload, domain_key, state, accepted_at, ended_at, smtp_response)
      values (${cause}, 'a.test', ${p}, ${ADDRESS}, 'en', ${JSON.stringify({ name: NAME })}::jsonb, 'example.org', ${state},
        case when ${state} = 'accepted' then now() end, case when ${state} = 'accepted' then now() end, ${`250 ${ADDRESS} ok`})`.execute(
      db,
    );
  await sql`insert into calendar_entries (uid, address, registration_id, method, sequence, stamp, substance, wording)
    values ('unmistakable', ${ADDRESS}, ${registration}, 'REQUEST', 0, now(), 's', 'w')`.execute(db);
  const invitation = await id(sql`
    insert into invitations (event_id, person_id) select id, ${p} from events where slug = 'own-event' returning id`);
  await sql`insert into invitation_answers (invitation_id, answer, note) values (${invitation}, 'declined', ${SAID})`.execute(db);
  await sql`insert into unsubscriptions (address, topic, how) values (${ADDRESS}, 'announcements', 'page')`.execute(db);
  await sql`insert into session_speakers (session_id, person_id, name, organisation, role, position)
    select ${things.session}::uuid, ${p}, ${NAME}, 'Unmistakable Participant & co', 'speaker', 99`.execute(db);
  await sql`insert into documents (kind, code, event_id, registration_id, person_id, language, recipient, content, issued_at, issued_by)
    select 'attendance', '0123456789AB', id, ${registration}, ${p}, 'en', ${NAME}, ${JSON.stringify({ recipient: NAME, body: `We say that ${NAME} was there.` })}::jsonb, now(), ${p}
    from events where slug = 'own-event'`.execute(db);
  // In what is another's: mails for somebody without an address went to them, they came in by a table, and gave a place away.
  await sql`update registrations set contact_email = 'Unmistakable@example.org' where reference = 'OWN-W'`.execute(db);
  await sql`insert into imports (kind, file_name, rows, created_by)
    values ('people', 'people.csv', ${JSON.stringify({ rows: [{ name: NAME, email: ADDRESS }], ignored: [] })}::jsonb, ${p})`.execute(
    db,
  );
  await sql`insert into replacements (registration_id, from_person_id, to_person_id)
    select id, ${p}, person_id from registrations where reference = 'OWN-1'`.execute(db);
  await sql`insert into changes (feature, row_id, action, after, at)
    select 'registrations', id, 'answered', ${JSON.stringify({ a: SAID })}::jsonb, now() - interval '1 hour' from registrations where reference = 'OWN-1'`.execute(
    db,
  );
  await sql`insert into changes (feature, row_id, action, after, at)
    select 'registrations', id, 'answered', '{"a": "words of who came after"}', now() + interval '1 hour' from registrations where reference = 'OWN-1'`.execute(
    db,
  );
  return personId;
}

/** The tables in which a text is found, whatever the column. */
async function whereIs(needle: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'kysely%' order by 1`.execute(db);
  const found: string[] = [];
  for (const { name } of rows) {
    const { rows: hits } = await sql`select from ${sql.table(name)} x where x::text ilike ${`%${needle}%`} limit 1`.execute(db);
    if (hits.length > 0) found.push(name);
  }
  return found;
}

const TRACES = [
  'affiliations',
  'calendar_entries',
  'changes',
  'documents',
  'files',
  'imports',
  'invitation_answers',
  'people',
  'registrations',
  'sends',
  'session_speakers',
  'sign_in_addresses',
  'sign_in_links',
  'unsubscriptions',
];

describe('being erased', () => {
  it('leaves no name, no address and no word, whatever the table; what counts without a name stays', async () => {
    const personId = await somebody();
    const who = await test.signedIn(personId);
    expect(await whereIs('unmistakable')).toEqual(TRACES);
    expect((await test.get('/account/data', who)).body).toContain('Registrations, files and payments');
    // Nothing of whoever holds their former place is theirs to read, and what they said there themselves is.
    const data = (await test.get('/account/data.json', who)).body;
    expect([data.includes('words of who came after'), data.match(/unmistakable words of an answer/g)?.length]).toEqual([
      false,
      5,
    ]);
    const asked = await test.get('/account/erasure', who);
    expect([asked.statusCode, asked.body.includes('Erase for good')]).toEqual([200, true]);
    const gone = await test.post('/account/erasure', {}, who);
    expect([gone.statusCode, gone.headers.location]).toEqual([303, '/events?done=erased']);

    // The address that wanted no more mail is kept, so that none is sent to it.
    expect(await whereIs('unmistakable')).toEqual(['unsubscriptions']);
    expect(await whereIs('words of who came after')).toEqual(['changes']);
    const paper = await sql`select content from documents where person_id = ${personId}`.execute(db);
    expect(paper.rows).toEqual([{ content: { recipient: '—', body: 'We say that — was there.' } }]);
    expect((await test.get('/account', who)).statusCode).toBe(303);
    await expect(storage.get(KEY)).rejects.toThrow();
    const { rows } = await sql`
      select r.state, p.name, (select count(*)::int from payments y where y.registration_id = r.id) as payments,
        (select array_agg(s.state order by s.cause) from sends s where s.person_id = p.id) as sends
      from people p join registrations r on r.person_id = p.id where p.id = ${personId}`.execute(db);
    expect(rows).toEqual([{ state: 'confirmed', name: '—', payments: 1, sends: ['accepted', 'cancelled'] }]);
    expect((await sql`select action from changes where row_id = ${personId} and action = 'erased'`.execute(db)).rows).toEqual([
      { action: 'erased' },
    ]);
  });

  it('is refused in words while they are registered for what is not over, and to the last administrator', async () => {
    const registered =
      (
        await sql<{ person: string }>`
      select r.person_id as person from registrations r join events e on e.id = r.event_id
      where e.slug = 'other-event' or r.state = 'waiting' limit 1`.execute(db)
      ).rows[0]?.person ?? '';
    await sql`update events set starts_at = now() + interval '8 days', ends_at = now() + interval '9 days' where slug = 'own-event'`.execute(
      db,
    );
    const who = await test.signedIn(registered);
    expect((await test.get('/account/erasure', who)).body).toContain('Give it back first');
    expect((await test.post('/account/erasure', {}, who)).statusCode).toBe(409);

    await sql`update roles set revoked_at = now() where role = 'admin' and id <> (select min(id::text)::uuid from roles where role = 'admin')`.execute(
      db,
    );
    const admin =
      (await sql<{ id: string }>`select person_id as id from roles where role = 'admin' and revoked_at is null`.execute(db))
        .rows[0]?.id ?? '';
    const answer = await test.send('PUT', '/api/account/erasure', undefined, await test.bearer(admin));
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'last-admin']);
  });

  it('is done for somebody by administrators alone, who can hand over the data before', async () => {
    const personId = await id(sql`insert into people (name, email) values ('Somebody Else', 'else@example.org') returning id`);
    const secretariat =
      (
        await sql<{
          id: string;
        }>`select person_id as id from roles where role = 'secretariat' and revoked_at is null limit 1`.execute(db)
      ).rows[0]?.id ?? '';
    const admin =
      (await sql<{ id: string }>`select person_id as id from roles where role = 'admin' and revoked_at is null`.execute(db))
        .rows[0]?.id ?? '';
    expect((await test.post(`/people/${personId}/erasure`, {}, await test.signedIn(secretariat))).statusCode).toBe(404);
    const who = await test.bearer(admin);
    const held = await test.get(`/api/people/${personId}/data`, who);
    expect(held.json().people).toEqual([expect.objectContaining({ name: 'Somebody Else', email: 'else@example.org' })]);
    expect((await test.send('PUT', `/api/people/${personId}/erasure`, undefined, who)).json()).toEqual({ erased: true });
    expect((await test.get(`/api/people/${personId}/data`, who)).statusCode).toBe(404);
    expect(await whereIs('else@example.org')).toEqual([]);
  });
});

describe('what is held of people', () => {
  it('is declared for every table that points to a person or an address, or said to be of their office alone', async () => {
    const { rows } = await sql<{ name: string }>`
      select distinct c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and (c.column_name in ('person_id', 'address', 'contact_email', 'substitute_address', 'sender')
        or c.table_name = 'people') order by 1`.execute(db);
    const declared = new Set(HOLDINGS.map(({ table }) => table));
    // What these say is that somebody was there, in ids alone; of an event's address, where it takes place.
    const IDS_ALONE = ['assignments', 'check_in_steps', 'document_presences', 'events'];
    expect(rows.map(({ name }) => name).filter((name) => !declared.has(name))).toEqual(IDS_ALONE);
  });
});
