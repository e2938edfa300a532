import type { RegistrationState } from '../../db/tables/registrations.ts';
import type { BulkAction } from './input.ts';
import { possible } from './rules.ts';

/** Which orders can be taken back. A letter cannot be unread, and who was let in has been told so. */
export const UNDOABLE: readonly BulkAction[] = ['refuse', 'cancel', 'category', 'paid'];

/** How long an order can be taken back, in hours. */
export const UNDO_HOURS = 24;

/** Whether an order would do something with a registration: what the page promises, and the action then decides anew. */
export function affects(action: BulkAction, row: { state: RegistrationState; amount: number; paid: number }): boolean {
  const can = possible(row.state);
  switch (action) {
    case 'approve':
      return can.approve;
    case 'refuse':
      return can.refuse;
    case 'cancel':
      return can.cancel;
    case 'category':
      return row.state === 'confirmed' || row.state === 'pending';
    case 'paid':
      return can.pay && row.amount > row.paid;
    case 'confirmation':
      return row.state === 'confirmed';
  }
}

/** Whether an order can still be taken back. */
export function mayUndo(
  bulk: { action: BulkAction; endedAt: Temporal.Instant | null; undoneAt: Temporal.Instant | null; done: number },
  now: Temporal.Instant,
): boolean {
  return (
    UNDOABLE.includes(bulk.action) &&
    bulk.done > 0 &&
    bulk.undoneAt === null &&
    bulk.endedAt !== null &&
    Temporal.Instant.compare(now, bulk.endedAt.add({ hours: UNDO_HOURS })) <= 0
  );
}
