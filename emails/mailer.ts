import { createTransport, type Transporter } from 'nodemailer';
import { type Outcome, outcomeOf } from '../server/sends/rules.ts';

/** A message as a person reads it. */
export interface Mail {
  subject: string;
  text: string;
  html: string;
  /** An iCalendar object and its METHOD. */
  calendar?: { method: 'PUBLISH' | 'REQUEST' | 'CANCEL'; content: string };
}

export interface Mailer {
  /** Sends one message to one recipient. Never rejects: what became of it is the answer. */
  send(
    mail: Mail,
    to: { address: string; sendId: string; version: number; language: string },
  ): Promise<{ outcome: Outcome; messageId: string }>;
  close(): void;
}

/**
 * The only place that sends. The Message-ID is made of the ledger's row, so that a second try of the same message can be told by
 * whoever gets both.
 */
export function openMailer(settings: { smtpUrl: string; from: string; publicUrl: string; loopbackOnly?: boolean }): Mailer {
  const url = new URL(settings.smtpUrl);
  if (settings.loopbackOnly && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)) {
    throw new Error(`Tests send nothing to ${url.hostname}`);
  }
  for (const [name, value] of [
    ['pool', settings.loopbackOnly ? 'false' : 'true'],
    ['connectionTimeout', '20000'],
    ['greetingTimeout', '20000'],
    ['socketTimeout', '60000'],
  ] as const) {
    url.searchParams.set(name, value);
  }
  const transport: Transporter = createTransport(url.href, { from: settings.from });
  const host = settings.from.replace(/^.*@|>.*$/g, '') || new URL(settings.publicUrl).hostname;
  return {
    async send(mail, to) {
      const messageId = `<${to.sendId}.${to.version}@${host}>`;
      try {
        const info: { response?: string } = await transport.sendMail({
          from: settings.from,
          to: to.address,
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          messageId,
          headers: {
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'OOF, AutoReply',
            'Content-Language': to.language,
          },
          icalEvent: mail.calendar && { method: mail.calendar.method, filename: 'event.ics', content: mail.calendar.content },
        });
        return { outcome: { state: 'accepted', response: info.response ?? '' }, messageId };
      } catch (error) {
        return { outcome: outcomeOf(error instanceof Error ? error : {}), messageId };
      }
    },
    close: () => transport.close(),
  };
}
