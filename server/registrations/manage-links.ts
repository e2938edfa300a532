import type { Db, Transaction } from '../../db/database.ts';
import type { RegistrationState } from '../../db/tables/registrations.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound, Refused } from '../errors.ts';
import { hashToken, linkToken } from '../tokens.ts';

interface Managed {
  id: string;
  personId: string;
  state: RegistrationState;
  endsAt: Temporal.Instant;
}

// Of the registration and the person: whoever was replaced holds a link to nothing.
const tokenOf = (secret: string, { id, personId }: Pick<Managed, 'id' | 'personId'>) =>
  linkToken(secret, 'manage', `${id}:${personId}`);

/** The address that a mail carries with which somebody sees and changes their registration without signing in. */
export function manageUrl(config: { publicUrl: string; secret: string }, of: Pick<Managed, 'id' | 'personId'>): string {
  return `${config.publicUrl}/registrations/manage/${tokenOf(config.secret, of)}`;
}

/** Makes the links of these registrations work until 30 days after their event. Only hashes are kept. */
export async function ensureManageLinks(db: Db, secret: string, registrations: readonly Managed[]): Promise<void> {
  const alive = registrations.filter(({ state }) => state === 'pending' || state === 'confirmed' || state === 'waiting');
  if (alive.length === 0) return;
  await db
    .insertInto('registration_links')
    .values(
      alive.map((registration) => ({
        token_hash: hashToken(tokenOf(secret, registration)),
        registration_id: registration.id,
        purpose: 'manage' as const,
        expires_at: registration.endsAt.add({ hours: 24 * 30 }),
        used_at: null,
      })),
    )
    .onConflict((conflict) => conflict.column('token_hash').doUpdateSet((eb) => ({ expires_at: eb.ref('excluded.expires_at') })))
    .execute();
}

/** The path on which somebody who has just proved that a registration is theirs goes on with it. Errors: NotFound. */
export async function openManageLink(db: Db, secret: string, registrationId: string): Promise<string> {
  const found = await db
    .selectFrom('registrations')
    .innerJoin('events', 'events.id', 'registrations.event_id')
    .select(['registrations.id', 'registrations.person_id as personId', 'registrations.state', 'events.ends_at as endsAt'])
    .where('registrations.id', '=', registrationId)
    .executeTakeFirst();
  if (!found) throw new NotFound();
  await ensureManageLinks(db, secret, [found]);
  return manageUrl({ publicUrl: '', secret }, found);
}

/** Whoever had a link to it has none from now on: in the transaction in which somebody else takes the registration over. */
export async function endManageLinks(tx: Transaction, registrationId: string): Promise<void> {
  await tx
    .deleteFrom('registration_links')
    .where('registration_id', '=', registrationId)
    .where('purpose', '=', 'manage')
    .execute();
}

/**
 * The registration that a link opens, and its person as a viewer who holds no role: the link is good for this one registration.
 * Errors: NotFound, Refused('registration-link-expired').
 */
export async function byManageLink(
  db: Db,
  token: string,
  now: Temporal.Instant,
): Promise<{ registrationId: string; viewer: Viewer }> {
  const found = await db
    .selectFrom('registration_links')
    .innerJoin('registrations', 'registrations.id', 'registration_links.registration_id')
    .innerJoin('people', 'people.id', 'registrations.person_id')
    .select([
      'registrations.id',
      'registration_links.expires_at as expiresAt',
      'people.id as personId',
      'people.name',
      'people.email',
      'people.language',
      'people.zone',
    ])
    .where('registration_links.token_hash', '=', hashToken(token))
    .where('registration_links.purpose', '=', 'manage')
    .where('people.erased_at', 'is', null)
    .executeTakeFirst();
  if (!found) throw new NotFound();
  if (found.expiresAt && Temporal.Instant.compare(found.expiresAt, now) <= 0) throw new Refused('registration-link-expired');
  const { personId, name, email, language, zone } = found;
  return {
    registrationId: found.id,
    viewer: { personId, name, email, language, zone, roles: [], contactOf: [], signInId: null, tokenId: null },
  };
}
