import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';

// A form with one page, one question of text and one for a file.
export async function newForm(db: Db, personId: string): Promise<{ form: string; formVersion: string }> {
  const question = { key: 'needs', type: 'shortText', label: { en: 'What do you need?' } };
  const letter = { key: 'letter', type: 'file', label: { en: 'Letter' } };
  const definition = {
    $schema: 'https://example.org/form-definition/1.json',
    key: 'own-form',
    version: 1,
    kind: 'registration',
    languages: ['en'],
    defaultLanguage: 'en',
    title: { en: 'Own form' },
    pages: [{ key: 'page', title: { en: 'Page' }, items: [question, letter] }],
  };
  const text = JSON.stringify(definition);
  const { rows } = await sql<{ form: string; version: string }>`
    with made as (insert into forms (kind, name, draft, created_by) values ('registration', '{"en":"Own form"}', ${text}::jsonb, ${personId}) returning id),
      version as (insert into form_versions (form_id, version, major, definition) select id, 1, 1, ${text}::jsonb from made returning id)
    select made.id as form, version.id as version from made, version`.execute(db);
  return { form: rows[0]?.form ?? '', formVersion: rows[0]?.version ?? '' };
}

// A questionnaire that is open, and one that is not yet.
export async function newEvaluation(
  db: Db,
  eventId: string,
  personId: string,
): Promise<{ open: string; draft: string; settled: string }> {
  const definition = JSON.stringify({
    key: 'evaluation',
    kind: 'questionnaire',
    languages: ['en'],
    defaultLanguage: 'en',
    title: { en: 'Evaluation' },
    pages: [{ key: 'page', items: [{ key: 'nps', type: 'scale', min: 0, max: 10, label: { en: 'Would you recommend it?' } }] }],
  });
  const { rows } = await sql<{ id: string; opened: boolean; settled: boolean }>`
    with form as (insert into forms (kind, name, draft, created_by) values ('questionnaire', '{"en":"Evaluation"}', ${definition}::jsonb, ${personId}) returning id),
      version as (insert into form_versions (form_id, version, major, definition) select id, 1, 1, ${definition}::jsonb from form returning id, form_id)
    insert into questionnaires (event_id, title, privacy, form_id, form_version_id, zone, opened_at, closed_at, settled_at, created_by)
    select ${eventId}::uuid, '{"en":"Evaluation"}', 'confidential', form_id, id, 'UTC', opened, settled, settled, ${personId}::uuid
    from version, (values (now(), null), (null, null), (now(), now())) as states (opened, settled)
    returning id, opened_at is not null as opened, settled_at is not null as settled`.execute(db);
  const id = (opened: boolean, settled: boolean) =>
    rows.find((row) => row.opened === opened && row.settled === settled)?.id ?? '';
  return { open: id(true, false), draft: id(false, false), settled: id(true, true) };
}

export async function newCall(db: Db, slug: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into calls (slug, kind, title, languages, default_language, zone, opens_local, closes_local, opens_at, closes_at, published_at)
    values (${slug}, 'award', '{"en":"Own call"}', '{en,fr}', 'en', 'UTC', '2020-01-01 00:00', '2090-01-01 00:00', '2020-01-01T00:00Z',
      '2090-01-01T00:00Z', now()) returning id`.execute(db);
  return rows[0]?.id ?? '';
}

export async function newEntry(db: Db, call: string, city: string, code: string, state: string, by: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into entries (call_id, organisation_id, code, state, language, languages, title, summary, created_by, submitted_at, content_hash)
    values (${call}, ${city}, ${code}, ${state}, 'en', '{en}', '{"en":"Own entry"}', '{"en":"Its summary"}', ${by},
      ${state === 'draft' ? null : '2026-01-01T00:00Z'}, ${state === 'draft' ? null : 'a'.repeat(64)}) returning id`.execute(db);
  return rows[0]?.id ?? '';
}
