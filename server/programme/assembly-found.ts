import type { FastifyRequest } from 'fastify';
import { NotFound } from '../errors.ts';
import { visibleEvent } from '../events/found.ts';
import { mayManage } from '../events/rules.ts';
import { signedIn } from '../http/viewer.ts';
import {
  type Assembly,
  assemblyOf,
  type CastVote,
  type Motion,
  minutesOf,
  motionsOf,
  type VoterRow,
  votersOf,
  votesCast,
} from './assembly-queries.ts';
import { attendanceOf, votesOf } from './voting.ts';

export interface FoundAssembly extends Assembly {
  event: Awaited<ReturnType<typeof visibleEvent>>;
  voters: VoterRow[];
  motions: Motion[];
  cast: CastVote[];
  attendance: ReturnType<typeof attendanceOf>;
  /** The cities whose votes this reader may cast now. */
  mine: string[];
  /** Whether they run the event. */
  runs: boolean;
  minutes: Awaited<ReturnType<typeof minutesOf>>;
}

/**
 * The assembly of an event for whoever runs the event, for the delegates and for the contacts of the cities that vote. To everybody
 * else there is none. Six queries, however many vote. Errors: NotFound.
 */
export async function foundAssembly(request: FastifyRequest, slug: string): Promise<FoundAssembly> {
  const { db } = request.server.system;
  const viewer = signedIn(request);
  const event = await visibleEvent(request, slug);
  const assembly = await assemblyOf(db, event.id);
  if (!assembly) throw new NotFound();
  const voters = await votersOf(db, event.id);
  const runs = mayManage(viewer, event);
  const concerned = voters.some(
    (voter) => voter.delegateId === viewer.personId || viewer.contactOf.includes(voter.organisationId),
  );
  if (!runs && !concerned) throw new NotFound();
  const [motions, cast, minutes] = await Promise.all([motionsOf(db, event.id), votesCast(db, event.id), minutesOf(db, event.id)]);
  return {
    ...assembly,
    event,
    voters,
    motions,
    cast,
    // What is still being written is for those who write it.
    minutes: runs ? minutes : minutes.filter((version) => version.approvedAt !== null),
    attendance: attendanceOf(voters, assembly.quorumPercent),
    mine: votesOf(voters, viewer.personId),
    runs,
  };
}
