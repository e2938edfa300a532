import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotAllowed, NotFound } from '../errors.ts';
import { mayManageCall } from './access.ts';
import { type CallDetails, callBySlug, movedCall } from './queries.ts';

/** The call of an address as this person may see it: published, or theirs to run. Errors: NotFound. */
export async function visibleCall(request: FastifyRequest, slug: string): Promise<CallDetails & { url: string }> {
  const { db, config } = request.server.system;
  const call = await callBySlug(db, slug);
  if (!call || (!call.publishedAt && !mayManageCall(request.viewer, call))) throw new NotFound();
  return { ...call, url: `${config.publicUrl}/calls/${call.slug}` };
}

/** The same for whoever runs it. Errors: NotFound for a draft of others, NotAllowed for what they may only read. */
export async function managedCall(request: FastifyRequest, slug: string): Promise<CallDetails> {
  const call = await callBySlug(request.server.system.db, slug);
  if (!call) throw new NotFound();
  if (!mayManageCall(request.viewer, call)) throw call.publishedAt ? new NotAllowed() : new NotFound();
  return call;
}

/** The call of a page's address; one that is called otherwise by now is redirected to, and then there is nothing more to answer. */
export async function callOrMoved(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<(CallDetails & { url: string }) | undefined> {
  const { slug } = request.params as { slug: string };
  try {
    return await visibleCall(request, slug);
  } catch (error) {
    const moved = error instanceof NotFound ? await movedCall(request.server.system.db, slug) : undefined;
    if (!moved) throw error;
    await visibleCall(request, moved);
    await reply.redirect(`/calls/${moved}`, 301);
    return undefined;
  }
}
