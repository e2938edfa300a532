import { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { createApiToken, startSignIn } from '../../server/accounts/actions.ts';
import { feedToken, makeFeed } from '../../server/calendars/feed-actions.ts';
import { reportOf } from '../../server/reports/report.ts';
import { markOf } from '../../server/sends/marks.ts';
import type { System } from '../../server/system.ts';
import { hashToken } from '../../server/tokens.ts';
import { makeActivities } from './activities.ts';
import { AUDIENCES, type Audience, affiliate, newPerson } from './audiences.ts';
import { makeDocuments } from './documents.ts';
import { makeDoor } from './door.ts';
import { newCall, newEntry, newEvaluation, newForm } from './forms.ts';
import { makeMailings } from './mailings.ts';
import { makeAssembly, makeProgramme } from './programme.ts';
import { makeStudyVisits } from './study-visits.ts';

/** Ids and slugs of one of each thing, by the name with which an address asks for it. */
export type Things = Record<string, string>;

export interface Knocker {
  cookie: string;
  authorization: string;
}

export interface World {
  things: Things;
  who: Record<Exclude<Audience, 'N'>, Knocker>;
}

/** One network with its event, city, contact and participant, another network with others, and one person of every kind. */
export async function makeWorld(system: System): Promise<World> {
  const { db, clock, storage, config } = system;
  const one = async (query: ReturnType<typeof sql<{ id: string }>>) => (await query.execute(db)).rows[0]?.id ?? '';
  const network = await one(sql`insert into networks (slug, name) values ('own-network', '{"en":"Own network"}') returning id`);
  const other = await one(sql`insert into networks (slug, name) values ('other-network', '{"en":"Other network"}') returning id`);
  const city = await newCity(db, 'own-city', network);
  const rival = await newCity(db, 'other-city', other);
  const people = new Map<Audience, string>();
  for (const [key, words] of AUDIENCES.slice(1)) people.set(key, await newPerson(db, key, words));
  const person = (key: Audience) => people.get(key) ?? '';
  await affiliate(db, person('M'), city, false);
  await affiliate(db, person('C'), city, true);
  await affiliate(db, person('c'), rival, true);
  const event = await newEvent(db, 'own-event', network);
  const elsewhere = await newEvent(db, 'other-event', other);
  for (const [key, role, scope] of [
    ['O', 'organiser', event.id],
    ['o', 'organiser', elsewhere.id],
    ['K', 'coordinator', network],
    ['k', 'coordinator', other],
    ['S', 'secretariat', null],
    ['A', 'admin', null],
    ['X', 'admin', null],
  ] as const)
    await sql`insert into roles (person_id, role, scope_id) values (${person(key)}, ${role}, ${scope})`.execute(db);
  const registration = await one(sql`
    insert into registrations (event_id, person_id, organisation_id, category_id, state, pool_ids, amount, currency, reference, confirmed_at)
    values (${event.id}, ${person('M')}, ${city}, ${event.category}, 'confirmed', array[${event.pool}::uuid], 100, 'EUR', 'OWN-1', now()) returning id`);
  await sql`update places set registration_id = ${registration} where pool_id = ${event.pool} and no = 1`.execute(db);
  const newcomer = await newPerson(db, 'n', 'somebody who is to come');
  await affiliate(db, newcomer, city, false);
  const affiliation = await one(sql`select id from affiliations where person_id = ${newcomer}`);

  const send = await one(sql`
    insert into sends (cause, kind, address, language, payload, domain_key, state, ended_at, topic)
    values ('access', 'a.test', 'refused@example.org', 'en', '{}', 'example.org', 'failed', now(), 'announcements') returning id`);
  await sql`insert into suppressions (address, reason) values ('dead@example.org', 'operator')`.execute(db);
  const payment = await one(sql`
    insert into payments (registration_id, amount, currency, received_on) values (${registration}, 50, 'EUR', '2026-01-10') returning id`);
  const bulk = await one(sql`
    insert into bulks (id, event_id, action, created_by, created_at, ended_at)
    values (uuid_v7(), ${event.id}, 'cancel', ${person('S')}, now(), now()) returning id`);
  const waiting = await one(sql`
    insert into waitings (event_id, party_size, pool_ids) values (${event.id}, 1, array[${event.pool}::uuid]) returning id`);
  const waiter = await newPerson(db, 'w', 'somebody who waits');
  await sql`
    insert into registrations (event_id, person_id, category_id, state, pool_ids, currency, reference, waiting_id)
    values (${event.id}, ${waiter}, ${event.category}, 'waiting', array[${event.pool}::uuid], 'EUR', 'OWN-W', ${waiting})`.execute(
    db,
  );
  await sql`insert into offers (waiting_id, expires_at) values (${waiting}, now() + interval '1 day')`.execute(db);
  await sql`insert into released_years (year, report, released_at) values (2026, ${JSON.stringify(await reportOf(db, { year: 2026, networkId: null }, Temporal.Now.instant()))}::jsonb, now())`.execute(
    db,
  );
  await sql`insert into fees (organisation_id, year, paid_on) values (${city}, 2026, '2026-02-01')`.execute(db);
  const { form, formVersion } = await newForm(db, person('O'));
  await sql`update events set form_id = ${form} where id = ${event.id}`.execute(db);
  const rows = JSON.stringify({ rows: [], ignored: [] });
  const imported = await one(sql`
    insert into imports (kind, file_name, rows, created_by) values ('organisations', 'cities.csv', ${rows}::jsonb, ${person('S')}) returning id`);
  const importedPeople = await one(sql`
    insert into imports (kind, file_name, rows, created_by) values ('people', 'people.csv', ${rows}::jsonb, ${person('S')}) returning id`);
  const colleague = await newPerson(db, 'r', 'a colleague of the secretariat');
  const role = await one(sql`insert into roles (person_id, role) values (${colleague}, 'secretariat') returning id`);
  const confirmation = 'c'.repeat(43);
  const draft = await one(sql`
    insert into registrations (event_id, person_id, category_id, state, pool_ids, currency, reference)
    values (${event.id}, ${newcomer}, ${event.category}, 'draft', array[${event.pool}::uuid], 'EUR', 'OWN-2') returning id`);
  await sql`
    insert into registration_links (token_hash, registration_id, purpose, expires_at)
    values (${hashToken(confirmation)}, ${draft}, 'confirm', now() + interval '1 hour')`.execute(db);

  const manageLink = 'm'.repeat(43);
  await sql`
    insert into registration_links (token_hash, registration_id, purpose, expires_at)
    values (${hashToken(manageLink)}, ${registration}, 'manage', now() + interval '1 hour')`.execute(db);
  const file = await one(sql`
    insert into files (key, owner_kind, owner_id, item_key, name, media_type, bytes, sha256)
    values ('01890000-0000-7000-8000-00000000f11e', 'registration', ${registration}, 'letter', 'letter.pdf', 'application/pdf', 4, sha256('%PDF'::bytea)) returning id`);
  await storage.put('01890000-0000-7000-8000-00000000f11e', Readable.from(['%PDF']));

  const delegation = await one(sql`
    insert into delegations (event_id, organisation_id, reference) values (${event.id}, ${city}, 'OWN-3') returning id`);
  const delegationFile = await one(sql`
    insert into files (key, owner_kind, owner_id, item_key, name, media_type, bytes, sha256)
    values ('01890000-0000-7000-8000-00000000f11f', 'delegation', ${delegation}, 'letter', 'letter.pdf', 'application/pdf', 4, sha256('%PDF'::bytea)) returning id`);
  await storage.put('01890000-0000-7000-8000-00000000f11f', Readable.from(['%PDF']));
  const draftOfDelegation = await one(sql`
    insert into delegation_drafts (event_id, organisation_id, person_id, content, submitted_at, result) values
      (${event.id}, ${city}, ${person('C')}, '{}', now(), ${JSON.stringify({ delegationId: delegation, outcomes: [] })}::jsonb) returning id`);

  const evaluation = await newEvaluation(db, event.id, person('O'));
  const asking = 'q'.repeat(43);
  await sql`
    insert into askings (questionnaire_id, person_id, token_hash, asked_on)
    values (${evaluation.open}, ${person('M')}, ${hashToken(asking)}, '2026-06-01')`.execute(db);
  const call = await newCall(db, 'own-call');
  const entry = await newEntry(db, call, city, 'DRAFTS', 'draft', person('C'));
  const submitted = await newEntry(db, call, city, 'SUBMTD', 'submitted', person('C'));
  const entryFile = await one(sql`
    insert into files (key, owner_kind, owner_id, item_key, name, media_type, bytes, sha256)
    values ('01890000-0000-7000-8000-00000000e17e', 'entry', ${entry}, 'letter', 'letter.pdf', 'application/pdf', 4, sha256('%PDF'::bytea)) returning id`);
  await storage.put('01890000-0000-7000-8000-00000000e17e', Readable.from(['%PDF']));
  const exception = await one(sql`
    insert into entry_exceptions (call_id, organisation_id, rule, reason) values (${call}, ${city}, 'fee', 'On its way') returning id`);

  const judged = await newEntry(db, call, city, 'JUDGED', 'submitted', person('C'));
  const judgedFile = await one(sql`
    insert into files (key, owner_kind, owner_id, item_key, name, media_type, bytes, sha256)
    values ('01890000-0000-7000-8000-00000000e17f', 'entry', ${judged}, 'letter', 'letter.pdf', 'application/pdf', 4, sha256('%PDF'::bytea)) returning id`);
  await storage.put('01890000-0000-7000-8000-00000000e17f', Readable.from(['%PDF']));
  await sql`insert into jury_members (call_id, person_id, organisation_id) values (${call}, ${person('c')}, ${rival})`.execute(
    db,
  );
  await sql`insert into conflict_declarations (call_id, person_id, organisation_id, reason) values (${call}, ${person('c')}, ${rival}, 'Mine')`.execute(
    db,
  );
  await sql`insert into feedback_letters (entry_id, call_id, text) values (${judged}, ${call}, '{"en":"Well done."}')`.execute(
    db,
  );
  await sql`insert into assignments (entry_id, person_id, call_id, published_at) values (${judged}, ${person('c')}, ${call}, now())`.execute(
    db,
  );
  await sql`insert into rankings (call_id, number, seed, chosen, input, input_hash, result)
    values (${call}, 1, 1, 3, '{}', encode(sha256('{}'::bytea), 'hex'), '{}')`.execute(db);
  await sql`insert into rounds (call_id, number, kind) values (${call}, 2, 'final')`.execute(db);
  const decided = await newCall(db, 'decided-call');
  await sql`update calls set results_published_at = now() where id = ${decided}`.execute(db);
  await sql`insert into decisions (call_id, kind, reasons) values (${decided}, 'void', '{"en":"None was good enough."}')`.execute(
    db,
  );
  const shared = await newCall(db, 'shared-call');
  await sql`update calls set kind = 'experiences', event_id = ${event.id}, results_published_at = now() where id = ${shared}`.execute(
    db,
  );
  const decision = await one(sql`
    insert into decisions (call_id, entry_id, organisation_id, kind) values (${call}, ${judged}, ${city}, 'mention') returning id`);

  const named = await one(sql`
    insert into questionnaires (event_id, title, privacy, form_id, form_version_id, zone, opened_at)
    select event_id, title, 'named', form_id, form_version_id, zone, now() from questionnaires where id = ${evaluation.open} returning id`);
  const namedAsking = await one(sql`
    insert into askings (questionnaire_id, person_id, token_hash, asked_on, answered)
    values (${named}, ${person('M')}, sha256('named'::bytea), '2026-06-01', true) returning id`);
  await sql`insert into named_answers (asking_id, questionnaire_id, answers, answered_on) values (${namedAsking}, ${named}, '{"nps": 9}', '2026-06-02')`.execute(
    db,
  );
  const assessment = await one(sql`
    insert into questionnaires (kind, title, privacy, form_id, zone, year)
    select 'self-assessment', title, 'named', form_id, zone, 2031 from questionnaires where id = ${evaluation.draft} returning id`);
  const report = 'r'.repeat(43);
  const share = await one(sql`
    insert into questionnaire_shares (questionnaire_id, token_hash) values (${evaluation.settled}, ${hashToken(report)}) returning id`);
  const text = await one(sql`
    insert into answer_texts (questionnaire_id, item_key, text) values (${evaluation.settled}, 'words', 'Good') returning id`);

  const who = {} as World['who'];
  for (const [key, id] of people) {
    if (key === 'N') continue;
    who[key] = {
      cookie: `convivium=${await startSignIn(db, id, 'a test', clock())}`,
      authorization: `Bearer ${await createApiToken(db, id, 'a test', clock())}`,
    };
  }
  await sql`update sign_ins set ended_at = now() where person_id = ${person('X')}`.execute(db);
  await sql`update api_tokens set revoked_at = now() where person_id = ${person('X')}`.execute(db);
  const feed = await makeFeed(db, config.secret, person('M'), { kind: 'registrations', name: 'Phone' }, clock());
  const things: Things = {
    event: 'own-event',
    eventId: event.id,
    organisation: 'own-city',
    organisationId: city,
    network: 'own-network',
    networkId: network,
    registration,
    person: newcomer,
    member: person('M'),
    affiliation,
    secretary: person('S'),
    organiser: person('O'),
    payment,
    send,
    wayOut: markOf(config.secret, 'unsubscribe', send),
    suppressed: 'dead@example.org',
    bulk,
    waiting,
    role,
    colleague,
    form,
    formVersion,
    fileItem: 'letter',
    import: imported,
    importedPeople,
    signIn: await one(sql`select id from sign_ins where person_id = ${person('M')}`),
    apiToken: await one(sql`select id from api_tokens where person_id = ${person('M')}`),
    confirmation,
    questionnaire: evaluation.settled,
    openQuestionnaire: evaluation.open,
    namedQuestionnaire: named,
    namedAsking,
    assessment,
    share,
    report,
    text,
    draftQuestionnaire: evaluation.draft,
    asking,
    manageLink,
    delegationFile,
    draftOfDelegation,
    file,
    call: 'own-call',
    entry,
    submitted,
    entryLanguage: 'fr',
    entryFile,
    exception,
    judged,
    judgedCode: 'JUDGED',
    declaredCity: 'other-city',
    judgedFile,
    juror: person('c'),
    me: 'me',
    decision,
    decidedCall: 'decided-call',
    sharedCall: 'shared-call',
    ...(await makeMailings(db, config.secret, { event: event.id, network, guest: newcomer, audience: person('M') })),
    ...(await makeActivities(system, { city, by: person('C') })),
    ...(await makeDoor(db, config.secret, { event: event.id, registration, guest: person('M'), by: person('S') })),
    feed,
    feedToken: feedToken(config.secret, feed),
    ...(await makeProgramme(db, storage, event.id)),
    ...(await makeStudyVisits(db, { event: event.id, registration, person: person('C'), city, rival })),
    ...(await makeAssembly(db, storage, { event: event.id, city, delegate: person('M') })),
    ...(await makeDocuments(system, { event: event.id, registration, person: person('M'), judged, by: person('S') })),
  };
  return { things, who };
}

async function newCity(db: Db, slug: string, networkId: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with made as (insert into organisations (slug, name, country, zone) values (${slug}, ${slug}, 'ES', 'Europe/Madrid') returning id),
      placed as (insert into organisation_networks (organisation_id, network_id) select id, ${networkId}::uuid from made)
    select id from made`.execute(db);
  return rows[0]?.id ?? '';
}

async function newEvent(db: Db, slug: string, networkId: string): Promise<{ id: string; pool: string; category: string }> {
  const { rows } = await sql<{ id: string }>`
    insert into events (slug, kind, title, languages, default_language, zone, starts_local, ends_local, starts_at, ends_at, network_id,
      registration_opens_at, published_at)
    values (${slug}, 'congress', '{"en":"Congress"}', '{en}', 'en', 'UTC', '2090-05-26 09:00', '2090-05-29 18:00', '2090-05-26T09:00Z',
      '2090-05-29T18:00Z', ${networkId}, '2020-01-01T00:00Z', now()) returning id`.execute(db);
  const id = rows[0]?.id ?? '';
  const pools = await sql<{
    id: string;
  }>`insert into pools (event_id, kind, capacity) values (${id}, 'event', 5) returning id`.execute(db);
  const pool = pools.rows[0]?.id ?? '';
  await sql`insert into places (pool_id, no) select ${pool}, generate_series(1, 5)`.execute(db);
  const categories = await sql<{ id: string }>`
    insert into categories (event_id, key, name, position) values (${id}, 'member', '{"en":"Member"}', 0) returning id`.execute(
    db,
  );
  return { id, pool, category: categories.rows[0]?.id ?? '' };
}
