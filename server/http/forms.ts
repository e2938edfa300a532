import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Invalid, Refused } from '../errors.ts';
import { parse } from './input.ts';
import { fieldErrors, problemOf } from './problems.ts';

export interface FormError {
  path: string;
  message: string;
}

/** The fields of a form as they were posted, for the form that is shown again. */
export function posted(request: FastifyRequest): Record<string, unknown> {
  const { body } = request;
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

/** What went wrong in words: what is invalid at its field, what was refused at `path` ('' is the top of the form). */
export function formErrors(request: FastifyRequest, error: unknown, path: string): FormError[] {
  if (error instanceof Invalid) return fieldErrors(error, request.language);
  const problem = error === undefined ? undefined : problemOf(error, request.language);
  return problem ? [{ path, message: problem.detail ?? problem.title }] : [];
}

/** Runs the work of a form post. What the person can mend is shown by `again` with its status; every other error goes on. */
export async function orAgain(
  request: FastifyRequest,
  work: () => Promise<FastifyReply>,
  again: (errors: FormError[], status: number) => Promise<FastifyReply> | FastifyReply,
): Promise<FastifyReply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Invalid || error instanceof Refused)) throw error;
    return again(formErrors(request, error, ''), error instanceof Invalid ? 422 : 409);
  }
}

/** The filter of a page's URL. A part that is wrong is left out and told of, the rest holds. */
export function filterOf<Schema extends z.ZodObject>(
  request: FastifyRequest,
  schema: Schema,
): { filter: z.output<Schema>; errors: FormError[] } {
  const query = { ...(request.query as Record<string, unknown>) };
  try {
    return { filter: parse(schema, query), errors: [] };
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    for (const { path } of error.errors) delete query[path.split('.')[0] ?? ''];
    return { filter: parse(schema, query), errors: fieldErrors(error, request.language) };
  }
}

/** The cursor of a page's URL. */
export function cursorOf(request: FastifyRequest): string | undefined {
  const { cursor } = request.query as { cursor?: unknown };
  return typeof cursor === 'string' && cursor !== '' ? cursor.slice(0, 500) : undefined;
}
