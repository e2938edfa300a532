import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { congress } from '../db/demo/congress.ts';
import { networks } from '../db/demo/facts.ts';
import { nextEditions, pastMeetings, seminar } from '../db/demo/meetings.ts';
import type { Viewer } from './accounts/access.ts';
import { changeEvent, createEvent } from './events/actions.ts';
import { copyEvent } from './events/copies.ts';
import { EventWrite } from './events/input.ts';
import { publishEvent } from './events/states.ts';
import { createNetwork } from './organisations/networks.ts';

/**
 * The demonstration world's networks and events: a congress whose registration is open, an hour online that is near, meetings that
 * have been, and their next editions, one of them still a draft. `cities` are ids by slug. Answers the slug of the congress
 * and those of what has been.
 */
export async function loadEvents(
  db: Db,
  viewer: Viewer,
  cities: ReadonlyMap<string, string>,
  now: Temporal.Instant,
): Promise<{ congress: string; past: string[] }> {
  const networkIds = await loadNetworks(db, viewer, cities);
  const year = now.toZonedDateTimeISO('Europe/Madrid').year + 1;
  const open = async (event: object, host: string, network: string | null) => {
    const references = { hostOrganisationId: cities.get(host), networkId: network && networkIds.get(network) };
    const slug = await createEvent(db, viewer, EventWrite.parse({ ...event, ...references }), now);
    await publishEvent(db, viewer, slug, now);
    return slug;
  };
  const main = await open(congress(year), 'granollers', null);
  const day = now.toZonedDateTimeISO('Asia/Seoul').toPlainDate().add({ days: 24 }).toString();
  await open(seminar(day), 'changwon', 'asia-pacific-network');
  const past: string[] = [];
  for (const { event, host, network } of pastMeetings) past.push(await open(event, host, network));
  for (const { of, host, starts, publish } of nextEditions(year)) {
    const slug = await copyEvent(db, viewer, past[of] ?? '', Temporal.PlainDateTime.from(starts), now);
    // The one that stays a draft is also meant for Galicia, and has no title for it yet.
    const languages = publish ? undefined : ['pt', 'en', 'gl'];
    await changeEvent(db, viewer, slug, { hostOrganisationId: cities.get(host), venue: {}, languages }, now);
    if (publish) await publishEvent(db, viewer, slug, now);
  }
  return { congress: main, past };
}

async function loadNetworks(db: Db, viewer: Viewer, cities: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const network of networks) {
    const coordinatingOrganisationId = cities.get(network.coordinating) ?? null;
    const slug = await createNetwork(db, viewer, { name: network.name, coordinatingOrganisationId });
    const { id } = await db.selectFrom('networks').select('id').where('slug', '=', slug).executeTakeFirstOrThrow();
    const members = network.cities.flatMap((city) => cities.get(city) ?? []);
    await sql`insert into organisation_networks (organisation_id, network_id) select unnest(${members}::uuid[]), ${id}::uuid`.execute(
      db,
    );
    ids.set(network.slug, id);
  }
  return ids;
}
