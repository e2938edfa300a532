import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotAllowed, NotFound } from '../errors.ts';
import { type EventDetails, eventBySlug, newSlug } from './queries.ts';
import { mayManage } from './rules.ts';

/** The event of an address as this person may see it: published, or theirs to run. Errors: NotFound. */
export async function visibleEvent(request: FastifyRequest, slug: string): Promise<EventDetails & { url: string }> {
  const { db, config } = request.server.system;
  const event = await eventBySlug(db, slug);
  if (!event || (!event.publishedAt && !mayManage(request.viewer, event))) throw new NotFound();
  return { ...event, url: `${config.publicUrl}/events/${event.slug}` };
}

/** The same for whoever runs it. Errors: NotFound for a draft of others, NotAllowed for what they may only read. */
export async function managedEvent(request: FastifyRequest, slug: string): Promise<EventDetails> {
  const event = await eventBySlug(request.server.system.db, slug);
  if (!event) throw new NotFound();
  if (!mayManage(request.viewer, event)) throw event.publishedAt ? new NotAllowed() : new NotFound();
  return event;
}

/**
 * The event of a back-office page. One that is called otherwise by now is redirected to, with `rest` of the address; then there is
 * nothing more to answer. Errors: NotFound, NotAllowed.
 */
export async function managedOrMoved(request: FastifyRequest, reply: FastifyReply, rest = ''): Promise<EventDetails | undefined> {
  const { slug } = request.params as { slug: string };
  try {
    return await managedEvent(request, slug);
  } catch (error) {
    const moved =
      error instanceof NotFound && request.method === 'GET' ? await newSlug(request.server.system.db, slug) : undefined;
    if (!moved) throw error;
    await managedEvent(request, moved);
    await reply.redirect(`/back-office/events/${moved}${rest}`, 301);
    return undefined;
  }
}
