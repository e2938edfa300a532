import fc from 'fast-check';
import type { Participant, Problem, Visit } from '../../server/study-visits/allocation.ts';
import { lot } from '../../server/study-visits/lots.ts';

const HOUR = 3_600_000;
const LANGUAGES = ['es', 'en', 'fr', 'pt'];

/** Problems of a few people and visits, with every rule in play. */
export const smallProblems: fc.Arbitrary<Problem> = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5 }))
  .chain(([visits, people]) =>
    fc.record({
      visits: fc.tuple(...Array.from({ length: visits }, (_, at) => visitOf(`v${at}`))),
      participants: fc.tuple(...Array.from({ length: people }, (_, at) => participantOf(`p${at}`, visits))),
      each: fc.integer({ min: 1, max: 2 }),
      perCity: fc.option(fc.integer({ min: 1, max: 2 })),
      seed: fc.integer({ min: 0, max: 1000 }),
    }),
  );

const visitOf = (id: string): fc.Arbitrary<Visit> =>
  fc
    .record({
      slot: fc.integer({ min: 0, max: 2 }),
      places: fc.integer({ min: 0, max: 3 }),
      kept: fc.integer({ min: 0, max: 1 }),
      minimum: fc.integer({ min: 0, max: 3 }),
      languages: fc.subarray(LANGUAGES, { maxLength: 2 }),
    })
    .map(({ slot, ...rest }) => ({ id, starts: slot * HOUR, ends: slot * HOUR + 1.5 * HOUR, ...rest }));

const participantOf = (id: string, visits: number): fc.Arbitrary<Participant> => {
  const ids = Array.from({ length: visits }, (_, at) => `v${at}`);
  const some = fc.shuffledSubarray(ids);
  return fc
    .record({
      city: fc.option(fc.constantFrom('a', 'b')),
      host: fc.boolean(),
      languages: fc.subarray(LANGUAGES, { maxLength: 2 }),
      wishes: some,
      busy: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 1 }),
      former: fc.subarray(ids, { maxLength: 1 }),
      fixed: fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray(ids, { maxLength: 1 }) }),
    })
    .map(({ busy, ...rest }) => ({
      id,
      ...rest,
      together: rest.city === 'b',
      busy: busy.map((slot) => ({ starts: slot * HOUR, ends: (slot + 1) * HOUR })),
    }));
};

/** A congress: people of cities whose wishes follow how popular the visits are, so that some are asked for far too often. */
export function congress(people: number, visits: number, wishes: number, seed: number, change: Partial<Problem> = {}): Problem {
  let drawn = 0;
  const random = () => lot(seed, `draw ${drawn++}`);
  const popularity = Array.from({ length: visits }, () => 0.15 + random() ** 3);
  const total = Math.ceil((people * 1.05) / visits);
  return {
    visits: popularity.map((_, at) => ({
      id: `v${String(at).padStart(2, '0')}`,
      starts: 0,
      ends: 2 * HOUR,
      places: Math.round(total * (0.6 + 0.8 * random())),
      kept: at % 4 === 0 ? 3 : 0,
      minimum: Math.round(total * 0.35),
      languages: at % 5 === 0 ? ['es'] : ['es', 'en', 'fr', 'pt'],
    })),
    participants: Array.from({ length: people }, (_, at) => {
      const left = popularity.map((weight, visit) => ({ visit, key: random() ** (1 / weight) }));
      return {
        id: `p${String(at).padStart(5, '0')}`,
        city: `c${Math.floor(random() * (people / 5))}`,
        host: at % 50 === 0,
        together: false,
        languages: [LANGUAGES[Math.floor(random() * 4)] as string, ...(random() < 0.4 ? ['es'] : [])],
        wishes: left
          .sort((a, b) => b.key - a.key)
          .slice(0, wishes)
          .map(({ visit }) => `v${String(visit).padStart(2, '0')}`),
        busy: [],
        former: [],
        fixed: [],
      };
    }),
    each: 1,
    perCity: 3,
    seed,
    ...change,
  };
}
