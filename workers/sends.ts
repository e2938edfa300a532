import { type Mail, type Mailer, openMailer } from '../emails/mailer.ts';
import { type Claimed, cancelSend, claimSends, markOutcome, releaseExpiredLeases } from '../server/sends/actions.ts';
import type { System } from '../server/system.ts';

/** Makes the message of one kind from what is true when it is sent; null when it is no longer true. */
export type Renderer = (system: System, send: Claimed) => Promise<Mail | null>;
export type Renderers = Record<string, Renderer>;

const LEASE_SECONDS = 120;
const BATCH = 20;
const mailers = new WeakMap<System['config'], Mailer>();

function mailerOf(system: System): Mailer {
  const known = mailers.get(system.config);
  if (known) return known;
  const { smtpUrl, mailFrom, publicUrl } = system.config;
  if (!smtpUrl) throw new Error('no SMTP server is set');
  const mailer = openMailer({ smtpUrl, from: mailFrom, publicUrl, loopbackOnly: system.config.development });
  mailers.set(system.config, mailer);
  return mailer;
}

/** Sends what is due in the ledger, until nothing is. Several may run at once: each message is claimed by one. */
export async function deliverDue(system: System, renderers: Renderers): Promise<number> {
  let sent = 0;
  for (;;) {
    const batch = await claimSends(system.db, BATCH, LEASE_SECONDS, system.clock());
    await Promise.all(batch.map((send) => deliver(system, renderers, send)));
    sent += batch.length;
    if (batch.length < BATCH) return sent;
  }
}

async function deliver(system: System, renderers: Renderers, send: Claimed): Promise<void> {
  const render = renderers[send.kind];
  const mail = render ? await render(system, send) : null;
  if (!mail) {
    await cancelSend(system.db, send.id, system.clock());
    return;
  }
  const { outcome, messageId } = await mailerOf(system).send(mail, {
    address: send.address,
    sendId: send.id,
    version: send.version,
    language: send.language,
  });
  await markOutcome(system.db, send, outcome, messageId, system.clock());
}

/** What the sweeper does each minute: messages of workers that died, and those whose time has come. */
export async function sweepSends(system: System, renderers: Renderers): Promise<void> {
  await releaseExpiredLeases(system.db, system.clock());
  await deliverDue(system, renderers);
}
