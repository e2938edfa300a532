import 'temporal-polyfill/global';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../db/embedded.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server on which each test file gets a database of its own. */
    server: string;
    /** A migrated database that those are copies of. */
    template: string;
    /** Why there is no template: tests without a database run all the same. */
    templateError: string;
  }
}

/** One throw-away PostgreSQL for the whole run, or the server of TEST_DATABASE_URL. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const dir = given ? undefined : mkdtempSync(path.join(tmpdir(), 'convivium tests '));
  const cluster = dir ? await startEmbedded({ dir, fast: true }) : undefined;
  const server = given ?? cluster?.url ?? '';
  const template = `convivium_test_${process.pid}`;
  project.provide('server', server);
  project.provide('template', template);
  project.provide('templateError', await madeTemplate(server, template));
  return async () => {
    if (!cluster) await run(server, `drop database if exists ${template} with (force)`);
    await cluster?.stop();
    if (dir) rmSync(dir, { recursive: true, force: true });
  };
}

async function madeTemplate(server: string, name: string): Promise<string> {
  try {
    await run(server, `create database ${name}`);
    const { connect } = await import('../../db/database.ts');
    const { migrate } = await import('../../db/migrate.ts');
    const url = new URL(server);
    url.pathname = name;
    const { db } = connect(url.href, 1);
    try {
      await migrate(db);
    } finally {
      await db.destroy();
    }
    return '';
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

async function run(server: string, statement: string): Promise<void> {
  const client = new Client(server);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
