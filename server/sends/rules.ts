import type { SendState } from '../../db/tables/sends.ts';

/** What became of one try. */
export interface Outcome {
  state: Extract<SendState, 'accepted' | 'deferred' | 'failed' | 'uncertain'>;
  response: string;
}

interface SmtpError {
  responseCode?: number;
  response?: string;
  code?: string;
  message?: string;
}

// Errors that come before a word of the message was said: nothing can have been accepted.
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'EDNS', 'ENOTFOUND', 'EAI_AGAIN']);

/**
 * The class of an SMTP failure: 5xx is final, 4xx is tried again, no reply at all is uncertain (the server may have accepted it
 * before the line was cut), and is tried again under the same Message-ID.
 */
export function outcomeOf(error: SmtpError): Outcome {
  const response = (error.response ?? error.code ?? 'no reply').slice(0, 500);
  if (error.responseCode && error.responseCode >= 500) return { state: 'failed', response };
  if (error.responseCode) return { state: 'deferred', response };
  if (error.code === 'EENVELOPE' || error.code === 'EMESSAGE') return { state: 'failed', response };
  return {
    state: NEVER_CONNECTED.has(error.code ?? '') || /ECONNREFUSED/.test(error.message ?? '') ? 'deferred' : 'uncertain',
    response,
  };
}

const MINUTES = [1, 5, 15, 60, 240, 720, 1440, 1440] as const;

/** How long to wait after the n-th failed try, in seconds; undefined: no more. `chance` in 0..1 spreads the tries by ±20 %. */
export function backoffSeconds(attempt: number, chance: number): number | undefined {
  const minutes = MINUTES[attempt - 1];
  return minutes === undefined ? undefined : Math.round(minutes * 60 * (0.8 + 0.4 * chance));
}

/** By what one mailbox provider is told from another: the domain of the address. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
