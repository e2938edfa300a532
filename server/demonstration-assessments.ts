import { sql } from 'kysely';
import { inTransaction } from '../db/database.ts';
import type { Viewer } from './accounts/access.ts';
import { findOrCreatePerson } from './accounts/actions.ts';
import { closeQuestionnaire, openQuestionnaire } from './questionnaires/actions.ts';
import { sealingKey } from './questionnaires/anonymity.ts';
import { answer } from './questionnaires/answering.ts';
import { askingToken, type Invitee } from './questionnaires/askings.ts';
import { askedBy, definitionOf } from './questionnaires/queries.ts';
import { createSelfAssessment } from './questionnaires/self-assessment.ts';
import { settle } from './questionnaires/settling.ts';
import type { System } from './system.ts';

const ROWS = ['departments', 'participation', 'lifelong', 'inclusion', 'evaluation'];
/** Cities that answer: enough for a place among others, and among those of one size. */
const CITIES = 40;
const YEARS = 3;

/** Self-assessments of three years that are closed, answered by many cities, so that two contacts see their development and place. */
export async function loadAssessments(system: System, viewer: Viewer): Promise<void> {
  const year = system.clock().toZonedDateTimeISO(system.config.defaultZone).year;
  const invitees = await citiesToAsk(system);
  for (let back = YEARS; back >= 1; back--) await assessed(system, viewer, year - back, invitees, YEARS - back);
}

async function citiesToAsk({ db, config }: System): Promise<Invitee[]> {
  const { rows } = await sql<{ id: string; slug: string; name: string; person: string | null; email: string | null }>`
    select o.id, o.slug, o.name, p.id as person, p.email from organisations o
      left join affiliations a on a.organisation_id = o.id and a.is_contact left join people p on p.id = a.person_id
    order by p.id is null, o.slug limit ${CITIES}`.execute(db);
  return inTransaction(db, async (tx) => {
    const invitees: Invitee[] = [];
    for (const city of rows) {
      const address = city.email ?? `${city.slug}@example.org`;
      const person = { name: `International Relations, ${city.name}`, email: address, language: 'en', zone: config.defaultZone };
      const personId = city.person ?? (await findOrCreatePerson(tx, person, null));
      invitees.push({ personId, organisationId: city.id, address, language: 'en', zone: config.defaultZone });
    }
    return invitees;
  });
}

async function assessed(
  { db, config, clock }: System,
  viewer: Viewer,
  year: number,
  invitees: Invitee[],
  nth: number,
): Promise<void> {
  const now = clock();
  const key = sealingKey(config.secret);
  const id = await createSelfAssessment(db, viewer, { year }, { now, zone: config.defaultZone });
  await openQuestionnaire(db, viewer, id, { secret: config.secret, now, invitees });
  const { rows } = await sql<{ id: string; at: number }>`
    select a.id, (row_number() over (order by o.slug))::int as at from askings a join organisations o on o.id = a.organisation_id
    where a.questionnaire_id = ${id}`.execute(db);
  for (const asking of rows) {
    if ((asking.at + nth) % 9 === 8) continue;
    const asked = await askedBy(db, askingToken(config.secret, asking.id));
    await answer(db, asked, await definitionOf(db, asked.formVersionId), { city: scoresOf(asking.at, nth) }, { key, now });
  }
  await closeQuestionnaire(db, viewer, id, now);
  await settle(db, id, { key, now });
}

// Most cities rise a little from year to year, each at its own pace.
function scoresOf(at: number, nth: number): Record<string, string> {
  return Object.fromEntries(
    ROWS.map((row, n) => [
      row,
      String(
        Math.min(
          5,
          Math.max(1, 1 + ((at * 3 + n * 2) % 4) + ((at + n + nth) % 3 === 0 ? 1 : 0) + (nth === 2 && at % 2 === 0 ? 1 : 0)),
        ),
      ),
    ]),
  );
}
