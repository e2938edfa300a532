import { Invalid } from '../errors.ts';
import { isWorkbook, readSheets } from '../http/workbook-file.ts';
import { checkDefinition } from './checks.ts';
import { type Definition, parseDefinition } from './definition.ts';
import { own } from './own.ts';
import { fromSurveyJs, type NotUnderstood } from './surveyjs.ts';
import { fromXlsForm } from './xlsform.ts';

/**
 * The form that a file describes: an XLSForm workbook, a survey of SurveyJS, or a definition of ours as JSON; with what of it was not
 * understood. Nothing is kept. Errors: Invalid, of `file` where it is none of these.
 */
export function formFromFile(
  bytes: Buffer,
  kind: Definition['kind'],
): { definition: Definition; notUnderstood: NotUnderstood[] } {
  if (isWorkbook(bytes)) return fromXlsForm(readSheets(bytes), kind);
  const json = jsonIn(bytes);
  if (typeof own(json, 'defaultLanguage') !== 'string') return fromSurveyJs(json, kind);
  const definition = parseDefinition(json);
  return { definition, notUnderstood: checkDefinition(definition).map(({ path, code }) => ({ at: path, what: code })) };
}

function jsonIn(bytes: Buffer): object {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  } catch {
    // What is told of it is the same as for JSON of another shape.
  }
  throw new Invalid([{ path: 'file', code: 'fileNoForm' }]);
}
