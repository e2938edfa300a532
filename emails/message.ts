import * as base64 from 'nodemailer/lib/base64';
import MimeNode from 'nodemailer/lib/mime-node';
import * as qp from 'nodemailer/lib/qp';
import type { CalendarFile } from '../server/calendars/ical.ts';
import type { Mail } from './mailer.ts';

// A message as it travels (RFC 5322, RFC 2045 to 2047). The headers and the encodings are the library's; the parts are put together
// here in one piece, because a stream for each part costs more than everything else that happens to a mail.

type Header = string | { prepared: true; value: string };

export interface Heads {
  from: string;
  to: string | { name: string; address: string };
  subject: string;
  messageId: string;
  replyTo?: string;
  /** In their order, before all others. */
  others: Record<string, Header>;
}

interface Part {
  /** Its header lines, and the empty one after them. */
  head: string;
  body: string;
}

/**
 * The bytes of a message: `mixed[alternative[plain, html, calendar], files, application/ics]`, and only as much of it as there is.
 * @param unique letters and digits that no other message has: the boundaries are made of it
 */
export function composeMessage(
  heads: Heads,
  mail: Pick<Mail, 'text' | 'html' | 'calendar' | 'attachments'>,
  unique: string,
): Buffer {
  const { calendar, attachments = [] } = mail;
  const alternative = {
    type: 'multipart/alternative',
    boundary: `=_${unique}_a`,
    parts: [
      written('text/plain; charset=utf-8', mail.text),
      written('text/html; charset=utf-8', mail.html),
      ...(calendar ? [written(`text/calendar; charset=utf-8; method=${calendar.method}`, calendar.content)] : []),
    ],
  };
  const files = [
    ...attachments.map(({ name, mediaType, content }) => file(mediaType, name, Buffer.from(content))),
    ...(calendar ? [calendarFile(calendar)] : []),
  ];
  const whole =
    files.length === 0
      ? alternative
      : { type: 'multipart/mixed', boundary: `=_${unique}_m`, parts: [nested(alternative), ...files] };
  return Buffer.from(`${headersOf(heads, whole)}\r\n\r\n${joined(whole)}`);
}

interface Multipart {
  type: string;
  /** RFC 2045 §6.7: what begins with `=_` stands in no part that is encoded. */
  boundary: string;
  parts: Part[];
}

function joined({ boundary, parts }: Multipart): string {
  const all = parts.map(({ head, body }) => `--${boundary}\r\n${head}\r\n\r\n${body}\r\n`);
  return `${all.join('')}--${boundary}--\r\n`;
}

const nested = (multipart: Multipart): Part => ({
  head: `Content-Type: ${multipart.type};\r\n boundary="${multipart.boundary}"`,
  body: joined(multipart),
});

function headersOf({ from, to, subject, messageId, replyTo, others }: Heads, { type, boundary }: Multipart): string {
  const root = new MimeNode(`${type}; boundary="${boundary}"`, { baseBoundary: 'none' });
  for (const [key, value] of Object.entries(others)) root.setHeader(key, value);
  root.setHeader({ from, to, ...(replyTo ? { 'reply-to': replyTo } : {}), subject, 'message-id': messageId });
  return root.buildHeaders();
}

function written(type: string, text: string): Part {
  const [encoding, body] = encoded(text.replace(/\r?\n/g, '\r\n'));
  return { head: `Content-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}`, body };
}

// Quoted-printable can still be read, but not where most letters become three signs each. No line is longer than RFC 5322 §2.1.1 wishes.
function encoded(text: string): [encoding: string, body: string] {
  const bytes = Buffer.from(text);
  if (bytes.length === text.length && !/[^\r\n]{79}/.test(text)) return ['7bit', text];
  return bytes.length > text.length * 1.4
    ? ['base64', base64.wrap(base64.encode(bytes))]
    : ['quoted-printable', qp.wrap(qp.encode(bytes))];
}

function file(type: string, name: string, content: Buffer): Part {
  const node = new MimeNode(type, { filename: name, baseBoundary: 'none', rootNode: ANY });
  node.setHeader('Content-Transfer-Encoding', 'base64');
  return { head: node.buildHeaders(), body: base64.wrap(base64.encode(content)) };
}

// Files are no roots: they bring no Date and no Message-ID.
const ANY = new MimeNode('multipart/mixed');

const calendarFile = ({ method, content }: CalendarFile): Part =>
  file('application/ics', method === 'CANCEL' ? 'cancelled.ics' : 'event.ics', Buffer.from(content));
