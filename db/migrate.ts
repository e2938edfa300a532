import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { GRAB_PARTY, GRAB_PLACES } from './functions/grab-places.ts';
import { KEEP_ANSWER } from './functions/keep-answer.ts';
import { ADD_WAITING, JOIN_QUEUE, REGISTER_PARTY } from './functions/register-party.ts';
import { UUID_V7 } from './functions/uuid-v7.ts';
import * as base from './migrations/0001-base.ts';
import * as accounts from './migrations/0002-accounts.ts';
import * as organisations from './migrations/0003-organisations.ts';
import * as forms from './migrations/0004-forms.ts';
import * as places from './migrations/0005-places.ts';
import * as sends from './migrations/0006-sends.ts';
import * as events from './migrations/0007-events.ts';
import * as registrations from './migrations/0008-registrations.ts';
import * as eventsOffice from './migrations/0009-events-office.ts';
import * as registering from './migrations/0010-registering.ts';
import * as bulks from './migrations/0011-bulks.ts';
import * as calls from './migrations/0012-calls.ts';
import * as judging from './migrations/0013-judging.ts';
import * as questionnaires from './migrations/0014-questionnaires.ts';
import * as desk from './migrations/0015-desk.ts';
import * as mailings from './migrations/0015-mailings.ts';
import * as sending from './migrations/0016-sending.ts';
import * as calendars from './migrations/0017-calendars.ts';
import * as programme from './migrations/0018-programme.ts';
import * as studyVisits from './migrations/0019-study-visits.ts';
import * as door from './migrations/0020-door.ts';
import * as documents from './migrations/0021-documents.ts';
import * as activities from './migrations/0022-activities.ts';
import * as juryOffices from './migrations/0023-jury-offices.ts';
import * as answers from './migrations/0024-answers.ts';
import * as reports from './migrations/0025-reports.ts';
import * as juryFinal from './migrations/0026-jury-final.ts';
import * as ownConflicts from './migrations/0026-own-conflicts.ts';
import * as walkIns from './migrations/0027-walk-ins.ts';
import * as whoWaits from './migrations/0027-who-waits.ts';
import * as creationsDone from './migrations/0030-creations-done.ts';
import * as erasure from './migrations/0031-erasure.ts';
import * as scoringRounds from './migrations/0032-scoring-rounds.ts';
import * as registeredOnly from './migrations/0034-registered-only.ts';

const migrations: Record<string, Migration> = {
  '0001-base': base,
  '0002-accounts': accounts,
  '0003-organisations': organisations,
  '0004-forms': forms,
  '0005-places': places,
  '0006-sends': sends,
  '0007-events': events,
  '0008-registrations': registrations,
  '0009-events-office': eventsOffice,
  '0010-registering': registering,
  '0011-bulks': bulks,
  '0012-calls': calls,
  '0013-judging': judging,
  '0014-questionnaires': questionnaires,
  '0015-desk': desk,
  '0015-mailings': mailings,
  '0016-sending': sending,
  '0017-calendars': calendars,
  '0018-programme': programme,
  '0019-study-visits': studyVisits,
  '0020-door': door,
  '0021-documents': documents,
  '0022-activities': activities,
  '0023-jury-offices': juryOffices,
  '0024-answers': answers,
  '0025-reports': reports,
  '0026-jury-final': juryFinal,
  '0026-own-conflicts': ownConflicts,
  '0027-walk-ins': walkIns,
  '0027-who-waits': whoWaits,
  '0030-creations-done': creationsDone,
  '0031-erasure': erasure,
  '0032-scoring-rounds': scoringRounds,
  '0034-registered-only': registeredOnly,
};

// What the database computes is not history: there is one text of each function, made anew when any of them is another.
const functions = [UUID_V7, GRAB_PLACES, GRAB_PARTY, ADD_WAITING, JOIN_QUEUE, REGISTER_PARTY, KEEP_ANSWER].join('\n');

/** Brings the database to the newest form. Several processes may call it at once: they take turns. */
export async function migrate<Tables>(db: Kysely<Tables>): Promise<void> {
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest();
  if (error) throw error;
  await makeFunctions(db);
}

async function makeFunctions<Tables>(db: Kysely<Tables>): Promise<void> {
  const digest = createHash('sha256').update(functions).digest('hex');
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('convivium functions'))`.execute(tx);
    const { rows } = await sql<{ digest: string | null }>`
      select obj_description(to_regprocedure('uuid_v7()'), 'pg_proc') as digest`.execute(tx);
    if (rows[0]?.digest === digest) return;
    await sql.raw(functions).execute(tx);
    await sql.raw(`comment on function uuid_v7() is '${digest}'`).execute(tx);
  });
}
