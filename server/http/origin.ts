import type { FastifyInstance, FastifyRequest } from 'fastify';
import { NotAllowed } from '../errors.ts';
import type { System } from '../system.ts';

/**
 * Keeps other sites from acting for somebody who is signed in: a write that carries our cookie must come from our own pages, by
 * Sec-Fetch-Site, else by Origin. Bearer tokens are not sent by browsers of themselves and need no such check.
 */
export function refuseForeignWrites(app: FastifyInstance, system: System): void {
  const own = new URL(system.config.publicUrl).origin;
  app.addHook('onRequest', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS' || request.headers.authorization)
      return;
    if (!isOwn(request, own)) throw new NotAllowed('foreign origin');
  });
}

function isOwn(request: FastifyRequest, own: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = request.headers;
  return origin === undefined || origin === own || origin === `${request.protocol}://${request.headers.host}`;
}
