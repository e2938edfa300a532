import { sql } from 'kysely';
import type { Transaction } from '../../db/database.ts';
import { coordinated, isSecretariat, type Viewer } from '../accounts/access.ts';
import { Invalid, NotAllowed } from '../errors.ts';
import { formsSeenBy } from '../forms/access.ts';
import type { EventWrite } from './input.ts';
import { mayCreate } from './rules.ts';

type References = Pick<EventWrite, 'networkId' | 'hostOrganisationId' | 'seriesId' | 'formId' | 'edition'>;

/**
 * Holds what an event newly refers to: it must be there, and be this person's to use. Errors: Invalid with the field's path;
 * NotAllowed for a network in which they create no events.
 */
export async function holdReferences(
  tx: Transaction,
  viewer: Viewer,
  next: References,
  before: (References & { id: string }) | null,
): Promise<void> {
  const fresh = (name: keyof References) => (next[name] ?? null) !== (before?.[name] ?? null) && next[name] != null;
  if ((!before || (next.networkId ?? null) !== (before.networkId ?? null)) && !mayCreate(viewer, next.networkId ?? null))
    throw new NotAllowed();
  const { rows } = await sql<{ network: boolean; host: boolean; form: boolean; series: boolean; edition: boolean }>`select
    exists (select from networks where id = ${next.networkId ?? null}::uuid) as network,
    exists (select from organisations where id = ${next.hostOrganisationId ?? null}::uuid) as host,
    ${formThere(viewer, next.formId ?? null)} as form,
    ${seriesThere(viewer, next.seriesId ?? null)} as series,
    exists (select from events where series_id = ${next.seriesId ?? null}::uuid and edition = ${next.edition ?? null}::int
      and id is distinct from ${before?.id ?? null}::uuid) as edition`.execute(tx);
  const there = rows[0];
  const errors = [
    ...(fresh('networkId') && !there?.network ? [{ path: 'networkId', code: 'choice' }] : []),
    ...(fresh('hostOrganisationId') && !there?.host ? [{ path: 'hostOrganisationId', code: 'choice' }] : []),
    ...(fresh('formId') && !there?.form ? [{ path: 'formId', code: 'choice' }] : []),
    ...(fresh('seriesId') && !there?.series ? [{ path: 'seriesId', code: 'choice' }] : []),
    ...((fresh('edition') || fresh('seriesId')) && there?.edition ? [{ path: 'edition', code: 'editionTaken' }] : []),
  ];
  if (errors.length > 0) throw new Invalid(errors);
}

function formThere(viewer: Viewer, formId: string | null) {
  const seen = formsSeenBy(viewer);
  return sql`exists (select from forms f where f.id = ${formId}::uuid and f.kind = 'registration' and (${seen.all} or f.created_by = ${seen.personId}
    or exists (select from events e where e.form_id = f.id and (e.id = any (${seen.eventIds}::uuid[]) or e.network_id = any (${seen.networkIds}::uuid[])))))`;
}

/** A series is for whoever has charge of all its editions: nobody puts an event beside others that are not theirs. */
export function seriesThere(viewer: Viewer, seriesId: string | null) {
  return sql`exists (select from series s where s.id = ${seriesId}::uuid and (${isSecretariat(viewer)} or not exists (
    select from events e where e.series_id = s.id and not coalesce(e.network_id = any (${coordinated(viewer)}::uuid[]), false))))`;
}
