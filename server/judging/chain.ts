import { createHash } from 'node:crypto';

/** One step of the proof, from the call to its publication. */
export interface Link {
  number: number;
  step: string;
  at: string;
  /** Canonical JSON of what was so then. */
  content: string;
  previous: string;
  hash: string;
}

/** What the first step follows. */
export const BEGINNING = '0'.repeat(64);

/** SHA-256, in hex, of the last hash, a line break and the content. */
export function linkHash(previous: string, content: string): string {
  return createHash('sha256').update(`${previous}\n${content}`, 'utf8').digest('hex');
}

/** What is wrong with a chain, or null: the number of the first step that does not follow. */
export function brokenAt(links: readonly Link[]): { number: number; why: 'order' | 'previous' | 'hash' | 'content' } | null {
  let previous = BEGINNING;
  for (const [index, link] of links.entries()) {
    if (link.number !== index + 1) return { number: link.number, why: 'order' };
    if (link.previous !== previous) return { number: link.number, why: 'previous' };
    if (linkHash(link.previous, link.content) !== link.hash) return { number: link.number, why: 'hash' };
    if (!agrees(link)) return { number: link.number, why: 'content' };
    previous = link.hash;
  }
  return null;
}

// The step and the time are told twice, once beside the hashed text: both must say the same.
function agrees(link: Link): boolean {
  try {
    const content = JSON.parse(link.content) as { step?: unknown; at?: unknown };
    return content.step === link.step && content.at === link.at;
  } catch {
    return false;
  }
}

/** JSON with the names of objects in order of their code units: the same value has one spelling (as RFC 8785). */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if ('toJSON' in value && typeof value.toJSON === 'function') return canonical(value.toJSON());
  const pairs = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${pairs.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`;
}

export const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/** What `npm run verify` says of an exported file. */
export function verification(text: string): { ok: boolean; lines: string[] } {
  let file: { call?: unknown; chain?: unknown };
  try {
    file = JSON.parse(text) as typeof file;
  } catch {
    return { ok: false, lines: ['This is not an exported chain: it is not JSON.'] };
  }
  const links = (Array.isArray(file.chain) ? file.chain : []) as Link[];
  if (links.length === 0) return { ok: false, lines: ['This file has no chain.'] };
  const broken = brokenAt(links);
  const lines = links.map((link) => `${String(link.number).padStart(3)}  ${link.at}  ${link.step.padEnd(12)}  ${link.hash}`);
  if (broken) return { ok: false, lines: [...lines, `BROKEN at step ${broken.number} (${broken.why}): something was changed.`] };
  return { ok: true, lines: [...lines, `Whole: ${links.length} steps, each following from the last.`] };
}
