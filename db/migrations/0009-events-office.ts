import { type Kysely, sql } from 'kysely';

/** What the lists of events are ordered and filtered by, and that a series has each edition once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create unique index events_edition on events (series_id, edition) where series_id is not null and edition is not null;
    create index events_changed on events (updated_at desc, id desc);
    create index events_ends on events (ends_at) where published_at is not null;
    create index events_country on events (country, starts_at);
    create index categories_event on categories (event_id, position);
  `.execute(db);
}
