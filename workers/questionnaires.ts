import { Invalid, Refused } from '../server/errors.ts';
import { closeQuestionnaire, openQuestionnaire } from '../server/questionnaires/actions.ts';
import { SealedOtherwise } from '../server/questionnaires/anonymity.ts';
import { askNewcomers, remind } from '../server/questionnaires/askings.ts';
import { dueQuestionnaires } from '../server/questionnaires/due.ts';
import { mix } from '../server/questionnaires/mixing.ts';
import { questionnaireById } from '../server/questionnaires/queries.ts';
import { sealingKeys } from '../server/questionnaires/sealing.ts';
import { refreshFigures, settle } from '../server/questionnaires/settling.ts';
import type { System } from '../server/system.ts';
import type { Handlers } from './handler.ts';

export const questionnaireHandlers: Handlers = {
  // Its mails are in the ledger already; whoever comes later is found by the sweep.
  'questionnaires.opened': async () => {},
  'questionnaires.closed': ({ questionnaire }, { db, config, clock }) =>
    settle(db, String(questionnaire), { ...sealingKeys(config), now: clock() }),
};

/** Opens what is due, asks newcomers, reminds, closes, and makes final what has closed. */
export async function sweepQuestionnaires(system: System): Promise<void> {
  const { db, config, clock } = system;
  const now = clock();
  const { secret } = config;
  for (const due of await dueQuestionnaires(db, now)) {
    if (due.what === 'open') await openIfPossible(due.id, { db, secret, now });
    else if (due.what === 'close') await closeQuestionnaire(db, null, due.id, now);
    else if (due.what === 'settle') await settleIfOpened(system, due.id);
    else {
      const questionnaire = await questionnaireById(db, due.id);
      if (questionnaire.eventId) await askNewcomers(db, questionnaire, { secret, now });
      await remind(db, questionnaire, now);
      if (questionnaire.privacy !== 'anonymous') await refreshFigures(db, due.id);
    }
  }
}

// Too few took part, or the form is not ready: the organiser sees why on its page, and opens it or does not.
async function openIfPossible(id: string, { db, secret, now }: { db: System['db']; secret: string; now: Temporal.Instant }) {
  try {
    await openQuestionnaire(db, null, id, { secret, now });
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Invalid)) throw error;
  }
}

/** Mixes what has come in. Not oftener than every ten minutes: all answers of a questionnaire are written anew each time. */
export async function mixAnswers({ db, config, clock, log }: System): Promise<void> {
  const rows = await db.selectFrom('answer_inbox').select('questionnaire_id').distinct().execute();
  for (const { questionnaire_id: id } of rows)
    await unlessSealedOtherwise(log, id, () => mix(db, id, { ...sealingKeys(config), now: clock(), last: false }));
}

const settleIfOpened = ({ db, config, clock, log }: System, id: string) =>
  unlessSealedOtherwise(log, id, () => settle(db, id, { ...sealingKeys(config), now: clock() }));

// One questionnaire whose answers nobody can open just now holds up no other; they wait, and the log says what for.
async function unlessSealedOtherwise(log: System['log'], questionnaire: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof SealedOtherwise)) throw error;
    log.error({ questionnaire }, error.message);
  }
}
