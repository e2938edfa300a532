import { emit } from '../db/outbox.ts';
import { type Mail, type Mailer, openMailer } from '../emails/mailer.ts';
import { cancelSend, markOutcome, putBack, releaseExpiredLeases } from '../server/sends/actions.ts';
import { type Claimed, claimSends, slowDown } from '../server/sends/claims.ts';
import type { Outcome } from '../server/sends/rules.ts';
import { isTopic } from '../server/sends/topics.ts';
import { pauseIfTroubled } from '../server/sends/troubles.ts';
import { unsubscribeUrl } from '../server/sends/unsubscribing.ts';
import type { System } from '../server/system.ts';
import type { Handlers } from './handler.ts';
import { renderers as allRenderers } from './mails.ts';
import { aheadOf, type Turns, turnsOf } from './turns.ts';

/** What a message is made from, and where its recipient may say that it is enough. */
export type ToMake = Claimed & { unsubscribe?: string };
/** Makes the message of one kind from what is true when it is sent; null when it is no longer true. */
export type Renderer = (system: System, send: ToMake) => Promise<Mail | null>;
export type Renderers = Record<string, Renderer>;

// Longer than a server can keep one message waiting.
const LEASE_MS = 180_000;
// How long one job sends at most: a process that is to end waits for what is on its way, and the next job goes on.
const LONGEST_MS = 50_000;
// What is due later than this is left to the sweeper, or to whoever kicks before.
const LONGEST_SLEEP_MS = 5000;
const LINGER_MS = 50;
// While there is more than one worker sends, others are called that often.
const CALL_MS = 1000;

/** A row was put into the ledger: what is due goes out. */
export const sendHandlers: Handlers = {
  'sends.kick': async (_payload, system) => {
    if (system.config.smtpUrl) await deliverDue(system, allRenderers);
  },
};

interface Post {
  mailer: Mailer;
  /** The delivery that is under way in this process. */
  running?: Promise<number>;
  /** Ends its sleep: there is more to send, or the process is to end. */
  wake: () => void;
  asked: boolean;
  /** Since it last looked: there is room, or more to send. */
  woken: boolean;
  stopping: boolean;
  /** Mailings and domains that were just stopped: what was made ahead for them stays. */
  halted: Set<string>;
  /** Of a message whose outcome could not be written down. */
  failed?: unknown;
}

const posts = new WeakMap<System['config'], Post>();

function postOf({ config }: System): Post {
  const known = posts.get(config);
  if (known) return known;
  const { smtpUrl, mailFrom, publicUrl, development, dkim, replyDomain, secret, mailConnections } = config;
  if (!smtpUrl) throw new Error('no SMTP server is set');
  const bounce = replyDomain === undefined ? undefined : { domain: replyDomain, secret };
  const settings = { smtpUrl, from: mailFrom, publicUrl, loopbackOnly: development, dkim, bounce, connections: mailConnections };
  const post: Post = {
    mailer: openMailer(settings),
    wake: () => {},
    asked: false,
    woken: false,
    stopping: false,
    halted: new Set(),
  };
  post.wake = () => {
    post.woken = true;
  };
  posts.set(config, post);
  return post;
}

/** Takes nothing more up: what is on its way is finished. For a process that is to end. */
export function stopDelivering(system: System): void {
  const post = posts.get(system.config);
  if (!post) return;
  post.stopping = true;
  post.wake();
}

/**
 * Sends what is due in the ledger and answers how many messages that were. One delivery runs in a process at a time: whoever asks
 * meanwhile does not wait for it, and it looks once more. Any number of processes share the work: each message is claimed by one.
 */
export async function deliverDue(system: System, renderers: Renderers, leaseMs = LEASE_MS): Promise<number> {
  const post = postOf(system);
  post.asked = true;
  post.wake();
  if (post.running) return 0;
  post.running = deliver(system, post, renderers, leaseMs);
  return post.running;
}

// As many messages are on their way as there are connections, and each that ends makes room for the next: a server that keeps one
// waiting keeps no other. A fast server is kept busy by what is made ahead for it: never more than leaves in a moment, so that a
// mailing that is paused stops at once.
async function deliver(system: System, post: Post, renderers: Renderers, leaseMs: number): Promise<number> {
  const { mailConnections: most, mailPerMinute: perMinute } = system.config;
  const until = performance.now() + LONGEST_MS;
  const underWay = new Set<Promise<void>>();
  const turns = turnsOf(most);
  const ahead = aheadOf();
  let later: NodeJS.Timeout | undefined;
  let sent = 0;
  let called = performance.now();
  const start = (send: Claimed) => {
    const one: Promise<void> = deliverOne(system, post, renderers, send, turns).finally(() => {
      underWay.delete(one);
      ahead.ended();
      // Several are claimed with one question: whoever ends in the next moments is replaced together.
      if (underWay.size <= (most + ahead.most()) / 2) post.wake();
      else later ??= setTimeout(() => post.wake(), LINGER_MS);
    });
    one.catch((error: unknown) => {
      post.failed ??= error;
    });
    underWay.add(one);
  };
  try {
    for (;;) {
      if (post.failed) throw post.failed;
      const over = post.stopping || performance.now() > until;
      const together = most + ahead.most();
      const room = over ? 0 : together - underWay.size;
      post.asked = post.woken = false;
      clearTimeout(later);
      later = undefined;
      const { claimed, nextAt } =
        room > 0
          ? await claimSends(system.db, { limit: room, now: system.clock(), leaseMs, perMinute, together })
          : { claimed: [], nextAt: null };
      for (const send of claimed) {
        // Claimed again: they go on.
        post.halted.delete(send.domain);
        if (send.mailingId) post.halted.delete(send.mailingId);
        start(send);
      }
      sent += claimed.length;
      if (claimed.length === room && performance.now() - called > CALL_MS) {
        called = performance.now();
        await emit(system.db, 'sends.kick', {});
      }
      if (underWay.size > 0) {
        if (claimed.length === 0 || claimed.length === room) await sleep(post, Math.max(5, untilThen(system, nextAt)));
      } else if (over) break;
      else if (!post.asked) {
        const wait = untilThen(system, nextAt);
        if (nextAt === null || wait > LONGEST_SLEEP_MS) return sent;
        await sleep(post, wait);
        // A clock that stands still is a test's: what is due later is due when it says so.
        if (!post.asked && untilThen(system, nextAt) > 0) return sent;
      }
    }
    if (!post.stopping) await emit(system.db, 'sends.kick', {});
    return sent;
  } finally {
    clearTimeout(later);
    // At once: whoever asks in the next moment must begin anew.
    post.running = post.failed = undefined;
  }
}

const untilThen = ({ clock }: System, at: Temporal.Instant | null) =>
  at === null ? LONGEST_MS : at.epochMilliseconds - clock().epochMilliseconds;

function sleep(post: Post, milliseconds: number): Promise<void> {
  if (post.woken) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.min(milliseconds, LONGEST_MS));
    post.wake = () => {
      post.woken = true;
      clearTimeout(timer);
      resolve();
    };
  });
}

async function deliverOne(
  system: System,
  { mailer, halted }: Post,
  renderers: Renderers,
  send: Claimed,
  turns: Turns,
): Promise<void> {
  const { db, clock, config } = system;
  const unsubscribe = isTopic(send.topic) ? unsubscribeUrl(config, send.id) : undefined;
  const mail = await made(system, renderers, { ...send, unsubscribe });
  if (mail === null) return cancelSend(db, send, clock());
  let taken = false;
  const turn = async () => {
    await turns.take();
    taken = true;
    return !halted.has(send.domain) && !(send.mailingId && halted.has(send.mailingId));
  };
  try {
    const { id: sendId, address, version, language, kind, mailingId } = send;
    const said: { outcome: Outcome; messageId?: string } | null =
      mail instanceof Error
        ? { outcome: { state: 'deferred', response: `not made: ${mail.name}` } }
        : await mailer.send({ ...mail, unsubscribe }, { address, sendId, version, language, kind, mailingId }, turn);
    if (!said) return await putBack(db, send);
    const { outcome, messageId } = said;
    const now = clock();
    await markOutcome(db, { send, outcome: { ...outcome, messageId }, now, chance: Math.random() });
    if (outcome.slower) {
      halted.add(send.domain);
      await slowDown(db, send.domain, { now, perMinute: config.mailPerMinute, said: outcome.response });
    }
    if (mailingId && (outcome.state === 'failed' || outcome.aboutUs)) {
      const paused = await pauseIfTroubled(db, mailingId, { now, aboutUs: outcome.aboutUs ? outcome.response : null });
      if (paused) halted.add(mailingId);
    }
  } finally {
    if (taken) turns.giveBack();
  }
}

// One message that cannot be made must hold up no other: it is tried again, as one that the server does not take.
async function made(system: System, renderers: Renderers, send: ToMake): Promise<Mail | null | Error> {
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
