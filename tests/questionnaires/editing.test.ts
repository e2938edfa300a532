import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { grantRole } from '../../server/accounts/roles.ts';
import { testApp } from '../support/app.ts';
import { openedQuestionnaire } from './world.ts';

const test = await testApp();
const { db } = test;

async function organiserOf(eventId: string) {
  const { rows } = await sql<{ id: string }>`insert into people (name) values ('An organiser') returning id`.execute(db);
  const id = rows[0]?.id ?? '';
  await grantRole(db, null, id, { role: 'organiser', scopeId: eventId });
  return test.signedIn(id);
}

it('lets every organiser of its event edit the questions of a questionnaire, and no other', async () => {
  const own = await openedQuestionnaire(db, { people: 10, now: test.clock() });
  const other = await openedQuestionnaire(db, { people: 10, now: test.clock() });
  const { form_id: form } = await db
    .selectFrom('questionnaires')
    .select('form_id')
    .where('id', '=', own.id)
    .executeTakeFirstOrThrow();
  const organiser = await organiserOf(own.eventId);
  expect((await test.get(`/back-office/forms/${form}`, organiser)).statusCode).toBe(200);
  expect((await test.get('/back-office/forms', organiser)).body).toContain(form);
  const stranger = await organiserOf(other.eventId);
  expect((await test.get(`/back-office/forms/${form}`, stranger)).statusCode).toBe(404);
  expect((await test.get('/back-office/forms', stranger)).body).not.toContain(form);
});
