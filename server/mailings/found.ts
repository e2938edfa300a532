import type { Db, Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound } from '../errors.ts';
import { mayRunMailing } from './access.ts';
import { type Mailing, mailingById } from './queries.ts';

/** The mailing, if this viewer runs it. Errors: NotFound. */
export async function runMailing(db: Db | Transaction, viewer: Viewer | null, id: string): Promise<Mailing> {
  const mailing = await mailingById(db, id);
  if (!mayRunMailing(viewer, mailing)) throw new NotFound();
  return mailing;
}

/** The same, its row locked until the transaction ends. Errors: NotFound. */
export async function lockMailing(tx: Transaction, viewer: Viewer | null, id: string): Promise<Mailing> {
  await tx.selectFrom('mailings').select('id').where('id', '=', id).forNoKeyUpdate().execute();
  const mailing = await mailingById(tx, id);
  if (viewer && !mayRunMailing(viewer, mailing)) throw new NotFound();
  return mailing;
}
