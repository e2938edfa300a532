import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterFile } from './after-file.ts';

/** A folder of this test file alone, with a space in its name as some people's have. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'convivium test '));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  afterFile(async () => remove());
  // A file that fails while it loads never comes to its end.
  process.once('exit', remove);
  return folder;
}
