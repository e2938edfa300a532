import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { sweepPlaces } from '../../server/registrations/offers.ts';
import { registrationHandlers } from '../../workers/registrations.ts';
import { testApp } from '../support/app.ts';
import { registrationWorld } from './world.ts';

const test = await testApp();
const { db } = test;
const world = await registrationWorld(test);

let n = 0;
/** An event with one registered guest, whose mails so far are read. */
async function registered(more: Record<string, unknown> = {}, language = 'en', zone = 'Europe/Madrid') {
  const address = `guest-${++n}@example.org`;
  const slug = await world.openEvent(more);
  const personId = await world.person(`Guest ${n}`, address, language, zone);
  const cookie = await test.signedIn(personId);
  const answer = await test.post(`/events/${slug}/registration`, { category: 'member' }, cookie);
  const path = String(answer.headers.location).split('?')[0] ?? '';
  await test.drain();
  return { slug, personId, cookie, path, address, id: path.split('/').at(-1) ?? '' };
}

const last = async (address: string) => {
  await test.drain();
  const mail = (await test.mails(address)).at(-1);
  if (!mail) throw new Error('no mail');
  return mail;
};

const methodOf = (mail: { attachments: { name: string; content: Uint8Array }[] }) =>
  /METHOD:(\w+)/.exec(mail.attachments.map(({ content }) => Buffer.from(content).toString()).join('\n'))?.[1];

// What a reader of the one reads, a reader of the other reads too.
function wordsOf(html: string): string {
  return html
    .replace(/<head>[^]*?<\/head>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ');
}

describe('a mail about a registration', () => {
  it('says the same in HTML and in plain text, with a calendar file, what to pay and where', async () => {
    const { address } = await registered({}, 'fr');
    const mail = await last(address);
    expect(mail.subject).toBe('Votre inscription est confirmée : Congrès des villes éducatrices');
    expect(methodOf(mail)).toBe('PUBLISH');
    const html = wordsOf(mail.html);
    for (const part of [
      'Guest',
      'mercredi 26 mai 2027',
      'Conference Hall',
      'Membre',
      '250',
      'IBAN ES00 0000 0000 0000',
      'CONGR',
    ]) {
      expect(html, part).toContain(part);
      expect(mail.text, part).toContain(part);
    }
    const links = [...mail.html.matchAll(/href="(http[^"]+)"/g)].map(([, url]) => url ?? '');
    for (const url of links) expect(mail.text).toContain(url);
    expect(links.some((url) => url.includes('/registrations/manage/'))).toBe(true);
    // The personal link is in the mail alone, never in a calendar that a whole team may see.
    expect(mail.attachments.map(({ content }) => Buffer.from(content).toString()).join()).not.toContain('manage');
  });

  it('tells of an offer with its deadline where the reader is and where the event is, and of its end', async () => {
    const { address, slug, path, cookie } = await registered({ capacity: 1 });
    const waiter = await world.person('Waiter', 'waiter@example.org', 'en', 'Atlantic/Cape_Verde');
    await test.post(`/events/${slug}/registration`, { category: 'member' }, await test.signedIn(waiter));
    await test.post(`${path}/removal`, {}, cookie);
    expect((await last(address)).subject).toContain('Cancelled');
    expect(methodOf(await last(address))).toBe('CANCEL');
    const offer = await last('waiter@example.org');
    expect(offer.text).toMatch(/kept for you until .*\(GMT-1\), which is .*\(CET\)/);
    expect(offer.text).toMatch(/\/registrations\/manage\/[\w-]{43}\/offer\/removal/);
    await sql`update offers set expires_at = ${test.clock().subtract({ hours: 1 })}`.execute(db);
    await sweepPlaces(db, test.clock());
    expect((await last('waiter@example.org')).subject).toBe('The offer has expired: Congress of Educating Cities');
  });

  it('thanks for a payment and says what remains', async () => {
    const { address, id } = await registered();
    const paid = await test.send(
      'POST',
      `/api/registrations/${id}/payments`,
      { amount: 10000, receivedOn: '2026-11-02' },
      world.asSecretariat,
    );
    expect(paid.statusCode, paid.body).toBe(201);
    const mail = await last(address);
    expect(mail.subject).toBe('We have your payment: Congress of Educating Cities');
    for (const words of ['We received €100', '2 November 2026', 'Still to pay: €150']) expect(mail.text).toContain(words);
  });

  it('tells that the event has moved, and that it is cancelled', async () => {
    const { address, slug } = await registered({}, 'es');
    await test.send('PATCH', `/api/events/${slug}`, { starts: `${world.year}-05-27T09:00` }, world.asSecretariat);
    const moved = await last(address);
    expect([methodOf(moved), moved.text.includes('jueves, 27 de mayo')]).toEqual(['PUBLISH', true]);
    await test.send(
      'PUT',
      `/api/events/${slug}/cancellation`,
      { reason: { en: 'A storm', es: 'Una tormenta' } },
      world.asSecretariat,
    );
    const cancelled = await last(address);
    expect([methodOf(cancelled), cancelled.text.includes('Una tormenta')]).toEqual(['CANCEL', true]);
    expect(cancelled.text).not.toContain('IBAN');
  });

  it('goes to nobody any more who was replaced before it went out', async () => {
    const { slug, path, cookie, address } = await registered();
    await test.send('PATCH', `/api/events/${slug}`, { starts: `${world.year}-05-27T09:00` }, world.asSecretariat);
    await test.post(`${path}/replacement`, { 'person[name]': 'Newcomer', 'person[email]': 'newcomer@example.org' }, cookie);
    const mails = await test.mails(address);
    await test.drain();
    const since = (await test.mails(address)).slice(mails.length);
    expect(since.map(({ subject }) => subject.split(':')[0])).toEqual(['Somebody else takes your place']);
    expect(since.every(({ text }) => !text.includes('/registrations/manage/'))).toBe(true);
    expect((await test.mails('newcomer@example.org')).length).toBeGreaterThan(0);
  });

  it('is made once, however often its fact is handled', async () => {
    const { id } = await registered();
    const count = async () => (await db.selectFrom('sends').select('id').execute()).length;
    const before = await count();
    const fact = { id: '0190aaaa-0000-7000-8000-000000000001', topic: 'registrations.registered', attempt: 1 };
    for (const attempt of [1, 2, 3])
      await registrationHandlers['registrations.registered']?.({ confirmed: [id] }, test.system, { ...fact, attempt });
    expect(await count()).toBe(before + 1);
  });
});
