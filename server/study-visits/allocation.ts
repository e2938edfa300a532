import { optionsOf } from './options.ts';
import { type Program, programOf, type Solve } from './program.ts';

// Who gets which visit. Pure: the solver is passed in. Why this model: docs/decisions/016-allocating-visits.md.

/** A time from `starts` to `ends`, in milliseconds since 1970; the end is not part of it. */
export interface Span {
  starts: number;
  ends: number;
}

export interface Visit extends Span {
  id: string;
  /** How many take part at most, those included who are sent by the hosts. */
  places: number;
  /** Of these, places that only the host's people get. */
  kept: number;
  /** With fewer it does not take place. */
  minimum: number;
  /** What is spoken or interpreted; empty: anything will do. */
  languages: readonly string[];
}

export interface Participant {
  id: string;
  city: string | null;
  /** Sent by the host: may have the places that are kept. */
  host: boolean;
  /** Their city asked to go together: all of it get the same visits or none. */
  together: boolean;
  /** What they understand; empty: not known, and no reason against anything. */
  languages: readonly string[];
  /** Ids of visits, the dearest first. */
  wishes: readonly string[];
  /** When they are elsewhere: chosen sessions. */
  busy: readonly Span[];
  /** What they had in the allocation before. */
  former: readonly string[];
  /** Where an organiser put them: it stays so, whatever else is said here. */
  fixed: readonly string[];
}

export interface Problem {
  visits: readonly Visit[];
  participants: readonly Participant[];
  /** How many visits one person gets at most. */
  each: number;
  /** How many of one city go to one visit at most; null: as many as like. */
  perCity: number | null;
  seed: number;
}

export interface Allocation {
  /** Visits of each participant who got any. */
  given: Record<string, string[]>;
  /** Ids of the visits that take place. */
  takesPlace: string[];
  /** How many people got something. */
  assigned: number;
  /** The sum of ranks; what somebody wished for and did not get costs one more than the number of their wishes. */
  cost: number;
  /** How many former places are no longer held. */
  moved: number;
  /** How far from the optimum it may be at most, as a share: of people and of cost, whichever is more. 0: optimal. */
  gap: number;
}

/** A unit of rank in the objective: large beside the tolerance of the solver, so that what stands below it still counts. */
const RANK = 10_000;
/** The share of a rank that everything below it may amount to, all people together. */
const BELOW = 0.4;
/** How many nodes a search may open. Never seconds: the same must come out on any machine. */
const NODES = 2000;

/**
 * The exact allocation: first as many people as can be get something, then the sum of ranks is least, then least is moved, and
 * what is still equal is decided by lots drawn from the seed. Errors: throws where the solver finds nothing, which no input may
 * cause, since an allocation of what is fixed alone is always possible.
 */
export function allocate(problem: Problem, solve: Solve): Allocation {
  const options = optionsOf(problem);
  const people = options.parties.reduce((sum, party) => sum + party.members.length, 0);
  const formers = problem.participants.reduce((sum, one) => sum + one.former.length, 0);
  const most = Math.max(1, ...problem.participants.map(({ wishes }) => wishes.length + 1));
  const move = BELOW / (formers + 1);
  const lot = (BELOW * (formers > 0 ? move : 1)) / (people * most * problem.each + 1);

  const first = run(programOf(problem, options, { kind: 'people' }), solve, 0.5);
  const assigned = Math.round(-first.objective);
  const mostAssigned = Math.max(assigned, Math.floor(-first.bound + 1e-6));
  const weights = { rank: RANK, move: RANK * move, lot: RANK * lot };
  const well = programOf(problem, options, { kind: 'ranks', weights, atLeast: assigned });
  const second = run(well, solve, (formers > 0 ? move : BELOW) * RANK * 0.5, first.values);
  const least = Math.ceil((second.bound + well.constant) / RANK - 2 * BELOW - 1e-6);
  const fixed = programOf(problem, options, { kind: 'ranks', weights, atLeast: assigned, open: well.opened(second.values) });
  const third = run(fixed, solve, RANK * lot * 0.01, second.values);

  const given = fixed.given(third.values);
  const figures = figuresOf(problem, given);
  return {
    given,
    takesPlace: problem.visits
      .filter(({ id }) => Object.values(given).some((visits) => visits.includes(id)))
      .map(({ id }) => id)
      .sort(),
    ...figures,
    gap: Math.max(
      mostAssigned === 0 ? 0 : (mostAssigned - assigned) / mostAssigned,
      figures.cost === 0 ? 0 : Math.max(0, figures.cost - least) / figures.cost,
    ),
  };
}

function run(program: Program, solve: Solve, gap: number, start?: Float64Array) {
  if (program.columns.length === 0) return { values: new Float64Array(), objective: 0, bound: 0 };
  const found = solve(program, { gap, nodes: NODES, start });
  if (!found) throw new Error('The solver found no allocation, though there always is one.');
  return found;
}

/** What an allocation amounts to, by whichever way it was made. */
export function figuresOf(problem: Problem, given: Readonly<Record<string, readonly string[]>>) {
  let assigned = 0;
  let cost = 0;
  let moved = 0;
  for (const one of problem.participants) {
    const has = given[one.id] ?? [];
    if (has.length > 0) assigned += 1;
    cost += costOf(one, has, problem.each);
    moved += one.former.filter((visit) => !has.includes(visit)).length;
  }
  return { assigned, cost, moved };
}

/** What one person's visits cost: the rank of each, and one more than the number of wishes for each that is missing. */
export function costOf(one: Participant, has: readonly string[], each: number): number {
  const wished = has.filter((visit) => one.wishes.includes(visit));
  const none = one.wishes.length + 1;
  const wanted = Math.max(wished.length, Math.min(each, one.wishes.length));
  return wished.reduce((sum, visit) => sum + one.wishes.indexOf(visit) + 1, 0) + (wanted - wished.length) * none;
}
