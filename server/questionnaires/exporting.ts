import type { Db } from '../../db/database.ts';
import { Refused } from '../errors.ts';
import type { Definition } from '../forms/definition.ts';
import { definitionOf, type Questionnaire } from './queries.ts';
import { exportable, type Variable, variablesOf } from './variables.ts';

export interface DataFile {
  definition: Definition;
  variables: Variable[];
  rows: (string | number | null)[][];
}

// A file that somebody opens in a spreadsheet.
const MOST = 100_000;

/**
 * The coded answers of a settled questionnaire, a row each, in an order that is nobody's; without whatever could single somebody out.
 * Errors: Refused('not-settled' | 'too-few-to-export').
 */
export async function dataFile(db: Db, one: Questionnaire): Promise<DataFile> {
  if (!one.settledAt || one.formVersionId === null) throw new Refused('not-settled');
  const definition = await definitionOf(db, one.formVersionId);
  const answers = await settledAnswers(db, one);
  if (answers.length < one.minimumGroup) throw new Refused('too-few-to-export', { least: one.minimumGroup });
  const variables = exportable(variablesOf(definition), answers, one.minimumGroup);
  return { definition, variables, rows: answers.map((row) => variables.map(({ value }) => value(row))) };
}

async function settledAnswers(db: Db, { id, privacy }: Questionnaire): Promise<Record<string, unknown>[]> {
  if (privacy === 'anonymous') {
    const rows = await db
      .selectFrom('answers')
      .select('answers')
      .where('questionnaire_id', '=', id)
      .orderBy('id')
      .limit(MOST)
      .execute();
    return rows.map(({ answers }) => answers);
  }
  const rows = await db
    .selectFrom('named_answers')
    .select('answers')
    .where('questionnaire_id', '=', id)
    .where('draft', '=', false)
    .orderBy('asking_id')
    .limit(MOST)
    .execute();
  return rows.map(({ answers }) => answers);
}
