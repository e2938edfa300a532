import {
  type Job as BullJob,
  type ConnectionOptions,
  createPostgresBackend,
  Queue,
  type QueueOptions,
  runMigrations,
  UnrecoverableError,
  Worker,
  type WorkerOptions,
} from 'bullmq';
import { Pool } from 'pg';
import type { Config } from '../server/config.ts';
import type { Log, QueueState } from '../server/system.ts';

// The only file that knows BullMQ and what it stands on: PostgreSQL, or Redis where REDIS_URL is set.

/** Facts of the outbox and recurring work have a queue each: ten thousand waiting mails hold up no sweep. */
export const QUEUES = ['facts', 'recurring'] as const;
export type QueueName = (typeof QUEUES)[number];

/** A fact on its way: `id` is the outbox row's. */
export interface Fact {
  id: string;
  topic: string;
  payload: Record<string, unknown>;
}

export interface Work {
  name: string;
  data: Record<string, unknown>;
  /** 1 at the first attempt. */
  attempt: number;
}

export interface Queues extends QueueState {
  /** Adds facts; one that is there already, by its id, is not added again. */
  add(facts: Fact[]): Promise<void>;
  /** Makes the recurring jobs exactly these. */
  schedule(jobs: { name: string; every: number }[]): Promise<void>;
  /** Starts to work; the answer ends it: takes nothing new, and waits for what is in hand. */
  work(name: QueueName, concurrency: number, run: (work: Work) => Promise<void>): () => Promise<void>;
  close(): Promise<void>;
}

/** Thrown for work that no repetition helps: it is put aside at once, where /metrics shows it. */
export class Hopeless extends UnrecoverableError {}

// 12 attempts after 2 s, 4 s, … 68 min: together about two and a half hours, longer than a usual outage of a mail server.
const RETRIES = { attempts: 12, backoff: { type: 'exponential', delay: 2000, jitter: 0.2 } };
// Finished jobs stay for an hour, so that a fact that is added twice is done once; failed ones for a month, to be looked at.
const KEEP = { removeOnComplete: { age: 3600, count: 20_000 }, removeOnFail: { age: 30 * 86_400 } };
// A killed worker's jobs are taken over after half a minute, as often as it takes.
const TAKE_OVER = { lockDuration: 30_000, stalledInterval: 15_000, maxStalledCount: 100 };

const ANSWER_WITHIN = 15_000;
// A backend that was away is asked again that soon; the library's quarter of a minute would hold up whoever registers meanwhile.
const ASK_AGAIN = { runRetryDelay: 1000 };

/**
 * Connects to the queue and makes its tables where it has some.
 * @throws when the backend does not answer within 15 seconds
 */
export async function openQueues(config: Pick<Config, 'redisUrl'> & { databaseUrl: string }, log: Log): Promise<Queues> {
  const backend = config.redisUrl ? onRedis(config.redisUrl) : onPostgres(config.databaseUrl);
  await backend.prepare();
  let closed = false;
  // A pool says it has ended before its sockets are closed: what they say after that is nobody's concern.
  const complain = (error: Error) => void (closed || log.warn({ err: error }, 'queue'));
  const queues = new Map(
    QUEUES.map((name) => {
      const queue = backend.queue(name, { defaultJobOptions: { ...KEEP, ...(name === 'facts' ? RETRIES : {}) } });
      queue.on('error', complain);
      return [name, queue] as const;
    }),
  );
  const queue = (name: QueueName) => queues.get(name) ?? raise(name);
  await soon(
    Promise.all([...queues.values()].map((one) => one.waitUntilReady())),
    `the queue on ${backend.kind} does not answer`,
  );
  return {
    backend: backend.kind,
    async add(facts) {
      await queue('facts').addBulk(
        facts.map(({ id, topic, payload }) => ({ name: topic, data: { id, payload }, opts: { jobId: `outbox-${id}` } })),
      );
    },
    async schedule(jobs) {
      const wanted = new Set(jobs.map(({ name }) => name));
      const present = await queue('recurring').getJobSchedulers();
      for (const { key } of present) if (!wanted.has(key)) await queue('recurring').removeJobScheduler(key);
      for (const { name, every } of jobs) await queue('recurring').upsertJobScheduler(name, { every: every * 1000 }, { name });
    },
    work(name, concurrency, run) {
      const worker = backend.worker(name, (job) => run({ name: job.name, data: job.data ?? {}, attempt: job.attemptsMade + 1 }), {
        concurrency,
        ...TAKE_OVER,
        ...ASK_AGAIN,
      });
      worker.on('error', complain);
      worker.on('failed', (job, error) =>
        log.warn({ err: error, queue: name, topic: job?.name, job: job?.id, attempt: job?.attemptsMade }, 'failed'),
      );
      return () => worker.close();
    },
    async counts() {
      const counted = await Promise.all(
        QUEUES.map(
          async (name) => [name, await queue(name).getJobCounts('waiting', 'active', 'delayed', 'completed', 'failed')] as const,
        ),
      );
      return Object.fromEntries(counted);
    },
    async close() {
      closed = true;
      await Promise.all([...queues.values()].map((one) => one.close()));
      await backend.close();
    },
  };
}

type AnyQueue = Queue<Record<string, unknown>>;
type AnyWorker = Worker<Record<string, unknown>>;
type Run = (job: BullJob<Record<string, unknown>>) => Promise<void>;

interface Backend {
  kind: QueueState['backend'];
  queue(name: string, options: Omit<QueueOptions, 'connection'>): AnyQueue;
  worker(name: string, run: Run, options: Omit<WorkerOptions, 'connection'>): AnyWorker;
  prepare(): Promise<void>;
  close(): Promise<void>;
}

function onRedis(url: string): Backend {
  // Workers wait for Redis for ever; whoever adds wants to hear soon that it is away.
  const connection: ConnectionOptions = { url, maxRetriesPerRequest: null };
  return {
    kind: 'redis',
    queue: (name, options) =>
      new Queue(name, { connection: { url, maxRetriesPerRequest: 3, enableOfflineQueue: false }, ...options }),
    worker: (name, run, options) => new Worker(name, run, { connection, ...options }),
    prepare: async () => {},
    close: async () => {},
  };
}

function onPostgres(url: string): Backend {
  // Each worker keeps one connection to listen on: with no more connections than workers they would wait for each other for ever.
  const pool = new Pool({
    connectionString: url,
    max: QUEUES.length + 8,
    options: '-c search_path=bullmq',
    keepAlive: true,
    application_name: 'convivium-queue',
  });
  pool.setMaxListeners(0);
  pool.on('error', () => {});
  const connection = pool as unknown as ConnectionOptions;
  const factory = createPostgresBackend as never;
  return {
    kind: 'postgres',
    queue: (name, options) => new Queue(name, { connection, ...options }, factory),
    worker: (name, run, options) => new Worker(name, run, { connection, ...options }, factory),
    prepare: async () => {
      const client = await pool.connect();
      try {
        await runMigrations(client as never);
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

async function soon<Answer>(work: Promise<Answer>, otherwise: string): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(otherwise)), ANSWER_WITHIN);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function raise(name: string): never {
  throw new Error(`There is no queue ${name}`);
}
