import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterFile } from './after-file.ts';

export interface Received {
  from: string;
  to: string;
  raw: string;
  /** Milliseconds of the process. */
  at: number;
}

/** What a server does with a message: takes it, refuses it with a code, never answers, or cuts the line after it has all of it. */
export type Behaviour = 'ok' | 'hang' | 'drop' | { code: number; message: string };

/** A mail server on loopback that behaves as `behave` says, by recipient. What it took is in `received`. */
export async function mailServer(behave: (to: string) => Behaviour = () => 'ok', { hideSMTPUTF8 = false } = {}) {
  const received: Received[] = [];
  const seen: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    hideSMTPUTF8,
    onRcptTo({ address }, _session, done) {
      seen.push(address);
      // As servers that do not speak of SMTPUTF8 do (RFC 6531 §3.5).
      const strange = hideSMTPUTF8 && [...address].some((sign) => sign > '\x7f');
      const how: Behaviour = strange ? { code: 553, message: '5.6.7 the address is not in ASCII' } : behave(address);
      done(typeof how === 'object' ? Object.assign(new Error(how.message), { responseCode: how.code }) : null);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo[0]?.address ?? '';
        const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
        const how = behave(to);
        if (how === 'hang') return;
        received.push({ from, to, raw: Buffer.concat(chunks).toString('utf8'), at: performance.now() });
        if (how === 'drop') sockets.get(session.remotePort)?.destroy();
        else done(null);
      });
    },
  });
  server.on('error', () => {});
  const sockets = new Map<number, Socket>();
  server.server.on('connection', (socket: Socket) => void sockets.set(socket.remotePort ?? 0, socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const cut = () => {
    for (const socket of sockets.values()) socket.destroy();
  };
  afterFile(async () => {
    cut();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return { url: `smtp://127.0.0.1:${port}`, received, seen, cut };
}
