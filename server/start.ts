import 'temporal-polyfill/global';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { connect, inTransaction } from '../db/database.ts';
import { startEmbedded } from '../db/embedded.ts';
import { migrate } from '../db/migrate.ts';
import { openQueues, type Queues } from '../workers/queue.ts';
import { createApiToken, createSignInLink, findOrCreatePerson } from './accounts/actions.ts';
import { personByAddress } from './accounts/queries.ts';
import { grantRole } from './accounts/roles.ts';
import { type Config, readConfig } from './config.ts';
import { email as emailField } from './fields.ts';
import { mustOpenInbox } from './questionnaires/sealing.ts';
import { closing } from './stopping.ts';
import { closeSystem, createLog, openSystem, type System } from './system.ts';

// Long enough to be sent on to who asked for the installation.
const ADMIN_LINK_MINUTES = 24 * 60;

// What `node start.mjs <mode>` runs. Each mode loads and opens what it needs, so that a web process does not carry what only workers
// use; `closing` lets go of it in the opposite order.

const modes: Record<string, (stop: Closing, args: string[]) => Promise<void>> = {
  all: async (stop) => {
    const system = await open(stop, { mail: true });
    const links = system.config.development ? await (await import('./demonstration.ts')).loadDemonstration(system) : [];
    await serve(stop, system);
    await work(stop, system);
    announce(system, links);
    stop.keepRunning();
  },
  web: async (stop) => {
    const system = await open(stop);
    await serve(stop, system);
    stop.keepRunning();
  },
  worker: async (stop) => {
    const system = await open(stop, { mail: true });
    await work(stop, system);
    system.log.info('working');
    stop.keepRunning();
  },
  migrate: async (stop) => {
    await open(stop);
    console.log('The database is up to date.');
  },
  backup: async (stop, [file]) => {
    const system = await open(stop);
    const to = path.resolve(
      file ?? `convivium-${system.clock().toString({ smallestUnit: 'second' }).replaceAll(':', '')}.backup`,
    );
    const { backUp } = await import('../db/backup.ts');
    const { tables, rows } = await backUp(system.config.databaseUrl, to);
    console.log(`${rows} rows of ${tables} tables are in ${to}. Files in DATA_DIR/files or the bucket are not: copy them too.`);
  },
  restore: async (stop, [file]) => {
    if (!file) throw new Error('Say which file: npm run restore -- FILE');
    const config = await withDatabase(stop, readConfig(process.env));
    const { restore } = await import('../db/backup.ts');
    const { tables, rows } = await restore(config.databaseUrl, path.resolve(file));
    console.log(`${rows} rows of ${tables} tables are back.`);
  },
  rank: async (_stop, [file]) => {
    if (!file) throw new Error('Say which file: npm run rank -- FILE (a CSV with the columns entry, juror and score)');
    const { printedRanking, readScores, scaleOf } = await import('./judging/scores-file.ts');
    const { rankScores } = await import('./judging/ranking.ts');
    const scores = readScores(await readFile(path.resolve(file), 'utf8'));
    const ranking = rankScores(scores, { seed: 1, k: 3, scale: scaleOf(scores), leaveOneOut: true });
    console.log(JSON.stringify(printedRanking(ranking), null, 2));
  },
  verify: async (_stop, [file]) => {
    if (!file) throw new Error('Say which file: npm run verify -- FILE (a chain exported from the decisions of a call)');
    const { verification } = await import('./judging/chain.ts');
    const { ok, lines } = verification(await readFile(path.resolve(file), 'utf8'));
    console.log(lines.join('\n'));
    if (!ok) throw new Error('This chain does not hold.');
  },
  token: async (stop, [email]) => {
    if (!email) throw new Error('Say whose: npm run token -- EMAIL');
    const system = await open(stop);
    const person = await personByAddress(system.db, email);
    if (!person) throw new Error(`Nobody has the address ${email}.`);
    console.log(await createApiToken(system.db, person.id, 'npm run token', system.clock()));
  },
  // The first of all can be given the role by nobody else.
  admin: async (stop, [given, name]) => {
    const address = emailField.safeParse(given ?? '');
    if (!address.success) throw new Error('Say whose: npm run admin -- EMAIL NAME');
    const { db, config, clock } = await open(stop);
    const zone = config.defaultZone;
    const id = await inTransaction(db, (tx) =>
      findOrCreatePerson(tx, { name: name ?? address.data, email: address.data, zone }, null),
    );
    await grantRole(db, null, id, { role: 'admin', scopeId: null });
    console.log(
      `${config.publicUrl}/sign-in/${await createSignInLink(db, config.secret, address.data, clock(), ADMIN_LINK_MINUTES)}`,
    );
  },
};

type Closing = ReturnType<typeof closing>;

async function serve(stop: Closing, system: System): Promise<void> {
  const { startWeb } = await import('./main.ts');
  stop.onStop(await startWeb(system));
}

async function work(stop: Closing, system: System & { queue: Queues }): Promise<void> {
  const { startWorkers } = await import('../workers/main.ts');
  stop.onStop(await startWorkers(system, system.queue));
  if (!system.config.inboundUrl) return;
  const { startInbound } = await import('../workers/inbound.ts');
  stop.onStop((await startInbound(system)).close);
}

async function open(stop: Closing, { mail = false } = {}): Promise<System & { queue: Queues }> {
  const config = await withDatabase(stop, readConfig(process.env));
  const log = createLog(config.logLevel);
  const smtpUrl = config.smtpUrl ?? (mail ? await ownMailbox(stop, config) : undefined);
  await migrated(config.databaseUrl);
  const queue = await openQueues(config, log);
  stop.onStop(queue.close);
  const system = openSystem({ ...config, smtpUrl }, { log, queue });
  stop.onStop(() => closeSystem(system));
  // With another secret than before, answers that were promised to count could never be opened: better not to start.
  await mustOpenInbox(system.db, config);
  return { ...system, queue };
}

async function migrated(databaseUrl: string): Promise<void> {
  const { db } = connect(databaseUrl, 1);
  try {
    await migrate(db);
  } finally {
    await db.destroy();
  }
}

/** With the address of the embedded PostgreSQL where none is set. */
async function withDatabase(stop: Closing, config: Config): Promise<Config & { databaseUrl: string }> {
  if (config.databaseUrl) return { ...config, databaseUrl: config.databaseUrl };
  const embedded = await startEmbedded({ dir: config.dataDir });
  stop.onStop(embedded.stop);
  return { ...config, databaseUrl: embedded.url };
}

async function ownMailbox(stop: Closing, config: Config): Promise<string> {
  const { startCatcher } = await import('../emails/catcher.ts');
  const catcher = await startCatcher(path.join(config.dataDir, 'mail'));
  stop.onStop(catcher.close);
  if (!config.development)
    console.error(`SMTP_URL is not set: mails reach nobody, they are kept in ${path.join(config.dataDir, 'mail')}.`);
  return catcher.url;
}

function announce({ config }: System, links: { role: string; url: string }[]): void {
  const lines = ['', `  Convivium is at ${config.publicUrl}`];
  if (config.development) lines.push(`  Mails that it sends are at ${config.publicUrl}/dev/mail`);
  if (links.length > 0) lines.push('', '  Sign in, once each:', ...links.map(({ role, url }) => `    ${role.padEnd(32)} ${url}`));
  console.log([...lines, '', '  Ctrl-C stops it.', ''].join('\n'));
}

const [mode = '', ...args] = process.argv.slice(2);
const stop = closing();
try {
  const run = modes[mode];
  if (!run) throw new Error(`Say what to start: ${Object.keys(modes).join(', ')}.`);
  await run(stop, args);
  if (!stop.running()) await stop.now(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  await stop.now(1);
}
