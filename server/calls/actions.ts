import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { type FieldError, Invalid, NotAllowed, NotFound, Refused } from '../errors.ts';
import { instantOf } from '../events/rules.ts';
import { slugOf } from '../organisations/rules.ts';
import { mayCreateCall, mayManageCall } from './access.ts';
import { columnsOf } from './columns.ts';
import type { CallWrite } from './input.ts';
import { writeParts } from './parts.ts';
import { type CallDetails, callBySlug, exclusionsOf } from './queries.ts';
import { writtenOf } from './written.ts';

/** Makes a call, a draft, under a slug of its title. Returns its slug. Errors: NotAllowed, Invalid. */
export async function createCall(db: Db, viewer: Viewer, call: CallWrite, now: Temporal.Instant): Promise<string> {
  return inTransaction(db, (tx) => insertCall(tx, viewer, call, null, now));
}

/**
 * Makes the call of this slug what is said, or makes it as a draft. Returns whether it is new. Errors: NotAllowed, Invalid,
 * Refused('theme-in-use') and its like.
 */
export async function putCall(db: Db, viewer: Viewer, slug: string, call: CallWrite, now: Temporal.Instant): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    await oneAtATime(tx);
    const there = await tx.selectFrom('calls').select('id').where('slug', '=', slug).executeTakeFirst();
    if (!there) {
      await insertCall(tx, viewer, call, slug, now);
      return true;
    }
    await replace(tx, viewer, await lockCall(tx, viewer, slug), call, now);
    return false;
  });
}

/** Changes a call from what it is when nobody else changes it. Errors: as `putCall`, and NotFound. */
export async function changeCall(
  db: Db,
  viewer: Viewer,
  slug: string,
  change: (call: CallWrite) => CallWrite,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await lockCall(tx, viewer, slug);
    await replace(tx, viewer, call, change(writtenOf(call, await exclusionsOf(tx, call.id))), now);
  });
}

/** Within a transaction; without a slug one is made of the title. Returns the slug. */
export async function insertCall(
  tx: Transaction,
  viewer: Viewer,
  call: CallWrite,
  slug: string | null,
  now: Temporal.Instant,
  from?: string,
): Promise<string> {
  if (!mayCreateCall(viewer, call)) throw new NotAllowed();
  holdCall(call);
  await holdReferences(tx, call, null);
  await oneAtATime(tx);
  const named = slug ?? (await freeSlug(tx, call));
  const { id } = await tx
    .insertInto('calls')
    .values({ ...columnsOf(call), slug: named, created_by: viewer.personId, created_at: now, updated_at: now } as never)
    .returning('id')
    .executeTakeFirstOrThrow();
  await writeParts(tx, id, call, viewer.personId);
  const after = { slug: named, title: call.title, ...(from ? { from } : {}) };
  await record(tx, { actor: viewer.personId, feature: 'calls', row: id, action: from ? 'copied' : 'created', after });
  return named;
}

async function replace(
  tx: Transaction,
  viewer: Viewer,
  before: CallDetails,
  call: CallWrite,
  now: Temporal.Instant,
): Promise<void> {
  if (!mayCreateCall(viewer, call)) throw new NotAllowed();
  holdCall(call);
  await holdReferences(tx, call, before);
  await tx
    .updateTable('calls')
    .set({ ...columnsOf(call), updated_at: now } as never)
    .where('id', '=', before.id)
    .execute();
  if (call.zone !== before.zone) await moveScoringEnd(tx, before.id, call.zone);
  const exclusions = await exclusionsOf(tx, before.id);
  await writeParts(tx, before.id, call, viewer.personId);
  await record(tx, {
    actor: viewer.personId,
    feature: 'calls',
    row: before.id,
    action: 'changed',
    before: { ...writtenOf(before, exclusions) },
    after: { ...call },
  });
}

// Until six in the evening stays until six in the evening, of the new zone.
async function moveScoringEnd(tx: Transaction, id: string, zone: string): Promise<void> {
  const row = await tx.selectFrom('calls').select('scoring_ends_local').where('id', '=', id).executeTakeFirst();
  const ends = row?.scoring_ends_local;
  if (ends)
    await tx
      .updateTable('calls')
      .set({ scoring_ends_at: instantOf(ends, zone) })
      .where('id', '=', id)
      .execute();
}

// Two who need the same address at the same moment take turns, and the second gets another.
const oneAtATime = (tx: Transaction) => sql`select pg_advisory_xact_lock(hashtext('call slugs'))`.execute(tx);

async function freeSlug(tx: Transaction, call: CallWrite): Promise<string> {
  const base = slugOf(call.title[call.languages[0] ?? ''] ?? '') || call.kind;
  const year = String(call.closes.year);
  const candidates = [base, `${base}-${year}`, ...Array.from({ length: 8 }, (_, n) => `${base}-${year}-${n + 2}`)];
  const { rows } = await sql<{ slug: string }>`
    select slug from calls where slug = any (${candidates}) union select slug from old_slugs where kind = 'call' and slug = any (${candidates})`.execute(
    tx,
  );
  const taken = new Set(rows.map((row) => row.slug));
  return candidates.find((one) => !taken.has(one)) ?? `${base}-${crypto.randomUUID().slice(0, 8)}`;
}

/** What must hold of every call as a whole. Errors: Invalid. */
export function holdCall(call: CallWrite): void {
  const [language] = call.languages;
  const twice = (list: readonly { key: string }[]) =>
    list.findIndex(({ key }, at) => list.findIndex((one) => one.key === key) < at);
  const errors: FieldError[] = [
    ...(language === undefined ? [{ path: 'languages', code: 'required' }] : []),
    ...(language !== undefined && !call.title[language] ? [{ path: `title.${language}`, code: 'required' }] : []),
    ...(call.requiredLanguages.some((tag) => !call.languages.includes(tag))
      ? [{ path: 'requiredLanguages', code: 'choice' }]
      : []),
    ...(Temporal.PlainDateTime.compare(call.closes, call.opens) <= 0 ? [{ path: 'closes', code: 'endsBeforeStarts' }] : []),
    ...(['themes', 'modalities', 'criteria'] as const).flatMap((part) => {
      const at = twice(call[part]);
      return at < 0 ? [] : [{ path: `${part}.${at}.key`, code: 'twice' }];
    }),
    ...call.criteria.flatMap((criterion, at) =>
      criterion.themes.some((key) => !call.themes.some((theme) => theme.key === key))
        ? [{ path: `criteria.${at}.themes`, code: 'choice' }]
        : [],
    ),
  ];
  if (errors.length > 0) throw new Invalid(errors);
}

async function holdReferences(tx: Transaction, call: CallWrite, before: CallDetails | null): Promise<void> {
  const organisations = [...new Set(call.exclusions.map((one) => one.organisationId))];
  const { rows } = await sql<{
    series: boolean;
    event: boolean;
    form: boolean;
    known: number;
    edition: boolean;
    judges: boolean;
  }>`select
    exists (select from series where id = ${call.seriesId ?? null}::uuid) as series,
    exists (select from events where id = ${call.eventId ?? null}::uuid) as event,
    exists (select from forms where id = ${call.formId ?? null}::uuid and kind = 'application') as form,
    (select count(*)::int from organisations where id = any (${organisations}::uuid[])) as known,
    exists (select from calls where series_id = ${call.seriesId ?? null}::uuid and edition = ${call.edition ?? null}::int
      and id is distinct from ${before?.id ?? null}::uuid) as edition,
    exists (select from jury_members m join calls c on c.id = m.call_id join roles r on r.person_id = m.person_id
      where m.call_id = ${before?.id ?? null}::uuid and m.seat = 'juror' and m.ended_at is null and c.results_published_at is null
        and ${call.kind}::text = 'experiences' and r.role = 'organiser' and r.scope_id = ${call.eventId ?? null}::uuid
        and r.revoked_at is null) as judges`.execute(tx);
  const there = rows[0];
  const wrong = (id: string | null | undefined, is: boolean | undefined, path: string) =>
    id && !is ? [{ path, code: 'choice' }] : [];
  const errors = [
    ...wrong(call.seriesId, there?.series, 'seriesId'),
    ...wrong(call.eventId, there?.event, 'eventId'),
    ...wrong(call.formId, there?.form, 'formId'),
    ...((there?.known ?? 0) < organisations.length ? [{ path: 'exclusions', code: 'choice' }] : []),
    ...(there?.edition ? [{ path: 'edition', code: 'editionTaken' }] : []),
  ];
  if (errors.length > 0) throw new Invalid(errors);
  if (there?.judges) throw new Refused('juror-holds-office');
}

/** The call, locked against others who change it. Errors: NotFound for one that this viewer may not know of, NotAllowed. */
export async function lockCall(tx: Transaction, viewer: Viewer, slug: string): Promise<CallDetails> {
  const row = await tx.selectFrom('calls').select('id').where('slug', '=', slug).forNoKeyUpdate().executeTakeFirst();
  const call = row && (await callBySlug(tx, slug));
  if (!call) throw new NotFound();
  if (!mayManageCall(viewer, call)) throw call.publishedAt ? new NotAllowed() : new NotFound();
  return call;
}
