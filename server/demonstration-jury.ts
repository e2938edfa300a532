import { type Db, inTransaction } from '../db/database.ts';
import { award, candidature } from '../db/demo/award.ts';
import { experiences } from '../db/demo/experiences.ts';
import type { Viewer } from './accounts/access.ts';
import { findOrCreatePerson } from './accounts/actions.ts';
import { viewerOf } from './accounts/queries.ts';
import { putCall } from './calls/actions.ts';
import { saveEntry, startEntry } from './calls/entries.ts';
import { CallWrite } from './calls/input.ts';
import { publishCall } from './calls/states.ts';
import { submitEntry } from './calls/submission.ts';
import { createForm, putIntoUse } from './forms/actions.ts';
import { makeRun } from './judging/assigning.ts';
import { decide } from './judging/decisions.ts';
import { castBallot, openBallot } from './judging/deliberation.ts';
import { AutomaticWrite, DecisionWrite, MemberWrite } from './judging/input.ts';
import { seatMember } from './judging/jury.ts';
import { keepRanking } from './judging/rankings.ts';
import { saveReview } from './judging/reviews.ts';
import { setScoringEnd } from './judging/rounds.ts';

const SLUG = 'call-for-experiences';
const JURORS = 4;
const FINALISTS = 3;
const MERITS = [7, 6.6, 6.1, 6, 4.5, 4];

/** A call for experiences of the congress in its final: read by a scientific committee, ranked, and with its ballot open. */
export async function loadJury(
  db: Db,
  viewer: Viewer,
  congress: string,
  cities: ReadonlyMap<string, string>,
  now: Temporal.Instant,
): Promise<void> {
  const event = await db.selectFrom('events').select('id').where('slug', '=', congress).executeTakeFirst();
  if (!event) return;
  const open = now.subtract({ hours: 24 * 20 });
  const local = now.toZonedDateTimeISO('Europe/Madrid').toPlainDateTime().round('minute');
  const formId = await inTransaction(db, (tx) =>
    createForm(tx, { ...candidature, key: 'experience' }, { actor: viewer.personId, now: open }),
  );
  await putIntoUse(db, formId, { actor: viewer.personId, now: open, incomplete: false });
  const { criteria, themes } = award(local.year + 1, local);
  const call = {
    ...experiences,
    criteria,
    themes,
    eventId: event.id,
    formId,
    opens: local.subtract({ days: 40 }).toString(),
    closes: local.subtract({ days: 10 }).toString(),
  };
  await putCall(db, viewer, SLUG, CallWrite.parse(call), open);
  await publishCall(db, viewer, SLUG, open);
  const entries = await enter(db, viewer, cities, open);
  const jurors = await seat(db, viewer, now);
  await setScoringEnd(db, viewer, SLUG, local.add({ days: 7 }).with({ hour: 18, minute: 0, second: 0 }), now);
  await makeRun(db, viewer, SLUG, { automatic: AutomaticWrite.parse({ reviews: JURORS }), publish: true }, now);
  for (const [j, juror] of jurors.entries())
    for (const [i, entry] of entries.entries())
      await saveReview(db, juror, entry, juror.personId, { ...reviewOf(i, j, criteria), submitted: true }, now);
  await keepRanking(db, viewer, SLUG, { chosen: FINALISTS }, now);
  const reasons = { en: 'Among the first of the ranking, and discussed.' };
  for (const entry of entries.slice(0, FINALISTS)) {
    const written = { kind: 'shortlisted', entry, reasons, present: jurors.map(({ name }) => name) };
    await decide(db, viewer, SLUG, DecisionWrite.parse(written), now);
  }
  await openBallot(db, viewer, SLUG, now);
  const finalists = entries.slice(0, FINALISTS);
  for (const juror of jurors.slice(1))
    await castBallot(
      db,
      juror,
      SLUG,
      finalists.map((entry) => [entry]),
      now,
    );
}

// One merit an entry, one generosity a juror, and a little of each pair: the first ones lie close together at the cut.
function reviewOf(entry: number, juror: number, criteria: readonly { key: string }[]) {
  const scores = criteria.map(({ key }, at): [string, number] => {
    const score = (MERITS[entry] ?? 4) + (juror - 1.5) * 0.7 + ((entry * 7 + juror * 5 + at * 3) % 6) * 0.6;
    return [key, Math.max(0, Math.min(10, Math.round(score)))];
  });
  const commentToApplicant = juror === 0 ? 'Write down what other cities need in order to do the same.' : '';
  return {
    scores: Object.fromEntries(scores),
    commentToJury: 'Clear in method; the figures are of one year.',
    commentToApplicant,
  };
}

async function enter(db: Db, viewer: Viewer, cities: ReadonlyMap<string, string>, now: Temporal.Instant): Promise<string[]> {
  const entries: string[] = [];
  for (const { city, theme, modality, title, summary } of experiences.entered) {
    const organisationId = cities.get(city);
    const contact = organisationId && (await contactOf(db, viewer, city, organisationId));
    if (!organisationId || !contact) continue;
    const id = await startEntry(db, contact, SLUG, { organisationId, theme, language: 'en' }, now);
    const { version } = await db.selectFrom('entries').select('version').where('id', '=', id).executeTakeFirstOrThrow();
    const answers = { description: summary.en, impact: 'More people come each year, and say why.', started: '2020-09-01' };
    await saveEntry(db, contact, id, { version, title, summary, modality, mayPublish: true, answers }, now);
    await submitEntry(db, contact, id, now);
    entries.push(id);
  }
  return entries;
}

async function contactOf(db: Db, viewer: Viewer, city: string, organisationId: string): Promise<Viewer | undefined> {
  const email = `${city}@example.org`;
  const id = await inTransaction(db, async (tx) => {
    const person = await findOrCreatePerson(
      tx,
      { email, name: 'International Relations', language: 'en', zone: viewer.zone },
      null,
    );
    await tx
      .insertInto('affiliations')
      .values({
        person_id: person,
        organisation_id: organisationId,
        title: 'International Relations',
        is_contact: true,
        ended_at: null,
      })
      .execute();
    return person;
  });
  return viewerOf(db, id);
}

async function seat(db: Db, viewer: Viewer, now: Temporal.Instant): Promise<(Viewer & { name: string })[]> {
  const jurors: (Viewer & { name: string })[] = [];
  for (let n = 1; n <= JURORS; n++) {
    const name = `Juror ${n}`;
    const member = { email: `juror-${n}@example.org`, name, languages: ['en', 'es', 'fr', 'pt'] };
    const juror = await viewerOf(db, await seatMember(db, viewer, SLUG, MemberWrite.parse(member), now));
    if (juror) jurors.push({ ...juror, name });
  }
  return jurors;
}
