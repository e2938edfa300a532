import { describe, expect, it } from 'vitest';
import { visitsWorld } from '../study-visits/world.ts';
import { testApp } from '../support/app.ts';
import { pdfText } from '../support/pdf.ts';

const test = await testApp();
const world = await visitsWorld(test);
const { api, asSecretariat, slug } = world;
const cookie = await test.signedIn(world.secretariat);
const city = await world.city('granollers', 'Granollers');
const one = await world.participant(city, 'Delegate One');
const two = await world.participant(city, 'Delegate Two', { language: 'fr' });
const base = `/back-office/events/${slug}/documents`;

interface Job {
  id: string;
  total: number;
  done: number;
  lacking: { name: string; fields: string[] }[];
  file: boolean;
}
interface Issued {
  id: string;
  code: string;
  recipient: string;
  language: string;
  revokedAt: string | null;
}

async function make(order: Record<string, unknown>): Promise<Job> {
  const made = await test.send('POST', api('/document-jobs'), order, asSecretariat);
  expect(made.statusCode).toBe(201);
  await test.drain();
  return (await test.get(api(`/document-jobs/${made.json<Job>().id}`), asSecretariat)).json<Job>();
}
const file = async (job: Job) => (await test.get(api(`/document-jobs/${job.id}/file`), asSecretariat)).rawPayload;
const issued = async (kind: string) =>
  (await test.get(api(`/documents?kind=${kind}`), asSecretariat)).json<{ items: Issued[] }>().items;

describe('badges of an event', () => {
  it('are made by a worker, for everybody who is confirmed, and kept a week', async () => {
    const ordered = await test.post(`${base}/jobs`, { kind: 'badges', layout: 'a4-4', language: 'fr' }, cookie);
    const at = String(ordered.headers.location);
    expect((await test.get(at, cookie)).body).toContain('http-equiv="refresh"');
    expect((await test.get(`${at}/file`, cookie)).statusCode).toBe(404);
    await test.drain();
    expect((await test.get(at, cookie)).body).toContain('Ready for download');
    const pdf = await test.get(`${at}/file`, cookie);
    expect([pdf.statusCode, pdf.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(pdfText(pdf.rawPayload)).toEqual([
      'Congrès des villes éducatrices Delegate One Granollers Espagne Membre EN ' +
        'Congrès des villes éducatrices Delegate Two Granollers Espagne Membre FR',
    ]);
  });
});

describe('certificates of attendance', () => {
  it('are for those who were there, each in their language, once', async () => {
    expect((await make({ kind: 'attendance' })).file).toBe(false);
    await test.send('PUT', api('/presences'), { registrations: [two.id] }, asSecretariat);
    const job = await make({ kind: 'attendance' });
    expect([job.total, job.done, job.lacking]).toEqual([1, 1, []]);
    const [certificate] = await issued('attendance');
    expect(pdfText(await file(job))).toEqual([
      'Congrès des villes éducatrices Attestation de présence Delegate Two ' +
        `a participé à : Congrès des villes éducatrices, 26–29 mai ${world.year}, Conference Hall. ` +
        `${test.clock().toZonedDateTimeISO('Europe/Madrid').toPlainDate().toLocaleString('fr', { dateStyle: 'long' })} L’organisation de l’événement ` +
        `Code ${certificate?.code} Chacun peut vérifier ce document sur ${test.system.config.publicUrl}/verify Convivium`,
    ]);
    expect((await make({ kind: 'attendance' })).total).toBe(1);
    expect(await issued('attendance')).toHaveLength(1);
  });

  it('are told of by mail, once', async () => {
    const mails = (await test.mails('delegate-two@example.org')).filter(({ subject }) => subject.includes('document'));
    expect(mails.map(({ subject }) => subject)).toEqual(['Votre document de Congrès des villes éducatrices est prêt']);
  });

  it('are not issued while a field would stay empty, and say so before', async () => {
    const text = { title: { en: 'Hours' }, body: { en: 'was there for {hours} hours' }, signed: { en: 'The office' } };
    expect((await test.send('PUT', api('/document-kinds/attendance'), text, asSecretariat)).statusCode).toBe(200);
    await test.send('PUT', api('/presences'), { registrations: [one.id] }, asSecretariat);
    const page = await test.get(`${base}/issuing/attendance`, cookie);
    expect(page.body).toContain('One person gets none: a field of the text would stay empty.');
    expect(page.body).toContain('Hours of the sessions attended');
    const job = await make({ kind: 'attendance' });
    expect(job.lacking).toEqual([{ name: 'Delegate One', fields: ['hours'] }]);
    expect(await issued('attendance')).toHaveLength(1);
  });

  it('refuse a text with a field that there is not, and keep what was typed', async () => {
    const form = { 'title[en]': 'Title', 'body[en]': 'Dear {nmae}', 'signed[en]': 'The office' };
    const answer = await test.post(`${base}/templates/attendance`, form, cookie);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('“nmae” is no field of this text.');
    expect(answer.body).toContain('Dear {nmae}');
  });
});

describe('verifying', () => {
  it('confirms what was issued, however the code is typed, in four languages', async () => {
    const [certificate] = await issued('attendance');
    const typed = certificate?.code.toLowerCase().replaceAll('-', ' ') ?? '';
    const found = await test.post('/verify', { code: typed });
    expect(found.statusCode).toBe(303);
    const page = await test.get(String(found.headers.location));
    expect(page.body).toContain('Delegate Two');
    expect(page.body).toContain('is valid.');
    const said = { en: 'is valid.', fr: 'il est valable.', es: 'es válido.', pt: 'é válido.' };
    for (const [language, words] of Object.entries(said))
      expect((await test.get(String(found.headers.location), { 'accept-language': language })).body).toContain(words);
    const json = (await test.get(`/api/verify/${certificate?.code}`)).json<{ valid: boolean; recipient: string }>();
    expect([json.valid, json.recipient]).toEqual([true, 'Delegate Two']);
  });

  it('says that a revoked one does not hold, and that another code is nobody’s', async () => {
    const [certificate] = await issued('attendance');
    const revoked = await test.send(
      'PUT',
      api(`/documents/${certificate?.id}/revocation`),
      { reason: 'Wrong name' },
      asSecretariat,
    );
    expect(revoked.json<Issued>().revokedAt).not.toBeNull();
    const page = await test.get(`/verify/${certificate?.code}`);
    expect(page.body).toContain('It is not valid.');
    expect(page.body).not.toContain('Wrong name');
    expect((await test.get('/verify/0000-0000-0000')).statusCode).toBe(404);
    expect((await test.post('/verify', { code: 'abc' })).statusCode).toBe(422);
  });

  it('is limited in how often somebody tries', async () => {
    const codes: number[] = [];
    for (let n = 0; n < 62; n++) codes.push((await test.get('/api/verify/000000000000')).statusCode);
    expect([codes[0], codes.at(-1)]).toEqual([404, 429]);
  });
});

describe('letters', () => {
  it('come one by one in an archive', async () => {
    const job = await make({ kind: 'participation', archive: true, language: 'en' });
    const { unzipSync } = await import('fflate');
    const files = unzipSync(await file(job));
    const letters = await issued('participation');
    expect(Object.keys(files)).toEqual(
      letters.toSorted((a, b) => (a.recipient < b.recipient ? -1 : 1)).map(({ recipient, code }) => `${recipient} ${code}.pdf`),
    );
    const [first] = Object.values(files);
    expect(pdfText(Buffer.from(first ?? []))[0]).toContain(
      'We confirm that Delegate One is registered for Congress of Educating Cities',
    );
  });
});
