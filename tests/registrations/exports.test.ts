import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { readWorkbook } from '../support/workbook.ts';
import { registrationWorld } from './world.ts';

const test = await testApp();
const world = await registrationWorld(test);
const office = await test.signedIn(world.secretariat);

describe('what is exported', () => {
  it('has the form’s answers in words or as its codes, and what was answered once for a delegation', async () => {
    const slug = await world.openEvent();
    const organisationId = await world.city('exportville', 'Exportville');
    const contact = await test.bearer(await world.delegate(organisationId, 'Exportville Contact', { contact: true }));
    const people = [
      await world.delegate(organisationId, 'Exportville One'),
      await world.delegate(organisationId, 'Exportville Two'),
    ];
    await world.ask(slug);
    const made = await test.send(
      'POST',
      `/api/events/${slug}/delegations`,
      {
        organisationId,
        people: [
          { personId: people[0], category: 'member', answers: { meal: 'all' } },
          { personId: people[1], category: 'member', answers: { meal: 'other', diet: '=cmd()' } },
        ],
        answers: { hotel: 'Hotel One' },
      },
      contact,
    );
    expect(made.statusCode, made.body).toBe(201);
    const sheet = async (query: string) => {
      const file = await test.get(`/back-office/events/${slug}/registrations.xlsx?sort=name${query}`, office);
      const [header, ...rows] = readWorkbook(file.rawPayload).map((row) => [row[1], ...row.slice(14)]);
      return [header, ...rows.sort(([one], [other]) => String(one).localeCompare(String(other)))];
    };
    expect(await sheet('')).toEqual([
      ['Name', 'What do you eat?', 'What exactly?', 'Letter of your mayor', 'Your hotel'],
      ['Exportville One', 'Everything', null, null, 'Hotel One'],
      ['Exportville Two', 'Something else', '=cmd()', null, 'Hotel One'],
    ]);
    expect(await sheet('&answers=codes')).toEqual([
      ['Name', 'meal', 'diet', 'letter', 'hotel'],
      ['Exportville One', 'all', null, null, 'Hotel One'],
      ['Exportville Two', 'other', '=cmd()', null, 'Hotel One'],
    ]);
  });
});
