import type { FastifyReply, FastifyRequest } from 'fastify';
import { FormPage } from '../../web/forms/form-page.tsx';
import { Invalid, Refused } from '../errors.ts';
import { pageContext, sendPage } from '../http/pages.tsx';
import { fieldErrors, problemOf } from '../http/problems.ts';
import { checkDefinition } from './checks.ts';
import { parseDefinition } from './definition.ts';
import { type FormDetail, formVersions } from './queries.ts';

/** The editor; with an error, what it says stands on top. Errors that are not of the rules go on. */
export async function showForm(
  request: FastifyRequest,
  reply: FastifyReply,
  form: FormDetail,
  error?: unknown,
): Promise<FastifyReply> {
  const draft = parseDefinition(form.draft);
  const problem = error === undefined ? undefined : problemOf(error, request.language);
  if (error !== undefined && !(error instanceof Invalid || error instanceof Refused)) throw error;
  const said = problem?.errors ?? (problem ? [{ path: '', code: '', message: problem.detail ?? problem.title }] : []);
  const page = (
    <FormPage
      ctx={pageContext(request)}
      form={form}
      draft={draft}
      inUse={form.definition === null ? null : parseDefinition(form.definition)}
      problems={fieldErrors(new Invalid(checkDefinition(draft)), request.language)}
      versions={await formVersions(request.server.system.db, form.id)}
      errors={said}
    />
  );
  return sendPage(reply, page, problem?.status ?? 200);
}
