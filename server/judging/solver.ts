import { createRequire } from 'node:module';
import type { Solve } from './assignment.ts';

/** What is used of HiGHS: its one-shot interface. */
interface Highs {
  solve(
    model: string,
    options: Record<string, number>,
  ): { Status: string; ObjectiveValue: number; Columns: Record<string, { Primal: number }> };
}

// The package's types describe another kind of module than the one it is.
const load = createRequire(import.meta.url)('highs') as () => Promise<Highs>;

/** HiGHS, compiled to WebAssembly. A new instance each time: after an error one is not to be trusted. */
export async function highsSolver(): Promise<Solve> {
  const highs = await load();
  return (model) => {
    const found = highs.solve(model, { mip_rel_gap: 0, mip_abs_gap: 0.5, random_seed: 1, threads: 1, time_limit: 60 });
    const values = new Map(Object.entries(found.Columns).map(([name, column]): [string, number] => [name, column.Primal]));
    return { optimal: found.Status === 'Optimal', objective: found.ObjectiveValue, values };
  };
}
