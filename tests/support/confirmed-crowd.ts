import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';

/**
 * People of 500 mail providers who are registered for one event: a confirmation with a calendar part of their own lies in the ledger
 * for each, to leave tomorrow.
 */
export async function confirmedCrowd(db: Db, count: number): Promise<void> {
  await sql`
    with event as (
      insert into events (slug, kind, title, languages, default_language, zone, starts_local, ends_local, starts_at, ends_at, registration_opens_at, published_at)
      values ('bench-send-' || gen_random_uuid(), 'congress', '{"en":"Congress of the benchmark"}', '{en}', 'en', 'Europe/Madrid', '2030-05-26T09:00', '2030-05-29T18:00',
        '2030-05-26T07:00Z', '2030-05-29T16:00Z', now() - interval '1 day', now()) returning id),
    category as (insert into categories (event_id, key, name, position, price_early) select id, 'member', '{"en":"Member"}', 0, 25000 from event returning id),
    made as (insert into people (name, email, language) select 'Delegate ' || n, 'bench-' || n || '-' || gen_random_uuid() || '@d' || n % 500 || '.example.org', 'en'
      from generate_series(1, ${count}) n returning id, email),
    joined as (
      insert into registrations (event_id, person_id, category_id, state, pool_ids, amount, currency, reference, confirmed_at)
      select event.id, made.id, category.id, 'confirmed', '{}', 25000, 'EUR', 'BENCH-' || left(event.id::text, 13) || '-' || row_number() over (), now() from event, category, made
      returning id, person_id)
    insert into sends (cause, kind, person_id, address, language, payload, domain_key, not_before)
    select 'bench:' || joined.id, 'registrations.confirmed', made.id, made.email, 'en', jsonb_build_object('registration', joined.id), split_part(made.email, '@', 2),
      now() + interval '1 day' from joined join made on made.id = joined.person_id`.execute(db);
  await sql`analyze`.execute(db);
}
