import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';

/** Fifty coming events, so that the list has a full page. */
export async function fiftyEvents(db: Db): Promise<void> {
  await events(db, 50, 'bench');
}

async function events(db: Db, count: number, prefix: string): Promise<void> {
  await sql`
    with made as (
      insert into events (slug, kind, title, summary, languages, default_language, zone, starts_local, ends_local, starts_at, ends_at, country,
        registration_opens_at, published_at)
      select ${prefix} || '-' || n, 'seminar', jsonb_build_object('en', 'Seminar of educating cities no. ' || n, 'fr', 'Séminaire des villes éducatrices no ' || n),
        '{"en":"What cities learn from each other"}', '{en,fr}', 'en', 'Europe/Madrid', day, day + interval '8 hours', day at time zone 'UTC',
        (day + interval '8 hours') at time zone 'UTC', 'ES', now() - interval '1 day', now()
      from generate_series(1, ${count}) n, lateral (select date_trunc('day', now() at time zone 'UTC') + interval '9 hours' + (n % 900) * interval '1 day' as day) d
      returning id),
    pooled as (insert into pools (event_id, kind, capacity) select id, 'event', 200 from made returning id, event_id)
    insert into categories (event_id, key, name, position) select id, 'member', '{"en":"Member"}', 0 from made`.execute(db);
}

/** 10,000 events and 1,000,000 registrations of 100,000 people of 500 cities. */
export async function crowd(db: Db): Promise<void> {
  await db.connection().execute(async (one) => {
    // A million rows whose references are right by construction: checking each would only take time.
    await sql`set session_replication_role = replica`.execute(one);
    await sql`
      insert into organisations (slug, name, country, zone)
      select 'bench-city-' || n, 'Bench City ' || n, (array['ES','PT','FR','IT','AR','BR'])[1 + n % 6], 'Europe/Madrid' from generate_series(1, 500) n`.execute(
      one,
    );
    await sql`insert into people (name, email) select 'Delegate ' || n, 'delegate-' || n || '@example.org' from generate_series(1, 100000) n`.execute(
      one,
    );
    await events(one, 10_000, 'crowd');
    await sql`
      with cities as (select array_agg(id) as ids from organisations where slug like 'bench-city-%'),
        people as (select array_agg(id) as ids from people where name like 'Delegate %'),
        targets as (select e.id, c.id as category, p.id as pool, row_number() over () as n from events e
          join categories c on c.event_id = e.id and c.position = 0 join pools p on p.event_id = e.id and p.kind = 'event')
      insert into registrations (event_id, person_id, organisation_id, category_id, state, pool_ids, amount, currency, reference, joined_at, confirmed_at)
      select t.id, people.ids[1 + (t.n * 97 + i * 1009) % 100000], cities.ids[1 + (t.n + i) % 500], t.category, 'confirmed', array[t.pool], 25000, 'EUR',
        'BENCH-' || t.n || '-' || i, now() - i * interval '1 minute', now() - i * interval '1 minute'
      from targets t, cities, people, generate_series(1, (select 1000000 / count(*) + 1 from targets)::int) i`.execute(one);
    await sql`reset session_replication_role`.execute(one);
  });
  await sql`vacuum analyze`.execute(db);
}
