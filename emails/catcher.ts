import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

// A mail server that delivers to a folder, where people and tests can read what would have been sent.

export interface Catcher {
  url: string;
  close(): Promise<void>;
}

/** Stays under what a person can mean to send. */
const LARGEST = 30_000_000;

/** Listens on loopback; every message becomes a file of `folder`, in the order in which they came. */
export async function startCatcher(folder: string, port = 0): Promise<Catcher> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let count = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: LARGEST,
    logger: false,
    onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      const id = `${Temporal.Now.instant().epochMilliseconds.toString(36).padStart(9, '0')}-${process.pid.toString(36)}-${(++count).toString(36).padStart(4, '0')}`;
      const envelope = `X-Envelope-From: <${mailFrom ? mailFrom.address : ''}>\r\nX-Envelope-To: ${rcptTo.map(({ address }) => `<${address}>`).join(', ')}\r\n`;
      // Called back outside of the promise: what the server then does wrong is its own error, not that of keeping.
      const answer = (error: Error | null) => setImmediate(done, error, `kept as ${id}`);
      keep(folder, id, envelope, stream).then(
        () => answer(null),
        (error: unknown) => answer(error instanceof Error ? error : new Error('not kept')),
      );
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  const address = server.server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  return { url: `smtp://127.0.0.1:${actual}`, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

// Under another name first: whoever lists the folder never meets half a message.
async function keep(folder: string, id: string, envelope: string, stream: NodeJS.ReadableStream): Promise<void> {
  const half = path.join(folder, `.${id}`);
  const file = createWriteStream(half, { mode: 0o600 });
  file.write(envelope);
  try {
    await pipeline(stream, file);
    await rename(half, path.join(folder, `${id}.eml`));
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
}

export interface CaughtMail {
  id: string;
  at: Temporal.Instant;
  from: string;
  /** From the envelope: also those who are in no header. */
  to: string[];
  subject: string;
  text: string;
  html: string;
  headers: { name: string; value: string }[];
  attachments: CaughtAttachment[];
}

export interface CaughtAttachment {
  name: string;
  type: string;
  content: Uint8Array;
}

/** The newest messages first. */
export async function listMail(folder: string, limit = 200): Promise<CaughtMail[]> {
  const names = await readdir(folder).catch(() => []);
  const ids = names.filter((name) => /^[a-z0-9].*\.eml$/.test(name)).map((name) => name.slice(0, -4));
  const newest = ids.sort().toReversed().slice(0, limit);
  const read = await Promise.all(newest.map((id) => readMail(folder, id)));
  return read.filter((mail) => mail !== undefined);
}

/** One message, or undefined where there is none of this id. */
export async function readMail(folder: string, id: string): Promise<CaughtMail | undefined> {
  if (!isId(id)) return undefined;
  const raw = await readFile(path.join(folder, `${id}.eml`)).catch(() => undefined);
  return raw && described(id, await PostalMime.parse(raw));
}

/** The message as it came in, its envelope in two lines before it. */
export function rawMail(folder: string, id: string): ReadStream | undefined {
  return isId(id) ? createReadStream(path.join(folder, `${id}.eml`)) : undefined;
}

const isId = (id: string) => /^[a-z0-9]{1,12}-[a-z0-9]{1,8}-[a-z0-9]{1,8}$/.test(id);

function described(id: string, mail: Email): CaughtMail {
  const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value ?? '';
  return {
    id,
    at: Temporal.Instant.fromEpochMilliseconds(Number.parseInt(id.split('-')[0] ?? '0', 36)),
    from: mail.from?.address ?? '',
    to: [...header('x-envelope-to').matchAll(/<([^>]*)>/g)].map(([, address = '']) => address),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    headers: mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    attachments: mail.attachments.map(({ filename, mimeType, content }, n) => ({
      name: filename ?? `part-${n + 1}`,
      type: mimeType,
      content: typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
    })),
  };
}
