import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotAllowed, NotFound } from '../errors.ts';
import { organises } from './access.ts';
import { tell } from './actions.ts';
import { recordChange } from './admission.ts';

async function lockForPayment(tx: Transaction, viewer: Viewer, id: string) {
  const row = await tx
    .selectFrom('registrations')
    .innerJoin('events', 'events.id', 'registrations.event_id')
    .select([
      'registrations.id',
      'registrations.event_id',
      'registrations.amount',
      'registrations.currency',
      'events.network_id as networkId',
    ])
    .where('registrations.id', '=', id)
    .forNoKeyUpdate('registrations')
    .executeTakeFirst();
  if (!row) throw new NotFound();
  if (!organises(viewer, { eventId: row.event_id, networkId: row.networkId })) throw new NotAllowed();
  return row;
}

/**
 * Notes money that arrived (or, negative, went back), in minor units of the registration's currency. A receipt goes to who pays.
 * `amount` undefined: all that is still due. Returns the payment's id, or null when nothing is due.
 */
export async function recordPayment(
  db: Db,
  viewer: Viewer,
  registrationId: string,
  payment: { amount?: number; receivedOn: Temporal.PlainDate; note?: string },
): Promise<string | null> {
  return inTransaction(db, async (tx) => {
    const registration = await lockForPayment(tx, viewer, registrationId);
    const amount = payment.amount ?? registration.amount - (await paidSoFar(tx, registrationId));
    if (amount === 0) return null;
    const { id } = await tx
      .insertInto('payments')
      .values({
        registration_id: registrationId,
        amount,
        currency: registration.currency,
        received_on: payment.receivedOn,
        note: payment.note ?? '',
        recorded_by: viewer.personId,
        removed_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await recordChange(tx, registration, {
      actor: viewer.personId,
      action: 'paid',
      after: { amount, currency: registration.currency },
    });
    await tell(tx, 'paid', { registration: registrationId, payment: id });
    return id;
  });
}

async function paidSoFar(tx: Transaction, registrationId: string): Promise<number> {
  const { sum } = await tx
    .selectFrom('payments')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('amount'), eb.val(0)).as('sum'))
    .where('registration_id', '=', registrationId)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(sum);
}

/** Takes back a payment noted by mistake; the row stays. Errors: NotFound, NotAllowed. */
export async function removePayment(
  db: Db,
  viewer: Viewer,
  registrationId: string,
  paymentId: string,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const registration = await lockForPayment(tx, viewer, registrationId);
    const removed = await tx
      .updateTable('payments')
      .set({ removed_at: now })
      .where('id', '=', paymentId)
      .where('registration_id', '=', registrationId)
      .where('removed_at', 'is', null)
      .returning('amount')
      .executeTakeFirst();
    if (!removed) throw new NotFound();
    await recordChange(tx, registration, {
      actor: viewer.personId,
      action: 'paymentRemoved',
      before: { amount: removed.amount },
    });
  });
}
