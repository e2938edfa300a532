import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotFound } from '../errors.ts';
import { createFormInUse } from '../forms/actions.ts';
import { parseDefinition } from '../forms/definition.ts';
import type { Invitee } from './askings.ts';
import { type PlaceAmong, placeAmong, scoresOf } from './indicators.ts';
import { measuresOf } from './measures.ts';
import { definitionOf } from './queries.ts';
import { SELF_ASSESSMENT } from './self-assessment-core.ts';

/** The self-assessment of a year, a draft: one a year. Errors: Invalid for the year that has one, or the form. Returns its id. */
export async function createSelfAssessment(
  db: Db,
  viewer: Viewer,
  { year, definition }: { year: number; definition?: unknown },
  { now, zone }: { now: Temporal.Instant; zone: string },
): Promise<string> {
  const form = parseDefinition(definition ?? SELF_ASSESSMENT);
  if (form.kind !== 'selfAssessment') throw new Invalid([{ path: 'definition.kind', code: 'choice' }]);
  return inTransaction(db, async (tx) => {
    const there = await tx
      .selectFrom('questionnaires')
      .select('id')
      .where('kind', '=', 'self-assessment')
      .where('year', '=', year)
      .executeTakeFirst();
    if (there) throw new Invalid([{ path: 'year', code: 'twice' }]);
    const formId = await createFormInUse(tx, form, { actor: viewer.personId, now });
    const { id } = await tx
      .insertInto('questionnaires')
      .values({
        kind: 'self-assessment',
        title: json(form.title),
        privacy: 'named',
        automatic: false,
        form_id: formId,
        year,
        zone,
        created_by: viewer.personId,
        created_at: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await record(tx, {
      actor: viewer.personId,
      feature: 'questionnaires',
      row: id,
      action: 'created',
      after: { year, kind: 'self-assessment' },
    });
    return id;
  });
}

/** One contact of each organisation, who answers for it. */
export async function contactsToAsk(db: Db): Promise<Invitee[]> {
  const { rows } = await sql<Invitee>`
    select distinct on (o.id) o.id as "organisationId", p.id as "personId", p.email as address, p.language, p.zone
    from organisations o join affiliations a on a.organisation_id = o.id and a.is_contact and a.ended_at is null
      join people p on p.id = a.person_id
    where p.email is not null and p.erased_at is null order by o.id, a.id`.execute(db);
  // Who is the contact of two is asked for the first; the link is theirs alone.
  const seen = new Set<string>();
  return rows.filter(({ personId }) => !seen.has(personId) && seen.add(personId));
}

export interface Development {
  years: { year: number; answered: boolean }[];
  indicators: {
    concept: string;
    label: Record<string, string>;
    scores: { year: number; score: number | null; place: PlaceAmong | null }[];
  }[];
}

/** How an organisation has assessed itself over the years, and where it stands among all others, none of whom is told. */
export async function developmentOf(db: Db, organisationSlug: string): Promise<Development> {
  const organisation = await db.selectFrom('organisations').select('id').where('slug', '=', organisationSlug).executeTakeFirst();
  if (!organisation) throw new NotFound();
  const { rows } = await sql<{ year: number; versionId: string; organisationId: string; answers: Record<string, unknown> }>`
    select q.year, q.form_version_id as "versionId", a.organisation_id as "organisationId", n.answers
    from named_answers n join askings a on a.id = n.asking_id join questionnaires q on q.id = n.questionnaire_id
    where q.kind = 'self-assessment' and not n.draft and a.organisation_id is not null order by q.year`.execute(db);
  const versions = new Map(
    await Promise.all(
      [...new Set(rows.map(({ versionId }) => versionId))].map(async (id) => [id, await definitionOf(db, id)] as const),
    ),
  );
  const scored = rows.flatMap((row) => {
    const definition = versions.get(row.versionId);
    return definition ? [{ ...row, scores: scoresOf(definition, row.answers) }] : [];
  });
  const years = [...new Set(scored.map(({ year }) => year))];
  const labels = new Map(
    [...versions.values()].flatMap((definition) =>
      measuresOf(definition).flatMap(({ concept, label }) => (concept ? [[concept, label] as const] : [])),
    ),
  );
  const own = (year: number) => scored.find((row) => row.year === year && row.organisationId === organisation.id);
  return {
    years: years.map((year) => ({ year, answered: own(year) !== undefined })),
    indicators: [...labels].map(([concept, label]) => ({
      concept,
      label,
      scores: years.map((year) => {
        const score = own(year)?.scores.get(concept) ?? null;
        const others = scored.flatMap((row) =>
          row.year === year && row.organisationId !== organisation.id ? (row.scores.get(concept) ?? []) : [],
        );
        return { year, score, place: score === null ? null : placeAmong(score, others) };
      }),
    })),
  };
}
