import { sql } from 'kysely';
import { type Db, inTransaction } from '../../db/database.ts';
import type { UnsubscriptionsTable } from '../../db/tables/sends.ts';
import type { Config } from '../config.ts';
import { markOf, sendOfMark } from './marks.ts';
import { isTopic, TOPICS, type Topic } from './topics.ts';

/** Where whoever got this message says that it is enough (RFC 8058): opaque, and of this message alone. */
export const unsubscribeUrl = ({ publicUrl, secret }: Pick<Config, 'publicUrl' | 'secret'>, sendId: string): string =>
  `${publicUrl}/unsubscribe/${markOf(secret, 'unsubscribe', sendId)}`;

export interface Subscription {
  address: string;
  topic: Topic;
  /** Whether they have said that it is enough. */
  ended: boolean;
}

/** What such a link is about; undefined where we never gave it out. */
export async function subscriptionOf(db: Db, secret: string, token: string): Promise<Subscription | undefined> {
  const sendId = sendOfMark(secret, 'unsubscribe', token);
  if (!sendId) return undefined;
  const { rows } = await sql<{ address: string; topic: string | null; ended: boolean }>`
    select s.address, coalesce(s.topic, m.topic) as topic,
      exists (select from unsubscriptions u where u.address = s.address::citext and u.topic = coalesce(s.topic, m.topic)) as ended
    from sends s left join mailings m on m.id = s.mailing_id where s.id = ${sendId}`.execute(db);
  const found = rows[0];
  return found && isTopic(found.topic) ? { ...found, topic: found.topic } : undefined;
}

/** Nothing more of this topic goes to this address, from the next message on. Said twice it is said once. */
export async function unsubscribe(
  db: Db,
  { address, topic }: Pick<Subscription, 'address' | 'topic'>,
  how: UnsubscriptionsTable['how'],
  now: Temporal.Instant,
): Promise<void> {
  await db
    .insertInto('unsubscriptions')
    .values({ address, topic, how, at: now })
    .onConflict((conflict) => conflict.columns(['address', 'topic']).doNothing())
    .execute();
}

/** The same taken back. */
export async function subscribe(db: Db, { address, topic }: Pick<Subscription, 'address' | 'topic'>): Promise<void> {
  await db.deleteFrom('unsubscriptions').where('address', '=', address).where('topic', '=', topic).execute();
}

/** The topics that an address has enough of. */
export async function endedTopics(db: Db, address: string): Promise<Topic[]> {
  const rows = await db.selectFrom('unsubscriptions').select('topic').where('address', '=', address).execute();
  return rows.map(({ topic }) => topic).filter(isTopic);
}

/** Sets which topics an address still wants: all others are ended. */
export async function chooseTopics(db: Db, address: string, wanted: readonly Topic[], now: Temporal.Instant): Promise<void> {
  const ended = TOPICS.filter((topic) => !wanted.includes(topic));
  await inTransaction(db, async (tx) => {
    await sql`delete from unsubscriptions where address = ${address} and topic = any (${[...wanted]}::text[])`.execute(tx);
    await sql`
      insert into unsubscriptions (address, topic, how, at) select ${address}, topic, 'account', ${now} from unnest(${ended}::text[]) topic
      on conflict (address, topic) do nothing`.execute(tx);
  });
}
