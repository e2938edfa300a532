import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import { NotFound } from '../errors.ts';
import { managedEvent } from '../events/found.ts';
import { signedIn } from '../http/viewer.ts';
import { runCall } from '../judging/found.ts';

/** What documents are issued of: an event, or a call. */
export interface Occasion {
  of: 'event' | 'call';
  id: string;
  slug: string;
  title: Record<string, string>;
  languages: string[];
  defaultLanguage: string;
  zone: string;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  place: Record<string, string>;
  /** When a call's results were published; null at events. */
  resultsPublishedAt: Temporal.Instant | null;
}

export const columnOf = ({ of }: Pick<Occasion, 'of'>) => (of === 'event' ? sql.ref('event_id') : sql.ref('call_id'));

/** What somebody runs, by its address. Errors: NotFound, NotAllowed. */
export async function managedOccasion(request: FastifyRequest, of: Occasion['of'], slug: string): Promise<Occasion> {
  const { db } = request.server.system;
  const { id } = of === 'event' ? await managedEvent(request, slug) : await runCall(db, signedIn(request), slug);
  return occasionById(db, { of, id });
}

/** Errors: NotFound. */
export async function occasionById(db: Db | Transaction, { of, id }: Pick<Occasion, 'of' | 'id'>): Promise<Occasion> {
  const { rows } = await (of === 'event'
    ? sql<Occasion>`
        select 'event' as "of", e.id, e.slug, e.title, e.languages, e.default_language as "defaultLanguage", e.zone, e.starts_at as "startsAt",
          e.ends_at as "endsAt", case when e.venue = '{}' and o.id is not null then jsonb_build_object(e.default_language, o.name) else e.venue end as place,
          null::timestamptz as "resultsPublishedAt"
        from events e left join organisations o on o.id = e.host_organisation_id where e.id = ${id}`
    : sql<Occasion>`
        select 'call' as "of", id, slug, title, languages, default_language as "defaultLanguage", zone, opens_at as "startsAt",
          closes_at as "endsAt", '{}'::jsonb as place, results_published_at as "resultsPublishedAt"
        from calls where id = ${id}`
  ).execute(db);
  const occasion = rows[0];
  if (!occasion) throw new NotFound();
  return occasion;
}
