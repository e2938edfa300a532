import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotFound } from '../errors.ts';
import { signedIn } from '../http/viewer.ts';
import { type OrganisationRow, organisationBySlug, renamedOrganisation } from './queries.ts';

/**
 * The organisation of a page's address, as this person may see it. One that is called otherwise by now is redirected to, with
 * `rest` of the address; then there is nothing more to answer. Errors: NotFound.
 */
export async function organisationOr404(
  request: FastifyRequest,
  reply: FastifyReply,
  rest = '',
): Promise<OrganisationRow | undefined> {
  const { db } = request.server.system;
  const { slug } = request.params as { slug: string };
  const viewer = signedIn(request);
  const organisation = await organisationBySlug(db, viewer, slug);
  if (organisation) return organisation;
  const renamed = await renamedOrganisation(db, viewer, slug);
  if (!renamed || request.method !== 'GET') throw new NotFound();
  await reply.redirect(`/organisations/${renamed}${rest}`, 301);
  return undefined;
}
