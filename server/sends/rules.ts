import { domainToASCII } from 'node:url';
import type { SendState } from '../../db/tables/sends.ts';

/** What became of one try. */
export interface Outcome {
  state: Extract<SendState, 'accepted' | 'deferred' | 'failed' | 'uncertain'>;
  /** What the server said, or what was wrong instead. */
  response: string;
  /** The server asks to be written to less. */
  slower?: boolean;
  /** It refuses us and not the recipient: our signature, our address, our name. */
  aboutUs?: boolean;
}

/** What is known of a try that did not succeed. */
export interface SmtpError {
  responseCode?: number;
  response?: string;
  code?: string;
  command?: string;
  syscall?: string;
  message?: string;
}

// Before a word of the message was said: nothing can have been accepted.
const NEVER_SAID = new Set(['ECONNREFUSED', 'EDNS', 'ENOTFOUND', 'EAI_AGAIN', 'ETLS', 'EAUTH', 'ENOAUTH', 'EPROXY']);
// The message itself cannot be sent: an address that the server has no words for, for instance.
const IMPOSSIBLE = new Set(['EENVELOPE', 'EMESSAGE']);
// Where a refusal is about us and not about the recipient.
const ABOUT_US = /^(CONN|EHLO|HELO|LHLO|AUTH.*|STARTTLS)$/i;

/**
 * The class of an SMTP failure (RFC 5321 §4.2.1): 5xx is final, 4xx is tried again, no reply at all is uncertain, because the
 * server may have accepted the message before the line was cut; it is tried again under the same Message-ID. A server that refuses
 * our sign-in refuses nobody's mail: that is tried again too.
 */
export function outcomeOf({ responseCode, response, code = '', command = '', syscall, message = '' }: SmtpError): Outcome {
  const words = (response ?? (code || 'no reply')).replace(/\s+/g, ' ').slice(0, 500);
  const aboutUs = OURS.test(words);
  if (responseCode !== undefined && responseCode >= 500) {
    return {
      state: code === 'EAUTH' || ABOUT_US.test(command) ? 'deferred' : 'failed',
      response: words,
      ...(aboutUs && { aboutUs }),
    };
  }
  const neverSaid = NEVER_SAID.has(code) || syscall === 'connect' || /^(Connection timeout|Greeting never)/.test(message);
  if (responseCode !== undefined || neverSaid)
    return {
      state: 'deferred',
      response: words,
      ...((responseCode === 421 || LESS.test(words)) && { slower: true }),
      ...(aboutUs && { aboutUs }),
    };
  return { state: IMPOSSIBLE.has(code) ? 'failed' : 'uncertain', response: words };
}

// RFC 3463 has 4.7.0 and 4.2.1 for a mailbox or a sender that gets too much; Gmail 4.7.28, Outlook 4.7.500 and above.
const LESS = /^4\d\d[ -](4\.7\.(0|28|5\d\d|6\d\d)|4\.2\.1)\b|^4\d\d.*\b(rate|too (many|much)|throttl)/i;
// Authentication of the sender: Gmail 5.7.26 to 5.7.32, Outlook 5.7.509 and 5.7.515, and the codes of RFC 7372 and RFC 7489.
const OURS = /\b[45]\.7\.(2[0-7]|29|3[0-2]|40|509|515)\b/;

const MINUTES = [1, 5, 15, 60, 240, 720, 1440, 1440] as const;

/**
 * How long to wait after the n-th failed try, in seconds: 1, 5, 15, 60 minutes, 4, 12, 24 and 24 hours, together about 65 hours.
 * Undefined: no more. `chance` in 0..1 spreads the tries by ±20 %.
 */
export function backoffSeconds(attempt: number, chance: number): number | undefined {
  const minutes = MINUTES[attempt - 1];
  return minutes === undefined ? undefined : Math.round(minutes * 60 * (0.8 + 0.4 * chance));
}

/** By what one mailbox provider is told from another: the domain of the address, an IDN in ASCII. */
export function domainOf(address: string): string {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return domainToASCII(domain) || domain.toLowerCase();
}

/** The address in `Name <address>`. */
export const addressIn = (from: string): string => (/<([^<>]*)>\s*$/.exec(from)?.[1] ?? from).trim();

/** By what its provider is told. */
export const domainIn = (from: string): string => domainOf(addressIn(from));
