import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { invitationIn, invitationToken } from '../../server/mailings/invitation-links.ts';
import { testApp } from '../support/app.ts';
import { testClock } from '../support/clock.ts';
import { mailingOffice, minute } from './world.ts';

const test = await testApp({ clock: testClock('2026-11-20T10:00:00Z') });
const { db } = test;
const office = await mailingOffice(db, 4);
const headers = await test.bearer(office.secretariat);
const pages = await test.signedIn(office.secretariat);

const invited = async () => (await test.get(`/api/events/${office.slug}/invitations`, headers)).json();
const linkIn = (text: string) => /\/invitations\/([\w-]{65})/.exec(text)?.[1] ?? '';
const linkOf = async (n: number) => linkIn((await test.mails(office.people[n]?.address)).at(-1)?.text ?? '');

describe('an invitation', () => {
  it('goes out with a link for each, of which nothing is in the database', async () => {
    const made = await test.send(
      'POST',
      '/api/mailings',
      { kind: 'invitation', name: 'Come', event: office.slug, template: 'invitation', audience: { roles: ['contact'] } },
      headers,
    );
    const id = made.json().id;
    await test.send('PUT', `/api/mailings/${id}/schedule`, { schedule: 'now' }, headers);
    await minute(test);
    expect((await invited()).counts).toEqual({ none: 4, accepted: 0, declined: 0, substitute: 0 });
    const links = await Promise.all(office.people.map((_, n) => linkOf(n)));
    expect(new Set(links.filter((link) => link !== '')).size).toBe(4);
    const french = (await test.mails(office.people[1]?.address)).at(-1);
    expect(french?.subject).toBe('Invitation : Le Congrès');
    expect(french?.html).toContain('lang="fr"');
  });

  it('is not answered by whoever only opens it: scanners follow every link', async () => {
    const token = await linkOf(0);
    for (const url of [`/invitations/${token}`, `/invitations/${token}?answer=declined`])
      expect((await test.get(url)).statusCode).toBe(200);
    expect((await invited()).counts.none).toBe(4);
  });

  it('is accepted with one press, without signing in, and leads into the registration with what is known filled in', async () => {
    const token = await linkOf(0);
    expect((await test.post(`/invitations/${token}`, { answer: 'accepted', note: 'With joy' })).statusCode).toBe(303);
    const page = await test.get(`/invitations/${token}`);
    expect(page.body).toContain(`/invitations/${token}/registration`);
    const form = await test.get(`/invitations/${token}/registration`);
    expect(form.statusCode).toBe(200);
    expect(form.body).toContain('value="Contact 0000"');
    expect(form.body).toContain(`value="${office.people[0]?.address}"`);
    expect((await invited()).items[0]).toMatchObject({ name: 'Contact 0000', answer: 'accepted', note: 'With joy' });
  });

  it('is answered in another language, asks for the substitute, and keeps what was typed', async () => {
    const token = await linkOf(1);
    const wrong = await test.post(`/invitations/${token}`, {
      answer: 'substitute',
      substituteName: 'A colleague',
      substituteAddress: 'nonsense',
    });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('<html lang="fr"');
    expect(wrong.body).toContain('value="A colleague"');
    const right = { answer: 'substitute', substituteName: 'A colleague', substituteAddress: 'colleague@example.org' };
    expect((await test.post(`/invitations/${token}`, right)).statusCode).toBe(303);
    const row = (await invited()).items.find((item: { answer: string }) => item.answer === 'substitute');
    expect(row).toMatchObject({
      substituteName: 'A colleague',
      substituteAddress: 'colleague@example.org',
      substituteInvited: false,
    });
    // Its organiser hears of it, with the way to invite them; once somebody has, nobody hears of it any more.
    await minute(test);
    const told = (await test.mails()).filter(({ subject }) => subject === 'Contact 0001 names somebody else for The Congress');
    expect(told.map(({ to }) => to)).toEqual([[`organiser-${office.slug}@example.org`]]);
    expect(told[0]?.text).toContain('proposes A colleague');
    expect(told[0]?.text).toContain(`/back-office/events/${office.slug}/invitations?answer=substitute`);
    const [first, again] = [
      await test.send('PUT', `/api/invitations/${row.id}/substitute`, undefined, headers),
      await test.send('PUT', `/api/invitations/${row.id}/substitute`, undefined, headers),
    ];
    expect(first.json()).toEqual(again.json());
    await minute(test);
    expect((await test.mails('colleague@example.org')).map((mail) => mail.subject)).toEqual(['Invitation : Le Congrès']);
  });

  it('reminds those who have not answered and nobody else; R35: not those who answer meanwhile', async () => {
    const page = await test.get(`/back-office/events/${office.slug}/invitations`, pages);
    expect(page.statusCode).toBe(200);
    const answer = await test.post(`/back-office/events/${office.slug}/invitations/reminders`, {}, pages);
    const id = /mailings\/([0-9a-f-]{36})/.exec(String(answer.headers.location))?.[1];
    const audience = (await test.get(`/api/mailings/${id}/audience`, headers)).json();
    expect(audience.items.map((item: { name: string }) => item.name)).toEqual(['A colleague', 'Contact 0002', 'Contact 0003']);
    await test.send('PUT', `/api/mailings/${id}/schedule`, { schedule: 'morning', planned: '2026-11-25T09:00' }, headers);
    test.clock.set('2026-11-24T20:00:00Z');
    await minute(test);
    await test.send('PUT', `/api/invitation-links/${await linkOf(2)}/answer`, { answer: 'declined' });
    test.clock.set('2026-11-26T12:00:00Z');
    await minute(test);
    const { counts } = (await test.get(`/api/mailings/${id}/progress`, headers)).json();
    expect(counts).toEqual({ accepted: 2, cancelled: 1 });
    expect(await linkOf(3)).not.toBe('');
  });

  it('can be taken along as a table, as the list is filtered', async () => {
    const path = `/back-office/events/${office.slug}/invitations`;
    const table = (await test.get(`${path}.csv?answer=substitute`, pages)).body.split('\r\n');
    expect(table[0]).toContain('Person,Organisation,Country,Answer,Answered,Note,Proposed');
    expect(table[1]).toContain(',A colleague,colleague@example.org,');
    expect(table.length).toBe(3);
    const all = (await test.get(`${path}.json`, pages)).json();
    expect(all.map(({ name }: { name: string }) => name)).toEqual([
      'A colleague',
      'Contact 0000',
      'Contact 0001',
      'Contact 0002',
      'Contact 0003',
    ]);
  });

  it('changes with its last answer, and is over when the event is', async () => {
    const token = await linkOf(3);
    const put = (answer: string) => test.send('PUT', `/api/invitation-links/${token}/answer`, { answer });
    await put('declined');
    await put('accepted');
    await put('accepted');
    const { rows } = await sql<{ answer: string }>`
      select a.answer from invitation_answers a join invitations i on i.id = a.invitation_id where i.person_id = ${office.people[3]?.id} order by a.at, a.id`.execute(
      db,
    );
    expect(rows.map(({ answer }) => answer)).toEqual(['declined', 'accepted']);
    test.clock.set('2027-06-30T00:00:00Z');
    expect((await put('declined')).json()).toMatchObject({ status: 409, code: 'invitation-over' });
  });
});

describe('the link of an invitation', () => {
  it('opens only what we wrote', async () => {
    const id = '0198aaaa-0000-4000-8000-000000000001';
    const token = invitationToken('a secret', id);
    expect(invitationIn('a secret', token)).toBe(id);
    expect(invitationIn('another secret', token)).toBeUndefined();
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    expect(invitationIn('a secret', forged)).toBeUndefined();
    expect((await test.get(`/invitations/${token}`)).statusCode).toBe(404);
  });
});
