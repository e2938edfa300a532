import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import S3rver from 's3rver';
import { expect, test } from 'vitest';
import { NotFound } from '../../server/errors.ts';
import { openStorage } from '../../server/storage.ts';
import { afterFile } from '../support/after-file.ts';
import { temporaryFolder } from '../support/temporary.ts';

const KEY = '0198c1a2-0000-7000-8000-00000000abcd';

async function bucketUrl(): Promise<string> {
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: temporaryFolder(),
    configureBuckets: [{ name: 'files', configs: [] }],
  });
  const { port } = await server.run();
  afterFile(() => server.close());
  return `http://S3RVER:S3RVER@127.0.0.1:${port}/files?region=us-east-1`;
}

test.each(['folder', 'bucket'])('a file goes in, comes out and goes away again (%s)', async (kind) => {
  const storage = openStorage({ dataDir: temporaryFolder(), s3Url: kind === 'bucket' ? await bucketUrl() : undefined });
  await storage.put(KEY, Readable.from(['Bon ', 'dia']));
  expect(await text(await storage.get(KEY))).toBe('Bon dia');
  await storage.put(KEY, new TextEncoder().encode('Adéu'));
  expect(await text(await storage.get(KEY))).toBe('Adéu');
  await storage.remove(KEY);
  await storage.remove(KEY);
  await expect(storage.get(KEY)).rejects.toThrow(NotFound);
});

test.each(['../../etc/passwd', 'a/b', '', '..'])('%o is no key', async (key) => {
  await expect(openStorage({ dataDir: temporaryFolder() }).get(key)).rejects.toThrow(NotFound);
});
