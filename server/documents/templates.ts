import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import type { DocumentKind } from '../../db/tables/documents.ts';
import type { Viewer } from '../accounts/access.ts';
import { type FieldError, Invalid } from '../errors.ts';
import { FIRST_WORDS, type Words } from './first-words.ts';
import type { TemplateWrite } from './input.ts';
import { columnOf, type Occasion } from './occasions.ts';
import { FIELDS, fieldsIn, kindsOf } from './rules.ts';

/** The texts of every kind: what was written for this event or call, else the first words in its languages. One query. */
export async function templatesOf(
  db: Db | Transaction,
  occasion: Occasion,
): Promise<Record<DocumentKind, Words & { written: boolean }>> {
  const { rows } = await sql<Words & { kind: DocumentKind }>`
    select kind, title, body, signed from document_templates where ${columnOf(occasion)} = ${occasion.id}`.execute(db);
  const own = (kind: DocumentKind) => rows.find((row) => row.kind === kind);
  const all = kindsOf(occasion).map((kind) => [kind, { ...(own(kind) ?? FIRST_WORDS[kind]), written: own(kind) !== undefined }]);
  return Object.fromEntries(all) as Record<DocumentKind, Words & { written: boolean }>;
}

/** What a field may not say, and what it must: each language is whole or empty, and every field is one that the kind has. */
function problemsIn(kind: DocumentKind, { title, body, signed }: TemplateWrite): FieldError[] {
  const languages = [...new Set([title, body, signed].flatMap(Object.keys))];
  const parts = Object.entries({ title, body, signed });
  if (languages.length === 0) return [{ path: 'title', code: 'required' }];
  return parts.flatMap(([part, map]) =>
    languages.flatMap((tag): FieldError[] => {
      const text = map[tag]?.trim();
      if (!text) return [{ path: `${part}.${tag}`, code: 'required' }];
      const unknown = fieldsIn(text).find((field) => !FIELDS[kind].includes(field));
      const broken = /[{}]/.exec(text.replace(/\{[a-z]{1,30}\}/g, ''));
      return unknown !== undefined || broken
        ? [{ path: `${part}.${tag}`, code: 'documentField', params: { field: unknown ?? broken?.[0] ?? '' } }]
        : [];
    }),
  );
}

/** Writes the text of a kind of document; what was issued stays as it is. Errors: Invalid. */
export async function writeTemplate(
  db: Db,
  viewer: Viewer,
  occasion: Occasion,
  kind: DocumentKind,
  written: TemplateWrite,
  now: Temporal.Instant,
): Promise<void> {
  const problems = problemsIn(kind, written);
  if (problems.length > 0) throw new Invalid(problems);
  await inTransaction(db, async (tx) => {
    const before = (await templatesOf(tx, occasion))[kind];
    const [column, target] = [columnOf(occasion), sql`(${columnOf(occasion)}, kind) where ${columnOf(occasion)} is not null`];
    await sql`
      insert into document_templates (${column}, kind, title, body, signed, updated_by, updated_at)
      values (${occasion.id}, ${kind}, ${json(written.title)}, ${json(written.body)}, ${json(written.signed)}, ${viewer.personId}, ${now})
      on conflict ${target} do update set title = excluded.title, body = excluded.body, signed = excluded.signed,
        updated_by = excluded.updated_by, updated_at = excluded.updated_at`.execute(tx);
    const { written: _w, ...texts } = before;
    await record(tx, {
      actor: viewer.personId,
      feature: 'documents',
      row: occasion.id,
      event: occasion.of === 'event' ? occasion.id : null,
      action: 'documentTextWritten',
      before: { kind, ...texts },
      after: { kind, ...written },
    });
  });
}
