import type { z } from 'zod';
import { type FieldError, Invalid } from '../errors.ts';

/** Parses what came in. Errors: Invalid, with one of our codes for each field. */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input ?? {});
  if (result.success) return result.data;
  throw new Invalid(result.error.issues.map(fieldError));
}

/** Our word for a zod issue: the catalogue's `invalid.<code>` explains it in four languages. */
function fieldError(issue: z.core.$ZodIssue): FieldError {
  const path = issue.path.map(String).join('.');
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'string')
        return { path, code: Number(issue.minimum) <= 1 ? 'required' : 'tooShort', params: { min: Number(issue.minimum) } };
      if (issue.origin === 'array') return { path, code: 'tooFew', params: { min: Number(issue.minimum) } };
      return { path, code: 'tooSmall', params: { min: Number(issue.minimum) } };
    case 'too_big':
      if (issue.origin === 'string') return { path, code: 'tooLong', params: { max: Number(issue.maximum) } };
      if (issue.origin === 'array') return { path, code: 'tooMany', params: { max: Number(issue.maximum) } };
      return { path, code: 'tooLarge', params: { max: Number(issue.maximum) } };
    case 'invalid_type':
      return {
        path,
        code:
          issue.input === undefined ? 'required' : issue.expected === 'number' || issue.expected === 'int' ? 'number' : 'kind',
      };
    case 'invalid_value':
      return { path, code: issue.input === undefined || issue.input === '' ? 'required' : 'choice' };
    case 'invalid_format':
      return { path, code: issue.format === 'uuid' ? 'choice' : 'format' };
    case 'unrecognized_keys':
      return { path: [path, issue.keys[0]].filter(Boolean).join('.'), code: 'unknown' };
    case 'custom': {
      const code: unknown = issue.params?.code;
      return { path, code: typeof code === 'string' ? code : 'kind', params: numbersAndTexts(issue.params) };
    }
    default:
      return { path, code: 'kind' };
  }
}

function numbersAndTexts(params: Record<string, unknown> | undefined): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params ?? {}).filter(
      (entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  );
}
