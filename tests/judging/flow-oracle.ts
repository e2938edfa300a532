import { type AssignmentProblem, fitOf, KEEP, LOAD, SHORTAGE } from '../../server/judging/assignment.ts';
import { modelPairs } from './model-pairs.ts';

interface Edge {
  to: number;
  capacity: number;
  cost: number;
  back: number;
}

/**
 * The greatest objective of an assignment without side constraints, by successive shortest paths (Bellman and Ford's labels): an
 * independent way to the number that the mixed-integer programme must reach.
 */
export function bestByFlow(problem: AssignmentProblem): number {
  const entries = problem.entries.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const jurors = problem.jurors.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const [source, sink] = [entries.length + jurors.length, entries.length + jurors.length + 1];
  const graph: Edge[][] = Array.from({ length: sink + 1 }, () => []);
  const add = (from: number, to: number, capacity: number, cost: number) => {
    const [there, here] = [graph[from] as Edge[], graph[to] as Edge[]];
    there.push({ to, capacity, cost, back: here.length });
    here.push({ to: from, capacity: 0, cost: -cost, back: there.length - 1 });
  };
  entries.forEach((entry, i) => {
    add(source, i, entry.reviews, 0);
    add(i, sink, entry.reviews, SHORTAGE);
  });
  for (const pair of modelPairs(problem, { fitOf, KEEP })) add(pair.entry, entries.length + pair.juror, 1, -pair.gain);
  jurors.forEach((juror, j) => {
    for (let step = 0; step < juror.most; step++) add(entries.length + j, sink, 1, LOAD * (2 * step + 1));
  });
  const wanted = entries.reduce((sum, entry) => sum + entry.reviews, 0);
  let cost = 0;
  for (let sent = 0; sent < wanted; sent++) cost += augment(graph, source, sink);
  return -cost;
}

function augment(graph: Edge[][], source: number, sink: number): number {
  const distance = graph.map(() => Number.POSITIVE_INFINITY);
  const via: ([number, number] | null)[] = graph.map(() => null);
  distance[source] = 0;
  const queue = [source];
  const queued = new Set(queue);
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    queued.delete(node);
    (graph[node] as Edge[]).forEach((edge, at) => {
      const length = (distance[node] as number) + edge.cost;
      if (edge.capacity <= 0 || length >= (distance[edge.to] as number)) return;
      distance[edge.to] = length;
      via[edge.to] = [node, at];
      if (!queued.has(edge.to)) queue.push(edge.to);
      queued.add(edge.to);
    });
  }
  for (let node = sink; node !== source; ) {
    const [from, at] = via[node] as [number, number];
    const edge = (graph[from] as Edge[])[at] as Edge;
    edge.capacity -= 1;
    ((graph[node] as Edge[])[edge.back] as Edge).capacity += 1;
    node = from;
  }
  return distance[sink] as number;
}
