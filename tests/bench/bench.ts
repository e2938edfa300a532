import 'temporal-polyfill/global';

// npm run bench -- NAME. Each prints JSON as its last line and ends with 1 when a limit is not met.
const benches: Record<string, () => Promise<() => Promise<void>>> = {
  rush: async () => (await import('./rush.ts')).rush,
  pages: async () => (await import('./pages.ts')).pages,
  ranking: async () => (await import('./ranking.ts')).ranking,
  answers: async () => (await import('./answers.ts')).answers,
  send: async () => (await import('./send.ts')).send,
  allocation: async () => (await import('./allocation.ts')).allocation,
  jurors: async () => (await import('./jurors.ts')).jurors,
  badges: async () => (await import('./badges.ts')).badges,
  door: async () => (await import('./door.ts')).door,
  certificates: async () => (await import('./certificates.ts')).certificates,
};

const name = process.argv[2] ?? '';
const load = benches[name];
if (!load) {
  process.stderr.write(`Which benchmark? ${Object.keys(benches).join(', ')}\n`);
  process.exit(64);
}
await (await load())();
