import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../http/assets.ts';

// What decides what becomes of an anonymous answer.
const FILES = [
  'db/functions/keep-answer.ts',
  'db/migrations/0014-questionnaires.ts',
  'db/together.ts',
  'server/questionnaires/anonymity.ts',
  'server/questionnaires/answering.ts',
  'server/questionnaires/cross-groups.ts',
  'server/questionnaires/disclosure.ts',
  'server/questionnaires/figures.ts',
  'server/questionnaires/mixing.ts',
  'server/questionnaires/publishing.ts',
  'server/questionnaires/suppression.ts',
];

/** The version of the product that runs. */
export function productVersion(): string {
  const { version } = JSON.parse(readFileSync(path.join(projectFolder(), 'package.json'), 'utf8')) as { version?: string };
  return version ?? '';
}

/** SHA-256 of each source file that keeps answers, for whoever compares them with the published code. Empty without the sources. */
export function digests(): { file: string; digest: string }[] {
  const folder = projectFolder();
  return FILES.filter((file) => existsSync(path.join(folder, file))).map((file) => ({
    file,
    digest: createHash('sha256')
      .update(readFileSync(path.join(folder, file)))
      .digest('hex'),
  }));
}
