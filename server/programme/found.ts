import type { FastifyRequest } from 'fastify';
import { NotFound } from '../errors.ts';
import { visibleEvent } from '../events/found.ts';
import { mayManage } from '../events/rules.ts';
import { EMPTY, type Programme, type Session } from './programme.ts';
import { draftProgramme, freePlacesOf, lastRelease } from './queries.ts';
import { type ShownSession, shown } from './shown.ts';

export interface FoundProgramme {
  event: Awaited<ReturnType<typeof visibleEvent>>;
  programme: Programme;
  /** Its number and when; null while nothing was released, or for the draft. */
  release: { no: number; releasedAt: Temporal.Instant } | null;
  draw(sessions: readonly Session[]): ShownSession[];
}

/**
 * The programme of an event as this reader may see it: what was released last, or the draft for whoever runs the event and asks
 * for it. Errors: NotFound.
 */
export async function foundProgramme(request: FastifyRequest, slug: string, draft = false): Promise<FoundProgramme> {
  const { db } = request.server.system;
  const event = await visibleEvent(request, slug);
  if (draft && !mayManage(request.viewer, event)) throw new NotFound();
  const released = draft ? undefined : await lastRelease(db, event.id);
  const programme = draft ? await draftProgramme(db, event.id) : (released?.programme ?? EMPTY);
  const free = programme.sessions.some(({ capacity }) => capacity !== null) ? await freePlacesOf(db, event.id) : new Map();
  return {
    event,
    programme,
    release: released ? { no: released.no, releasedAt: released.releasedAt } : null,
    draw: (sessions) => shown(programme, sessions, { at: event.url, free }),
  };
}

/** One session of it. Errors: NotFound. */
export function sessionIn({ programme }: FoundProgramme, id: string): Session {
  const session = programme.sessions.find((one) => one.id === id);
  if (!session) throw new NotFound();
  return session;
}
