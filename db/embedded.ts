import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { type Account, account } from './embedded-account.ts';

export interface Embedded {
  /** Of the database `postgres`, with the password. */
  url: string;
  /** Whether `stop` stops it: false where another living process started it. */
  owned: boolean;
  /** Ends every connection and waits until no process is left. May be called twice. */
  stop(): Promise<void>;
}

interface Options {
  dir: string;
  /** For tests: nothing survives a power failure. */
  fast?: boolean;
  /** More of `-c name=value`, as `['shared_buffers=1GB']`. */
  flags?: string[];
  say?: (text: string) => void;
}

// For one installation on a small machine with an SSD. Parallel queries want shared memory that small containers lack.
const SANE = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'shared_buffers=256MB',
  'effective_cache_size=1GB',
  'work_mem=16MB',
  'maintenance_work_mem=128MB',
  'max_wal_size=2GB',
  'checkpoint_timeout=15min',
  'random_page_cost=1.1',
  'jit=off',
  'max_parallel_workers_per_gather=0',
  'wal_level=minimal',
  'max_wal_senders=0',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_checkpoints=off',
];
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=400', 'shared_buffers=128MB'];
const USER = 'app';
const READY_WITHIN = 60_000;

/**
 * Starts the PostgreSQL that npm brought, its data in `dir`; makes the data on the first start. One that already runs there is
 * used: if the process that started it lives, it stays that one's; if it was killed, it becomes ours.
 */
export async function startEmbedded({
  dir,
  fast = false,
  flags = [],
  say = (text) => console.error(text),
}: Options): Promise<Embedded> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const as = account(path.resolve(dir), say);
  const data = path.join(as.dir, 'pg18');
  if (!existsSync(path.join(data, 'PG_VERSION'))) create(as, data, fast);
  const deadline = performance.now() + READY_WITHIN;
  while (performance.now() < deadline) {
    const running = readPostmaster(data);
    if (running?.ready) return inUse(data, running);
    if (running) await pause(20);
    else {
      const started = await start(as, data, [...SANE, ...(fast ? FAST : []), ...flags]);
      if (started) return owned(data, started.running, started.child);
    }
  }
  throw new Error(`The embedded PostgreSQL was not ready after ${READY_WITHIN / 1000} s.\n${logTail(as.dir)}`);
}

/** Into a folder of another name first: a start that is killed here leaves nothing that looks complete. */
function create(as: Account, data: string, fast: boolean): void {
  const half = mkdtempSync(path.join(as.dir, 'new-'));
  const passwordFile = `${half}.password`;
  writeFileSync(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  give(as, half, passwordFile);
  const locale = ['-E', 'UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'];
  const access = ['-U', USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const [command, args] = as.command('initdb', ['-D', half, ...access, ...locale, ...(fast ? ['--no-sync'] : [])]);
  const run = spawnSync(command, args, { encoding: 'utf8', ...as.identity });
  if (run.status !== 0) {
    rmSync(half, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
    throw new Error(`The embedded PostgreSQL could not make its data in ${as.dir}: ${run.error?.message ?? run.stderr.trim()}`);
  }
  renameSync(passwordFile, path.join(half, 'app.password'));
  chmodSync(half, 0o700);
  try {
    renameSync(half, data);
  } catch (error) {
    // Somebody who started at the same moment was first.
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(path.join(data, 'PG_VERSION'))) throw error;
  }
}

function give(as: Account, ...paths: string[]): void {
  const { uid, gid } = as.identity;
  if (uid !== undefined && gid !== undefined) for (const path of paths) chownSync(path, uid, gid);
}

interface Postmaster {
  pid: number;
  port: number;
  ready: boolean;
}

/** What PostgreSQL itself says of the server on `data`; undefined when none lives. */
function readPostmaster(data: string): Postmaster | undefined {
  const [pid, , , port, , , , status] = read(path.join(data, 'postmaster.pid')).split('\n');
  if (!pid || !alive(Number(pid)) || !isPostgres(Number(pid))) return undefined;
  return { pid: Number(pid), port: Number(port), ready: status?.trim() === 'ready' };
}

async function start(
  as: Account,
  data: string,
  flags: string[],
): Promise<{ running: Postmaster; child: ChildProcess } | undefined> {
  const port = await freePort();
  const [command, args] = as.command('postgres', ['-D', data, '-p', String(port), ...flags.flatMap((flag) => ['-c', flag])]);
  const log = openSync(path.join(as.dir, 'pg.log'), 'a');
  // Detached: Ctrl-C is for us alone. We stop PostgreSQL when the last connection is closed.
  const child = spawn(command, args, { stdio: ['ignore', log, log], detached: true, cwd: data, ...as.identity });
  let ended: string | undefined;
  child.once('exit', (code, signal) => (ended = `exit ${code ?? signal}`));
  child.once('error', (error) => (ended = error.message));
  const deadline = performance.now() + READY_WITHIN;
  while (performance.now() < deadline) {
    await pause(10);
    const running = readPostmaster(data);
    if (running?.ready && running.pid === child.pid) return { running, child };
    if (ended === undefined) continue;
    // Another process of ours may have been faster: then the caller uses that one.
    if (running) return undefined;
    throw new Error(`The embedded PostgreSQL stopped while starting (${ended}).\n${logTail(as.dir)}`);
  }
  child.kill('SIGINT');
  return undefined;
}

function inUse(data: string, running: Postmaster): Embedded {
  return ownerLives(data) ? { url: urlOf(data, running), owned: false, stop: async () => {} } : owned(data, running);
}

function owned(data: string, running: Postmaster, child?: ChildProcess): Embedded {
  writeFileSync(ownerFile(data), identityOf(process.pid));
  child?.unref();
  // The last resort, for an exit that skipped `stop`: SIGINT is PostgreSQL's fast and clean shutdown.
  const atExit = () => signal(running.pid, 'SIGINT');
  process.once('exit', atExit);
  const stop = async () => {
    process.off('exit', atExit);
    if (!isPostgres(running.pid)) return;
    signal(running.pid, 'SIGINT');
    while (alive(running.pid) && isPostgres(running.pid)) await pause(10);
    rmSync(ownerFile(data), { force: true });
  };
  return { url: urlOf(data, running), owned: true, stop };
}

function urlOf(data: string, { port }: Postmaster): string {
  return `postgres://${USER}:${read(path.join(data, 'app.password')).trim()}@127.0.0.1:${port}/postgres`;
}

const ownerFile = (data: string) => `${data}.owner`;

function ownerLives(data: string): boolean {
  const owner = read(ownerFile(data));
  const pid = Number(owner.split(' ')[0]);
  return pid > 0 && alive(pid) && identityOf(pid) === owner;
}

// A pid alone is used again after a restart of the machine; on Linux the time of its start is known too.
function identityOf(pid: number): string {
  const [, afterName = ''] = /\) (.*)$/s.exec(read(`/proc/${pid}/stat`)) ?? [];
  return `${pid} ${afterName.split(' ')[19] ?? ''}`;
}

function isPostgres(pid: number): boolean {
  return process.platform !== 'linux' || /^\d+ \(postgres\) [^ZX]/.test(read(`/proc/${pid}/stat`));
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function logTail(dir: string): string {
  const lines = read(path.join(dir, 'pg.log')).trimEnd().split('\n').slice(-8);
  return `The last lines of ${path.join(dir, 'pg.log')}:\n${lines.join('\n')}`;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
