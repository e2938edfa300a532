import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

// A mail server that takes everything. Its parent asks for what it has counted.
let messages = 0;
let sample = '';
const seen = new Set<string>();
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, _session, done) {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const bytes = Buffer.concat(chunks);
      messages += 1;
      seen.add(/^Message-ID: *(.*?)\r?$/im.exec(bytes.toString('latin1', 0, 4000))?.[1] ?? `none ${messages}`);
      sample ||= bytes.toString('utf8');
      done(null);
    });
  },
});
server.on('error', () => {});
server.listen(0, '127.0.0.1', () => process.send?.((server.server.address() as AddressInfo).port));
process.on('message', (question) => {
  if (question === 'report') process.send?.({ messages, unique: seen.size });
  if (question === 'sample') process.send?.(sample);
  if (question === 'reset') {
    messages = 0;
    seen.clear();
    process.send?.('done');
  }
});
