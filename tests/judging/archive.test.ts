import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { pdfText } from '../support/pdf.ts';
import { giveAll, judgingWorld } from './world.ts';

const test = await testApp();

it('a call is one archive with every entry, file, review and decision, and its chain still verifies', async () => {
  const world = await judgingWorld(test, { slug: 'whole', entries: 27, jurors: 2 });
  const { chair, secretariat, jurors, entries } = world;
  await giveAll(test, world);
  const [first] = entries as [(typeof entries)[number]];
  await sql`insert into files (key, owner_kind, owner_id, item_key, name, media_type, bytes, sha256)
    values ('01890000-0000-7000-8000-00000000aaaa', 'entry', ${first.id}, 'letter', 'a/../letter é.pdf', 'application/pdf', 4, sha256('%PDF'::bytea))`.execute(
    test.db,
  );
  await test.system.storage.put('01890000-0000-7000-8000-00000000aaaa', Readable.from(['%PDF']));
  const review = { scores: { relevance: 7, impact: 9 }, commentToJury: 'A clear method.', notes: 'Mine alone.', submitted: true };
  await test.send('PUT', `/api/entries/${first.id}/reviews/me`, review, jurors[0]?.bearer);
  const decision = { kind: 'laureate', entry: first.id, reasons: { en: 'It reaches far.' }, present: ['Juror 1', 'Juror 2'] };
  await test.send('POST', '/api/calls/whole/decisions', decision, chair.bearer);

  const report = await test.get(`/back-office/calls/whole/reviews/${first.code}.pdf`, await test.signedIn(chair.id));
  const words = pdfText(report.rawPayload).join(' ');
  for (const said of ['Juror 1', 'A clear method.', 'It reaches far.', '83.3']) expect(words).toContain(said);
  expect(words).not.toContain('Mine alone.');

  const answer = await test.get('/back-office/calls/whole/archive.zip', await test.signedIn(secretariat.id));
  expect(answer.statusCode).toBe(200);
  const folder = mkdtempSync(join(tmpdir(), 'archive-'));
  writeFileSync(join(folder, 'call.zip'), answer.rawPayload);
  const names = execFileSync('unzip', ['-Z1', join(folder, 'call.zip')], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);
  execFileSync('unzip', ['-tq', join(folder, 'call.zip')]);
  for (const { code } of entries) expect(names).toContain(`entries/${code}/entry.pdf`);
  expect(names.filter((name) => name.includes('/files/'))).toEqual([
    expect.stringMatching(/^entries\/[A-Z2-9]{6}\/files\/[0-9a-f]{6}-a_/),
  ]);
  const part = (name: string) => execFileSync('unzip', ['-p', join(folder, 'call.zip'), name], { encoding: 'utf8' });
  expect(part('reviews.csv')).toContain('A clear method.');
  expect(JSON.parse(part('decisions.json'))).toEqual([expect.objectContaining({ kind: 'laureate' })]);
  writeFileSync(join(folder, 'chain.json'), part('chain.json'));
  const verified = execFileSync('npm', ['run', '-s', 'verify', '--', join(folder, 'chain.json')], { encoding: 'utf8' });
  expect(verified).not.toBe('');
  expect((await test.get('/api/calls/whole/archive', chair.bearer)).statusCode).toBe(200);
  for (const path of ['archive', `reviews/${first.code}`])
    expect((await test.get(`/api/calls/whole/${path}`, jurors[0]?.bearer)).statusCode).toBe(403);
});
