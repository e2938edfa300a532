import { record } from '../../db/changes.ts';
import { type Db, inTransaction, violated } from '../../db/database.ts';
import { Invalid, NotAllowed, NotFound, Refused } from '../errors.ts';
import type { Viewer } from './access.ts';
import { mayGrant } from './rules.ts';

/** What granting a role reports when the person judges a call that the role would show them whole. */
export function judgesAlready(error: unknown): never {
  if (violated(error) === 'jurors_hold_no_office') throw new Refused('juror-holds-office');
  throw error;
}

/** Grants a role. Granting one that is held changes nothing. Errors: NotAllowed, NotFound, Invalid, Refused('juror-holds-office'). */
export async function grantRole(
  db: Db,
  viewer: Viewer | null,
  personId: string,
  grant: { role: 'admin' | 'secretariat' | 'coordinator' | 'organiser' | 'juror'; scopeId: string | null },
): Promise<void> {
  if (viewer && !mayGrant(viewer, grant.role)) throw new NotAllowed();
  if ((grant.scopeId === null) !== (grant.role === 'admin' || grant.role === 'secretariat'))
    throw new Invalid([{ path: 'scopeId', code: 'choice' }]);
  await inTransaction(db, async (tx) => {
    const person = await tx.selectFrom('people').select('id').where('id', '=', personId).executeTakeFirst();
    if (!person) throw new NotFound();
    const row = await tx
      .insertInto('roles')
      .values({ person_id: personId, role: grant.role, scope_id: grant.scopeId, granted_by: viewer?.personId ?? null })
      .onConflict((conflict) => conflict.columns(['person_id', 'role', 'scope_id']).where('revoked_at', 'is', null).doNothing())
      .returning('id')
      .executeTakeFirst()
      .catch(judgesAlready);
    if (row)
      await record(tx, {
        actor: viewer?.personId ?? null,
        feature: 'accounts',
        row: personId,
        action: 'roleGranted',
        after: { ...grant },
      });
  });
}

/** Revokes a role from the next request on. Errors: NotAllowed, NotFound, Refused('last-admin'). */
export async function revokeRole(db: Db, viewer: Viewer, roleId: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const row = await tx
      .selectFrom('roles')
      .selectAll()
      .where('id', '=', roleId)
      .where('revoked_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new NotFound();
    if (!mayGrant(viewer, row.role)) throw new NotAllowed();
    if (row.role === 'admin') {
      const admins = await tx
        .selectFrom('roles')
        .select('id')
        .where('role', '=', 'admin')
        .where('revoked_at', 'is', null)
        .forUpdate()
        .execute();
      if (admins.length === 1) throw new Refused('last-admin');
    }
    await tx.updateTable('roles').set({ revoked_at: now }).where('id', '=', roleId).execute();
    await record(tx, {
      actor: viewer.personId,
      feature: 'accounts',
      row: row.person_id,
      action: 'roleRevoked',
      before: { role: row.role, scopeId: row.scope_id },
    });
  });
}
