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
  let disk: Promise<Disk> | undefined;
  const opened = () => (disk ??= config.s3Url ? bucket(config.s3Url) : folder(config.dataDir));
  return {
    async put(key, content) {
      const to = await opened();
      if (content instanceof Uint8Array) await to.put(pathOf(key), content);
      else await to.putStream(pathOf(key), content);
    },
    async get(key) {
      const from = await opened();
      if (!(await from.exists(pathOf(key)))) throw new NotFound();
      return from.getStream(pathOf(key));
    },
    async remove(key) {
      await (await opened()).delete(pathOf(key));
    },
  };
}

// Two letters of folder: a folder of a hundred thousand files is slow to list and to back up. A uuid v7 begins with its time, so the last ones.
function pathOf(key: string): string {
  if (!/^[0-9a-f][0-9a-f-]{7,63}$/.test(key)) throw new NotFound();
  return `${key.slice(-2)}/${key}`;
}

async function folder(dataDir: string): Promise<Disk> {
  const location = path.join(dataDir, 'files');
  mkdirSync(location, { recursive: true, mode: 0o700 });
  return new Disk(new FSDriver({ location, visibility: 'private' }));
}

// Loaded only where it is used: the S3 client is the largest of our dependencies.
async function bucket(s3Url: string): Promise<Disk> {
  const { S3Driver } = await import('flydrive/drivers/s3');
  const url = new URL(s3Url);
  const name = url.pathname.replaceAll('/', '');
  return new Disk(
    new S3Driver({
      credentials: { accessKeyId: decodeURIComponent(url.username), secretAccessKey: decodeURIComponent(url.password) },
      endpoint: `${url.protocol === 's3:' ? 'https:' : url.protocol}//${url.host}`,
      region: url.searchParams.get('region') ?? 'us-east-1',
      forcePathStyle: true,
      bucket: name,
      visibility: 'private',
      supportsACL: false,
    }),
  );
}
