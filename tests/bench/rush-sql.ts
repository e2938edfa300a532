import 'temporal-polyfill/global';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import { connect, type Database } from '../../db/database.ts';
import { viewerByToken } from '../../server/accounts/queries.ts';
import { admit } from '../../server/registrations/admission.ts';
import { eventContext } from '../../server/registrations/context.ts';
import { hashToken } from '../../server/tokens.ts';

// The statements of a registration, sent straight to PostgreSQL without HTTP: what the product is measured against. The texts and
// parameters are recorded from the product's own functions for one person, so they cannot drift from what it sends; then they are
// sent for everybody with their own values in place. Arguments: database URL, file of people. Prints registrations a second.

const [url, file] = process.argv.slice(2);
const CLIENTS = 200;
const { slug, people } = JSON.parse(readFileSync(file ?? '', 'utf8')) as {
  slug: string;
  people: { person: string; organisation: string; token: string }[];
};
// The same way to the database as the product has: prepared statements, short reads on a shared connection.
const { db: straight, pool } = connect(url ?? '', Math.max(6, 3 * availableParallelism()));

const recorded: { sql: string; parameters: readonly unknown[] }[] = [];
const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }), log: (event) => void recorded.push(event.query) });
const sample = people.pop();
if (!sample) throw new Error('nobody to register');
await viewerByToken(db, hashToken(sample.token));
const event = await eventContext(db, slug, sample.organisation, [sample.person]);
const category = event.categories[0];
if (!category) throw new Error('no category');
await admit(db, {
  event,
  mode: 'together',
  members: [{ personId: sample.person, category, answers: {} }],
  actor: sample.person,
  now: Temporal.Now.instant(),
});

const prefix = slug.slice(0, 6);
let made = 0;
const register = async (who: (typeof people)[number]) => {
  for (const { sql, parameters } of recorded)
    await straight.executeQuery(
      CompiledQuery.raw(
        sql,
        parameters.map((value) => own(value, who)),
      ),
    );
};

// The sample's values, wherever they stand, become this person's.
function own(value: unknown, who: (typeof people)[number]): unknown {
  if (Buffer.isBuffer(value)) return hashToken(who.token);
  if (Array.isArray(value)) return value.map((item: unknown) => own(item, who));
  if (value === sample?.organisation) return who.organisation;
  if (value === sample?.person) return who.person;
  if (typeof value !== 'string' || !value.startsWith('[{')) return value;
  const party = JSON.parse(value) as Record<string, unknown>[];
  const reference = `${prefix}-${(++made).toString(36)}-${process.pid}`;
  return JSON.stringify(party.map((member) => ({ ...member, id: crypto.randomUUID(), person_id: who.person, reference })));
}

let next = 0;
const began = performance.now();
await Promise.all(
  Array.from({ length: CLIENTS }, async () => {
    for (let who = people[next++]; who; who = people[next++]) await register(who);
  }),
);
process.stdout.write(String(people.length / ((performance.now() - began) / 1000)));
await straight.destroy();
