import { type Db, inTransaction } from '../db/database.ts';
import { award, candidature } from '../db/demo/award.ts';
import type { Viewer } from './accounts/access.ts';
import { putCall } from './calls/actions.ts';
import { CallWrite } from './calls/input.ts';
import { publishCall } from './calls/states.ts';
import { createForm, putIntoUse } from './forms/actions.ts';
import { recordFee } from './organisations/actions.ts';

/** The award of the demonstration world: open, with a form and a rubric; its host and a city of the jury cannot enter. */
export async function loadAward(
  db: Db,
  viewer: Viewer,
  cities: ReadonlyMap<string, string>,
  now: Temporal.Instant,
): Promise<void> {
  const local = now.toZonedDateTimeISO('Europe/Madrid').toPlainDateTime().round('minute');
  const year = local.year + 1;
  const deed = { actor: viewer.personId, now };
  const formId = await inTransaction(db, (tx) => createForm(tx, candidature, deed));
  await putIntoUse(db, formId, { ...deed, incomplete: false });
  const exclusions = [
    { organisationId: cities.get('granollers'), reason: 'host' },
    { organisationId: cities.get('lisboa'), reason: 'jury' },
  ].filter((one) => one.organisationId !== undefined);
  await putCall(db, viewer, 'educating-cities-award', CallWrite.parse({ ...award(year, local), formId, exclusions }), now);
  await publishCall(db, viewer, 'educating-cities-award', now);
  for (const slug of ['torres-vedras', 'granollers', 'rennes']) {
    if (cities.has(slug)) await recordFee(db, viewer, slug, year - 1, local.toPlainDate());
  }
}
