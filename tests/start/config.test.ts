import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readConfig, WrongConfig } from '../../server/config.ts';
import { temporaryFolder } from '../support/temporary.ts';

const dataDir = temporaryFolder();

const problems = (env: Record<string, string>) => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof WrongConfig) return error.problems.map((problem) => problem.split(' ')[0]);
    throw error;
  }
  return [];
};

test('without settings it is a development installation on loopback', () => {
  const config = readConfig({ DATA_DIR: dataDir });
  expect(config).toMatchObject({ host: '127.0.0.1', port: 3000, publicUrl: 'http://127.0.0.1:3000', development: true, dataDir });
});

test('a secret is made once and kept', () => {
  const first = readConfig({ DATA_DIR: dataDir }).secret;
  expect(first.length).toBeGreaterThan(40);
  expect(readConfig({ DATA_DIR: dataDir }).secret).toBe(first);
  expect(readFileSync(path.join(dataDir, 'secret'), 'utf8').trim()).toBe(first);
});

test('every wrong value is named', () => {
  const wrong = {
    PORT: '70000',
    DATABASE_URL: 'mysql://x',
    REDIS_URL: 'nonsense',
    SMTP_URL: 'http://mail',
    PUBLIC_URL: 'example.org',
    LOG_LEVEL: 'loud',
    DEFAULT_ZONE: 'Europe/Granollers',
    MAIL_FROM: 'nobody',
    TRUST_PROXY: 'perhaps',
    SECRET: 'short',
  };
  expect(new Set(problems(wrong))).toEqual(new Set(Object.keys(wrong)));
});

test('a real database demands a secret, and an address for mails where others reach it', () => {
  expect(problems({ DATABASE_URL: 'postgres://db/x', HOST: '0.0.0.0' })).toEqual(['SECRET', 'PUBLIC_URL']);
  expect(existsSync(path.join(dataDir, 'files'))).toBe(false);
});

test.each([{ DATABASE_URL: 'postgres://db/x', SECRET: 'x'.repeat(32) }, { SMTP_URL: 'smtp://mail:25' }, { HOST: '0.0.0.0' }])(
  'development ends with %o',
  (env) => {
    expect(readConfig({ DATA_DIR: dataDir, ...env }).development).toBe(false);
  },
);

test('proxies are trusted by number, by address or not at all', () => {
  expect(readConfig({ DATA_DIR: dataDir }).trustProxy).toBe(false);
  expect(readConfig({ DATA_DIR: dataDir, TRUST_PROXY: '10.0.0.1, 10.0.0.0/8' }).trustProxy).toEqual(['10.0.0.1', '10.0.0.0/8']);
  const { trustProxy } = readConfig({ DATA_DIR: dataDir, TRUST_PROXY: '1' });
  expect(typeof trustProxy === 'function' && [0, 1].map((hop) => trustProxy('10.0.0.1', hop))).toEqual([true, false]);
});
