import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import DKIM from 'nodemailer/lib/dkim';
import SMTPPool from 'nodemailer/lib/smtp-pool';
import type { CalendarFile } from '../server/calendars/ical.ts';
import { bounceAddress } from '../server/sends/marks.ts';
import { addressIn, domainIn, domainOf, type Outcome, outcomeOf, type SmtpError } from '../server/sends/rules.ts';
import { composeMessage } from './message.ts';

/** A message as a person reads it. */
export interface Mail {
  subject: string;
  text: string;
  html: string;
  /** Goes along twice: as a part that calendars in mail programs find, and as a file for all others. */
  calendar?: CalendarFile;
  /** Where answers go; to the sender when left out. */
  replyTo?: string;
  /** Files that go along. */
  attachments?: { name: string; mediaType: string; content: Uint8Array }[];
  /** RFC 2919: what this is one message of, where it is one of many. */
  list?: { id: string; name: string };
  /** Where its recipient may say that it is enough (RFC 8058). */
  unsubscribe?: string;
}

export interface Recipient {
  address: string;
  name?: string;
  sendId: string;
  /** Of the message: another text of the same send is another message. */
  version: number;
  language: string;
  kind: string;
  mailingId: string | null;
}

export interface MailerSettings {
  smtpUrl: string;
  /** `Name <address>`; its domain is the one of the Message-IDs. */
  from: string;
  publicUrl: string;
  /** Refuses every mail server but one of this machine. Always so when NODE_ENV is test. */
  loopbackOnly?: boolean;
  /** Milliseconds without a word from the server before it counts as silent. */
  patience?: number;
  /** Messages that are on their way at the same time. */
  connections?: number;
  dkim?: { domain: string; selector: string; privateKey: string };
  /** Where what cannot be delivered comes back to; to the sender when left out. */
  bounce?: { domain: string; secret: string };
}

export interface Sent {
  outcome: Outcome;
  messageId: string;
}

export interface Mailer {
  /**
   * Sends one message to one recipient. Never rejects: what became of it is the answer. It is made at once; before it leaves it waits
   * for its turn, and does not leave when that says so: the answer is null.
   */
  send(mail: Mail, to: Recipient, turn?: () => Promise<boolean>): Promise<Sent | null>;
  close(): void;
}

const CONNECTIONS = 5;
const PATIENCE = 60_000;
// Open connections would keep a mail server, and a process that wants to end, waiting.
const IDLE = 250;

/**
 * The only place that sends. The Message-ID is made of the ledger's row, so that a second try of the same message can be told by
 * whoever gets both. Connections are shared, opened when there is something to say and closed when there is nothing more.
 * @throws where the server must be on this machine and is not
 */
export function openMailer(settings: MailerSettings): Mailer {
  const url = new URL(settings.smtpUrl);
  if ((settings.loopbackOnly || process.env.NODE_ENV === 'test') && !isLoopback(url.hostname)) {
    throw new Error(`Nothing is sent to ${url.hostname} from here`);
  }
  for (const [name, value] of Object.entries(poolSettings(settings))) url.searchParams.set(name, value);
  const signer = settings.dkim && signerOf(settings.dkim);
  let pool: SMTPPool | undefined;
  let idle: NodeJS.Timeout | undefined;
  let busy = 0;
  const close = () => {
    clearTimeout(idle);
    pool?.close();
    pool = undefined;
  };
  return {
    async send(mail, to, turn) {
      clearTimeout(idle);
      busy++;
      const ready = readyOf(settings, mail, to);
      const { messageId } = ready;
      try {
        const bytes = signer ? await buffer(signer.sign(ready.bytes)) : ready.bytes;
        if (turn && !(await turn())) return null;
        pool ??= new SMTPPool(url.href);
        return { outcome: { state: 'accepted', response: await handOver(pool, handed(ready, bytes)) }, messageId };
      } catch (error) {
        return { outcome: outcomeOf(error as SmtpError), messageId };
      } finally {
        busy--;
        if (busy === 0) idle = setTimeout(close, IDLE).unref();
      }
    },
    close,
  };
}

const isLoopback = (host: string) => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host);

function poolSettings({ patience = PATIENCE, connections = CONNECTIONS }: MailerSettings): Record<string, string> {
  return {
    pool: 'true',
    maxConnections: String(connections),
    maxMessages: '500',
    connectionTimeout: String(Math.min(patience, 20_000)),
    greetingTimeout: String(Math.min(patience, 20_000)),
    socketTimeout: String(patience),
  };
}

const handOver = (pool: SMTPPool, mail: Parameters<SMTPPool['send']>[0]): Promise<string> =>
  new Promise((resolve, reject) => {
    pool.send(mail, (error, info) => (error ? reject(error) : resolve(info?.response ?? '')));
  });

interface Ready {
  envelope: { from: string; to: string };
  bytes: Buffer;
  messageId: string;
}

function readyOf(settings: MailerSettings, mail: Mail, to: Recipient): Ready {
  const messageId = `<${to.sendId}.${to.version}@${senderDomain(settings)}>`;
  const { from, bounce } = settings;
  const heads = {
    from,
    to: to.name ? { name: to.name, address: to.address } : to.address,
    replyTo: mail.replyTo,
    subject: mail.subject,
    messageId,
    others: headersOf(settings, mail, to),
  };
  return {
    // RFC 5321 §4.4: what cannot be delivered comes back to an address of this message alone.
    envelope: {
      from: bounce ? bounceAddress(bounce.secret, bounce.domain, to.sendId) : addressIn(from),
      to: asciiAddress(to.address),
    },
    bytes: composeMessage(heads, mail, `${to.sendId.replaceAll('-', '')}_${to.version}`),
    messageId,
  };
}

/** What the pool asks of a message: it goes through no other of the library's hands, each of which would read it once more. */
const handed = ({ envelope, messageId }: Ready, bytes: Buffer) =>
  ({
    data: {},
    message: {
      getEnvelope: () => envelope,
      messageId: () => messageId,
      getHeader: () => messageId,
      createReadStream() {
        const stream = new Readable({ read() {} });
        stream.push(bytes);
        stream.push(null);
        return stream;
      },
    },
  }) as unknown as Parameters<SMTPPool['send']>[0];

const signerOf = ({ domain, selector, privateKey }: NonNullable<MailerSettings['dkim']>) =>
  new DKIM({ domainName: domain, keySelector: selector, privateKey, headerFieldNames: SIGNED });

// Only the domain has another form; before the @ the server must know UTF-8.
const asciiAddress = (address: string) => `${address.slice(0, address.lastIndexOf('@'))}@${domainOf(address)}`;

// What a provider relies on is signed, and what is not there too, so that nobody adds it (RFC 6376 §5.4).
const SIGNED =
  'from:to:reply-to:subject:date:message-id:mime-version:content-type:list-id:list-unsubscribe:list-unsubscribe-post:feedback-id:auto-submitted';

function headersOf(settings: MailerSettings, { list, unsubscribe, calendar }: Mail, { kind, mailingId, language }: Recipient) {
  const domain = senderDomain(settings);
  // A long header that is folded breaks the signature at some relays: what must be on one line is written as it is.
  const asItIs = (value: string) => ({ prepared: true as const, value });
  return {
    // RFC 3834: no holiday answers to this.
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'OOF, AutoReply',
    'Content-Language': language,
    // Which of our mails it is when people complain: mailing, kind, and who sends, each of few letters.
    'Feedback-ID': asItIs(
      `${(mailingId ?? '').slice(-12) || 'single'}:${kind.replace(/[^a-z-]+/gi, '-').slice(0, 40)}:${domain}`,
    ),
    ...(list ? { 'List-Id': asItIs(listId({ ...list, id: list.id.includes('.') ? list.id : `${list.id}.${domain}` })) } : {}),
    // Some calendar programs do not look into bulk mail.
    ...(mailingId && !calendar ? { Precedence: 'bulk' } : {}),
    ...(unsubscribe
      ? { 'List-Unsubscribe': asItIs(`<${unsubscribe}>`), 'List-Unsubscribe-Post': asItIs('List-Unsubscribe=One-Click') }
      : {}),
  };
}

const senderDomain = ({ from, publicUrl }: MailerSettings): string => domainIn(from) || new URL(publicUrl).hostname;

/** `"Name" <id>`, the name in ASCII: the header is written as it is, on one line. */
function listId({ id, name }: { id: string; name: string }): string {
  const words = name
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]|["\\]/g, '')
    .slice(0, 100);
  return `"${words}" <${id.replace(/[^A-Za-z0-9.-]/g, '-')}>`;
}
