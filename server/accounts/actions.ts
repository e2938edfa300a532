import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction, violated } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import { Invalid, NotFound, Refused, TooMany } from '../errors.ts';
import { hashToken, linkToken, newToken } from '../tokens.ts';
import type { Gender } from './input.ts';
import { personByAddress } from './queries.ts';
import { SIGN_IN_DAYS, SIGN_IN_LINK_MINUTES } from './rules.ts';

const hours = (count: number) => Temporal.Duration.from({ hours: count });

/**
 * Counts one try of something that can be guessed. Errors: TooMany above `limit` tries in `seconds`. Kept in the database, so
 * that several web processes count together.
 */
export async function countTry(db: Db, key: string, limit: number, seconds: number, now: Temporal.Instant): Promise<void> {
  const ends = now.add({ seconds });
  const { rows } = await sql<{ hits: number; window_ends_at: Temporal.Instant }>`
    insert into rate_limits (key, hits, window_ends_at) values (${key}, 1, ${ends})
    on conflict (key) do update set
      hits = case when rate_limits.window_ends_at <= ${now} then 1 else rate_limits.hits + 1 end,
      window_ends_at = case when rate_limits.window_ends_at <= ${now} then ${ends} else rate_limits.window_ends_at end
    returning hits, window_ends_at`.execute(db);
  const row = rows[0];
  if (row && row.hits > limit) throw new TooMany(Math.max(1, Math.ceil(row.window_ends_at.since(now).total('seconds'))));
}

/**
 * Asks for a mailed sign-in link. The same happens for every address, known or not: a row and a job; the job writes to nobody
 * who is not known.
 */
export async function requestSignIn(
  db: Db,
  secret: string,
  request: { address: string; next: string | null; language: string; from: string },
  now: Temporal.Instant,
): Promise<void> {
  await countTry(db, `sign-in-from:${request.from}`, 30, 3600, now);
  await countTry(db, `sign-in-to:${request.address.toLowerCase()}`, 5, 900, now);
  await inTransaction(db, async (tx) => {
    const link = await createLink(tx, secret, request, now);
    await emit(tx, 'accounts.sign-in-requested', { link: link.id });
  });
}

/** A sign-in link without its mail: for the command line and the first start, which print it. Returns the token. */
export async function createSignInLink(
  db: Db,
  secret: string,
  address: string,
  now: Temporal.Instant,
  minutes = SIGN_IN_LINK_MINUTES,
): Promise<string> {
  return (await createLink(db, secret, { address, next: null, language: 'en' }, now, minutes)).token;
}

async function createLink(
  db: Db | Transaction,
  secret: string,
  request: { address: string; next: string | null; language: string },
  now: Temporal.Instant,
  minutes = SIGN_IN_LINK_MINUTES,
) {
  const id = randomUUID();
  const token = linkToken(secret, 'sign-in', id);
  await db
    .insertInto('sign_in_links')
    .values({
      id,
      token_hash: hashToken(token),
      address: request.address,
      next: request.next,
      language: request.language,
      created_at: now,
      expires_at: now.add({ minutes }),
    })
    .execute();
  return { id, token };
}

/** Uses a mailed link once. Returns the cookie's token and where to go. Errors: Refused('link-expired' | 'link-used' | 'link-unknown'). */
export async function signIn(
  db: Db,
  token: string,
  device: string,
  now: Temporal.Instant,
): Promise<{ token: string; next: string | null }> {
  return inTransaction(db, async (tx) => {
    const link = await tx
      .selectFrom('sign_in_links')
      .selectAll()
      .where('token_hash', '=', hashToken(token))
      .forUpdate()
      .executeTakeFirst();
    if (!link) throw new Refused('link-unknown');
    if (link.used_at) throw new Refused('link-used');
    if (Temporal.Instant.compare(link.expires_at, now) <= 0) throw new Refused('link-expired');
    const person = await personByAddress(tx, link.address);
    if (!person) throw new Refused('link-unknown');
    await tx.updateTable('sign_in_links').set({ used_at: now }).where('id', '=', link.id).execute();
    await tx
      .updateTable('sign_in_addresses')
      .set((eb) => ({ confirmed_at: eb.fn.coalesce('confirmed_at', eb.val(now)) }))
      .where('address', '=', link.address)
      .execute();
    return { token: await startSignIn(tx, person.id, device, now), next: link.next };
  });
}

/** A new sign-in of a person. Returns the token for the cookie. */
export async function startSignIn(
  db: Db | Transaction,
  personId: string,
  device: string,
  now: Temporal.Instant,
): Promise<string> {
  const { token, hash } = newToken();
  await db
    .insertInto('sign_ins')
    .values({
      token_hash: hash,
      person_id: personId,
      device,
      created_at: now,
      last_seen_at: now,
      expires_at: now.add(hours(24 * SIGN_IN_DAYS)),
    })
    .execute();
  return token;
}

/** Ends one sign-in of this person. Errors: NotFound when it is not theirs or has ended. */
export async function endSignIn(db: Db, personId: string, signInId: string, now: Temporal.Instant): Promise<void> {
  const ended = await db
    .updateTable('sign_ins')
    .set({ ended_at: now })
    .where('id', '=', signInId)
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (ended.numUpdatedRows === 0n) throw new NotFound();
}

export async function noteSignInUse(db: Db, signInId: string, now: Temporal.Instant): Promise<void> {
  await db.updateTable('sign_ins').set({ last_seen_at: now }).where('id', '=', signInId).execute();
}

export async function noteTokenUse(db: Db, tokenId: string, now: Temporal.Instant): Promise<void> {
  await db.updateTable('api_tokens').set({ last_used_at: now }).where('id', '=', tokenId).execute();
}

/** Creates an API token with the person's rights. The token is returned once and never again. */
export async function createApiToken(db: Db, personId: string, name: string, now: Temporal.Instant): Promise<string> {
  const { token, hash } = newToken('cv_');
  await inTransaction(db, async (tx) => {
    const row = await tx
      .insertInto('api_tokens')
      .values({ token_hash: hash, person_id: personId, name, created_at: now })
      .returning('id')
      .executeTakeFirstOrThrow();
    await record(tx, { actor: personId, feature: 'accounts', row: row.id, action: 'tokenCreated', after: { name } });
  });
  return token;
}

/** Revokes one of the person's tokens at once. Errors: NotFound. */
export async function revokeApiToken(db: Db, personId: string, tokenId: string, now: Temporal.Instant): Promise<void> {
  const revoked = await db
    .updateTable('api_tokens')
    .set({ revoked_at: now })
    .where('id', '=', tokenId)
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (revoked.numUpdatedRows === 0n) throw new NotFound();
}

/** What a person says of themselves. Only fields that are given change. */
export async function changeProfile(
  db: Db,
  personId: string,
  profile: { name?: string; language?: string; zone?: string; email?: string | null; gender?: Gender | null },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await tx
      .selectFrom('people')
      .select(['name', 'language', 'zone', 'email'])
      .where('id', '=', personId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const set = Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== undefined));
    if (Object.keys(set).length === 0) return;
    await tx.updateTable('people').set(set).where('id', '=', personId).execute();
    // The trail is read by others: what is for sums alone is not in it.
    const { gender: _gender, ...told } = set;
    await record(tx, {
      actor: personId,
      feature: 'accounts',
      row: personId,
      action: 'profileChanged',
      before,
      after: { ...before, ...told },
    });
  });
}

/**
 * A person by their address, made when unknown. A known person is returned as they are: nothing of their profile is changed or
 * told. Without an address a new person is made, since a name alone identifies nobody.
 */
export async function findOrCreatePerson(
  tx: Transaction,
  person: { name: string; email?: string | null; language?: string | null; zone?: string | null },
  actor: string | null,
): Promise<string> {
  if (person.email) {
    const known = await personByAddress(tx, person.email);
    if (known) return known.id;
  }
  const row = await tx
    .insertInto('people')
    .values({ name: person.name, email: person.email ?? null, language: person.language ?? 'en', zone: person.zone ?? 'UTC' })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (person.email) {
    try {
      await sql`savepoint address`.execute(tx);
      await tx.insertInto('sign_in_addresses').values({ address: person.email, person_id: row.id, confirmed_at: null }).execute();
    } catch (error) {
      if (violated(error) !== 'sign_in_addresses_pkey') throw error;
      // Somebody made the same person a moment ago: theirs is the one.
      await sql`rollback to savepoint address`.execute(tx);
      await tx.deleteFrom('people').where('id', '=', row.id).execute();
      const known = await personByAddress(tx, person.email);
      if (known) return known.id;
      throw new Invalid([{ path: 'email', code: 'email' }]);
    }
  }
  await record(tx, { actor, feature: 'accounts', row: row.id, action: 'created', after: { name: person.name } });
  return row.id;
}
