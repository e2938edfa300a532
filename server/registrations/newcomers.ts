import { sql } from 'kysely';
import type { Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { addToRoster } from '../organisations/roster.ts';

export interface Newcomer {
  name: string;
  email?: string;
  language?: 'en' | 'fr' | 'es' | 'pt';
}

const same = (a: string, b: string) => a.trim().localeCompare(b.trim(), 'en', { sensitivity: 'base' }) === 0;

/**
 * Puts people on the roster of an organisation, by name. An address that several of them have, or that the roster knows as
 * somebody else's, is a shared mailbox: mail goes there, and each is a person of their own. Returns their ids in order.
 */
export async function addNewcomers(
  tx: Transaction,
  viewer: Viewer,
  organisationId: string,
  newcomers: readonly Newcomer[],
): Promise<string[]> {
  const holders = await holdersOf(tx, organisationId, newcomers);
  const ids: string[] = [];
  for (const { name, email, language } of newcomers) {
    const address = email?.toLowerCase();
    const several = newcomers.some((other) => other.email?.toLowerCase() === address && !same(other.name, name));
    const another = holders.some((holder) => holder.address === address && !same(holder.name, name));
    const { personId } = await addToRoster(tx, viewer.personId, organisationId, {
      name,
      email,
      sharedEmail: address !== undefined && (several || another),
      language: language ?? languageOf(viewer),
      zone: viewer.zone,
      title: '',
    });
    ids.push(personId);
  }
  return ids;
}

const languageOf = ({ language }: Viewer) => (['en', 'fr', 'es', 'pt'] as const).find((known) => known === language);

async function holdersOf(tx: Transaction, organisationId: string, newcomers: readonly Newcomer[]) {
  const addresses = newcomers.flatMap(({ email }) => email?.toLowerCase() ?? []);
  if (addresses.length === 0) return [];
  const { rows } = await sql<{ address: string; name: string }>`
    select lower(s.address::text) as address, coalesce(a.known_as, p.name) as name
    from sign_in_addresses s join people p on p.id = s.person_id
    join affiliations a on a.person_id = p.id and a.organisation_id = ${organisationId} and a.ended_at is null
    where lower(s.address::text) = any (${addresses}::text[])`.execute(tx);
  return rows;
}
