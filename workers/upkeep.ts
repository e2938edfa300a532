import type { System } from '../server/system.ts';

/** Long after any client has stopped to repeat a request. */
export async function forgetOldKeys({ db, clock }: System): Promise<void> {
  await db
    .deleteFrom('idempotency_keys')
    .where('created_at', '<', clock().subtract({ hours: 48 }))
    .execute();
}
