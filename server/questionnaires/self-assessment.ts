import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid } from '../errors.ts';
import { createFormInUse } from '../forms/actions.ts';
import { parseDefinition } from '../forms/definition.ts';
import { SELF_ASSESSMENT } from './self-assessment-core.ts';

/** The self-assessment of a year, a draft: one a year. Errors: Invalid for the year that has one, or the form. Returns its id. */
export async function createSelfAssessment(
  db: Db,
  viewer: Viewer,
  { year, definition }: { year: number; definition?: unknown },
  { now, zone }: { now: Temporal.Instant; zone: string },
): Promise<string> {
  const form = parseDefinition(definition ?? SELF_ASSESSMENT);
  if (form.kind !== 'selfAssessment') throw new Invalid([{ path: 'definition.kind', code: 'choice' }]);
  return inTransaction(db, async (tx) => {
    const there = await tx
      .selectFrom('questionnaires')
      .select('id')
      .where('kind', '=', 'self-assessment')
      .where('year', '=', year)
      .executeTakeFirst();
    if (there) throw new Invalid([{ path: 'year', code: 'twice' }]);
    const formId = await createFormInUse(tx, form, { actor: viewer.personId, now });
    const { id } = await tx
      .insertInto('questionnaires')
      .values({
        kind: 'self-assessment',
        title: json(Object.fromEntries(Object.entries(form.title).map(([language, text]) => [language, `${text} ${year}`]))),
        privacy: 'named',
        automatic: false,
        form_id: formId,
        year,
        zone,
        created_by: viewer.personId,
        created_at: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await record(tx, {
      actor: viewer.personId,
      feature: 'questionnaires',
      row: id,
      action: 'created',
      after: { year, kind: 'self-assessment' },
    });
    return id;
  });
}
