import type { FastifyRequest } from 'fastify';
import { NotAllowed, NotFound } from '../errors.ts';
import { signedIn } from '../http/viewer.ts';
import type { Subject } from './holdings.ts';
import { subjectOf } from './queries.ts';
import { mayErase } from './rules.ts';

/** Somebody whose data the person who asks may read and erase. Errors: NotFound, NotAllowed. */
export async function subjectOr404(request: FastifyRequest, personId: string): Promise<Subject> {
  const subject = await subjectOf(request.server.system.db, personId);
  if (!subject) throw new NotFound();
  if (!mayErase(signedIn(request), personId)) throw new NotAllowed();
  return subject;
}
