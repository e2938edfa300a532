import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { takeReply } from '../server/calendars/actions.ts';
import { eventOfReplyAddress } from '../server/calendars/reply-address.ts';
import { readReplyMail } from '../server/calendars/reply-mail.ts';
import { takeReport } from '../server/sends/bounces.ts';
import { sendOfBounceAddress } from '../server/sends/marks.ts';
import { readReport } from '../server/sends/reports.ts';
import { domainOf } from '../server/sends/rules.ts';
import type { System } from '../server/system.ts';

const MOST_BYTES = 10_000_000;

/** A message that came, to one of our addresses. */
export interface Inbound {
  to: string;
  /** The envelope's sender; empty for a report. */
  from: string;
  raw: Buffer;
  /** Who handed it over, for the verification of who wrote it. */
  peer: { address: string; name: string };
}

/** Whether an address is one that we gave out: nothing else is taken. */
export function isOurs({ config }: Pick<System, 'config'>, address: string): boolean {
  if (!config.replyDomain || domainOf(address) !== config.replyDomain) return false;
  return sendOfBounceAddress(config.secret, address) !== undefined || eventOfReplyAddress(config.secret, address) !== undefined;
}

/** Takes a message in: what came back of our own mail, or the answer of a calendar program. What is neither is passed over. */
export async function takeIn(system: System, message: Inbound, resolver?: Resolver): Promise<void> {
  const { db, clock, config } = system;
  const sendId = sendOfBounceAddress(config.secret, message.to);
  if (sendId) {
    const report = await readReport(message.raw);
    if (report) await takeReport(db, report, sendId, clock());
    return;
  }
  const eventId = eventOfReplyAddress(config.secret, message.to);
  if (!eventId) return;
  const mail = await readReplyMail(message.raw);
  const verified = await passesDmarc(message, resolver);
  await takeReply(db, { eventId, mail, verified }, clock());
}

export type Resolver = (name: string, type: string) => Promise<string[][]>;

// The domain in From stands for the message: by its signature or by the server it came from (RFC 7489).
async function passesDmarc({ raw, from, peer }: Inbound, resolver?: Resolver): Promise<boolean> {
  const { authenticate } = await import('mailauth');
  const options = {
    ip: peer.address,
    helo: peer.name,
    sender: from,
    disableArc: true,
    disableBimi: true,
    ...(resolver ? { resolver } : {}),
  };
  const { dmarc } = await authenticate(raw, options as Parameters<typeof authenticate>[1]);
  return dmarc !== false && dmarc?.status.result === 'pass';
}

/**
 * Listens for mail at INBOUND_URL (SMTP or LMTP) and takes it in before it says that it has it: what cannot be taken down now stays with
 * the server that brings it. Answers the port and how to end.
 */
export async function startInbound(system: System, resolver?: Resolver): Promise<{ port: number; close: () => Promise<void> }> {
  const url = new URL(system.config.inboundUrl ?? '');
  const server = new SMTPServer({
    lmtp: url.protocol === 'lmtp:',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: MOST_BYTES,
    banner: 'Convivium',
    disableReverseLookup: true,
    onRcptTo({ address }, _session, done) {
      done(isOurs(system, address) ? null : refusal(550, '5.1.1 No such address here'));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        if (stream.sizeExceeded) return done(refusal(552, '5.3.4 Too large'));
        const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
        const peer = { address: session.remoteAddress, name: session.hostNameAppearsAs || 'unknown' };
        try {
          for (const { address } of session.envelope.rcptTo)
            await takeIn(system, { to: address, from, raw: Buffer.concat(chunks), peer }, resolver);
          done(null);
        } catch (error) {
          system.log.error({ err: error }, 'mail that came was not taken in');
          done(refusal(451, '4.3.0 Try again later'));
        }
      });
    },
  });
  server.on('error', (error) => system.log.warn({ err: error }, 'inbound mail'));
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(Number(url.port || 25), url.hostname, resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  system.log.info({ port }, 'taking mail in');
  return { port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

const refusal = (code: number, message: string) => Object.assign(new Error(message), { responseCode: code });
