import { domainToASCII } from 'node:url';
import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import type { CalendarFile } from '../server/calendars/ical.ts';
import { type Outcome, outcomeOf, type SmtpError } from '../server/sends/rules.ts';

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
}

export interface Recipient {
  address: string;
  name?: string;
  sendId: string;
  /** Of the message: another text of the same send is another message. */
  version: number;
  language: string;
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
}

export interface Mailer {
  /** Sends one message to one recipient. Never rejects: what became of it is the answer. */
  send(mail: Mail, to: Recipient): Promise<{ outcome: Outcome; messageId: string }>;
  close(): void;
}

/** Messages that are on their way at the same time. */
export const CONNECTIONS = 5;
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
  for (const [name, value] of Object.entries(poolSettings(settings.patience ?? PATIENCE))) url.searchParams.set(name, value);
  let transport: Transporter | undefined;
  let idle: NodeJS.Timeout | undefined;
  let busy = 0;
  const close = () => {
    clearTimeout(idle);
    transport?.close();
    transport = undefined;
  };
  return {
    async send(mail, to) {
      clearTimeout(idle);
      busy++;
      transport ??= createTransport(url.href);
      const message = messageOf(settings, mail, to);
      try {
        const info: { response?: string } = await transport.sendMail(message);
        return { outcome: { state: 'accepted', response: info.response ?? '' }, messageId: message.messageId };
      } catch (error) {
        return { outcome: outcomeOf(error as SmtpError), messageId: message.messageId };
      } finally {
        busy--;
        if (busy === 0) idle = setTimeout(close, IDLE).unref();
      }
    },
    close,
  };
}

const isLoopback = (host: string) => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host);

function poolSettings(patience: number): Record<string, string> {
  return {
    pool: 'true',
    maxConnections: String(CONNECTIONS),
    connectionTimeout: String(Math.min(patience, 20_000)),
    greetingTimeout: String(Math.min(patience, 20_000)),
    socketTimeout: String(patience),
  };
}

/** What nodemailer makes into `mixed[alternative[plain, html, calendar], application/ics]`, or into an alternative of two. */
function messageOf(settings: MailerSettings, mail: Mail, to: Recipient): SendMailOptions & { messageId: string } {
  return {
    from: settings.from,
    to: to.name ? { name: to.name, address: to.address } : to.address,
    replyTo: mail.replyTo,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: `<${to.sendId}.${to.version}@${senderDomain(settings)}>`,
    headers: {
      // RFC 3834: no holiday answers to this.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
      'Content-Language': to.language,
      ...(mail.list ? { 'List-Id': { prepared: true, value: listId(mail.list) } } : {}),
    },
    icalEvent: mail.calendar && {
      method: mail.calendar.method,
      filename: mail.calendar.method === 'CANCEL' ? 'cancelled.ics' : 'event.ics',
      content: mail.calendar.content,
    },
    attachments: mail.attachments?.map(({ name, mediaType, content }) => ({
      filename: name,
      contentType: mediaType,
      content: Buffer.from(content),
    })),
    // A name is not a way to read our files.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function senderDomain({ from, publicUrl }: MailerSettings): string {
  const address = /<([^<>]*)>\s*$/.exec(from)?.[1] ?? from;
  const domain = address.slice(address.lastIndexOf('@') + 1).trim();
  return domainToASCII(domain) || new URL(publicUrl).hostname;
}

/** `"Name" <id>`, the name in ASCII: the header is written as it is, on one line. */
function listId({ id, name }: { id: string; name: string }): string {
  const words = name
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]|["\\]/g, '')
    .slice(0, 100);
  return `"${words}" <${id.replace(/[^A-Za-z0-9.-]/g, '-')}>`;
}
