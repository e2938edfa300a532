import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** The messages that arrived for an address, byte for byte, the oldest first. */
export async function rawMails(dataDir: string, address: string): Promise<string[]> {
  const folder = path.join(dataDir, 'mail');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.eml')).toSorted();
  const all = await Promise.all(files.map((name) => readFile(path.join(folder, name), 'latin1')));
  return all.filter((raw) => raw.slice(0, 1000).includes(`X-Envelope-To: <${address}>`));
}

/** A part of a message with those within it. */
export interface MimePart {
  type: string;
  /** The parameter `method` of its Content-Type. */
  method?: string;
  content: string;
  parts: MimePart[];
}

/** The tree of a message (RFC 2046), its transfer encodings undone. */
export function mimeTree(raw: string): MimePart {
  const end = /\r?\n\r?\n/.exec(raw);
  const head = raw.slice(0, end?.index ?? raw.length).replace(/\r?\n[ \t]+/g, ' ');
  const body = raw.slice((end?.index ?? raw.length) + (end?.[0].length ?? 0));
  const header = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
  const contentType = header('Content-Type');
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  const parts = boundary
    ? body
        .split(`--${boundary}`)
        .slice(1, -1)
        .map((part) => mimeTree(part.replace(/^\r?\n/, '')))
    : [];
  return {
    type: contentType.split(';')[0]?.trim().toLowerCase() ?? '',
    method: /method="?(\w+)/i.exec(contentType)?.[1],
    content: decoded(body, header('Content-Transfer-Encoding').toLowerCase()),
    parts,
  };
}

function decoded(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  if (encoding !== 'quoted-printable') return body;
  const bytes = body
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

/** Every word of a message as a reader or a program could see it. */
export function everything(raw: string): string {
  const all = ({ content, parts }: MimePart): string => [content, ...parts.map(all)].join('\n');
  return `${raw}\n${all(mimeTree(raw))}`.replace(/\r?\n /g, '');
}
