import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Ballot, schulze } from '../../server/judging/ballot.ts';

const times = (count: number, order: string): Ballot[] => Array.from({ length: count }, () => [...order].map((one) => [one]));

describe('a ballot of the jury', () => {
  it('is decided as in Schulze’s own example', () => {
    // Schulze 2011, example 1: 45 voters, five candidates.
    const ballots = [
      ...times(5, 'acbed'),
      ...times(5, 'adecb'),
      ...times(8, 'bedac'),
      ...times(3, 'cabed'),
      ...times(7, 'caebd'),
      ...times(2, 'cbade'),
      ...times(7, 'dceba'),
      ...times(8, 'ebadc'),
    ];
    const result = schulze([...'abcde'], ballots);
    expect(result.order).toEqual([['e'], ['a'], ['c'], ['b'], ['d']]);
    expect(result.preferences.find(({ a, b }) => a === 'a' && b === 'c')?.voters).toBe(26);
  });

  it('chooses whoever beats everybody one to one, and takes equal places and names left out', () => {
    expect(schulze(['a', 'b', 'c'], [[['a'], ['b', 'c']], [['c'], ['a'], ['b']], [['a']]]).order[0]).toEqual(['a']);
    expect(schulze(['a', 'b'], [[['a', 'b']], []]).order).toEqual([['a', 'b']]);
    expect(schulze([], []).order).toEqual([]);
  });

  it('says nothing of a candidate with whom the voter is in conflict', () => {
    const ballots: Ballot[] = [[['a'], ['b']], [['b']], [['b']]];
    expect(schulze(['a', 'b'], ballots).order).toEqual([['b'], ['a']]);
    expect(schulze(['a', 'b'], ballots, [new Set(), new Set(['a']), new Set(['a'])]).order).toEqual([['a'], ['b']]);
  });

  it('counts every ballot alike, in whatever order they come', () => {
    const ballot = fc.shuffledSubarray(['a', 'b', 'c', 'd']).map((order) => order.map((one) => [one]));
    fc.assert(
      fc.property(fc.array(ballot, { maxLength: 9 }), (ballots) => {
        expect(schulze(['d', 'c', 'b', 'a'], ballots.toReversed())).toEqual(schulze(['a', 'b', 'c', 'd'], ballots));
      }),
    );
  });
});
