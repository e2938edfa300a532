import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { freezeAudience } from '../../server/mailings/freezing.ts';
import { startMailing } from '../../server/mailings/running.ts';
import { testApp } from '../support/app.ts';
import { mailingOffice, minute, TEXTS, takePart } from './world.ts';

const test = await testApp();
const { db, clock } = test;
const office = await mailingOffice(db, 8);
const headers = await test.bearer(office.secretariat);

const make = async (fields: Record<string, unknown> = {}) => {
  const made = await test.send(
    'POST',
    '/api/mailings',
    { kind: 'announcement', name: 'News', audience: { roles: ['contact'] }, texts: TEXTS, ...fields },
    headers,
  );
  expect(made.statusCode, made.body).toBe(201);
  return made.json().id as string;
};
const put = (id: string, noun: string, body?: unknown) => test.send('PUT', `/api/mailings/${id}/${noun}`, body, headers);
const progress = async (id: string) => (await test.get(`/api/mailings/${id}/progress`, headers)).json();
const states = async (id: string) => (await progress(id)).counts as Record<string, number>;

// Each reader's own; in a preview it leads nowhere.
const OWN_WAY_OUT = /\/unsubscribe\/[\w.]+/;

describe('a mailing', () => {
  it('says whom it reaches before it is sent, in which languages, and who would miss a field', async () => {
    const id = await make({ audience: { roles: ['contact'], languages: ['en', 'fr'] } });
    const audience = (await test.get(`/api/mailings/${id}/audience?limit=3`, headers)).json();
    expect(audience.count).toMatchObject({ people: 4, unreachable: 0, languages: { en: 2, fr: 2 } });
    expect(audience.items.map((item: { name: string }) => item.name)).toEqual(['Contact 0000', 'Contact 0001', 'Contact 0004']);
    const rest = (await test.get(`/api/mailings/${id}/audience?limit=3&cursor=${audience.next}`, headers)).json();
    expect(rest.items.map((item: { name: string }) => item.name)).toEqual(['Contact 0005']);
    expect(audience.problems).toEqual([]);
  });

  it('R22: sends the bytes that were previewed, R20: each in their language or the default one, R18: in both forms', async () => {
    const id = await make();
    const person = office.people[1]?.id;
    const preview = (await test.get(`/api/mailings/${id}/preview?person=${person}`, headers)).json();
    expect((await put(id, 'schedule', { schedule: 'now' })).statusCode).toBe(200);
    await minute(test);
    const [mail] = await test.mails(office.people[1]?.address);
    expect(mail?.subject).toBe('Nouvelles pour Contact 0001');
    expect(mail?.html.replaceAll('\r\n', '\n').replace(OWN_WAY_OUT, '/unsubscribe/preview').trim()).toBe(preview.html.trim());
    expect(mail?.text.replaceAll('\r\n', '\n').replace(OWN_WAY_OUT, '/unsubscribe/preview').trim()).toBe(preview.text.trim());
    expect(preview.html).toContain('<html lang="fr"');
    const [spanish] = await test.mails(office.people[2]?.address);
    expect(spanish?.subject).toBe('News for Contact 0002');
    expect(spanish?.text).toContain('- one\n- two');
    expect(await progress(id)).toMatchObject({ state: 'done', audience: 8, open: 0, counts: { accepted: 8 } });
  });

  it('R27: goes to each of its people once, whoever starts and freezes it, and however often', async () => {
    const id = await make();
    await put(id, 'schedule', { schedule: 'moment', planned: '2026-12-24T10:00', zone: 'UTC' });
    clock.set('2026-12-24T10:00:00Z');
    const started = await Promise.all([startMailing(db, id, clock()), startMailing(db, id, clock())]);
    expect(started.filter(Boolean)).toHaveLength(1);
    const sizes = await Promise.all([freezeAudience(db, id, clock()), freezeAudience(db, id, clock())]);
    expect(sizes.toSorted()).toEqual([0, 8]);
    expect(await states(id)).toEqual({ queued: 8 });
    const again = sql`insert into sends (cause, kind, person_id, address, language, payload, mailing_id, domain_key)
      values ('another', 'mailings.letter', ${office.people[0]?.id}, 'a@example.org', 'en', '{}', ${id}, 'example.org')`.execute(
      db,
    );
    await expect(again).rejects.toMatchObject({ constraint: 'sends_once' });
  });

  it('R30: waits while it is paused, goes on when resumed, and a text written meanwhile is another version', async () => {
    const id = await make({ audience: { languages: ['en'], roles: ['contact'] } });
    await put(id, 'schedule', { schedule: 'now' });
    expect((await put(id, 'pause')).json().state).toBe('paused');
    // Its audience is written down all the same: nothing of it is claimed.
    await freezeAudience(db, id, clock());
    expect(await progress(id)).toMatchObject({ state: 'paused', audience: 2, counts: { queued: 2 } });
    const texts = { en: { subject: 'Corrected for {{name}}', body: 'Now right.' } };
    const changed = await test.send('PATCH', `/api/mailings/${id}`, { texts }, headers);
    expect(changed.json()).toMatchObject({ version: 2 });
    expect((await test.send('PATCH', `/api/mailings/${id}`, { name: 'Other' }, headers)).json().code).toBe('mailing-started');
    expect((await test.send('DELETE', `/api/mailings/${id}/pause`, undefined, headers)).json().state).toBe('running');
    await minute(test);
    const subjects = (await test.mails(office.people[0]?.address)).map((mail) => mail.subject);
    expect(subjects).toContain('Corrected for Contact 0000');
    expect((await progress(id)).state).toBe('done');
  });

  it('R30: is over for good when it is cancelled, R31: and its states always sum up to its audience', async () => {
    const id = await make();
    await put(id, 'schedule', { schedule: 'morning', planned: '2027-01-10T09:00' });
    clock.set('2027-01-09T19:00:00Z');
    await minute(test);
    expect(await progress(id)).toMatchObject({ audience: 8, open: 8 });
    expect((await put(id, 'cancellation')).json().state).toBe('cancelled');
    await test.drain();
    expect(await progress(id)).toMatchObject({ state: 'cancelled', audience: 8, counts: { cancelled: 8 } });
    for (const deed of ['pause', 'schedule']) expect((await put(id, deed, { schedule: 'now' })).statusCode).toBe(409);
    await expect(sql`update mailings set state = 'running', ended_at = null where id = ${id}`.execute(db)).rejects.toMatchObject({
      constraint: 'mailings_keep_end',
    });
  });

  it('R24: goes to nobody who was suppressed after its audience was frozen', async () => {
    const id = await make({ audience: { roles: ['contact'], languages: ['pt'] } });
    await put(id, 'schedule', { schedule: 'now' });
    await test.drain();
    await put(id, 'pause');
    const second = await make({ audience: { roles: ['contact'], languages: ['pt'] } });
    await put(second, 'schedule', { schedule: 'morning', planned: '2027-02-01T09:00' });
    clock.set('2027-01-31T19:00:00Z');
    await minute(test);
    const address = office.people[3]?.address ?? '';
    await sql`insert into suppressions (address, reason) values (${address}, 'hard bounce')`.execute(db);
    const before = (await test.mails(address)).length;
    clock.set('2027-02-01T12:00:00Z');
    await minute(test);
    expect(await states(second)).toEqual({ accepted: 1, suppressed: 1 });
    expect((await test.mails(address)).length).toBe(before);
    await sql`delete from suppressions`.execute(db);
  });

  it('R35: reminds nobody who has registered since, nor after the event has begun', async () => {
    const audience = { roles: ['contact'], registration: 'not-registered', languages: ['es'] };
    const id = await make({ kind: 'reminder', event: office.slug, audience });
    await put(id, 'schedule', { schedule: 'morning', planned: '2027-03-01T09:00' });
    clock.set('2027-02-28T19:00:00Z');
    await minute(test);
    expect(await states(id)).toEqual({ queued: 2 });
    await takePart(office, db, office.people[2]?.id ?? '');
    clock.set('2027-03-02T00:00:00Z');
    await minute(test);
    expect(await states(id)).toEqual({ accepted: 1, cancelled: 1 });
    const { rows } = await sql<{ late: boolean }>`
      select bool_and(expires_at = (select starts_at from events where id = ${office.eventId})) as late from sends where mailing_id = ${id}`.execute(
      db,
    );
    expect(rows[0]?.late).toBe(true);
  });

  it('tries again what was refused when somebody says so', async () => {
    const id = await make({ audience: { roles: ['contact'], languages: ['en'] } });
    await put(id, 'schedule', { schedule: 'now' });
    await minute(test);
    await sql`update sends set state = 'failed', accepted_at = null where mailing_id = ${id} and person_id = ${office.people[0]?.id}`.execute(
      db,
    );
    const retried = await test.send('POST', `/api/mailings/${id}/retries`, undefined, headers);
    expect(retried.json()).toEqual({ retried: 1 });
    expect((await progress(id)).state).toBe('running');
    await minute(test);
    expect(await progress(id)).toMatchObject({ state: 'done', counts: { accepted: 2 } });
  });
});

describe('a text that would break', () => {
  it('is refused with the field that it has wrong', async () => {
    const body = { kind: 'announcement', name: 'x', texts: { en: { subject: 'Hi {{nmae}}', body: 'x' } } };
    const answer = await test.send('POST', '/api/mailings', body, headers);
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors).toMatchObject([{ path: 'texts.en.subject', code: 'mergeField' }]);
  });

  it('is not sent while somebody would have nothing in a field, and is once something stands in for it', async () => {
    const id = await make({ audience: {}, texts: { en: { subject: 'To {{organisation}}', body: 'x' } } });
    const audience = (await test.get(`/api/mailings/${id}/audience`, headers)).json();
    expect(audience.missing).toEqual([{ field: 'organisation', people: 2, fallback: false }]);
    expect((await put(id, 'schedule', { schedule: 'now' })).json()).toMatchObject({
      status: 409,
      code: 'mailing-fields-missing',
    });
    await test.send('PATCH', `/api/mailings/${id}`, { fallbacks: { organisation: { en: 'your city' } } }, headers);
    expect((await put(id, 'schedule', { schedule: 'now' })).statusCode).toBe(200);
    await minute(test);
    const [last] = (await test.mails(`organiser-${office.slug}@example.org`)).slice(-1);
    expect(last?.subject).toBe('To your city');
  });

  it('keeps what a name looks like out of what the letter is', async () => {
    const name = '**Bold** {{event}} <b>&</b>';
    await sql`update people set name = ${name} where id = ${office.people[0]?.id}`.execute(db);
    const id = await make();
    const { html, text, subject } = (
      await test.get(`/api/mailings/${id}/preview?person=${office.people[0]?.id}`, headers)
    ).json();
    expect(subject).toBe(`News for ${name}`);
    expect(html).toContain('**Bold** {{event}} &lt;b>&amp;&lt;/b>');
    expect(text).toContain(`Dear ${name},`);
    await sql`update people set name = 'Contact 0000' where id = ${office.people[0]?.id}`.execute(db);
  });
});
