import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { type Judge, type JudgingWorld, judgingWorld } from './world.ts';

// Random calls, jurors and conflicts: nothing of an entry in conflict is in anything that its juror reaches.

const test = await testApp();
let made = 0;

interface Plan {
  entries: number;
  /** For each juror the country, which entries they declared a conflict with or recused themselves from, and whether they hold an office besides. */
  jurors: { country: string | null; city: number | null; declared: number[]; recused: number[]; officer: boolean }[];
}

const juror = fc.record({
  country: fc.constantFrom(null, 'ES', 'FR', 'PT'),
  city: fc.option(fc.nat(4), { nil: null }),
  declared: fc.uniqueArray(fc.nat(4), { maxLength: 2 }),
  recused: fc.uniqueArray(fc.nat(4), { maxLength: 1 }),
  officer: fc.boolean(),
});
const plan: fc.Arbitrary<Plan> = fc.record({
  entries: fc.integer({ min: 3, max: 5 }),
  jurors: fc.array(juror, { minLength: 2, maxLength: 3 }),
});

describe('an entry in conflict', () => {
  it('is in no page, answer, search, count, file or message of the juror’s desk', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (plan) => {
        const world = await worldOf(plan);
        for (const [n, one] of world.jurors.entries()) await holds(world, one, hiddenFrom(world, plan, n));
      }),
      { numRuns: 12, seed: 2026, endOnFailure: true },
    );
  });
});

async function worldOf(plan: Plan): Promise<JudgingWorld> {
  const slug = `leak-${++made}`;
  const world = await judgingWorld(test, {
    slug,
    entries: plan.entries,
    jurors: plan.jurors.length,
    countries: plan.jurors.map((one) => one.country),
  });
  // Words that occur nowhere else, so that a single one in an answer is a leak.
  for (const [i, entry] of world.entries.entries()) {
    const words = JSON.stringify({ en: `${secretOf(slug, i)} title` });
    await sql`update entries set title = ${words}::jsonb, summary = ${words}::jsonb, answers = ${words}::jsonb where id = ${entry.id}`.execute(
      test.db,
    );
    await sql`update organisations set name = ${`${secretOf(slug, i)} city`} where id = ${entry.organisation}`.execute(test.db);
  }
  for (const [n, { city, declared }] of plan.jurors.entries()) {
    const person = world.jurors[n]?.id;
    const own = city === null ? undefined : world.entries[city]?.organisation;
    if (own) await sql`update jury_members set organisation_id = ${own} where person_id = ${person}`.execute(test.db);
    for (const at of declared) {
      const entry = world.entries[at]?.id;
      if (entry)
        await sql`insert into conflicts (call_id, person_id, entry_id, kind, reason) values (${world.call.id}, ${person}, ${entry}, 'declared', 'known')`.execute(
          test.db,
        );
    }
  }
  // Everybody is given everything behind the solver's back: what a late conflict leaves behind must be hidden all the same.
  await sql`insert into assignments (entry_id, person_id, call_id, published_at) select n.id, m.person_id, n.call_id, now()
    from entries n join jury_members m on m.call_id = n.call_id and m.seat = 'juror' where n.call_id = ${world.call.id}`.execute(
    test.db,
  );
  await sql`insert into reviews (entry_id, person_id, call_id, scores, comment_to_jury, submitted_at)
    select a.entry_id, a.person_id, a.call_id, (select jsonb_object_agg(id, 5) from criteria where call_id = a.call_id), 'Said of ' || (n.title ->> 'en'), now()
    from assignments a join entries n on n.id = a.entry_id where a.call_id = ${world.call.id}`.execute(test.db);
  // Asked late what they would like to read: what they may not learn of is not in that list either.
  await sql`insert into rounds (call_id, number, kind, wishes_opened_at) values (${world.call.id}, 1, 'long-list', now())`.execute(
    test.db,
  );
  for (const [n, { recused }] of plan.jurors.entries())
    for (const at of recused) {
      const entry = world.entries[at]?.id;
      if (entry) await test.send('PUT', `/api/entries/${entry}/recusal`, { reason: 'late' }, world.jurors[n]?.bearer);
    }
  for (const [n, { officer }] of plan.jurors.entries()) if (officer) await makeOfficer(world.jurors[n]?.id ?? '');
  return world;
}

/** The secretariat's role behind the back of the guard that forbids it to a juror: were it ever so, the conflict outranks it. */
async function makeOfficer(person: string): Promise<void> {
  await sql`alter table roles disable trigger officers_do_not_judge`.execute(test.db);
  await sql`insert into roles (person_id, role) values (${person}, 'secretariat')`.execute(test.db);
  await sql`alter table roles enable trigger officers_do_not_judge`.execute(test.db);
}

const secretOf = (slug: string, entry: number) => `Zxq${slug.replace('-', '')}n${entry}w`;

/** Which entries a juror must not learn of, told from the plan and not from the database. */
function hiddenFrom(world: JudgingWorld, plan: Plan, n: number): number[] {
  const { country, city, declared, recused } = plan.jurors[n] as Plan['jurors'][number];
  return world.entries.flatMap((entry, at) =>
    entry.country === country || at === city || declared.includes(at) || recused.includes(at) ? [at] : [],
  );
}

async function holds(world: JudgingWorld, one: Judge, hidden: number[]): Promise<void> {
  const { slug } = world.call;
  const visible = world.entries.filter((_, at) => !hidden.includes(at));
  const cookie = await test.signedIn(one.id);
  const answers: string[] = [];
  const reach = async (url: string, headers: Record<string, string>) => {
    const answer = await test.get(url, headers);
    answers.push(`${url}\n${answer.body}`);
    return answer;
  };
  for (const [prefix, headers] of [
    ['', cookie],
    ['/api', one.bearer],
  ] as const) {
    await reach(`${prefix}/desk`, headers);
    await reach(`${prefix}/desk/${slug}`, headers);
    await reach(`${prefix}/desk/${slug}/ballot`, headers);
    await reach(`${prefix}/desk/${slug}/conflicts`, headers);
    expect((await reach(`${prefix}/desk/${slug}/wishes`, headers)).statusCode).toBe(200);
    for (const at of hidden)
      await reach(`${prefix}/desk/${slug}?q=Zxq`, headers).then(() => reach(`${prefix}/desk/${slug}?q=n${at}w`, headers));
    for (const entry of visible) expect((await reach(`${prefix}/desk/${slug}/${entry.code}`, headers)).statusCode).toBe(200);
  }
  await reach(`/api/calls/${slug}/ranking`, one.bearer);
  await reach(`/back-office/calls/${slug}/ranking`, cookie);
  await reach(`/back-office/calls/${slug}/jury`, cookie);
  await reach(`/back-office/calls/${slug}/chain.json`, cookie);
  for (const page of ['', '/entries', '/entries.csv', '/entries.xlsx', '/exceptions', '/decisions'])
    await reach(`/back-office/calls/${slug}${page}`, cookie);
  for (const page of ['', '/entries', '/entries?q=Zxq', '/exceptions', '/notes', '/letters', '/ballot'])
    await reach(`/api/calls/${slug}${page}`, one.bearer);
  expect((await reach('/back-office/calls', cookie)).body).not.toContain(`/back-office/calls/${slug}"`);
  for (const at of hidden) {
    const { id, code, organisation } = world.entries[at] as JudgingWorld['entries'][number];
    const found = answers.filter(
      (answer) =>
        answer.includes(secretOf(slug, at)) || answer.includes(code) || answer.includes(id) || answer.includes(organisation),
    );
    expect(found).toEqual([]);
    await asIfMissing(world, one, id, code, cookie);
  }
  const counted = (await test.get('/api/desk', one.bearer)).json().items.find((call: { slug: string }) => call.slug === slug);
  expect(counted).toMatchObject({ entries: visible.length, submitted: visible.length });
}

/** What is asked of a hidden entry is answered as for one that never was, to the letter. */
async function asIfMissing(
  { call }: JudgingWorld,
  one: Judge,
  id: string,
  code: string,
  cookie: { cookie: string },
): Promise<void> {
  const never = '01890000-0000-7000-8000-0000000000ff';
  const same = async (ask: (id: string, code: string) => ReturnType<typeof test.get>) => {
    const [there, missing] = [await ask(id, code), await ask(never, 'ZZZZZZ')];
    expect(there.statusCode).toBe(404);
    const plain = (body: string) => [id, code, never, 'ZZZZZZ'].reduce((text, word) => text.replaceAll(word, '…'), body);
    expect(plain(there.body)).toBe(plain(missing.body));
  };
  await same((_, code) => test.get(`/desk/${call.slug}/${code}`, cookie));
  await same((_, code) => test.get(`/api/desk/${call.slug}/${code}`, one.bearer));
  await same((_, code) => test.get(`/desk/${call.slug}/${code}/files/${never}`, cookie));
  await same((_, code) => test.post(`/desk/${call.slug}/${code}`, { go: 'submit' }, cookie));
  await same((_, code) => test.post(`/desk/${call.slug}/${code}/recusal`, { reason: 'x' }, cookie));
  await same((id) => test.send('PUT', `/api/entries/${id}/reviews/me`, { scores: { impact: 5 } }, one.bearer));
  await same((id) => test.send('PUT', `/api/entries/${id}/reviews/me`, { scores: { impact: 99 } }, one.bearer));
  await same((id) => test.get(`/api/entries/${id}`, one.bearer));
  await same((id) => test.get(`/entries/${id}`, cookie));
  await same((id) => test.get(`/back-office/calls/${call.slug}/entries/${id}`, cookie));
  await same((id) => test.send('PUT', `/api/entries/${id}/recusal`, { reason: 'x' }, one.bearer));
}
