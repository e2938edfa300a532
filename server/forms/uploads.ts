import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fileTypeFromBuffer } from 'file-type';
import qs from 'qs';
import type { Db, Transaction } from '../../db/database.ts';
import { type FieldError, Invalid } from '../errors.ts';
import type { Storage } from '../storage.ts';
import type { Answers } from './conditions.ts';
import type { Definition, FileKind } from './definition.ts';
import { DEFAULT_BYTES, DEFAULT_KINDS, isAccepted } from './files.ts';
import { withoutMetadata as bareJpeg } from './jpeg.ts';
import { withoutMetadata as barePng } from './png.ts';
import { placesOf } from './walk.ts';
import { withoutMetadata as bareWebp } from './webp.ts';

/** Why a file was not taken: 413 or 415, with the catalogue's `refusal.<code>`. */
export class FileRefused extends Error {
  readonly statusCode: 413 | 415;
  readonly code: 'file-size' | 'file-kind';
  readonly rule: FileRule;
  constructor(code: 'file-size' | 'file-kind', rule: FileRule) {
    super(code);
    this.code = code;
    this.statusCode = code === 'file-size' ? 413 : 415;
    this.rule = rule;
  }
}

export interface FileRule {
  itemKey: string;
  kinds: readonly FileKind[];
  maxBytes: number;
}

/** What the item `key` of a definition takes, or undefined when it takes no files. */
export function fileRule(definition: Definition, key: string): FileRule | undefined {
  const item = placesOf(definition).find((place) => place.item.key === key)?.item;
  if (item?.type !== 'file') return undefined;
  return { itemKey: item.key, kinds: item.accept ?? DEFAULT_KINDS, maxBytes: item.maxBytes ?? DEFAULT_BYTES };
}

// Enough of a file for file-type to tell the documents that are zip archives inside.
const SNIFFED = 65_536;

/**
 * Streams one file into the storage: kind by its first bytes, size and SHA-256 on the way. It belongs to nothing until
 * `attachFiles`. Errors: FileRefused, and then nothing is kept. Returns its id.
 */
export async function storeFile(
  { db, storage }: { db: Db; storage: Storage },
  content: Readable,
  { name, rule, uploadedBy, now }: { name: string; rule: FileRule; uploadedBy: string | null; now: Temporal.Instant },
): Promise<string> {
  const chunks = content[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await firstBytes(chunks);
  const mediaType = (await fileTypeFromBuffer(first))?.mime ?? '';
  if (!isAccepted(mediaType, rule.kinds)) throw new FileRefused('file-kind', rule);
  const key = randomUUID();
  const hash = createHash('sha256');
  const tally = { bytes: 0, tooBig: false };
  const bare = bareOf(mediaType, rule);
  try {
    await storage.put(
      key,
      Readable.from(
        bare
          ? bared(bare, first, chunks, rule.maxBytes, tally, (chunk) => hash.update(chunk))
          : counted(first, chunks, rule.maxBytes, tally, (chunk) => hash.update(chunk)),
        { objectMode: false },
      ),
    );
    if (isCut(content)) tally.tooBig = true;
    if (tally.tooBig) throw new FileRefused('file-size', rule);
    const { id } = await db
      .insertInto('files')
      .values({
        key,
        owner_kind: null,
        owner_id: null,
        item_key: rule.itemKey,
        name: fileName(name),
        media_type: mediaType,
        bytes: tally.bytes,
        sha256: hash.digest(),
        uploaded_by: uploadedBy,
        created_at: now,
        removed_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  } catch (error) {
    await storage.remove(key);
    if (tally.tooBig) throw new FileRefused('file-size', rule);
    throw error instanceof RangeError ? new FileRefused('file-kind', rule) : error;
  }
}

async function firstBytes(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  const read: Buffer[] = [];
  let length = 0;
  while (length < SNIFFED) {
    const next = await chunks.next();
    if (next.done) break;
    read.push(next.value);
    length += next.value.length;
  }
  return Buffer.concat(read);
}

async function* counted(
  first: Buffer,
  rest: AsyncIterator<Buffer>,
  max: number,
  tally: { bytes: number; tooBig: boolean },
  note: (chunk: Buffer) => void,
): AsyncGenerator<Buffer> {
  let chunk: Buffer | undefined = first;
  while (chunk !== undefined) {
    tally.bytes += chunk.length;
    if (tally.bytes > max) {
      tally.tooBig = true;
      throw new Error('too big');
    }
    note(chunk);
    yield chunk;
    const next: IteratorResult<Buffer> = await rest.next();
    chunk = next.done ? undefined : next.value;
  }
}

// Where only pictures are asked for, nobody means to hand in where they were taken. What is handed in as evidence stays as it is.
const BARE: Record<string, (picture: Uint8Array) => Uint8Array> = {
  'image/jpeg': bareJpeg,
  'image/png': barePng,
  'image/webp': bareWebp,
};
const bareOf = (mediaType: string, { kinds }: FileRule) =>
  kinds.every((kind) => kind === 'image') ? BARE[mediaType] : undefined;

/** The same of a picture, without what the camera wrote into it. */
async function* bared(
  bare: (picture: Uint8Array) => Uint8Array,
  first: Buffer,
  rest: AsyncIterator<Buffer>,
  max: number,
  tally: { bytes: number; tooBig: boolean },
  note: (chunk: Buffer) => void,
): AsyncGenerator<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of counted(first, rest, max, tally, () => undefined)) chunks.push(chunk);
  const photo = Buffer.from(bare(Buffer.concat(chunks)));
  tally.bytes = photo.length;
  note(photo);
  yield photo;
}

// The parser of multipart bodies cuts a file at its own limit and says so on the stream.
const isCut = (content: Readable) => 'truncated' in content && content.truncated === true;

/** The last part of a path, without what no file system or header likes. */
export function fileName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is the point
  const last = (name.split(/[/\\]/).at(-1) ?? '')
    .replace(/[\u0000-\u001f\u007f"<>|:*?\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .toWellFormed();
  return last.normalize('NFC').trim().slice(0, 200) || 'file';
}

/**
 * The body of a form post that may bring files: as fastify parsed it, or from multipart, where each file is stored and stands in the
 * body as its id. Files that were refused are `problems` by path; everything else that was typed is in the body all the same.
 */
export async function readForm(
  request: FastifyRequest,
  definition: Definition,
): Promise<{ body: unknown; problems: FieldError[] }> {
  if (!request.isMultipart()) return { body: request.body, problems: [] };
  const { system } = request.server;
  const fields: [string, string][] = [];
  const problems: FieldError[] = [];
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      fields.push([part.fieldname, typeof part.value === 'string' ? part.value : '']);
      continue;
    }
    const path = part.fieldname.replaceAll(']', '').replaceAll('[', '.');
    const rule = part.filename ? fileRule(definition, path.split('.').at(-1) ?? '') : undefined;
    try {
      if (rule) {
        const stored = { name: part.filename, rule, uploadedBy: request.viewer?.personId ?? null, now: system.clock() };
        fields.push([part.fieldname, await storeFile(system, part.file, stored)]);
      }
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      problems.push({ path, code: error.code === 'file-size' ? 'fileSize' : 'fileKind' });
    } finally {
      // Every part has to be read to its end, or the request never ends.
      part.file.resume();
    }
  }
  const body = qs.parse(new URLSearchParams(fields).toString(), { depth: 8, parameterLimit: 20_000, arrayLimit: 5_000 });
  return { body, problems };
}

/** The files that answers speak of. */
export function fileIdsIn(definition: Definition, answers: Answers): string[] {
  return placesOf(definition).flatMap(({ item }) => {
    const value = item.type === 'file' ? answers[item.key] : undefined;
    return Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : [];
  });
}

/**
 * Gives the files that answers speak of to whoever's answers they are; call it in the transaction that keeps the answers. A file
 * must be unowned and uploaded by the same person, or already be this owner's. Errors: Invalid.
 */
export async function attachFiles(
  tx: Transaction,
  { definition, answers, path }: { definition: Definition; answers: Answers; path: string },
  owner: { kind: string; id: string; uploadedBy: string | null },
): Promise<void> {
  const ids = fileIdsIn(definition, answers);
  if (ids.length === 0) return;
  const taken = await tx
    .updateTable('files')
    .set({ owner_kind: owner.kind, owner_id: owner.id })
    .where('id', 'in', ids)
    .where('removed_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb.and([eb('owner_kind', '=', owner.kind), eb('owner_id', '=', owner.id)]),
        eb.and([eb('owner_id', 'is', null), eb('uploaded_by', owner.uploadedBy === null ? 'is' : '=', owner.uploadedBy)]),
      ]),
    )
    .returning('id')
    .execute();
  if (taken.length < new Set(ids).size) throw new Invalid([{ path, code: 'file' }]);
}

/** Removes files that nobody's answers took up since `before`, 500 at most. Returns how many. */
export async function removeLooseFiles(
  db: Db,
  storage: Storage,
  before: Temporal.Instant,
  now: Temporal.Instant,
): Promise<number> {
  const loose = await db
    .updateTable('files')
    .set({ removed_at: now })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('files')
        .select('id')
        .where('owner_id', 'is', null)
        .where('removed_at', 'is', null)
        .where('created_at', '<', before)
        .limit(500),
    )
    .where('owner_id', 'is', null)
    .returning('key')
    .execute();
  await Promise.all(loose.map(({ key }) => storage.remove(key)));
  return loose.length;
}

/** Answers with a file, always as a download that no browser takes for a page. Who may have it is the owning feature's to decide. */
export async function sendFile(
  reply: FastifyReply,
  storage: Storage,
  file: { key: string; name: string; mediaType: string; bytes: number },
): Promise<FastifyReply> {
  const ascii = file.name.replace(/[^\w. -]/g, '_');
  return reply
    .type(file.mediaType)
    .header('content-length', file.bytes)
    .header(
      'content-disposition',
      `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`,
    )
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .send(await storage.get(file.key));
}
