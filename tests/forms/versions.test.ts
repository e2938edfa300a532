import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { inTransaction } from '../../db/database.ts';
import { createForm, putIntoUse, saveDefinition, saveDraft } from '../../server/forms/actions.ts';
import type { Definition } from '../../server/forms/definition.ts';
import { formDetail, formsList, formVersions, versionDefinition } from '../../server/forms/queries.ts';
import { attachFiles, type FileRule, fileName, removeLooseFiles, storeFile } from '../../server/forms/uploads.ts';
import { openStorage } from '../../server/storage.ts';
import { testDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { CONGRESS_EVALUATION, EVERYTHING } from './example.ts';

const { db } = await testDatabase();
const now = Temporal.Instant.from('2026-05-01T10:00Z');
const deed = { actor: null, now };
const storage = openStorage({ dataDir: temporaryFolder() });
const definition = { ...CONGRESS_EVALUATION, version: undefined } as unknown as Definition;

describe('versions of a form', () => {
  it('are a revision where only wordings changed, and never change themselves', async () => {
    const id = await createForm(db, definition, deed);
    expect((await formDetail(db, id)).version).toBeNull();
    expect(await putIntoUse(db, id, { ...deed, incomplete: false })).toMatchObject({ version: 1, major: 1, revision: 0 });
    const reworded = { ...definition, title: { en: 'Evaluation', fr: 'Évaluation' } };
    expect(await saveDefinition(db, id, reworded, { ...deed, incomplete: false })).toMatchObject({
      version: 2,
      major: 1,
      revision: 1,
    });
    const [page] = definition.pages;
    const shorter = { ...definition, pages: [{ ...page, items: page?.items.slice(0, 3) }] };
    const third = await saveDefinition(db, id, shorter, { ...deed, incomplete: false });
    expect(third).toMatchObject({ version: 3, major: 2, revision: 0 });
    expect((await formVersions(db, id)).map(({ version }) => version)).toEqual([3, 2, 1]);
    expect((await versionDefinition(db, third.id)).definition).toMatchObject({ version: 3 });
    await expect(db.updateTable('form_versions').set({ version: 9 }).where('id', '=', third.id).execute()).rejects.toThrow(
      /never changes/,
    );
    await expect(db.deleteFrom('form_versions').where('id', '=', third.id).execute()).rejects.toThrow(/never changes/);
  });

  it('are put into use only when right, and complete or confirmed', async () => {
    const id = await createForm(db, EVERYTHING, deed);
    await expect(putIntoUse(db, id, { ...deed, incomplete: true })).rejects.toThrow(/textMissing/);
    const partial = { ...definition, title: { en: 'Evaluation' } };
    const other = await createForm(db, partial, deed);
    await expect(putIntoUse(db, other, { ...deed, incomplete: false })).rejects.toMatchObject({
      code: 'form-incomplete',
      params: { languages: 'fr' },
    });
    await expect(putIntoUse(db, other, { ...deed, incomplete: true })).resolves.toMatchObject({ version: 1 });
  });

  it('come from a draft that two people cannot overwrite unseen', async () => {
    const id = await createForm(db, definition, deed);
    expect(await saveDraft(db, id, definition, 1, deed)).toBe(2);
    await expect(saveDraft(db, id, definition, 1, deed)).rejects.toMatchObject({ code: 'form-changed-meanwhile' });
    await expect(saveDraft(db, id, { ...definition, kind: 'application' }, 2, deed)).rejects.toThrow(/kind: choice/);
  });

  it('are listed by who may edit them', async () => {
    const nobody = '00000000-0000-7000-8000-000000000000';
    const scope = { personId: nobody, eventIds: [], networkIds: [] };
    expect(await formsList(db, { ...scope, all: false }, { search: '', limit: 10 })).toEqual([]);
    const all = await formsList(db, { ...scope, all: true }, { search: 'evaluation', limit: 1 });
    expect(all).toHaveLength(2);
    const rest = await formsList(
      db,
      { ...scope, all: true },
      { search: '', after: [all[0]?.createdAt.toString() ?? '', all[0]?.id ?? ''], limit: 50 },
    );
    expect(rest.map(({ id }) => id)).not.toContain(all[0]?.id);
  });
});

const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(200_000, 'a')]);
const rule: FileRule = { itemKey: 'cv', kinds: ['pdf'], maxBytes: 300_000 };
const inChunks = (bytes: Buffer) =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000);
    })(),
  );
const upload = (bytes: Buffer, more: Partial<FileRule> = {}) =>
  storeFile({ db, storage }, inChunks(bytes), {
    name: '../../etc/Mi “currículum”.pdf',
    rule: { ...rule, ...more },
    uploadedBy: null,
    now,
  });
const files = () => db.selectFrom('files').selectAll().execute();

describe('files of answers', () => {
  it('are kept with size, kind and hash', async () => {
    const id = await upload(PDF);
    const [file] = await files();
    expect(file).toMatchObject({
      id,
      name: 'Mi “currículum”.pdf',
      media_type: 'application/pdf',
      bytes: PDF.length,
      owner_id: null,
    });
    expect(file?.sha256).toEqual(createHash('sha256').update(PDF).digest());
    expect(Buffer.concat(await (await storage.get(file?.key ?? '')).toArray())).toEqual(PDF);
  });

  it('are refused by what they are and how large they are, and then leave nothing', async () => {
    const before = (await files()).length;
    await expect(upload(Buffer.from('<html><script>'))).rejects.toMatchObject({ statusCode: 415 });
    await expect(upload(Buffer.from('MZ pretending.pdf'))).rejects.toMatchObject({ statusCode: 415 });
    await expect(upload(Buffer.alloc(0))).rejects.toMatchObject({ statusCode: 415 });
    await expect(upload(PDF, { maxBytes: 100_000 })).rejects.toMatchObject({ statusCode: 413 });
    await expect(upload(PDF, { maxBytes: 5 })).rejects.toMatchObject({ statusCode: 413 });
    expect(await files()).toHaveLength(before);
  });

  it('belong to one answer alone', async () => {
    const id = await upload(PDF);
    const owner = { kind: 'registration', id: '00000000-0000-7000-8000-000000000001', uploadedBy: null };
    const attach = (to: typeof owner) =>
      inTransaction(db, (tx) => attachFiles(tx, { definition: EVERYTHING, answers: { cv: [id] }, path: 'answers.cv' }, to));
    await attach(owner);
    await attach(owner);
    await expect(attach({ ...owner, id: '00000000-0000-7000-8000-000000000002' })).rejects.toThrow(/file/);
  });

  it('go when nobody takes them up', async () => {
    const loose = (await files()).filter((file) => file.owner_id === null);
    expect(await removeLooseFiles(db, storage, now, now)).toBe(0);
    expect(await removeLooseFiles(db, storage, now.add({ hours: 1 }), now)).toBe(loose.length);
    await expect(storage.get(loose[0]?.key ?? '')).rejects.toThrow();
  });

  it('have names that nothing can be hidden in', () => {
    expect(fileName('C:\\temp\\a"b\r\nc.pdf')).toBe('abc.pdf');
    expect(fileName('..')).toBe('..');
    expect(fileName('\u202efdp.exe')).toBe('fdp.exe');
    expect(fileName('')).toBe('file');
  });
});
