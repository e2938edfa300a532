import { emit } from '../db/outbox.ts';
import { CONNECTIONS, type Mail, type Mailer, openMailer } from '../emails/mailer.ts';
import { type Claimed, cancelSend, claimSends, markOutcome, releaseExpiredLeases } from '../server/sends/actions.ts';
import type { System } from '../server/system.ts';
import type { Handlers } from './handler.ts';
import { renderers as allRenderers } from './mails.ts';

/** Makes the message of one kind from what is true when it is sent; null when it is no longer true. */
export type Renderer = (system: System, send: Claimed) => Promise<Mail | null>;
export type Renderers = Record<string, Renderer>;

// Longer than a server can keep a whole batch waiting, which is on its way at once.
const LEASE_MS = 180_000;
// What one job sends at most: a process that is to end waits for its jobs, but not for ten thousand mails.
const MOST = 250;

/** A row was put into the ledger: what is due goes out. */
export const sendHandlers: Handlers = {
  'sends.kick': async (_payload, system) => {
    if (system.config.smtpUrl) await deliverDue(system, allRenderers);
  },
};

interface Post {
  mailer: Mailer;
  /** The delivery that is under way in this process, and whether somebody has asked for another meanwhile. */
  running?: Promise<number>;
  again: boolean;
}

const posts = new WeakMap<System['config'], Post>();

function postOf({ config }: System): Post {
  const known = posts.get(config);
  if (known) return known;
  const { smtpUrl, mailFrom, publicUrl, development } = config;
  if (!smtpUrl) throw new Error('no SMTP server is set');
  const post = { mailer: openMailer({ smtpUrl, from: mailFrom, publicUrl, loopbackOnly: development }), again: false };
  posts.set(config, post);
  return post;
}

/**
 * Sends what is due in the ledger and answers how many messages that were. One delivery runs in a process at a time; whoever asks
 * meanwhile waits for it, and it looks once more. Any number of processes share the work: each message is claimed by one.
 */
export function deliverDue(system: System, renderers: Renderers, leaseMs = LEASE_MS): Promise<number> {
  const post = postOf(system);
  if (post.running) {
    post.again = true;
    return post.running;
  }
  const run = async () => {
    let sent = 0;
    try {
      do {
        post.again = false;
        sent += await deliverSome(system, post.mailer, renderers, { leaseMs, most: MOST - sent });
      } while (post.again && sent < MOST);
      return sent;
    } finally {
      post.running = undefined;
    }
  };
  post.running = run();
  return post.running;
}

async function deliverSome(
  system: System,
  mailer: Mailer,
  renderers: Renderers,
  { leaseMs, most }: { leaseMs: number; most: number },
): Promise<number> {
  let sent = 0;
  while (sent < most) {
    const batch = await claimSends(system.db, { limit: CONNECTIONS, now: system.clock(), leaseMs });
    await Promise.all(batch.map((send) => deliver(system, mailer, renderers, send)));
    sent += batch.length;
    if (batch.length < CONNECTIONS) return sent;
  }
  await emit(system.db, 'sends.kick', {});
  return sent;
}

async function deliver(system: System, mailer: Mailer, renderers: Renderers, send: Claimed): Promise<void> {
  const mail = await made(system, renderers, send);
  if (mail === null) return cancelSend(system.db, send, system.clock());
  const { outcome, messageId } =
    mail instanceof Error
      ? { outcome: { state: 'deferred' as const, response: `not made: ${mail.name}` }, messageId: undefined }
      : await mailer.send(mail, { address: send.address, sendId: send.id, version: send.version, language: send.language });
  await markOutcome(system.db, send, { ...outcome, messageId }, { now: system.clock(), chance: Math.random() });
}

// One message that cannot be made must hold up no other: it is tried again, as one that the server does not take.
async function made(system: System, renderers: Renderers, send: Claimed): Promise<Mail | null | Error> {
  const render = renderers[send.kind];
  try {
    if (!render) throw new Error(`nobody makes mails of the kind ${send.kind}`);
    return await render(system, send);
  } catch (error) {
    system.log.error({ err: error, kind: send.kind, send: send.id }, 'mail not made');
    return error instanceof Error ? error : new Error('unknown');
  }
}

/** What the sweeper does each minute: messages of workers that died, and those whose time has come. */
export async function sweepSends(system: System, renderers: Renderers): Promise<void> {
  await releaseExpiredLeases(system.db, system.clock());
  // Without a mail server they wait in the ledger until there is one.
  if (system.config.smtpUrl) await deliverDue(system, renderers);
}
