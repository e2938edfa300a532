// `npm run check`: what can be known without running the product. Prints each failure, and fails when there is one.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const checks = {
  'types (tsc)': ['node', 'node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'],
  'lint (oxlint)': ['oxlint', '--quiet'],
  'format (biome)': ['biome', 'check', '--colors=off', '.'],
  'catalogues in four languages': ['node', '--import', 'tsx', 'tests/support/catalogues.ts'],
  'package-lock.json is complete (npm ci --dry-run)': ['npm', 'ci', '--dry-run', '--ignore-scripts'],
};

let failed = 0;
for (const [name, [command, ...args]] of Object.entries(checks)) {
  const { code, output } = await run(command, args);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  if (code === 0) continue;
  failed += 1;
  console.log(output.trim().replaceAll(/^/gm, '       '));
}
console.log(failed === 0 ? 'Everything is in order.' : `${failed} of ${Object.keys(checks).length} checks failed.`);
process.exit(failed === 0 ? 0 : 1);

function run(command, args) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
