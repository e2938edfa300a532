import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterFile } from './after-file.ts';

/** A folder of this test file alone, with a space in its name as some people's have. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'convivium test '));
  afterFile(async () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
