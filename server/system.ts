import type { FastifyBaseLogger } from 'fastify';
import type { Pool } from 'pg';
import { pino } from 'pino';
import { connect, type Db } from '../db/database.ts';
import type { Config } from './config.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { openStorage, type Storage } from './storage.ts';

/** What pages, jobs and commands are given: never a global, so that tests may run several side by side. */
export interface System {
  config: Config & { databaseUrl: string };
  db: Db;
  pool: Pool;
  log: Log;
  storage: Storage;
  /** Absent where nothing is queued: in tests and in commands. */
  queue?: QueueState;
  metrics: Metrics;
  /** The present moment; tests set it. */
  clock: Clock;
}

export type Log = FastifyBaseLogger;
export type Clock = () => Temporal.Instant;

/** What the web process asks of the queue. `workers/queue.ts` has it. */
export interface QueueState {
  backend: 'postgres' | 'redis';
  /** Jobs by queue and state. Rejects when the backend cannot be reached. */
  counts(): Promise<Record<string, Record<string, number>>>;
}

/** Connects the parts that `config` names. `closeSystem` lets go of them. */
export function openSystem(
  config: Config & { databaseUrl: string },
  parts: { clock?: Clock; log?: Log; queue?: QueueState } = {},
): System {
  const { db, pool } = connect(config.databaseUrl, config.databaseConnections);
  return {
    config,
    db,
    pool,
    log: parts.log ?? createLog(config.logLevel),
    storage: openStorage(config),
    queue: parts.queue,
    metrics: createMetrics(db, parts.queue),
    clock: parts.clock ?? (() => Temporal.Now.instant()),
  };
}

/** Ends the connections; call it last. */
export async function closeSystem(system: System): Promise<void> {
  await system.db.destroy();
}

// Bodies, addresses and tokens are not logged in the first place; what slips in under these names is taken out.
const PERSONAL = [
  'email',
  'address',
  'to',
  'from',
  'name',
  'token',
  'password',
  'authorization',
  'cookie',
  'body',
  'payload',
  'answers',
  'phone',
];

/** One line of JSON for each thing that happened, without personal data: requests by the pattern of their route, never by URL. */
export function createLog(level: Config['logLevel']): Log {
  return pino({
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: PERSONAL.flatMap((name) => [name, `*.${name}`, `err.${name}`]), remove: true },
    serializers: { err: describeError, req: () => undefined, res: () => undefined },
  });
}

// A database error carries the row it was about ("Key (email)=(…) already exists"): keep the code and the constraint.
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: typeof error };
  const { code, constraint, table, severity } = error as {
    code?: unknown;
    constraint?: unknown;
    table?: unknown;
    severity?: unknown;
  };
  const fromDatabase = severity !== undefined && typeof code === 'string';
  const stack = fromDatabase ? error.stack?.slice(error.stack.indexOf('\n    at ')) : error.stack;
  return { type: error.name, message: fromDatabase ? `database error ${code}` : error.message, code, constraint, table, stack };
}
