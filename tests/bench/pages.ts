import { spawn } from 'node:child_process';
import path from 'node:path';
import { sql } from 'kysely';
import { startSignIn } from '../../server/accounts/actions.ts';
import { readConfig } from '../../server/config.ts';
import { loadDemonstration } from '../../server/demonstration.ts';
import { openSystem } from '../../server/system.ts';
import { quietLog } from '../support/quiet-log.ts';
import { type Ground, openGround, runToEnd } from './ground.ts';
import { crowd, fiftyEvents } from './pages-world.ts';

const REQUESTS = 4000;
const IN_ALL = 100_000;
const CLIENTS = 20;

interface Repeated {
  perSecond: number;
  p50: number;
  statuses: Record<string, number>;
  bytes: number;
}

/** How fast pages are against a bare route with the same bytes, what the process weighs after 100,000, and how it grows with the data. */
export async function pages(): Promise<void> {
  const ground = await openGround();
  try {
    const config = readConfig({
      DATABASE_URL: ground.url,
      SECRET: 'a secret of the benchmark, as long as it must be',
      DATA_DIR: ground.dir,
      LOG_LEVEL: 'silent',
    });
    const system = openSystem({ ...config, databaseUrl: ground.url }, { log: quietLog });
    await loadDemonstration(system);
    const secretariat = await system.db
      .selectFrom('people')
      .select('id')
      .where('email', '=', 'secretariat@example.org')
      .executeTakeFirstOrThrow();
    const signedIn = { cookie: `convivium=${await startSignIn(system.db, secretariat.id, 'bench', system.clock())}` };
    const { port } = await ground.startWeb();
    const before = await times(ground, port, signedIn);
    await fiftyEvents(system.db);
    await sql`vacuum analyze`.execute(system.db);
    const measured: Record<string, Ratios> = {};
    for (const url of ['/events', await eventUrl(ground)]) measured[url] = await ratios(ground, port, url, signedIn);
    let sent = Object.keys(measured).length * REQUESTS * 3;
    for (; sent < IN_ALL; sent += 10_000) await repeat(port, '/events', {}, 10_000);
    const rss = await residentBytes(port);
    await crowd(system.db);
    const after = await times(ground, port, signedIn);
    await system.db.destroy();
    const growth = Object.fromEntries(Object.entries(after).map(([url, ms]) => [url, round(ms / (before[url] ?? ms))]));
    const least = (name: keyof Ratios) => round(Math.min(...Object.values(measured).map((one) => one[name])));
    const result = {
      ratioRendered: least('rendered'),
      ratioPublic: least('public'),
      ratioEtag: least('etag'),
      rssMB: Math.round(rss / 1e6),
      growth: Math.max(...Object.values(growth)),
    };
    process.stdout.write(`${JSON.stringify({ before, after, growth })}\n${JSON.stringify(result)}\n`);
    const held =
      result.ratioRendered >= 0.1 &&
      result.ratioPublic >= 0.5 &&
      result.ratioEtag >= 0.5 &&
      result.rssMB < 200 &&
      result.growth <= 1.5;
    if (!held) process.exitCode = 1;
  } finally {
    await ground.close();
  }
}

const round = (value: number) => Math.round(value * 100) / 100;

interface Ratios {
  rendered: number;
  public: number;
  etag: number;
}

async function ratios(_ground: Ground, port: number, url: string, signedIn: Record<string, string>): Promise<Ratios> {
  const answer = await fetch(`http://127.0.0.1:${port}${url}`);
  const etag = answer.headers.get('etag') ?? '';
  const one = async (headers: Record<string, string>, wanted: number) => {
    await repeat(port, url, headers, 200);
    const seen = await repeat(port, url, headers, REQUESTS);
    if (seen.statuses[wanted] !== REQUESTS) throw new Error(`${url}: ${JSON.stringify(seen.statuses)} instead of ${wanted}`);
    return seen.perSecond;
  };
  const bare = await bareServer(`http://127.0.0.1:${port}${url}`, {});
  const bareSignedIn = await bareServer(`http://127.0.0.1:${port}${url}`, signedIn);
  try {
    const against = async (to: number) => {
      await repeat(to, '/', {}, 200);
      return (await repeat(to, '/', {}, REQUESTS)).perSecond;
    };
    const plain = await against(bare.port);
    return {
      rendered: (await one(signedIn, 200)) / (await against(bareSignedIn.port)),
      public: (await one({}, 200)) / plain,
      etag: (await one({ 'if-none-match': etag }, 304)) / plain,
    };
  } finally {
    bare.end();
    bareSignedIn.end();
  }
}

async function repeat(
  port: number,
  url: string,
  headers: Record<string, string>,
  requests: number,
  clients = CLIENTS,
): Promise<Repeated> {
  return JSON.parse(
    await runToEnd('repeat.ts', [String(port), url, JSON.stringify(headers), String(requests), String(clients)]),
  ) as Repeated;
}

async function bareServer(url: string, headers: Record<string, string>): Promise<{ port: number; end(): void }> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', path.join(import.meta.dirname, 'bare.ts'), url, JSON.stringify(headers)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const port = await new Promise<number>((resolve) =>
    child.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString('utf8')))),
  );
  return { port, end: () => void child.stdin.end() };
}

async function eventUrl(ground: Ground): Promise<string> {
  const { rows } = await sql<{
    slug: string;
  }>`select slug from events where kind = 'congress' order by created_at limit 1`.execute(ground.db);
  return `/events/${rows[0]?.slug}`;
}

/** The usual time of each page, one request after another, in milliseconds. */
async function times(ground: Ground, port: number, signedIn: Record<string, string>): Promise<Record<string, number>> {
  const event = await eventUrl(ground);
  const found: Record<string, number> = {};
  const office = `/back-office${event}`;
  const pages = [
    '/events',
    event,
    `/api${event}`,
    '/back-office/events',
    office,
    `${office}/registrations`,
    '/organisations',
    '/people',
    '/registrations',
  ];
  for (const url of pages) {
    const { statuses, p50 } = await repeat(port, url, signedIn, 150, 1);
    if (statuses[200] !== 150) throw new Error(`${url} answered ${JSON.stringify(statuses)}`);
    found[url] = round(p50);
  }
  return found;
}

async function residentBytes(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1] ?? Number.NaN);
}
