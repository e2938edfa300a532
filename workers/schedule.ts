import { recomputeInstants } from '../server/calendars/recomputing.ts';
import { forgetFiles } from '../server/documents/jobs.ts';
import { forgetPassports } from '../server/documents/visa.ts';
import { sweepScoring } from '../server/judging/rounds.ts';
import { sweepSessions } from '../server/programme/waiting.ts';
import { forgetDrafts } from '../server/registrations/delegation-draft.ts';
import { sweepPlaces } from '../server/registrations/offers.ts';
import { sweepVisits } from '../server/study-visits/exchanges.ts';
import { forgetLooseFiles } from './forms.ts';
import type { Recurring } from './handler.ts';
import { sweepMailings } from './mailings.ts';
import { renderers } from './mails.ts';
import { mixAnswers, sweepQuestionnaires } from './questionnaires.ts';
import { sweepSends } from './sends.ts';
import { forgetOldKeys } from './upkeep.ts';

/** Everything that happens by itself, on one page. A worker that finds its turn come runs it; others do not. */
export const schedule: Recurring[] = [
  { name: 'forget-idempotency-keys', every: 3600, what: 'Forgets the keys of creations after two days', run: forgetOldKeys },
  {
    name: 'sweep-places',
    every: 60,
    what: 'Ends offers and held places whose time is over, and passes places on',
    run: ({ db, clock }) => sweepPlaces(db, clock()),
  },
  {
    name: 'sweep-sessions',
    every: 60,
    what: 'Passes free places of sessions on to who waits for them',
    run: ({ db, clock }) => sweepSessions(db, clock()),
  },
  {
    name: 'sweep-visits',
    every: 60,
    what: 'Passes free places of visits on to who waits for them',
    run: ({ db, clock }) => sweepVisits(db, clock()),
  },
  {
    name: 'sweep-sends',
    every: 60,
    what: 'Sends what is due, and again what a dead worker held',
    atStart: true,
    run: (system) => sweepSends(system, renderers),
  },
  {
    name: 'forget-delegation-drafts',
    every: 86_400,
    what: 'Forgets delegations that nobody has gone on with for 90 days',
    run: ({ db, clock }) => forgetDrafts(db, clock().subtract({ hours: 24 * 90 })),
  },
  {
    name: 'recompute-instants',
    every: 21_600,
    what: 'Keeps local times where the rules of a time zone have changed, and tells who is concerned',
    run: ({ db, clock }) => recomputeInstants(db, clock()),
  },
  {
    name: 'forget-made-files',
    every: 3600,
    what: 'Removes badges, certificates and letters made for download after a week',
    run: forgetFiles,
  },
  {
    name: 'forget-passports',
    every: 21_600,
    what: 'Forgets what passports said 30 days after their event',
    run: ({ db, clock }) => forgetPassports(db, clock()),
  },
  { name: 'forget-loose-files', every: 3600, what: 'Removes files that no answer took up within a day', run: forgetLooseFiles },
  {
    name: 'sweep-mailings',
    every: 60,
    what: 'Begins mailings that are due, and says which are done',
    run: sweepMailings,
  },
  {
    name: 'sweep-questionnaires',
    every: 60,
    what: 'Opens questionnaires after their events, asks and reminds, closes them and makes their figures final',
    run: sweepQuestionnaires,
  },
  {
    name: 'sweep-scoring',
    every: 600,
    what: 'Reminds jurors who have reviews left three days before the end of scoring',
    run: ({ db, clock }) => sweepScoring(db, clock()),
  },
  { name: 'mix-answers', every: 600, what: 'Takes anonymous answers out of the sealed inbox, in batches', run: mixAnswers },
];
