import { createRequire } from 'node:module';
import type { Highs } from 'highs';
import type { Program, Solve } from './program.ts';

// The package's types describe another kind of module than the one it is.
const load = createRequire(import.meta.url)('highs') as () => Promise<Highs>;

const OPTIMAL = 7;

/** HiGHS, compiled to WebAssembly: single-threaded, and the same answer to the same question on every machine. */
export async function highsSolver(): Promise<Solve> {
  const highs = await load();
  return (program, { gap, nodes, start }) =>
    highs.withModel(dataOf(program, highs.infinity), (model) => {
      model.options.set({
        output_flag: false,
        random_seed: 1,
        mip_rel_gap: 0,
        mip_abs_gap: gap,
        mip_max_nodes: nodes,
      });
      if (start && start.length === program.columns.length) model.setSolution({ colValue: start });
      const { modelStatus } = model.run();
      // 2: there is a point within all limits.
      if (Number(model.info.get('primal_solution_status')) !== 2) return undefined;
      const objective = model.getObjectiveValue();
      const bound = Number(modelStatus) === OPTIMAL ? Math.max(objective - gap, dual(model)) : dual(model);
      return { values: model.getSolution().colValue, objective, bound };
    });
}

function dual(model: { info: { get(name: string): unknown } }): number {
  const bound = Number(model.info.get('mip_dual_bound'));
  return Number.isFinite(bound) ? bound : Number.NEGATIVE_INFINITY;
}

function dataOf({ columns, rows }: Program, infinity: number) {
  const limit = (value: number) => (Number.isFinite(value) ? value : Math.sign(value) * infinity);
  const starts = [0];
  for (const row of rows) starts.push((starts.at(-1) ?? 0) + row.terms.length);
  return {
    numCols: columns.length,
    numRows: rows.length,
    colCost: columns.map(({ cost }) => cost),
    colLower: columns.map(({ lower }) => lower),
    colUpper: columns.map(({ upper }) => upper),
    rowLower: rows.map(({ lower }) => limit(lower)),
    rowUpper: rows.map(({ upper }) => limit(upper)),
    integrality: Int32Array.from(columns, ({ whole }) => (whole ? 1 : 0)),
    matrix: {
      format: 'csr' as const,
      numRows: rows.length,
      numCols: columns.length,
      starts,
      indices: rows.flatMap(({ terms }) => terms.map(([column]) => column)),
      values: rows.flatMap(({ terms }) => terms.map(([, factor]) => factor)),
    },
  };
}
