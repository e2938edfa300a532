import { removeLooseFiles } from '../server/forms/uploads.ts';
import type { System } from '../server/system.ts';

/** Files that were uploaded for an answer which was then never kept: a day is long enough to finish a form. */
export async function forgetLooseFiles({ db, storage, clock }: System): Promise<void> {
  const now = clock();
  await removeLooseFiles(db, storage, now.subtract({ hours: 24 }), now);
}
