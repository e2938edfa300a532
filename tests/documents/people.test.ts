import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { newId } from '../../db/ids.ts';
import { forgetPassports } from '../../server/documents/visa.ts';
import { linkToken } from '../../server/tokens.ts';
import { QUESTIONS } from '../registrations/world.ts';
import { visitsWorld } from '../study-visits/world.ts';
import { testApp } from '../support/app.ts';
import { pdfText } from '../support/pdf.ts';
import { readWorkbook } from '../support/workbook.ts';

const test = await testApp();
const world = await visitsWorld(test);
const { api, asSecretariat, slug, year } = world;
const cookie = await test.signedIn(world.secretariat);
const city = await world.city('granollers', 'Granollers');
const one = await world.participant(city, 'Delegate One');
const contact = await world.participant(city, 'Contact', { contact: true });
const base = `/back-office/events/${slug}/documents`;
const own = await test.signedIn(one.personId);
const PASSPORT = { passport: 'XK1234567', nationality: 'Moroccan', born: '1980-01-02', consulate: 'Consulate in Rabat' };

describe('a letter of invitation for a visa', () => {
  it('is asked for from one’s own page, and kept sealed', async () => {
    const wrong = await test.post(`/registrations/${one.id}/documents`, { ...PASSPORT, passport: '' }, own);
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('Consulate in Rabat');
    const asked = await test.post(`/registrations/${one.id}/documents`, PASSPORT, own);
    expect(asked.headers.location).toBe(`/registrations/${one.id}/documents?done=visaAsked`);
    const { rows } = await sql<{
      whole: string;
    }>`select v::text || (select coalesce(string_agg(after::text, ''), '') from changes) as whole
      from visa_letters v`.execute(test.db);
    expect(rows[0]?.whole).not.toContain('XK1234567');
    expect(rows[0]?.whole).not.toContain(Buffer.from('XK1234567').toString('hex'));
  });

  it('is shown to organisers and not to the contact of the city', async () => {
    expect((await test.get(`${base}/visas`, cookie)).body).toContain('XK1234567');
    const seen = await test.get(`/registrations/${one.id}/documents`, await test.signedIn(contact.personId));
    expect([seen.statusCode, seen.body.includes('XK1234567')]).toEqual([200, false]);
  });

  it('is issued once the organiser approves it, with what the passport says', async () => {
    await test.post(`${base}/visas/${one.id}`, { state: 'approved' }, cookie);
    expect((await test.post(`${base}/visas/${one.id}`, { state: 'refused' }, cookie)).statusCode).toBe(409);
    await test.post(`${base}/jobs`, { kind: 'visa' }, cookie);
    await test.drain();
    const page = await test.get(`/registrations/${one.id}/documents`, own);
    const address = /href="(\/registrations\/[^"]+\/file)"/.exec(page.body)?.[1] ?? '';
    const letter = await test.get(address, own);
    expect(pdfText(letter.rawPayload)[0]).toContain(
      'To Consulate in Rabat We invite Delegate One, born on 1980-01-02, nationality Moroccan, passport XK1234567, to Congress of Educating Cities, which takes place',
    );
    expect((await test.get(address, await test.signedIn(contact.personId))).statusCode).toBe(404);
    const mail = (await test.mails('delegate-one@example.org')).at(-1);
    expect(mail?.subject).toBe('Your document of Congress of Educating Cities is ready');
    const path = /https?:\/\/[^/\s]+(\/registrations\/manage\/[\w-]+\/documents)/.exec(mail?.text ?? '')?.[1] ?? '';
    expect((await test.get(path)).body).toContain('Letter of invitation');
  });

  it('no longer says it 30 days after the event', async () => {
    const ends = Temporal.Instant.from(`${year}-05-29T16:00:00Z`);
    await forgetPassports(test.db, ends.add({ hours: 24 * 29 }));
    expect((await test.get(`${base}/visas`, cookie)).body).toContain('XK1234567');
    await forgetPassports(test.db, ends.add({ hours: 24 * 31 }));
    expect((await test.get(`${base}/visas`, cookie)).body).not.toContain('XK1234567');
    const page = await test.get(`/registrations/${one.id}/documents`, own);
    const letter = await test.get(/href="(\/registrations\/[^"]+\/file)"/.exec(page.body)?.[1] ?? '', own);
    expect(pdfText(letter.rawPayload)[0]).toContain('nationality –, passport –,');
  });

  it('is refused with a reason that is mailed', async () => {
    await test.send('PUT', `/api/registrations/${contact.id}/visa-letter`, PASSPORT, contact.as);
    await test.send('PUT', api(`/visa-letters/${contact.id}`), { state: 'refused', reason: 'The hall is full' }, asSecretariat);
    await test.drain();
    expect((await test.mails('contact@example.org')).at(-1)?.text).toContain('The hall is full');
    const state = (await test.get(`/api/registrations/${contact.id}/visa-letter`, contact.as)).json();
    expect(state).toEqual({ state: 'refused', reason: 'The hall is full', consulate: 'Consulate in Rabat' });
  });
});

describe('who was there', () => {
  it('is marked and unmarked by an organiser', async () => {
    const marked = await test.post(`${base}/presences`, { registrations: [one.id, contact.id], present: 'yes' }, cookie);
    expect(marked.headers.location).toContain('done=presencesSaved&n=2');
    await test.post(`${base}/presences`, { registrations: [contact.id], present: 'no' }, cookie);
    const { rows } = await sql`select registration_id as id from document_presences`.execute(test.db);
    expect(rows).toEqual([{ id: one.id }]);
  });
});

describe('hours', () => {
  it('are those of the sessions at whose door somebody was seen', async () => {
    const session = async (title: string, starts: string, minutes: number) => {
      const body = { kind: 'workshop', title: { en: title }, starts: `${year}-05-27T${starts}`, minutes, languages: ['en'] };
      return (await test.send('POST', api('/sessions'), body, asSecretariat)).json<{ id: string }>().id;
    };
    const late = await world.participant(city, 'Delegate Late');
    const steps = [await session('Morning', '09:00', 90), await session('Noon', '11:00', 60)].map((at) => ({
      id: newId(),
      registration: late.id,
      session: at,
    }));
    expect((await test.send('POST', api('/check-ins'), { steps }, asSecretariat)).statusCode).toBe(200);
    const text = { title: { en: 'Hours' }, body: { en: 'was there for {hours} hours' }, signed: { en: 'The office' } };
    await test.send('PUT', api('/document-kinds/attendance'), text, asSecretariat);
    const made = await test.send('POST', api('/document-jobs'), { kind: 'attendance' }, asSecretariat);
    await test.drain();
    const job = (await test.get(api(`/document-jobs/${made.json<{ id: string }>().id}`), asSecretariat)).json<{
      lacking: unknown;
    }>();
    expect(job.lacking).toEqual([{ name: 'Delegate One', fields: ['hours'] }]);
    const { items } = (await test.get('/api/documents', late.as)).json<{ items: { id: string }[] }>();
    const file = await test.get(`/api/documents/${items[0]?.id}/file`, late.as);
    expect(pdfText(file.rawPayload)[0]).toContain('Delegate Late was there for 2.5 hours');
    expect((await test.get(`/api/documents/${items[0]?.id}/file`, one.as)).statusCode).toBe(404);
  });
});

describe('the list for the host', () => {
  it('holds the answers that were chosen and no other', async () => {
    const version = await world.ask(slug, QUESTIONS);
    await sql`update registrations set answers = '{"meal":"other","diet":"No nuts"}', form_version_id = ${version} where id = ${one.id}`.execute(
      test.db,
    );
    expect((await test.get(`${base}/host-list`, cookie)).body).toContain('What exactly?');
    const plain = pdfText((await test.get(`${base}/host-list/file`, cookie)).rawPayload).join(' ');
    expect(plain).toContain('Delegate One Granollers · Spain · Member · English');
    expect(plain).not.toContain('No nuts');
    const asked = await test.get(`${base}/host-list/file?answers=answers.diet`, cookie);
    expect(pdfText(asked.rawPayload).join(' ')).toContain('What exactly?: No nuts');
    const sheet = await test.get(`${base}/host-list/file?answers=answers.diet&format=xlsx`, cookie);
    expect(sheet.statusCode).toBe(200);
    expect(JSON.stringify(readWorkbook(sheet.rawPayload))).toContain('No nuts');
  });
});

describe('the programme on paper', () => {
  it('is by day, in the language asked for, and for everybody once it is released', async () => {
    await test.send(
      'POST',
      api('/sessions'),
      {
        kind: 'plenary',
        title: { en: 'Opening', fr: 'Ouverture' },
        starts: `${year}-05-26T09:00`,
        minutes: 60,
        languages: ['en'],
      },
      asSecretariat,
    );
    const paper = `/events/${slug}/programme/paper?language=fr`;
    expect((await test.get(paper)).statusCode).toBe(404);
    const draft = pdfText((await test.get(`${base}/programme?language=fr`, cookie)).rawPayload).join(' ');
    expect(draft).toContain('09:00–10:00 Ouverture Plénière · Anglais');
    await test.send('POST', api('/releases'), {}, asSecretariat);
    expect((await test.get(paper)).statusCode).toBe(200);
  });
});

it('a link of a registration opens its documents alone', async () => {
  const token = linkToken(test.system.config.secret, 'manage', `${one.id}:${contact.personId}`);
  expect((await test.get(`/registrations/manage/${token}/documents`)).statusCode).toBe(404);
});
