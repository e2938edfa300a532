import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { importing } from './importing.ts';
import { makeWorld, upload } from './world.ts';

const test = await testApp();
const world = await makeWorld(test);
const HEADER = 'name,country,language,network,timezone,latitude,longitude,population';

interface Preview {
  id: string;
  preview: {
    counts: Record<'created' | 'updated' | 'unchanged' | 'wrong', number>;
    newNetworks: string[];
    fingerprint: string;
    rows: {
      line: number;
      name: string;
      state: string;
      errors: { field: string; code: string }[];
      changes: { field: string }[];
    }[];
  };
  ignored: string[];
}

const { send, preview, apply } = importing<Preview>(test, 'organisations', world.secretariat.token);

async function counts() {
  const { rows } = await sql<{ organisations: number; networks: number; places: number; changes: number }>`
    select (select count(*)::int from organisations) as organisations, (select count(*)::int from networks) as networks,
      (select count(*)::int from organisation_networks) as places, (select count(*)::int from changes) as changes`.execute(
    test.db,
  );
  return rows[0];
}

const error = (answer: { json(): { errors?: { path: string; code: string; message: string }[] } }) => answer.json().errors?.[0];

let before: Awaited<ReturnType<typeof counts>>;
beforeEach(async () => {
  before = await counts();
});

describe('reading a file', () => {
  const row = 'Gijón/Xixón,ES,es,Spanish Network (RECE),Europe/Madrid,43.53,-5.66,271780';

  it('reads the same from commas, semicolons, tabs, a BOM, other encodings, other orders, case and languages of headers', async () => {
    const cells = row.split(',');
    const files: (string | Uint8Array)[] = [
      `${HEADER}\n${row}`,
      `\ufeff${HEADER}\r\n${row}\r\n`,
      `${HEADER.replaceAll(',', ';')}\n${row.replaceAll(',', ';')}`,
      `${HEADER.replaceAll(',', '\t')}\n${row.replaceAll(',', '\t')}`,
      Buffer.from(`${HEADER}\n${row}`, 'latin1'),
      Buffer.from(`\ufeff${HEADER}\n${row}`, 'utf16le'),
      `${HEADER.split(',').reverse().join(',')}\n${[...cells].reverse().join(',')}`,
      `NAME,Country,LANGUAGE,Network,TimeZone,Latitude,Longitude,Population\n${row}`,
      `Nombre;País;Idioma;Red;Zona horaria;Latitud;Longitud;Población\n${cells
        .map((cell) => `"${cell}"`)
        .join(';')
        .replace('43.53', '43,53')}`,
      `${HEADER}\n\n   \n${row}\n,,,,,,,\n\n`,
      `${HEADER}\r${row}\r`,
      `${HEADER}\nGijo\u0301n/Xixo\u0301n,Spain,ES,Spanish Network (RECE),Europe/Madrid,43.53,-5.66,271 780`,
    ];
    for (const [at, file] of files.entries()) {
      const { preview: plan } = await preview(file);
      expect(plan.counts, `file ${at}: ${JSON.stringify(plan.rows)}`).toEqual({ created: 1, updated: 0, unchanged: 0, wrong: 0 });
      expect(plan.rows[0]?.name).toBe('Gijón/Xixón');
      expect(plan.newNetworks).toEqual([]);
    }
  });

  it('keeps separators, quotes and line breaks that are quoted', async () => {
    const { preview: plan } = await preview(
      'name,country,timezone\n"Sant ""Boi"", de Llobregat",ES,Europe/Madrid\n"Two\nlines",ES,Europe/Madrid',
    );
    expect(plan.rows.map((one) => one.name)).toEqual(['Sant "Boi", de Llobregat', 'Two lines']);
    expect(plan.counts.wrong).toBe(0);
  });

  it('says what is wrong with a file that is no table of cities', async () => {
    const wrong: [string | Uint8Array, string][] = [
      ['', 'fileEmpty'],
      ['   \n\n', 'fileEmpty'],
      [HEADER, 'fileNoRows'],
      ['a,b\n1,2', 'fileHeader'],
      ['name,population\nVic,1', 'fileHeader'],
      ['name,city,country\nVic,Vic,ES', 'fileHeaderTwice'],
      ['name,country\n"Vic,ES\nOlot,ES', 'fileBroken'],
      [Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), 'fileWorkbook'],
      [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]), 'fileNotText'],
      [`name,country\n${'x,ES\n'.repeat(20_001)}`, 'fileTooLong'],
    ];
    for (const [file, code] of wrong) {
      const answer = await send(file);
      expect(answer.statusCode, code).toBe(422);
      expect(error(answer)).toMatchObject({ path: 'file', code });
    }
    expect((await send(Buffer.alloc(9_000_000, 'a'))).statusCode).toBe(413);
    expect(await counts()).toEqual(before);
  });

  it('reports each wrong field of each row by its line', async () => {
    const { id, preview: plan } = await preview(
      [
        HEADER,
        'Barcelona,ES,es,,Europe/Madrid,41,2,1',
        'Vic,QQ,es,,Europe/Madrid,41,2,1',
        'Olot,ES,klingon!,,Europe/Madrid,41,2,1',
        'Reus,ES,es,,Europe/Atlantis,41,2,1',
        'Sitges,ES,es,,Europe/Madrid,95,200,many',
        ',ES,es,,Europe/Madrid,41,2,1',
        'Mataró,,es,,Europe/Madrid,41,2,1',
        'Terrassa,ES,es,,,41,2,1',
        'MATARO,ES,es,,Europe/Madrid,41,2,1',
        'Mataró,ES,es,,Europe/Madrid,41,2,1',
        `${'x'.repeat(300)},ES,es,,Europe/Madrid,41,2,1`,
        'Manresa,ES,xx,,Europe/Madrid,41,2,-5',
      ].join('\n'),
    );
    const found = plan.rows
      .filter((one) => one.state === 'wrong')
      .map((one) => [one.line, ...one.errors.map((wrong) => `${wrong.field} ${wrong.code}`)]);
    expect(found).toEqual([
      [3, 'country country'],
      [4, 'language languageTag'],
      [5, 'timezone zone'],
      [6, 'latitude latitude', 'longitude longitude', 'population population'],
      [7, 'name required'],
      [8, 'country required'],
      [9, 'timezone required'],
      [11, 'name cityTwice'],
      [12, 'name cityName'],
      [13, 'language languageTag', 'population population'],
    ]);
    const refused = await apply(id);
    expect(refused.statusCode).toBe(409);
    expect(refused.json()).toMatchObject({ code: 'import-has-errors' });
    expect(await counts()).toEqual(before);
  });
});

describe('applying', () => {
  it('previews and imports the real file, then finds nothing to change in it', async () => {
    const file = readFileSync(new URL('./cities.csv', import.meta.url));
    const first = await preview(file);
    expect(first.preview.counts.wrong).toBe(0);
    expect(await counts()).toEqual(before);
    const done = await apply(first.id, { fingerprint: first.preview.fingerprint });
    expect(done.statusCode, done.body).toBe(200);
    expect(done.json()).toMatchObject({ created: first.preview.counts.created, updated: first.preview.counts.updated });
    const twice = await apply(first.id);
    expect(twice.json()).toEqual(done.json());
    const second = await preview(file);
    expect(second.preview.counts).toMatchObject({ created: 0, updated: 0, wrong: 0 });
    const { rows } = await sql<{
      slug: string;
      country: string;
    }>`select slug, country from organisations where fold(name) = 'leon' order by slug`.execute(test.db);
    expect(rows).toEqual([
      { slug: 'leon', country: 'ES' },
      { slug: 'leon-mx', country: 'MX' },
    ]);
  });

  it('changes what the file says, keeps what it leaves empty, and adds networks without taking any', async () => {
    const { id, preview: plan } = await preview(
      'name,country,population,network\nbarcelona,ES,1700000,Thematic Network on Play\nGranollers,ES,,',
    );
    expect(plan.counts).toEqual({ created: 0, updated: 1, unchanged: 1, wrong: 0 });
    expect(plan.newNetworks).toEqual(['Thematic Network on Play']);
    expect((await apply(id)).statusCode).toBe(200);
    const barcelona = (await test.get('/api/organisations/barcelona', world.secretariat.token)).json<{
      name: string;
      population: number;
      zone: string;
      networks: unknown[];
    }>();
    expect(barcelona).toMatchObject({ name: 'Barcelona', population: 1_700_000, zone: 'Europe/Madrid' });
    expect(barcelona.networks).toHaveLength(2);
    expect((await test.get('/organisations/barcelona', world.secretariat.cookie)).body).toContain('1700000');
  });

  it('decides anew: what became wrong or other since the preview is not written', async () => {
    const { id, preview: plan } = await preview('name,country,timezone\nVilanova,ES,Europe/Madrid');
    const made = await test.send(
      'POST',
      '/api/organisations',
      { name: 'Vilanova', country: 'ES', zone: 'UTC' },
      world.secretariat.token,
    );
    expect(made.statusCode).toBe(201);
    const stale = await apply(id, { fingerprint: plan.fingerprint });
    expect(stale.statusCode).toBe(409);
    expect(stale.json()).toMatchObject({ code: 'import-stale' });
    const noZone = await preview('name,country,population\nVilanova,ES,5');
    await test.send('PATCH', '/api/organisations/vilanova', { name: 'Vilanova del Riu' }, world.secretariat.token);
    expect((await apply(noZone.id)).json()).toMatchObject({ code: 'import-has-errors' });
    expect((await test.get('/organisations/vilanova', world.secretariat.cookie)).headers.location).toBe(
      '/organisations/vilanova-del-riu',
    );
  });

  it('writes nothing at all when the database refuses in the middle', async () => {
    await sql`create function refuse() returns trigger language plpgsql as $$ begin if new.name = 'Poble Vell' then raise exception 'no'; end if; return new; end $$`.execute(
      test.db,
    );
    await sql`create trigger refuse before insert on organisations for each row execute function refuse()`.execute(test.db);
    const { id } = await preview(
      'name,country,timezone,network\nPoble Nou,ES,Europe/Madrid,Brand new\nPoble Vell,ES,Europe/Madrid,Brand new',
    );
    before = await counts();
    expect((await apply(id)).statusCode).toBe(500);
    expect(await counts()).toEqual(before);
    await sql`drop trigger refuse on organisations`.execute(test.db);
    expect((await apply(id)).json()).toMatchObject({ created: 2, networks: 1 });
  });

  it('applies once however often it is asked at the same time', async () => {
    const { id } = await preview('name,country,timezone\nPoble Alt,ES,Europe/Madrid\nPoble Baix,ES,Europe/Madrid');
    const answers = await Promise.all(Array.from({ length: 6 }, () => apply(id)));
    expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200, 200, 200, 200]);
    expect((await counts())?.organisations).toBe((before?.organisations ?? 0) + 2);
  });

  it('takes a big file in one go', async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => `Ciudad ${at},MX,es,Big network,America/Mexico_City,20.1,-99.2,${at}`);
    const { id, preview: plan } = await preview(`${HEADER}\n${rows.join('\n')}`);
    expect(plan.counts.created).toBe(20_000);
    expect((await apply(id)).json()).toMatchObject({ created: 20_000, networks: 1 });
  });
});

describe('the pages of an import', () => {
  it('lead from a file to its preview to its result', async () => {
    const file = upload('name,country,timezone,latitude\nMérida,ES,Europe/Madrid,38.9');
    const sent = await test.app.inject({
      method: 'POST',
      url: '/organisations/imports',
      payload: file.payload,
      headers: { ...file.headers, ...world.secretariat.cookie },
    });
    expect(sent.statusCode, sent.body).toBe(303);
    const at = String(sent.headers.location);
    const page = await test.get(at, world.secretariat.cookie);
    expect(page.body).toContain('Mérida');
    const fingerprint = /name="fingerprint" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const done = await test.post(`${at}/application`, { fingerprint }, world.secretariat.cookie);
    expect(done.statusCode).toBe(303);
    expect((await test.get(at, world.secretariat.cookie)).body).toContain('1 city is new');
    expect((await test.get(at, world.coordinator.cookie)).statusCode).toBe(404);
  });

  it('says what is wrong, in the reader’s language', async () => {
    for (const [content, words] of [
      ['a,b\n1,2', 'Primeira linha'],
      ['', 'Escolha primeiro um ficheiro'],
    ] as const) {
      const file = upload(content);
      const sent = await test.app.inject({
        method: 'POST',
        url: '/organisations/imports?lang=pt',
        payload: file.payload,
        headers: { ...file.headers, ...world.secretariat.cookie },
      });
      expect(sent.statusCode).toBe(422);
      expect(sent.body.toLowerCase()).toContain(words.toLowerCase());
    }
    const huge = upload(Buffer.alloc(8_500_000, 'a'));
    const sent = await test.app.inject({
      method: 'POST',
      url: '/organisations/imports',
      payload: huge.payload,
      headers: { ...huge.headers, ...world.secretariat.cookie },
    });
    expect(sent.statusCode).toBe(422);
    expect(sent.body).toContain('8 MB');
  });
});
