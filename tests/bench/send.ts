import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { createTransport } from 'nodemailer';
import { projectFolder } from '../../server/http/assets.ts';
import { confirmedCrowd } from '../support/confirmed-crowd.ts';
import { type Ground, openGround, SECRET } from './ground.ts';

const MAILS = Number(process.env.SEND_MAILS ?? 20_000);
const KILLED_MAILS = Number(process.env.SEND_KILLED ?? 3000);
const KILLS = 10;
const CONNECTIONS = 10;

interface Sunk {
  messages: number;
  unique: number;
}

/**
 * How fast a mailing leaves: personalised mails, each with its own calendar part, ledger and queue included, to a mail server in another
 * process; against a bare pool of nodemailer that sends the same bytes to the same server. Then the same with the worker killed ten times.
 */
export async function send(): Promise<void> {
  const ground = await openGround();
  const sink = await openSink();
  try {
    await confirmedCrowd(ground.db, MAILS);
    const worker = startWorker(ground, sink.url);
    const began = performance.now();
    await go(ground);
    let rss = 0;
    while ((await left(ground)) > 0) {
      rss = Math.max(rss, residentBytes(worker.pid));
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const seconds = (performance.now() - began) / 1000;
    worker.kill('SIGKILL');
    const { messages, unique } = await sink.report();
    const bytes = await sink.sample();
    const bare = await bareRate(sink.url, bytes, Math.min(MAILS, 5000));
    await sink.reset();
    const killed = await killing(ground, sink);
    const result = {
      sent: unique,
      lost: MAILS - unique,
      duplicates: messages - unique,
      perSecond: Math.round(unique / seconds),
      rssMB: Math.round(rss / 1e6),
      ratioToSmtp: Math.round((unique / seconds / bare) * 100) / 100,
    };
    process.stdout.write(
      `${JSON.stringify({ bytes: bytes.length, barePerSecond: Math.round(bare), killed })}\n${JSON.stringify(result)}\n`,
    );
    const held =
      result.lost === 0 &&
      result.duplicates === 0 &&
      result.ratioToSmtp >= 0.6 &&
      result.rssMB < 300 &&
      killed.lost === 0 &&
      killed.duplicates <= KILLS * CONNECTIONS;
    if (!held) process.exitCode = 1;
  } finally {
    sink.end();
    await ground.close();
  }
}

const go = async ({ db }: Ground) => {
  await sql`update sends set not_before = now() where state = 'queued'`.execute(db);
  await sql`insert into outbox (topic, payload) values ('sends.kick', '{}')`.execute(db);
};

async function left({ db }: Ground): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from sends where state in ('queued', 'deferred', 'uncertain', 'sending')`.execute(db);
  return rows[0]?.n ?? 0;
}

function startWorker(ground: Ground, smtpUrl: string) {
  return spawn(process.execPath, [path.join(projectFolder(), 'start.mjs'), 'worker'], {
    env: {
      ...process.env,
      DATABASE_URL: ground.url,
      SECRET,
      SMTP_URL: smtpUrl,
      DATA_DIR: ground.dir,
      LOG_LEVEL: 'error',
      NODE_ENV: 'production',
      MAIL_PER_MINUTE: '100000',
      MAIL_CONNECTIONS: String(CONNECTIONS),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function killing(ground: Ground, sink: Awaited<ReturnType<typeof openSink>>) {
  await sql`delete from sends`.execute(ground.db);
  await confirmedCrowd(ground.db, KILLED_MAILS);
  await go(ground);
  let worker = startWorker(ground, sink.url);
  for (let kills = 0; kills < KILLS; kills++) {
    const before = (await sink.report()).messages;
    // Killed while mails are leaving, not while it starts.
    while ((await sink.report()).messages < before + KILLED_MAILS / (KILLS * 2))
      await new Promise((resolve) => setTimeout(resolve, 20));
    worker.kill('SIGKILL');
    await new Promise((resolve) => worker.once('exit', resolve));
    // Nobody waits three minutes for the leases here: that they end is tried elsewhere.
    await sql`update sends set lease_until = now() where state = 'sending'`.execute(ground.db);
    worker = startWorker(ground, sink.url);
  }
  while ((await left(ground)) > 0) {
    await sql`update sends set lease_until = now() where state = 'sending' and lease_until < now() + interval '120 seconds'`.execute(
      ground.db,
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  worker.kill('SIGKILL');
  const { messages, unique } = await sink.report();
  return { kills: KILLS, sent: unique, lost: KILLED_MAILS - unique, duplicates: messages - unique, atMost: KILLS * CONNECTIONS };
}

async function bareRate(url: string, raw: string, count: number): Promise<number> {
  const pool = createTransport({
    pool: true,
    maxConnections: CONNECTIONS,
    maxMessages: 500,
    host: '127.0.0.1',
    port: Number(new URL(url).port),
    secure: false,
  });
  const began = performance.now();
  await Promise.all(
    Array.from({ length: count }, (_, n) =>
      pool.sendMail({ envelope: { from: 'post@example.org', to: `bare-${n}@example.org` }, raw }),
    ),
  );
  const rate = count / ((performance.now() - began) / 1000);
  pool.close();
  return rate;
}

function residentBytes(pid: number | undefined): number {
  try {
    const status = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(status?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** A mail server in a process of its own that takes everything and counts by Message-ID. */
async function openSink() {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'sink.ts')], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ask = <Answer>(question: string): Promise<Answer> =>
    new Promise((resolve) => {
      child.once('message', (answer) => resolve(answer as Answer));
      child.send(question);
    });
  const port = await new Promise<number>((resolve) => child.once('message', (answer) => resolve(Number(answer))));
  return {
    url: `smtp://127.0.0.1:${port}`,
    report: () => ask<Sunk>('report'),
    sample: () => ask<string>('sample'),
    reset: () => ask<string>('reset'),
    end: () => void child.kill('SIGKILL'),
  };
}
