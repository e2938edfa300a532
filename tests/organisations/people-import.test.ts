import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { importing } from './importing.ts';
import { makeWorld, somebody, upload } from './world.ts';

const test = await testApp();
const world = await makeWorld(test);
const HEADER = 'name,email,shared,language,timezone,organisation,country,title,contact';

interface Preview {
  id: string;
  preview: {
    counts: Record<'created' | 'updated' | 'unchanged' | 'wrong', number>;
    fingerprint: string;
    rows: { line: number; name: string; state: string; errors: { field: string; code: string }[]; changes: object[] }[];
  };
}

const { preview, apply } = importing<Preview>(test, 'people', world.secretariat.token);

async function counts() {
  const { rows } = await sql<Record<'people' | 'addresses' | 'affiliations' | 'changes', number>>`
    select (select count(*)::int from people) as people, (select count(*)::int from sign_in_addresses) as addresses,
      (select count(*)::int from affiliations) as affiliations, (select count(*)::int from changes) as changes`.execute(test.db);
  return rows[0];
}

async function found(q: string) {
  const answer = await test.get(`/api/people?q=${encodeURIComponent(q)}`, world.secretariat.token);
  return answer.json<{ items: Record<string, unknown>[] }>().items;
}

let before: Awaited<ReturnType<typeof counts>>;
beforeEach(async () => {
  before = await counts();
});

describe('a table of people', () => {
  it('makes people with their address, language, zone and place in an organisation, and then finds nothing to change', async () => {
    const file = [
      HEADER,
      'Education Department,education@bücher.example.org,,fr,Europe/Paris,Barcelona,,Head of department,yes',
      `"Office, ""Old Town""",office@example.org,yes,,,${world.organisations.lisboa},,,no`,
      'Volunteer,,,,,,,,',
    ].join('\n');
    const { id, preview: plan } = await preview(file);
    expect(plan.counts).toEqual({ created: 3, updated: 0, unchanged: 0, wrong: 0 });
    expect(await counts()).toEqual(before);
    expect((await apply(id, { fingerprint: plan.fingerprint })).json()).toEqual({ created: 3, updated: 0, unchanged: 0 });
    expect((await apply(id)).json()).toEqual({ created: 3, updated: 0, unchanged: 0 });
    expect(await found('Education Department')).toMatchObject([
      {
        email: 'education@xn--bcher-kva.example.org',
        language: 'fr',
        zone: 'Europe/Paris',
        sharedEmail: false,
        affiliations: [{ title: 'Head of department', isContact: true, organisation: { slug: 'barcelona' } }],
      },
    ]);
    // Zone and language of the organisation, where the file says nothing.
    expect(await found('Old Town')).toMatchObject([
      { name: 'Office, "Old Town"', email: 'office@example.org', sharedEmail: true, zone: 'Europe/Lisbon', language: 'es' },
    ]);
    expect(await counts()).toMatchObject({ people: (before?.people ?? 0) + 3, addresses: (before?.addresses ?? 0) + 1 });
    expect((await preview(file)).preview.counts).toEqual({ created: 0, updated: 0, unchanged: 3, wrong: 0 });
  });

  it('reads semicolons, a BOM and the headers of other languages', async () => {
    const row = 'Secrétariat général;secretariat.general@example.org;Lisboa;oui';
    for (const header of [
      'Nom;Adresse e-mail;Organisation;Contact',
      'Nombre;Correo;Organización;Contacto',
      'Nome;E-mail;Cidade;Contact',
    ])
      for (const file of [`\ufeff${header}\r\n${row}\r\n`, Buffer.from(`${header}\n${row}`, 'latin1')]) {
        const { preview: plan } = await preview(file);
        expect(plan.rows.map((one) => [one.name, one.state, one.errors])).toEqual([['Secrétariat général', 'created', []]]);
      }
  });

  it('says of each row what is wrong with it, and writes nothing while any is', async () => {
    const { id, preview: plan } = await preview(
      [
        HEADER,
        'Good row,good@example.org,,,,Lisboa,,,',
        ',nameless@example.org,,,,,,,',
        'Wrong address,not an address,,,,,,,',
        'Wrong rest,,perhaps,klingon,Europe/Atlantis,Atlantis,QQ,,maybe',
        'Nowhere,nowhere@example.org,,,,,,Mayor,',
        'Other name,good@example.org,,,,Barcelona,,,',
        'Good row,GOOD@example.org,,,,lisboa,PT,,',
        'Somewhere else,else@example.org,,,,Lisboa,ES,,',
        `${'x'.repeat(300)},long@example.org,,,,,,,`,
      ].join('\n'),
    );
    const wrong = plan.rows.filter((one) => one.state === 'wrong');
    expect(wrong.map((one) => [one.line, ...one.errors.map((error) => `${error.field} ${error.code}`)])).toEqual([
      [3, 'name required'],
      [4, 'email email'],
      [
        5,
        'sharedEmail yesOrNo',
        'language interfaceLanguage',
        'zone zone',
        'country country',
        'isContact yesOrNo',
        'organisation organisationNone',
      ],
      [6, 'organisation required'],
      [7, 'name personOtherName'],
      [8, 'name personTwice'],
      [9, 'organisation organisationNone'],
      [10, 'name cityName'],
    ]);
    expect((await apply(id)).json()).toMatchObject({ status: 409, code: 'import-has-errors' });
    expect(await counts()).toEqual(before);
  });

  it('asks which of two organisations of one name is meant', async () => {
    await test.send(
      'POST',
      '/api/organisations',
      { name: 'León', country: 'MX', zone: 'America/Mexico_City' },
      world.secretariat.token,
    );
    const { preview: plan } = await preview('name,organisation,country\nOne,Leon,\nTwo,Leon,MX');
    expect(plan.rows.map((one) => [one.name, one.errors[0]?.code])).toEqual([
      ['One', 'organisationSeveral'],
      ['Two', undefined],
    ]);
  });
});

describe('somebody who is known by their address', () => {
  it('joins the roster as who they are: the profile of one who has signed in stays theirs', async () => {
    const { id, preview: plan } = await preview(
      'name,email,language,organisation\nAnother Name,Nobody.in.particular@Example.org,pt,Barcelona',
    );
    expect(plan.rows[0]).toMatchObject({
      state: 'updated',
      changes: [{ field: 'organisation', before: '', after: 'Barcelona' }],
    });
    expect((await apply(id)).statusCode).toBe(200);
    expect(await found('Nobody in particular')).toMatchObject([
      { id: world.nobody.id, language: 'en', affiliations: [{ organisation: { slug: 'barcelona' } }] },
    ]);
    expect(await counts()).toMatchObject({ people: before?.people, affiliations: (before?.affiliations ?? 0) + 1 });
  });

  it('is corrected while they have not signed in, and made the contact or no longer', async () => {
    const first = await preview('name,email,organisation,title\nYouth Ofice,youth@example.org,Lisboa,Clerk');
    await apply(first.id);
    const { id, preview: plan } = await preview(
      'name,email,organisation,title,contact\nYouth Office,youth@example.org,Lisboa,,yes',
    );
    expect(plan.rows[0]?.changes).toEqual([
      { field: 'name', before: 'Youth Ofice', after: 'Youth Office' },
      { field: 'isContact', before: 'false', after: 'true' },
    ]);
    expect((await apply(id)).json()).toEqual({ created: 0, updated: 1, unchanged: 0 });
    expect(await found('Youth Office')).toMatchObject([{ affiliations: [{ title: 'Clerk', isContact: true }] }]);
  });

  it('is one person in several organisations of one file', async () => {
    const { id } = await preview(
      'name,email,organisation\nLiaison,liaison@example.org,Lisboa\nLiaison,liaison@example.org,Barcelona',
    );
    expect((await apply(id)).json()).toEqual({ created: 1, updated: 1, unchanged: 0 });
    const [person, ...others] = await found('Liaison');
    expect(others).toEqual([]);
    expect(person?.affiliations).toHaveLength(2);
  });
});

describe('an application', () => {
  it('writes nothing when the database refuses in the middle', async () => {
    await sql`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`.execute(
      test.db,
    );
    await sql`create trigger refuse before insert on affiliations for each row execute function refuse()`.execute(test.db);
    const { id } = await preview('name,email,organisation\nHalf,half@example.org,Lisboa');
    expect((await apply(id)).statusCode).toBe(500);
    expect(await counts()).toEqual(before);
    await sql`drop trigger refuse on affiliations`.execute(test.db);
    expect((await apply(id)).json()).toEqual({ created: 1, updated: 0, unchanged: 0 });
  });

  it('does what was previewed or nothing', async () => {
    const { id, preview: plan } = await preview('name,email,organisation\nLatecomer,latecomer@example.org,Lisboa');
    await somebody(test, 'Latecomer');
    before = await counts();
    expect((await apply(id, { fingerprint: plan.fingerprint })).json()).toMatchObject({ status: 409, code: 'import-stale' });
    expect(await counts()).toEqual(before);
  });

  it('happens once however often it is asked at the same time', async () => {
    const { id } = await preview('name\nOnly once');
    const answers = await Promise.all(Array.from({ length: 5 }, () => apply(id)));
    expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200, 200, 200]);
    expect(await found('Only once')).toHaveLength(1);
  });
});

describe('an export of people', () => {
  it('comes back as it went, in every language, with what a spreadsheet would take for a formula', async () => {
    const { id } = await preview(`name,email,organisation,title\n=1+1,=cmd@example.org,Lisboa,+SUM(A1)`);
    expect((await apply(id)).statusCode).toBe(200);
    for (const language of ['en', 'fr', 'es', 'pt']) {
      const file = await test.get('/people.csv', { ...world.secretariat.cookie, 'accept-language': language });
      expect(file.body).toContain("'=1+1,'=cmd@example.org");
      const again = await preview(file.body);
      expect(again.preview.rows.filter((row) => row.state !== 'unchanged')).toEqual([]);
      expect(again.preview.counts.unchanged).toBeGreaterThan(5);
    }
  });
});

describe('the pages', () => {
  it('lead from a file to its preview to its result, and say what is wrong with a file', async () => {
    const post = (content: string) => {
      const file = upload(content);
      return test.app.inject({
        method: 'POST',
        url: '/people/imports',
        payload: file.payload,
        headers: { ...file.headers, ...world.secretariat.cookie },
      });
    };
    expect((await post('a,b\n1,2')).statusCode).toBe(422);
    const sent = await post('name,email,organisation,contact\nTown Hall,town.hall@example.org,Lisboa,x');
    expect(sent.statusCode).toBe(303);
    const path = String(sent.headers.location);
    const page = await test.get(path, world.secretariat.cookie);
    expect(page.body).toContain('1 person is new');
    const fingerprint = /name="fingerprint" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const done = await test.post(`${path}/application`, { fingerprint }, world.secretariat.cookie);
    expect(done.statusCode).toBe(303);
    expect((await test.get(path, world.secretariat.cookie)).body).toContain('The import is done');
    expect((await test.get(path.replace('people', 'organisations'), world.secretariat.cookie)).statusCode).toBe(404);
  });
});

// The last, since what it makes stays.
it('a big file goes in at once', async () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => `Delegate ${at},delegate-${at}@example.org,Lisboa`);
  const { id, preview: plan } = await preview(`name,email,organisation\n${rows.join('\n')}`);
  expect(plan.counts.created).toBe(20_000);
  expect((await apply(id)).json()).toMatchObject({ created: 20_000 });
});
