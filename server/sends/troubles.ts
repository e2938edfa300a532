import { sql } from 'kysely';
import { type Db, inTransaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';

// A list that is old or bought makes us a spammer in the eyes of every provider, also for the mail that somebody waits for.
const LOOKED_AT = 200;
const AT_LEAST = 100;
const MOST_FAILED = 0.05;

/**
 * Pauses a mailing that hurts: more than one in twenty of its last messages were refused for good (once a hundred have gone out), or a
 * provider refuses who we are (`aboutUs`, what it said). Says so to its owner. Answers whether it was paused now.
 */
export async function pauseIfTroubled(
  db: Db,
  mailingId: string,
  { now, aboutUs }: { now: Temporal.Instant; aboutUs: string | null },
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ ended: number; failed: number; said: string | null }>`
      select count(*)::int as ended, (count(*) filter (where state <> 'accepted'))::int as failed,
        (array_agg(smtp_response order by ended_at desc) filter (where state = 'failed'))[1] as said
      from (select state, smtp_response, ended_at from sends where mailing_id = ${mailingId} and state in ('accepted', 'failed', 'bounced')
        order by ended_at desc limit ${LOOKED_AT}) recent`.execute(tx);
    const { ended = 0, failed = 0, said = null } = rows[0] ?? {};
    if (aboutUs === null && (ended < AT_LEAST || failed <= ended * MOST_FAILED)) return false;
    const reason = (aboutUs ?? `${failed}/${ended}: ${said ?? ''}`).slice(0, 500);
    const paused = await sql`
      update mailings set state = 'paused', paused_reason = ${reason} where id = ${mailingId} and state = 'running'`.execute(tx);
    if (paused.numAffectedRows === 0n) return false;
    await sql`insert into mailing_steps (mailing_id, step, at, reason) values (${mailingId}, 'paused', ${now}, ${reason})`.execute(
      tx,
    );
    await emit(tx, 'sends.mailing-paused', { mailing: mailingId });
    return true;
  });
}

/** The mailing, why it was paused, and who is to know. */
export async function troubledMailing(db: Db, mailingId: string) {
  const { rows } = await sql<{
    id: string;
    name: string;
    state: string;
    reason: string;
    owner: { personId: string; name: string; address: string; language: string } | null;
  }>`
    select m.id, m.name, m.state, coalesce(m.paused_reason, '') as reason,
      case when p.email is not null then jsonb_build_object('personId', p.id, 'name', p.name, 'address', p.email, 'language', p.language) end as owner
    from mailings m left join people p on p.id = m.owner_id where m.id = ${mailingId}`.execute(db);
  return rows[0];
}
