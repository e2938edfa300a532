import { createPrivateKey, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { domainIn } from './sends/rules.ts';

/** All that may be set from outside. `docs/operating.md` explains each to whoever runs an installation. */
export interface Config {
  host: string;
  port: number;
  /** Absolute path; holds the embedded database, files, caught mail and the secret. */
  dataDir: string;
  /** Undefined: the embedded PostgreSQL. `server/system.ts` fills it in once that runs. */
  databaseUrl?: string;
  /** Undefined: the queue is on PostgreSQL. */
  redisUrl?: string;
  /** Undefined: the catcher of `emails/catcher.ts`, in development only. */
  smtpUrl?: string;
  /** Undefined: files are under `dataDir`. */
  s3Url?: string;
  /** Without a slash at the end. */
  publicUrl: string;
  secret: string;
  /** What it was before: opens what was sealed with it, seals nothing. */
  formerSecrets: string[];
  /** As Fastify has it: all, none, addresses, or how many steps from us. */
  trustProxy: boolean | string[] | ((address: string, hop: number) => boolean);
  logLevel: LogLevel;
  mailFrom: string;
  /** How mails are signed (RFC 6376). Undefined: not here; a relay may do it. */
  dkim?: { domain: string; selector: string; privateKey: string };
  /** Messages that one process has on their way at the same time. */
  mailConnections: number;
  /** How many a minute go to one domain, unless the operator or its server says otherwise. */
  mailPerMinute: number;
  /** Where mail that comes is taken: `smtp://` or `lmtp://`, host and port. Undefined: nowhere. */
  inboundUrl?: string;
  /** The domain whose mail is read here: the answers of calendar programs, and what comes back. Undefined: none is read. */
  replyDomain?: string;
  installationName: string;
  defaultZone: string;
  /** Connections that one process may hold to PostgreSQL for pages and jobs; the queue has its own. */
  databaseConnections: number;
  /** True only where nothing of the outside is reached: /dev/mail and the demonstration world exist. */
  development: boolean;
}

/** `TRACE` … `SILENT` as pino has them. */
export type LogLevel = (typeof LOG_LEVELS)[number];
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** What is set wrongly: every value by its name, in one message. */
export class WrongConfig extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(`Convivium cannot start with these settings:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

const url = (...protocols: string[]) =>
  z
    .string()
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol.slice(0, -1)), {
      error: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`,
    })
    .optional();

const whole = (min: number, max: number) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max, {
      error: `must be a whole number from ${min} to ${max}`,
    })
    .transform(Number);

const settings = z
  .object({
    HOST: z
      .string()
      .regex(/^[A-Za-z0-9.:_-]+$/, 'must be a host name or an address')
      .default('127.0.0.1'),
    PORT: whole(0, 65535).default(3000),
    DATA_DIR: z.string().default('.data'),
    DATABASE_URL: url('postgres', 'postgresql'),
    REDIS_URL: url('redis', 'rediss'),
    SMTP_URL: url('smtp', 'smtps'),
    S3_URL: url('http', 'https', 's3'),
    PUBLIC_URL: url('http', 'https'),
    SECRET: z.string().min(32, 'must have at least 32 characters (for example from: openssl rand -base64 48)').optional(),
    SECRET_BEFORE: z
      .string()
      .refine(
        (text) => text.split(',').every((one) => one.trim().length >= 32),
        'must hold secrets of at least 32 characters, by commas',
      )
      .optional(),
    TRUST_PROXY: z
      .string()
      .regex(
        /^(true|false|\d{1,2}|[0-9a-fA-F.:/]+(\s*,\s*[0-9a-fA-F.:/]+)*)$/,
        'must be true, false, a number of proxies or their addresses',
      )
      .default('false'),
    LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('info'),
    MAIL_FROM: z
      .string()
      .regex(/^([^<>\r\n]*<)?[^\s<>@]+@[^\s<>@]+>?$/, 'must be an e-mail address, as post@example.org or Name <post@example.org>')
      .optional(),
    REPLY_DOMAIN: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9.-]{0,98}[a-z0-9])?$/, 'must be a domain in lower case, as reply.example.org')
      .optional(),
    DKIM_SELECTOR: z
      .string()
      .regex(/^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/, 'must be a selector, as 2026a')
      .optional(),
    DKIM_KEY: z.string().optional(),
    MAIL_CONNECTIONS: whole(1, 100).default(10),
    MAIL_PER_MINUTE: whole(1, 100_000).default(1200),
    INBOUND_URL: url('smtp', 'lmtp'),
    INSTALLATION_NAME: z.string().max(80, 'must have at most 80 characters').default('Convivium'),
    DEFAULT_ZONE: z.string().refine(isZone, { error: 'must be a time zone, as Europe/Madrid' }).default('Europe/Madrid'),
    DATABASE_CONNECTIONS: whole(2, 500).default(Math.max(6, 3 * availableParallelism())),
  })
  .superRefine((set, context) => {
    const wrong = (name: string, why: string) => context.addIssue({ code: 'custom', path: [name], message: why });
    if ((set.DKIM_KEY === undefined) !== (set.DKIM_SELECTOR === undefined))
      wrong(set.DKIM_KEY === undefined ? 'DKIM_KEY' : 'DKIM_SELECTOR', 'is missing: DKIM_KEY and DKIM_SELECTOR belong together');
    if (set.DKIM_KEY !== undefined && !readKey(set.DKIM_KEY))
      wrong('DKIM_KEY', 'must be a private key in PEM, or the path of one');
    if (set.INBOUND_URL && !set.REPLY_DOMAIN)
      wrong('REPLY_DOMAIN', 'is missing: INBOUND_URL reads the mail of a domain of its own');
    if (!set.DATABASE_URL) return;
    const missing = (name: string, why: string) =>
      context.addIssue({ code: 'custom', path: [name], message: `is missing: ${why}` });
    if (!set.SECRET)
      missing('SECRET', 'with DATABASE_URL several processes must share one (for example from: openssl rand -base64 48)');
    if (!set.PUBLIC_URL && !isLoopback(set.HOST))
      missing('PUBLIC_URL', 'mails need the address under which people reach this installation');
  });

/**
 * Reads and checks the settings; nothing else reads the environment. An empty value counts as unset.
 * Writes a new secret into DATA_DIR when none is set and there is no DATABASE_URL.
 * @throws WrongConfig with every wrong value
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const read = settings.safeParse(given);
  if (!read.success) throw new WrongConfig(read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  const set = read.data;
  const dataDir = path.resolve(set.DATA_DIR);
  const publicUrl = (set.PUBLIC_URL ?? `http://${set.HOST.includes(':') ? `[${set.HOST}]` : set.HOST}:${set.PORT}`).replace(
    /\/+$/,
    '',
  );
  const mailFrom =
    set.MAIL_FROM ??
    `${set.INSTALLATION_NAME.replace(/[<>"\r\n]/g, '')} <post@${new URL(publicUrl).hostname.replace(/^[\d.]+$|^\[.*$/, 'localhost')}>`;
  const privateKey = set.DKIM_KEY && readKey(set.DKIM_KEY);
  return {
    host: set.HOST,
    port: set.PORT,
    dataDir,
    databaseUrl: set.DATABASE_URL,
    redisUrl: set.REDIS_URL,
    smtpUrl: set.SMTP_URL,
    s3Url: set.S3_URL,
    publicUrl,
    secret: set.SECRET ?? ownSecret(dataDir),
    formerSecrets: (set.SECRET_BEFORE ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean),
    trustProxy: proxies(set.TRUST_PROXY),
    logLevel: set.LOG_LEVEL,
    mailFrom,
    dkim: privateKey && set.DKIM_SELECTOR ? { domain: domainIn(mailFrom), selector: set.DKIM_SELECTOR, privateKey } : undefined,
    mailConnections: set.MAIL_CONNECTIONS,
    mailPerMinute: set.MAIL_PER_MINUTE,
    inboundUrl: set.INBOUND_URL,
    replyDomain: set.REPLY_DOMAIN,
    installationName: set.INSTALLATION_NAME,
    defaultZone: set.DEFAULT_ZONE,
    databaseConnections: set.DATABASE_CONNECTIONS,
    development: !set.DATABASE_URL && !set.SMTP_URL && isLoopback(set.HOST),
  };
}

// The PEM itself, its line ends perhaps written as \n, or the file it is in.
function readKey(text: string): string | undefined {
  try {
    const pem = text.includes('-----BEGIN') ? text.replaceAll('\\n', '\n') : readFileSync(text, 'utf8');
    return createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem' }).toString();
  } catch {
    return undefined;
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

function proxies(text: string): Config['trustProxy'] {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d+$/.test(text) ? (_address, hop) => hop < Number(text) : text.split(',').map((address) => address.trim());
}

function ownSecret(dataDir: string): string {
  const file = path.join(dataDir, 'secret');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    // Two processes may start at once: the one that finds the file there reads it.
    writeFileSync(file, `${randomBytes(48).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!exists)
      throw new WrongConfig([
        `DATA_DIR must be a folder that can be written: ${error instanceof Error ? error.message : String(error)}`,
      ]);
  }
  return readFileSync(file, 'utf8').trim();
}
