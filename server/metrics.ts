import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Db } from '../db/database.ts';
import type { QueueState, System } from './system.ts';

export interface Metrics {
  registry: Registry;
  requests: Histogram<'method' | 'route' | 'status'>;
}

/** The numbers of one process. What all processes share (outbox, queue) is asked for when somebody reads them. */
export function createMetrics(db: Db, queue?: QueueState): Metrics {
  const registry = new Registry();
  addSharedNumbers(registry, db, queue);
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'convivium_http_request_seconds',
    help: 'Time to answer, by the pattern of the route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  return { registry, requests };
}

/** Times and logs each answer by the pattern of its route, and answers /healthz, /readyz and /metrics. */
export function operationRoutes(app: FastifyInstance, system: System): void {
  // The library finds the series of some labels anew each time by putting them together as a text.
  const timers = new Map<string, { observe(seconds: number): void }>();
  const timer = (method: string, route: string, status: number) => {
    const key = `${method} ${status} ${route}`;
    const known = timers.get(key) ?? system.metrics.requests.labels({ method, route, status });
    timers.set(key, known);
    return known;
  };
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const seconds = reply.elapsedTime / 1000;
    timer(request.method, route, reply.statusCode).observe(seconds);
    const line = { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10 };
    if (reply.statusCode >= 500) system.log.error(line, 'answered');
    else if (UNREMARKABLE.has(route)) system.log.debug(line, 'answered');
    else system.log.info(line, 'answered');
  });
  const open = { config: { audience: 'public' as const, rateLimit: false as const }, schema: { hide: true } };
  app.get('/healthz', open, async () => ({ status: 'ok' }));
  app.get('/readyz', open, async (_request, reply) => {
    const [database, queue] = await Promise.all([
      within(2000, sql`select 1`.execute(system.db)),
      system.queue ? within(2000, system.queue.counts()) : true,
    ]);
    const parts = { database: database ? 'ok' : 'unreachable', queue: queue ? 'ok' : 'unreachable' };
    return reply
      .code(database && queue ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: database && queue ? 'ok' : 'unavailable', ...parts });
  });
  app.get('/metrics', open, async (_request, reply) =>
    reply.type(system.metrics.registry.contentType).send(await system.metrics.registry.metrics()),
  );
}

const UNREMARKABLE = new Set(['/healthz', '/readyz', '/metrics']);

function addSharedNumbers(registry: Registry, db: Db, queue?: QueueState): void {
  const rows = new Gauge({
    name: 'convivium_outbox_rows',
    help: 'Facts that no worker has taken to the queue yet',
    registers: [],
    async collect() {
      const { rows } = await sql<{ n: number }>`select count(*) as n from outbox`.execute(db);
      this.set(rows[0]?.n ?? 0);
    },
  });
  const lag = new Gauge({
    name: 'convivium_outbox_lag_seconds',
    help: 'Age of the oldest of them',
    registers: [],
    async collect() {
      const { rows } = await sql<{ lag: number | null }>`
        select extract(epoch from clock_timestamp() - min(created_at))::float8 as lag from outbox`.execute(db);
      this.set(rows[0]?.lag ?? 0);
    },
  });
  const jobs = new Gauge({
    name: 'convivium_queue_jobs',
    help: 'Jobs by state; failed ones were tried as often as allowed, or nobody knows their topic',
    labelNames: ['queue', 'state'],
    registers: [],
    async collect() {
      const counts = (await queue?.counts().catch(() => undefined)) ?? {};
      for (const [queue, states] of Object.entries(counts)) {
        for (const [state, n] of Object.entries(states)) this.set({ queue, state }, n);
      }
    },
  });
  for (const gauge of [rows, lag, jobs]) registry.registerMetric(gauge);
}

/** Whether `work` was done within so many milliseconds. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(resolve, milliseconds, false)));
  try {
    return await Promise.race([work.then(() => true), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
