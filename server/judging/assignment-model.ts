import { type AssignableEntry, type AssignableJuror, CUT_OFF, LOAD, SHORTAGE, UNDERLOAD } from './assignment.ts';

export interface Model {
  entries: readonly AssignableEntry[];
  jurors: readonly AssignableJuror[];
  /** The pairs that may be, with what each is worth. */
  pairs: readonly { name: string; entry: number; juror: number; fit: number; gain: number; fixed: boolean; reads: boolean }[];
  language: 'all' | 'one' | 'any';
}

export interface Step {
  /** Positions of pairs, of which one at least must be chosen. */
  cuts: readonly (readonly number[])[];
  /** The least fit of any entry: to be found, already known, or of no interest. */
  worstOff: 'find' | number | null;
}

/**
 * The programme in CPLEX LP format. Coverage: sum x + u = k (u: reviews nobody writes). Load: sum x + d = least + sum of steps, each
 * dearer than the one before, so that the work is spread. Every demand that may be impossible has a priced slack: there is always a
 * solution, and what is missing is named.
 */
export function modelText(model: Model, { cuts, worstOff }: Step): string {
  const byEntry = Map.groupBy(model.pairs, (pair) => pair.entry);
  const byJuror = Map.groupBy(model.pairs, (pair) => pair.juror);
  const goal: string[] = [];
  const rules: string[] = [];
  const bounds: string[] = [];
  const binary: string[] = [];
  const find = worstOff === 'find';
  for (const pair of model.pairs) {
    if (!find && pair.gain !== 0) goal.push(`+ ${pair.gain} ${pair.name}`);
    if (pair.fixed) bounds.push(`${pair.name} = 1`);
    binary.push(pair.name);
  }
  model.entries.forEach((entry, i) => {
    const own = byEntry.get(i) ?? [];
    // Started reviews stay even when fewer are asked for now.
    const wanted = Math.max(entry.reviews, own.filter((pair) => pair.fixed).length);
    goal.push(`- ${SHORTAGE} u${i}`);
    bounds.push(`0 <= u${i} <= ${wanted}`);
    rules.push(`${sum(own)} + u${i} = ${wanted}`);
    const readers = own.filter((pair) => pair.reads);
    if (model.language === 'one' && wanted > 0) {
      goal.push(`- ${SHORTAGE / 2} v${i}`);
      bounds.push(`0 <= v${i} <= 1`);
      rules.push(`${sum(readers)} + v${i} >= 1`);
    }
    if (find || typeof worstOff === 'number') {
      const fits = own.map((pair) => `+ ${pair.fit} ${pair.name}`).join(' ');
      rules.push(find ? `${fits} + ${SHORTAGE} u${i} - t >= 0` : `${fits} + ${SHORTAGE} u${i} >= ${worstOff}`);
    }
  });
  model.jurors.forEach((juror, j) => {
    const own = byJuror.get(j) ?? [];
    const most = Math.max(juror.most, own.filter((pair) => pair.fixed).length);
    const least = Math.min(juror.least, most);
    const steps = Array.from({ length: Math.min(most, own.length) - Math.min(least, own.length) }, (_, step) => `s${j}_${step}`);
    steps.forEach((step, at) => {
      goal.push(`- ${LOAD * (2 * at + 1)} ${step}`);
      bounds.push(`0 <= ${step} <= 1`);
    });
    goal.push(`- ${UNDERLOAD} d${j}`);
    bounds.push(`0 <= d${j} <= ${least}`);
    const taken = steps.map((step) => ` - ${step}`).join('');
    rules.push(`${sum(own)} + d${j}${taken} = ${least}`);
  });
  cuts.forEach((cut, at) => {
    goal.push(`- ${CUT_OFF} w${at}`);
    bounds.push(`0 <= w${at} <= 1`);
    rules.push(`${sum(cut.flatMap((pair) => model.pairs[pair] ?? []))} + w${at} >= 1`);
  });
  if (find) {
    goal.push('+ t');
    bounds.push('0 <= t <= 100000');
  }
  const named = rules.map((rule, at) => ` r${at}: ${rule}`);
  return [
    'Maximize',
    ` obj: ${goal.join('\n ')}`,
    'Subject To',
    ...named,
    'Bounds',
    ...bounds.map((line) => ` ${line}`),
    'Binary',
    ` ${binary.join('\n ')}`,
    'End',
    '',
  ].join('\n');
}

const sum = (pairs: readonly { name: string }[]) => pairs.map((pair) => `+ ${pair.name}`).join(' ');
