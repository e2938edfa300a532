import type { FastifyRequest } from 'fastify';
import { NotAllowed, NotFound } from '../errors.ts';
import { id as anId } from '../fields.ts';
import { parse } from '../http/input.ts';
import { mayManageCall, mayWriteEntry } from './access.ts';
import { type EntryDetails, entryById } from './entry-queries.ts';
import { type CallDetails, callById } from './queries.ts';

export interface FoundEntry {
  entry: EntryDetails;
  call: CallDetails;
  /** Writes it: a contact of its city or one of its authors. */
  writes: boolean;
  /** Runs its call. */
  manages: boolean;
}

/** The entry of an address, for who writes it or runs its call. As if it were not there for everybody else. Errors: NotFound. */
export async function visibleEntry(request: FastifyRequest, id: string): Promise<FoundEntry> {
  const { db } = request.server.system;
  const entry = await entryById(db, parse(anId, id));
  const call = entry && (await callById(db, entry.callId));
  if (!entry || !call) throw new NotFound();
  const writes = mayWriteEntry(request.viewer, entry);
  // A draft is its city's own until it is submitted: who runs the call sees that there is one, and helps when asked.
  const manages = mayManageCall(request.viewer, call);
  if (!writes && !manages) throw new NotFound();
  return { entry, call, writes, manages };
}

/** The same for who writes it. Errors: NotFound, NotAllowed. */
export async function ownEntry(request: FastifyRequest, id: string): Promise<FoundEntry> {
  const found = await visibleEntry(request, id);
  if (!found.writes) throw new NotAllowed();
  return found;
}

/** The same for who runs its call. Errors: NotFound, NotAllowed. */
export async function managedEntry(request: FastifyRequest, id: string): Promise<FoundEntry> {
  const found = await visibleEntry(request, id);
  if (!found.manages) throw new NotAllowed();
  return found;
}
