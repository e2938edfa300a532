import { createHash } from 'node:crypto';
import PostalMime, { type Email } from 'postal-mime';
import { canonicalAddress } from './reading.ts';
import { type Reply, replyIn } from './replies.ts';

/** A message that may hold an answer of a calendar program. */
export interface ReplyMail {
  /** Of the message, or of its bytes where it has none. */
  messageId: string;
  /** The one address in From; undefined where there is none or more than one. */
  from: string | undefined;
  /** Written by a program of its own accord: nothing is answered to it. */
  automatic: boolean;
  /** Undefined where it holds no reply that can be read. */
  reply: Reply | undefined;
}

/** Reads a message (RFC 5322, MIME), whatever is in it: the first part that is a calendar with a reply (RFC 6047 §2). */
export async function readReplyMail(raw: Uint8Array): Promise<ReplyMail> {
  const mail = await PostalMime.parse(raw, { maxNestingDepth: 20, attachmentEncoding: 'arraybuffer' });
  const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value ?? '';
  const returnPath = header('return-path').trim();
  return {
    messageId: (mail.messageId ?? '').slice(0, 500) || `<sha256.${createHash('sha256').update(raw).digest('hex')}>`,
    from: mail.from?.address ? canonicalAddress(mail.from.address) : undefined,
    // RFC 3834 §2.
    automatic:
      !/^\s*(no)?\s*$/i.test(header('auto-submitted').split(';')[0] ?? '') || header('list-id') !== '' || returnPath === '<>',
    reply: calendarsIn(mail)
      .map(replyIn)
      .find((reply) => reply !== undefined),
  };
}

const CALENDAR = /^(text\/calendar|application\/(ics|x-ics|calendar))$/i;

function calendarsIn(mail: Email): string[] {
  return mail.attachments
    .filter(({ mimeType, filename }) => CALENDAR.test(mimeType) || /\.ics$/i.test(filename ?? ''))
    .map(({ content }) => (typeof content === 'string' ? content : new TextDecoder().decode(content)));
}
