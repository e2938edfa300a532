import path from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Db } from '../../db/database.ts';
import { type CaughtMail, listMail, startCatcher } from '../../emails/catcher.ts';
import { createApiToken, startSignIn } from '../../server/accounts/actions.ts';
import { buildApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { closeSystem, openSystem, type System } from '../../server/system.ts';
import { handlers as allHandlers } from '../../workers/main.ts';
import type { Fact } from '../../workers/queue.ts';
import { relayOnce } from '../../workers/relay.ts';
import { afterFile } from './after-file.ts';
import { type TestClock, testClock } from './clock.ts';
import { testDatabase } from './database.ts';
import { freePort } from './port.ts';
import { quietLog } from './quiet-log.ts';
import { assertSound } from './sound-mail.ts';
import { temporaryFolder } from './temporary.ts';

export interface TestApp {
  app: FastifyInstance;
  system: System;
  db: Db;
  clock: TestClock;
  /** Where it would be, and is after `listen`. */
  url: string;
  /** Serves on loopback, for a browser. */
  listen(): Promise<string>;
  /** The headers of somebody who is signed in on pages. */
  signedIn(personId: string): Promise<{ cookie: string }>;
  /** The headers of somebody's program. */
  bearer(personId: string): Promise<{ authorization: string }>;
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Posts a form as a browser does. */
  post(url: string, form: Record<string, string | string[]>, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Sends JSON. */
  send(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
  /** Does now what the workers would do, until the outbox is empty. Answers the topics in order. An error of a handler is thrown. */
  drain(): Promise<string[]>;
  /** What was mailed so far, the oldest first; of one address when given. */
  mails(to?: string): Promise<CaughtMail[]>;
  close(): Promise<void>;
}

/** The whole application on a database of this test file, closed after it. Time stands still unless `clock` says otherwise. */
export async function testApp(options: { clock?: TestClock; settings?: Record<string, string> } = {}): Promise<TestApp> {
  const { url: databaseUrl } = await testDatabase();
  const dataDir = temporaryFolder();
  const mailbox = path.join(dataDir, 'mail');
  const sink = await startCatcher(mailbox);
  const port = await freePort();
  const clock = options.clock ?? testClock();
  const config = readConfig({
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    ...options.settings,
  });
  const system = openSystem({ ...config, databaseUrl, smtpUrl: sink.url }, { clock, log: quietLog });
  const app = await buildApp(system);
  await app.ready();
  const inject = (request: InjectOptions) => app.inject(request);
  let closed: Promise<void> | undefined;
  const close = () =>
    (closed ??= (async () => {
      await app.close();
      await closeSystem(system);
      await sink.close();
    })());
  afterFile(close);
  return {
    app,
    system,
    db: system.db,
    clock,
    url: config.publicUrl,
    close,
    listen: () => app.listen({ host: '127.0.0.1', port }),
    signedIn: async (personId) => ({ cookie: `convivium=${await startSignIn(system.db, personId, 'a test', clock())}` }),
    bearer: async (personId) => ({ authorization: `Bearer ${await createApiToken(system.db, personId, 'a test', clock())}` }),
    get: (url, headers = {}) => inject({ method: 'GET', url, headers }),
    post: (url, form, headers = {}) => inject({ method: 'POST', url, headers: { ...FORM, ...headers }, payload: encoded(form) }),
    send: (method, url, body, headers = {}) =>
      inject({ method, url, headers, ...(body === undefined ? {} : { payload: body as object }) }),
    drain: () => drain(system),
    mails: async (to) => {
      const mails = (await listMail(mailbox, 10_000)).toReversed();
      await Promise.all(mails.map(assertSound));
      return mails.filter((mail) => to === undefined || mail.to.includes(to));
    },
  };
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };

function encoded(form: Record<string, string | string[]>): string {
  const pairs = Object.entries(form).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one]));
  return new URLSearchParams(pairs).toString();
}

async function drain(system: System): Promise<string[]> {
  const done: string[] = [];
  for (;;) {
    const facts: Fact[] = [];
    await relayOnce(system.db, async (batch) => void facts.push(...batch));
    if (facts.length === 0) return done;
    for (const { id, topic, payload } of facts) {
      await allHandlers[topic]?.(payload, system, { id, topic, attempt: 1 });
      done.push(topic);
    }
  }
}
