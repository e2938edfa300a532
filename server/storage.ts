import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import type { Config } from './config.ts';
import { NotFound } from './errors.ts';

/** Where uploaded and made files are. A key is a uuid; what is known of a file is in its feature's table. */
export interface Storage {
  put(key: string, content: Readable | Uint8Array): Promise<void>;
  /** @throws NotFound */
  get(key: string): Promise<Readable>;
  /** Removing what is not there is fine. */
  remove(key: string): Promise<void>;
}

/** Files under DATA_DIR/files, or in the bucket of `S3_URL`: https://KEY:SECRET@host[:port]/bucket[?region=eu-west-1]. */
export function openStorage(config: Pick<Config, 'dataDir' | 's3Url'>): Storage {
  let place: Promise<Place> | undefined;
  const opened = () => (place ??= config.s3Url ? bucket(config.s3Url) : folder(config.dataDir));
  return {
    async put(key, content) {
      const { disk, putStream } = await opened();
      if (content instanceof Uint8Array) await disk.put(pathOf(key), content);
      else await putStream(pathOf(key), content);
    },
    async get(key) {
      const { disk } = await opened();
      if (!(await disk.exists(pathOf(key)))) throw new NotFound();
      return disk.getStream(pathOf(key));
    },
    async remove(key) {
      await (await opened()).disk.delete(pathOf(key));
    },
  };
}

interface Place {
  disk: Disk;
  putStream(path: string, content: Readable): Promise<unknown>;
}

// Two letters of folder: a folder of a hundred thousand files is slow to list and to back up. A uuid v7 begins with its time, so the last ones.
function pathOf(key: string): string {
  if (!/^[0-9a-f][0-9a-f-]{7,63}$/.test(key)) throw new NotFound();
  return `${key.slice(-2)}/${key}`;
}

async function folder(dataDir: string): Promise<Place> {
  const location = path.join(dataDir, 'files');
  mkdirSync(location, { recursive: true, mode: 0o700 });
  const disk = new Disk(new FSDriver({ location, visibility: 'private' }));
  return { disk, putStream: (path, content) => disk.putStream(path, content) };
}

// Loaded only where it is used: the S3 client is the largest of our dependencies.
async function bucket(s3Url: string): Promise<Place> {
  const [{ S3Driver }, { S3Client }, { Upload }] = await Promise.all([
    import('flydrive/drivers/s3'),
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/lib-storage'),
  ]);
  const url = new URL(s3Url);
  const name = url.pathname.replaceAll('/', '');
  const client = new S3Client({
    credentials: { accessKeyId: decodeURIComponent(url.username), secretAccessKey: decodeURIComponent(url.password) },
    endpoint: `${url.protocol === 's3:' ? 'https:' : url.protocol}//${url.host}`,
    region: url.searchParams.get('region') ?? 'us-east-1',
    forcePathStyle: true,
    // Servers other than Amazon's do not all know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const disk = new Disk(new S3Driver({ client, bucket: name, visibility: 'private', supportsACL: false }));
  // A stream of unknown length goes in parts: a single request would have to say its length first.
  return { disk, putStream: (path, Body) => new Upload({ client, params: { Bucket: name, Key: path, Body } }).done() };
}
