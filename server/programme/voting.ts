import type { Majority, VoteChoice } from '../../db/tables/programme.ts';

export interface Voter {
  organisationId: string;
  delegateId: string | null;
  /** The city that carries its vote. */
  proxyTo: string | null;
  arrived: boolean;
}

export interface Attendance {
  /** How many cities may vote. */
  voters: number;
  present: number;
  /** Cities that are not there and whose vote is carried by one that is. */
  represented: number;
  /** How many must be there or represented. */
  needed: number;
  quorum: boolean;
}

/** Who is there, and whether that is enough. A vote carried by somebody who has not come counts for nothing. Pure. */
export function attendanceOf(voters: readonly Voter[], quorumPercent: number): Attendance {
  const here = new Set(voters.filter(({ arrived }) => arrived).map(({ organisationId }) => organisationId));
  const represented = voters.filter(({ proxyTo }) => proxyTo !== null && here.has(proxyTo)).length;
  const needed = Math.ceil((voters.length * quorumPercent) / 100);
  return {
    voters: voters.length,
    present: here.size,
    represented,
    needed,
    quorum: voters.length > 0 && here.size + represented >= needed,
  };
}

/** The cities whose votes a person may cast now: their own when they have come, and those it carries. Pure. */
export function votesOf(voters: readonly Voter[], personId: string): string[] {
  const own = voters.find((voter) => voter.delegateId === personId && voter.arrived && voter.proxyTo === null);
  if (!own) return [];
  return [
    own.organisationId,
    ...voters.filter(({ proxyTo }) => proxyTo === own.organisationId).map((voter) => voter.organisationId),
  ];
}

/** Why a city may not give its vote to another, as the code of `refusal.<code>`, or null. Pure. */
export function proxyRefusal(
  voters: readonly Voter[],
  from: string,
  to: string,
  limit: number,
): 'proxy-self' | 'proxy-not-voter' | 'proxy-passed-on' | 'proxy-carries' | 'proxy-limit' | null {
  if (from === to) return 'proxy-self';
  const target = voters.find(({ organisationId }) => organisationId === to);
  if (!target) return 'proxy-not-voter';
  if (target.proxyTo !== null) return 'proxy-passed-on';
  if (voters.some(({ proxyTo }) => proxyTo === from)) return 'proxy-carries';
  const carried = voters.filter(({ organisationId, proxyTo }) => proxyTo === to && organisationId !== from).length;
  return carried >= limit ? 'proxy-limit' : null;
}

export interface Result {
  for: number;
  against: number;
  abstain: number;
  /** Cities that could have voted when the ballot was closed: there or represented. */
  entitled: number;
  attendance: Attendance;
  majority: Majority;
  carried: boolean;
}

/**
 * The result of a ballot. Simple: more for than against. Absolute: more than half of those who are there or represented.
 * Two-thirds: of the votes for and against. Abstentions are counted and decide nothing; without a quorum nothing is carried. Pure.
 */
export function resultOf(choices: readonly VoteChoice[], majority: Majority, attendance: Attendance): Result {
  const count = (choice: VoteChoice) => choices.filter((one) => one === choice).length;
  const counts = { for: count('for'), against: count('against'), abstain: count('abstain') };
  const entitled = attendance.present + attendance.represented;
  return { ...counts, entitled, attendance, majority, carried: attendance.quorum && enough(counts, majority, entitled) };
}

function enough(counts: { for: number; against: number }, majority: Majority, entitled: number): boolean {
  if (majority === 'simple') return counts.for > counts.against;
  if (majority === 'absolute') return counts.for * 2 > entitled;
  return counts.for > 0 && counts.for * 3 >= (counts.for + counts.against) * 2;
}
