import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotFound, Refused } from '../errors.ts';
import { seatedCall } from './found.ts';
import type { DeclarationWrite } from './input.ts';

export interface Declaration {
  organisation: { slug: string; name: string; country: string };
  reason: string;
  declaredAt: Temporal.Instant;
}

/** What a juror declared in a call, the newest last. Says nothing of who takes part. Errors: NotFound. */
export async function declarationsOf(db: Db, viewer: Viewer, slug: string): Promise<Declaration[]> {
  const call = await seatedCall(db, viewer, slug);
  const { rows } = await sql<Declaration>`
    select jsonb_build_object('slug', o.slug, 'name', o.name, 'country', o.country) as organisation, d.reason, d.declared_at as "declaredAt"
    from conflict_declarations d join organisations o on o.id = d.organisation_id
    where d.call_id = ${call.id} and d.person_id = ${viewer.personId} and d.withdrawn_at is null order by d.declared_at, d.id limit 500`.execute(
    db,
  );
  return rows;
}

/** Organisations by name, whether they take part or not. */
export async function organisationsLike(db: Db, q: string): Promise<Declaration['organisation'][]> {
  if (q.trim() === '') return [];
  const pattern = `%${q.trim().replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<Declaration['organisation']>`
    select slug, name, country from organisations where fold(name) like fold(${pattern}) order by name, slug limit 25`.execute(
    db,
  );
  return rows;
}

/**
 * A juror declares that they cannot judge whatever an organisation submits. From then on its entries do not exist for them; what they
 * were given or wrote of them stays on record, withdrawn and uncounted. The answer is the same whether it takes part or not.
 * Errors: NotFound, Invalid, Refused('call-decided').
 */
export async function declareConflict(
  db: Db,
  viewer: Viewer,
  slug: string,
  { organisation, reason }: DeclarationWrite,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await seatedCall(tx, viewer, slug);
    if (call.resultsPublishedAt) throw new Refused('call-decided');
    const found = await tx.selectFrom('organisations').select('id').where('slug', '=', organisation).executeTakeFirst();
    if (!found) throw new Invalid([{ path: 'organisation', code: 'choice' }]);
    const me = viewer.personId;
    await sql`insert into conflict_declarations (call_id, person_id, organisation_id, reason, declared_at)
      values (${call.id}, ${me}, ${found.id}, ${reason}, ${now}) on conflict (call_id, person_id, organisation_id)
      do update set reason = excluded.reason, declared_at = excluded.declared_at, withdrawn_at = null where conflict_declarations.withdrawn_at is not null`.execute(
      tx,
    );
    const theirs = sql`(select id from entries where call_id = ${call.id} and organisation_id = ${found.id})`;
    await sql`update assignments set withdrawn_at = ${now}, withdrawn_by = ${me}, withdrawal_reason = ${reason}
      where person_id = ${me} and entry_id in ${theirs} and withdrawn_at is null`.execute(tx);
    await sql`update reviews set removed_at = ${now}, removal_reason = ${reason}, submitted_at = null
      where person_id = ${me} and entry_id in ${theirs} and removed_at is null`.execute(tx);
    const after = { organisation: found.id, reason };
    await record(tx, { actor: me, feature: 'judging', row: call.id, action: 'conflictDeclared', after });
  });
}

/**
 * A juror takes a declaration back: what that organisation submits may be given to them again. What was taken from them meanwhile
 * comes back only when whoever runs the call assigns it again. Errors: NotFound, Refused('call-decided').
 */
export async function withdrawDeclaration(
  db: Db,
  viewer: Viewer,
  slug: string,
  organisation: string,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await seatedCall(tx, viewer, slug);
    if (call.resultsPublishedAt) throw new Refused('call-decided');
    const { rows } = await sql<{ organisation: string; reason: string }>`
      update conflict_declarations d set withdrawn_at = ${now} from organisations o
      where o.id = d.organisation_id and o.slug = ${organisation} and d.call_id = ${call.id} and d.person_id = ${viewer.personId}
        and d.withdrawn_at is null returning d.organisation_id as organisation, d.reason`.execute(tx);
    if (!rows[0]) throw new NotFound();
    await record(tx, {
      actor: viewer.personId,
      feature: 'judging',
      row: call.id,
      action: 'declarationWithdrawn',
      before: rows[0],
    });
  });
}
