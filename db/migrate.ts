import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import * as base from './migrations/0001-base.ts';
import * as accounts from './migrations/0002-accounts.ts';
import * as organisations from './migrations/0003-organisations.ts';
import * as forms from './migrations/0004-forms.ts';
import * as places from './migrations/0005-places.ts';
import * as sends from './migrations/0006-sends.ts';
import * as events from './migrations/0007-events.ts';
import * as registrations from './migrations/0008-registrations.ts';

const migrations: Record<string, Migration> = {
  '0001-base': base,
  '0002-accounts': accounts,
  '0003-organisations': organisations,
  '0004-forms': forms,
  '0005-places': places,
  '0006-sends': sends,
  '0007-events': events,
  '0008-registrations': registrations,
};

/** Brings the database to the newest form. Several processes may call it at once: they take turns. */
export async function migrate<Tables>(db: Kysely<Tables>): Promise<void> {
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest();
  if (error) throw error;
}
