import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { Invalid } from '../errors.ts';

export interface Named {
  id: string;
  slug: string;
  name: string;
  country: string;
}

/**
 * The organisation that somebody typed: by its name, accents and case forgiven, "León (ES)" where several are called so, or its
 * slug. Errors: Invalid at `path`, with those that could be meant.
 */
export async function organisationTyped(db: Db, typed: string, path: string): Promise<Named> {
  const [, name = typed, country = null] = /^(.*?)\s*\(([A-Z]{2})\)$/.exec(typed.trim()) ?? [];
  const { rows } = await sql<Named & { exact: boolean }>`
    select * from (
      select o.id, o.slug, o.name, o.country, true as exact from organisations o
      where (fold(o.name) = fold(${name}) or o.slug = ${typed.trim()}) and (${country}::text is null or o.country = ${country})
      union all
      select * from (select o.id, o.slug, o.name, o.country, false from organisations o
        where fold(o.name) like fold(${`%${name.replace(/[\\%_]/g, '\\$&')}%`}) order by fold(o.name) limit 5) near
    ) found order by exact desc, name limit 12`.execute(db);
  const exact = rows.filter((row) => row.exact);
  if (exact.length === 1 && exact[0]) return exact[0];
  const names = [...new Map(rows.map((row) => [row.id, called(row)])).values()].slice(0, 5).join(', ');
  throw new Invalid([
    exact.length > 1
      ? { path, code: 'organisationSeveral', params: { names } }
      : names
        ? { path, code: 'organisationNear', params: { names } }
        : { path, code: 'organisationUnknown' },
  ]);
}

/** How an organisation is typed: its name and its country, which together are one. */
export const called = ({ name, country }: { name: string; country: string }) => `${name} (${country})`;

/** Names of organisations to choose from as one types; none where there are too many to send. */
export async function organisationNames(db: Db, most = 600): Promise<string[]> {
  const { rows } = await sql<{ name: string; country: string }>`
    select o.name, o.country from organisations o order by fold(o.name), o.id limit ${most + 1}`.execute(db);
  return rows.length > most ? [] : rows.map(called);
}
