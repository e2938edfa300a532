import { figuresOf } from '../../server/study-visits/allocation.ts';
import { computeAllocation } from '../../server/study-visits/computing.ts';
import { brokenRules } from '../../server/study-visits/invariants.ts';
import { serialDictatorship } from '../../server/study-visits/serial-dictatorship.ts';
import { congress } from '../study-visits/problems.ts';

const SEEDS = [20231004, 1, 2, 3, 4];

/** Allocates 2,000 people to 20 visits by three wishes each, of several congresses; the worst of them is what counts. */
export async function allocation(): Promise<void> {
  const worst = { gap: 0, seconds: 0, assigned: Number.POSITIVE_INFINITY, brokenInvariants: 0, costToSerialDictatorship: 0 };
  console.log('    seed   seconds      gap  assigned (one by one)     cost (one by one)');
  for (const seed of SEEDS) {
    const problem = congress(2000, 20, 3, seed);
    const begin = performance.now();
    const found = await computeAllocation(problem);
    const seconds = (performance.now() - begin) / 1000;
    const oneByOne = serialDictatorship(problem);
    const chosen = figuresOf(problem, oneByOne);
    const broken = brokenRules(problem, found.given).length + brokenRules(problem, oneByOne).length;
    const figures = [
      seconds.toFixed(2),
      found.gap.toFixed(5),
      found.assigned,
      `(${chosen.assigned})`,
      found.cost,
      `(${chosen.cost})`,
    ];
    console.log([String(seed).padStart(8), ...figures.map((figure) => String(figure).padStart(9))].join(' '));
    worst.gap = Math.max(worst.gap, found.gap);
    worst.seconds = Math.max(worst.seconds, Math.round(seconds * 100) / 100);
    worst.assigned = Math.min(worst.assigned, found.assigned);
    worst.brokenInvariants += broken;
    worst.costToSerialDictatorship = Math.max(
      worst.costToSerialDictatorship,
      Math.round((found.cost / chosen.cost) * 10_000) / 10_000,
    );
  }
  const met = worst.gap <= 0.001 && worst.seconds < 10 && worst.brokenInvariants === 0 && worst.costToSerialDictatorship <= 1;
  console.log(JSON.stringify(worst));
  process.exitCode = met ? 0 : 1;
}
