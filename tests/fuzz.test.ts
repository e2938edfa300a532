import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadDemonstration } from '../server/demonstration.ts';
import { testApp } from './support/app.ts';
import { hostile, hostileText } from './support/hostile.ts';
import { type Operation, operationsOf } from './support/samples.ts';

// The API asked from its own description, with values near what it wants and values that nobody should send: whatever comes, the
// answer is ours, and never that something went wrong on our side. FUZZ_RUNS asks longer, FUZZ_SEED again.

const RUNS = Number(process.env.FUZZ_RUNS ?? 12);
const SEED = Number(process.env.FUZZ_SEED ?? 20260526);

const test = await testApp();
await loadDemonstration(test.system);
const admin = await test.db.selectFrom('people').select('id').where('email', '=', 'admin@example.org').executeTakeFirstOrThrow();
const asAdmin = await test.bearer(admin.id);
const operations = operationsOf(test.app.swagger());

// Ids and slugs that exist, so that half of the requests get past the door.
const known: Record<string, string[]> = {
  slug: await column('select slug from events union select slug from organisations union select slug from networks'),
  id: await column(
    'select id::text from people union all select id::text from registrations union all select id::text from forms',
  ),
};

async function column(query: string): Promise<string[]> {
  const { rows } = await test.system.pool.query<Record<string, string>>(query);
  return rows.flatMap((row) => Object.values(row));
}

const requestTo = ({ path, query, body, params }: Operation) =>
  fc.record({
    params: fc.tuple(
      ...params.map((name) =>
        known[name]?.length ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known[name]) }, hostileText) : hostileText,
      ),
    ),
    query: fc.record(Object.fromEntries(query.map(({ name, schema }) => [name, hostile(schema)])), { requiredKeys: [] }),
    body: body ? hostile(body) : fc.constant(undefined),
    anonymous: fc.nat(4).map((n) => n === 0),
    path: fc.constant(path),
  });

function urlOf(path: string, names: string[], values: readonly string[], query: Record<string, unknown>): string {
  const filled = names.reduce(
    (url, name, at) => url.replace(`{${name}}`, encodeURIComponent((values[at] ?? '').toWellFormed())),
    path,
  );
  const pairs = Object.entries(query).map(([name, value]) => [
    name,
    (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed(),
  ]);
  return pairs.length > 0 ? `${filled}?${new URLSearchParams(pairs)}` : filled;
}

describe('the API, whatever is sent to it', () => {
  it('describes itself', () => {
    expect(operations.length).toBeGreaterThan(30);
  });

  it.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    '%s has an answer',
    async (_, operation) => {
      await fc.assert(
        fc.asyncProperty(requestTo(operation), async ({ params, query, body, anonymous }) => {
          const url = urlOf(operation.path, operation.params, params, query);
          const answer = await test.send(operation.method as 'POST', url, body, anonymous ? {} : asAdmin);
          const said = `${operation.method} ${url} ${JSON.stringify(body)?.slice(0, 500)} → ${answer.statusCode} ${answer.body.slice(0, 300)}`;
          expect(answer.statusCode, said).toBeLessThan(500);
          if (answer.statusCode >= 400) expect(answer.headers['content-type'], said).toContain('application/problem+json');
        }),
        { numRuns: RUNS, seed: SEED },
      );
    },
  );
});
