import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { EventKind } from '../../db/tables/events.ts';
import type { Span } from '../activities/queries.ts';
import { eventFields, type FeedEvent } from './feed-queries.ts';

/** An event as the network's calendar and map show it. */
export interface NetworkEvent extends FeedEvent {
  kind: EventKind;
  starts: Temporal.PlainDateTime;
  ends: Temporal.PlainDateTime;
  country: string | null;
  host: string | null;
}

// What a month, a map or a feed shows at once.
const MOST = 1000;

/** Published events of a span of time, cancelled ones too, of one kind or network where that is asked. One query. */
export async function eventsBetween(
  db: Db,
  { kind, network }: { kind?: EventKind | undefined; network?: string | undefined },
  span: Span,
): Promise<NetworkEvent[]> {
  const { rows } =
    await sql<NetworkEvent>`select ${eventFields}, e.kind, e.starts_local as starts, e.ends_local as ends, e.country, h.name as host,
      coalesce(e.latitude, h.latitude) as latitude, case when e.latitude is null then h.longitude else e.longitude end as longitude
    from events e left join organisations h on h.id = e.host_organisation_id left join networks n on n.id = e.network_id
    where e.published_at is not null and e.starts_at < ${span.to} and e.ends_at > ${span.from}
      and (${kind ?? null}::text is null or e.kind = ${kind ?? null}) and (${network ?? null}::text is null or n.slug = ${network ?? null})
    order by e.starts_at, e.id limit ${MOST}`.execute(db);
  return rows;
}

export interface MemberPlace {
  slug: string;
  name: string;
  country: string;
  latitude: number | null;
  longitude: number | null;
}

/** The members, in the order of their countries and names. One query. */
export async function memberPlaces(db: Db): Promise<MemberPlace[]> {
  const { rows } = await sql<MemberPlace>`select slug, name, country, latitude, longitude from organisations
    where membership = 'member' order by country, name, slug limit 5000`.execute(db);
  return rows;
}

/** The networks of published events and of the cities with published activities: the filter's choices. One query. */
export async function shownNetworks(db: Db): Promise<{ slug: string; name: Record<string, string> }[]> {
  const { rows } = await sql<{ slug: string; name: Record<string, string> }>`select n.slug, n.name from networks n
    where exists (select from events e where e.network_id = n.id and e.published_at is not null)
      or exists (select from organisation_networks m join activities a on a.organisation_id = m.organisation_id
        join activity_versions v on v.activity_id = a.id and v.state = 'published'
        where m.network_id = n.id and a.withdrawn_at is null) order by n.slug limit 200`.execute(db);
  return rows;
}
