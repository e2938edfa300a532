import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { filesOf } from '../../server/documents/jobs.ts';
import { type Paper, papersPdf } from '../../server/documents/paper.ts';
import { zipOf } from '../../server/zip.ts';

const PEOPLE = 1000;

/** A thousand certificates, each a PDF of its own, in one archive on the disk. */
export async function certificates(): Promise<void> {
  const issuedAt = Temporal.Now.instant();
  const papers = Array.from(
    { length: PEOPLE },
    (_, n): Paper => ({
      kind: 'attendance',
      code: `AAAABBBB${String(n).padStart(4, '0')}`,
      language: 'en',
      issuedAt,
      content: {
        occasion: 'International Congress of Educating Cities',
        title: 'Certificate of attendance',
        recipient: `Delegate of the city number ${n}`,
        body: 'took part in the congress on all of its days.',
        signed: 'The Secretariat',
      },
    }),
  );
  const folder = mkdtempSync(path.join(tmpdir(), 'certificates-'));
  const file = path.join(folder, 'all.zip');
  const made = {
    language: 'en',
    zone: 'Europe/Madrid',
    installation: 'Convivium',
    publicUrl: 'https://convivium.example.org',
  } as const;
  const print = (paper: Paper) => papersPdf([paper], { ...made, title: 'Certificates', created: issuedAt });
  const begin = performance.now();
  await pipeline(
    Readable.from(
      zipOf(
        filesOf(papers, print, async () => {}),
        issuedAt,
      ),
    ),
    createWriteStream(file),
  );
  const seconds = Math.round((performance.now() - begin) / 10) / 100;
  const rssMB = Math.round(process.resourceUsage().maxRSS / 1024);
  const zipMB = Math.round(statSync(file).size / 100_000) / 10;
  rmSync(folder, { recursive: true });
  console.log(JSON.stringify({ files: PEOPLE, seconds, rssMB, zipMB }));
  process.exitCode = seconds < 20 && rssMB < 500 ? 0 : 1;
}
