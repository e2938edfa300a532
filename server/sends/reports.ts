import { createHash } from 'node:crypto';
import PostalMime, { type Email } from 'postal-mime';
import type { BounceVerdict } from '../../db/tables/sends.ts';

/** What a message that came back says. */
export interface Report {
  /** Of the report, or of its bytes where it has none. */
  messageId: string;
  verdict: BounceVerdict;
  /** RFC 3463, as 5.1.1; null where none is given. */
  status: string | null;
  /** What the server that refused said. */
  said: string | null;
  /** Whom it could not reach, or who complained. */
  recipient: string | null;
  /** The Message-ID of ours that it is about. */
  about: string | null;
}

/**
 * Reads a delivery status notification (RFC 3464), a complaint (RFC 5965) or what servers write instead of one. Undefined for a message
 * that reports nothing: an absence, an answer of a person, a delay.
 */
export async function readReport(raw: Uint8Array): Promise<Report | undefined> {
  const mail = await PostalMime.parse(raw, { maxNestingDepth: 20, attachmentEncoding: 'arraybuffer' });
  const messageId = mail.messageId?.slice(0, 500) || `<sha256.${createHash('sha256').update(raw).digest('hex')}>`;
  const about = aboutOf(mail);
  const complaint = partOf(mail, /^message\/feedback-report$/i);
  if (complaint) {
    const fields = fieldsOf(complaint);
    // RFC 5965 §7.3: "not-spam" takes a complaint back; it is none.
    if (fields.get('feedback-type') === 'not-spam') return undefined;
    return {
      messageId,
      verdict: 'complaint',
      status: null,
      said: null,
      recipient: addressIn(fields.get('original-rcpt-to')),
      about,
    };
  }
  const status = partOf(mail, /^message\/(global-)?delivery-status$/i);
  if (status) return ofStatus(status, { messageId, about });
  return ofWords(mail, { messageId, about });
}

/** The class of an enhanced status code (RFC 3463) with what was said: what is to be done about the address. */
export function verdictOf(status: string | null, said: string): BounceVerdict {
  const [kind, subject, detail] = (status ?? '').split('.').map(Number);
  if (kind === 4) return 'soft';
  if (kind === 5) {
    // A full mailbox, or one that takes nothing for now, may take it later; a message that is too large is ours to mend.
    if (subject === 2 && detail !== 1) return 'soft';
    if (subject === 3 || subject === 4) return 'soft';
    if (subject === 7) return 'policy';
    if (subject === 1 || subject === 2) return 'hard';
    if (subject === 0) return /\b(unknown|no such|does not exist|invalid|not found|disabled)\b/i.test(said) ? 'hard' : 'unclear';
    return 'unclear';
  }
  if (
    /\b(user|mailbox|recipient|address)\b.{0,40}\b(unknown|not found|does not exist|unavailable|invalid|rejected)|no such (user|mailbox|recipient)|unknown (user|recipient)/i.test(
      said,
    )
  )
    return 'hard';
  if (/\b(spam|blocked|blacklist|block list|reputation|policy)\b/i.test(said)) return 'policy';
  if (/\b(full|quota|too large|temporar|try again|greylist)/i.test(said)) return 'soft';
  return 'unclear';
}

function ofStatus(text: string, rest: { messageId: string; about: string | null }): Report | undefined {
  // The fields of the message, then those of each recipient, parted by empty lines.
  const groups = text.split(/\r?\n\r?\n/).map(fieldsOf);
  const one = groups.find((fields) => fields.has('action') || fields.has('status'));
  if (!one) return undefined;
  const action = one.get('action')?.toLowerCase() ?? 'failed';
  if (action !== 'failed' && action !== 'delayed') return undefined;
  const said = (one.get('diagnostic-code') ?? '').replace(/^[\w-]+\s*;\s*/, '').slice(0, 500);
  const status =
    /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(one.get('status') ?? '')?.[1] ?? /\b([45]\.\d{1,3}\.\d{1,3})\b/.exec(said)?.[1] ?? null;
  // A delay is told while it lasts: the server goes on trying, and says so again when it gives up.
  if (action === 'delayed') return undefined;
  const recipient = addressIn(one.get('original-recipient')) ?? addressIn(one.get('final-recipient'));
  return { ...rest, verdict: verdictOf(status, said), status, said: said || null, recipient };
}

const FROM_A_SERVER = /^(mailer-daemon|postmaster|mail delivery)/i;

// Servers that know nothing of RFC 3464 write sentences.
function ofWords(mail: Email, rest: { messageId: string; about: string | null }): Report | undefined {
  const from = `${mail.from?.address ?? ''} ${mail.from?.name ?? ''}`;
  const failing =
    /undeliver|delivery (status|failure|has failed)|returned mail|failure notice|could not be delivered|non remis|no se pudo entregar/i;
  if (
    !FROM_A_SERVER.test(mail.from?.address ?? '') &&
    !FROM_A_SERVER.test(mail.from?.name ?? '') &&
    !failing.test(mail.subject ?? '')
  )
    return undefined;
  if (!failing.test(`${mail.subject ?? ''} ${from}`) && !FROM_A_SERVER.test(from)) return undefined;
  const words = (mail.text ?? '').slice(0, 10_000);
  const line =
    words
      .split(/\r?\n/)
      .find((text) => /\b[45]\d\d[ -]|\b[45]\.\d{1,3}\.\d{1,3}\b|unknown|no such|does not exist|full|quota/i.test(text)) ?? '';
  const status = /\b([45]\.\d{1,3}\.\d{1,3})\b/.exec(line)?.[1] ?? null;
  const said = line.trim().slice(0, 500);
  return { ...rest, verdict: verdictOf(status, said), status, said: said || null, recipient: addressIn(words) };
}

function partOf(mail: Email, type: RegExp): string | undefined {
  const found = mail.attachments.find(({ mimeType }) => type.test(mimeType));
  return found && (typeof found.content === 'string' ? found.content : new TextDecoder().decode(found.content));
}

function fieldsOf(text: string): Map<string, string> {
  const lines = text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  return new Map(
    lines.flatMap((line) => {
      const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
      return name ? [[name.toLowerCase(), (value ?? '').trim()] as const] : [];
    }),
  );
}

const addressIn = (text: string | undefined): string | null =>
  /[^\s<>;:"']{1,100}@[^\s<>;,"']{1,200}\.[a-z0-9-]{2,63}/i.exec(text ?? '')?.[0].toLowerCase() ?? null;

// The headers of what came back are part of it; some servers put them into their text.
function aboutOf(mail: Email): string | null {
  const returned = partOf(mail, /^(message\/rfc822|text\/rfc822-headers|message\/global(-headers)?)$/i) ?? mail.text ?? '';
  return /^message-id:\s*(<[^<>\s]{1,300}>)/im.exec(returned)?.[1] ?? null;
}
