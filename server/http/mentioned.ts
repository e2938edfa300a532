import type { FastifyRequest } from 'fastify';

const names = new WeakMap<FastifyRequest, Set<string>>();

/** A hook for a PATCH: keeps what its body mentions, before the schema fills in what it did not. */
export async function noteMentioned(request: FastifyRequest): Promise<void> {
  names.set(request, new Set(Object.keys(request.body ?? {})));
}

/** Of a parsed body only what was mentioned. */
export function onlyMentioned<Body extends object>(request: FastifyRequest, body: Body): Partial<Body> {
  const entries = Object.entries(body).filter(([name]) => names.get(request)?.has(name));
  return Object.fromEntries(entries) as Partial<Body>;
}
