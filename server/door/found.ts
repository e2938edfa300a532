import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotAllowed, NotFound, SignInNeeded } from '../errors.ts';
import { type EventDetails, eventBySlug } from '../events/queries.ts';
import type { System } from '../system.ts';
import { hashToken } from '../tokens.ts';
import { type Keeper, keeperOf } from './access.ts';
import { doorKeeper } from './doors.ts';

const COOKIE = 'door';

/** A volunteer's device, by its cookie. */
export async function deviceOf(request: FastifyRequest) {
  const token = request.cookies[COOKIE];
  if (request.headers.authorization || !token || !/^[\w-]{43}$/.test(token)) return undefined;
  return doorKeeper(request.server.system.db, hashToken(token));
}

/** The event whose door somebody keeps, and as whom. Errors: SignInNeeded, NotAllowed, NotFound. */
export async function keptDoor(request: FastifyRequest, slug: string): Promise<{ event: EventDetails; keeper: Keeper }> {
  const { db, clock } = request.server.system;
  const [event, device] = await Promise.all([eventBySlug(db, slug), deviceOf(request)]);
  const keeper = event && keeperOf(event, request.viewer, device, clock());
  if (event && keeper) return { event, keeper };
  if (!request.viewer) throw new SignInNeeded();
  throw event?.publishedAt ? new NotAllowed() : new NotFound();
}

const settings = (system: System) => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: system.config.publicUrl.startsWith('https:'),
});

export function setDoorCookie(reply: FastifyReply, system: System, token: string, until: Temporal.Instant): void {
  const seconds = Math.max(60, Math.round(system.clock().until(until).total('seconds')));
  reply.setCookie(COOKIE, token, { ...settings(system), maxAge: seconds });
}

export function clearDoorCookie(reply: FastifyReply, system: System): void {
  reply.clearCookie(COOKIE, settings(system));
}
