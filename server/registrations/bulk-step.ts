import type { Transaction } from '../../db/database.ts';
import type { BulksTable } from '../../db/tables/registrations.ts';
import type { Viewer } from '../accounts/access.ts';
import { Refused } from '../errors.ts';
import { tell } from './actions.ts';
import { cancelRegistration, changeRegistration } from './changes.ts';
import { recordPayment, removePayment } from './payments.ts';
import { registration } from './queries.ts';
import { restoreRegistration } from './restoring.ts';
import { possible } from './rules.ts';

type Order = Pick<BulksTable, 'action' | 'category' | 'reason' | 'received_on'>;
type Before = Record<string, unknown>;

/** Does what was ordered with one registration, as the one who ordered it. Returns what undoing it needs. Errors: Refused, NotFound. */
export async function doOne(tx: Transaction, viewer: Viewer, order: Order, id: string, now: Temporal.Instant): Promise<Before> {
  const found = await registration(tx, id);
  if (!found) throw new Refused('has-ended');
  const before = { state: found.state, category: found.category.key };
  switch (order.action) {
    case 'approve':
      await changeRegistration(tx, viewer, id, { state: 'confirmed' }, now);
      return before;
    case 'refuse':
      await changeRegistration(tx, viewer, id, { state: 'refused', reason: order.reason ?? undefined }, now);
      return before;
    case 'cancel':
      if (!possible(found.state).cancel) throw new Refused('has-ended');
      await cancelRegistration(tx, viewer, id, now, order.reason ?? undefined);
      return before;
    case 'category':
      if (found.category.key === order.category) throw new Refused('same-category');
      await changeRegistration(tx, viewer, id, { category: order.category ?? '' }, now);
      return before;
    case 'paid': {
      if (!possible(found.state).pay) throw new Refused('has-ended');
      const payment = order.received_on && (await recordPayment(tx, viewer, id, { receivedOn: order.received_on }));
      if (!payment) throw new Refused('nothing-due');
      return { ...before, payment };
    }
    case 'confirmation':
      if (found.state !== 'confirmed') throw new Refused('not-confirmed');
      await tell(tx, 'registered', { event: found.event.id, delegation: null, confirmed: [id], waiting: [] });
      return before;
  }
}

/** Takes it back. Errors: Refused with why not. */
export async function undoOne(
  tx: Transaction,
  viewer: Viewer,
  order: Order,
  { id, before }: { id: string; before: Before },
  now: Temporal.Instant,
): Promise<void> {
  switch (order.action) {
    case 'refuse':
    case 'cancel':
      return restoreRegistration(tx, viewer, id, before.state as 'pending', now);
    case 'category':
      return changeRegistration(tx, viewer, id, { category: String(before.category) }, now);
    case 'paid':
      return removePayment(tx, viewer, id, String(before.payment), now);
    default:
      throw new Refused('cannot-be-undone');
  }
}
