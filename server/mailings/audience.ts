import { type RawBuilder, sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import type { MailingKind, MailingReach } from '../../db/tables/mailings.ts';
import { encodeCursor, MOST_COUNTED, type Page } from '../http/cursor.ts';
import type { FieldName } from './fields.ts';
import type { Audience } from './input.ts';

/** All that decides whom a mailing goes to. */
export interface AudienceOf {
  id: string;
  kind: MailingKind;
  reach: MailingReach;
  networkId: string | null;
  eventId: string | null;
  questionnaireId: string | null;
  /** Nobody is shown who has answered anonymously. */
  anonymous: boolean;
  audience: Audience;
}

type Sql = RawBuilder<unknown>;
const all = (conditions: readonly Sql[]): Sql => (conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `));
const when = (on: boolean, condition: () => Sql): Sql[] => (on ? [condition()] : []);

/**
 * The people of an audience as one select: `person_id`, `organisation_id`, `name`, `address` (may be null), `language`, `zone`,
 * `country`. With `shown` nobody is told by it who has answered an anonymous questionnaire.
 */
export function audienceSql(of: AudienceOf, { shown = false } = {}): RawBuilder<unknown> {
  const { audience } = of;
  const organisation = [...organisationRules(of)];
  const event = of.eventId;
  return sql`
    select p.id as person_id, o.id as organisation_id, p.name, coalesce(nullif(p.email, ''), ${event ? sql`r.contact_email` : sql`null`}) as address,
      p.language, case when p.zone <> 'UTC' or o.zone is null then p.zone else o.zone end as zone, o.country, o.name as organisation
    from people p
    left join (
      select distinct on (a.person_id) a.person_id, o.id, o.zone, o.country, o.name from affiliations a join organisations o on o.id = a.organisation_id
      where a.ended_at is null and ${all(organisation)}
      order by a.person_id, a.is_contact desc, a.created_at, a.id) o on o.person_id = p.id
    ${event ? sql`left join registrations r on r.event_id = ${event} and r.person_id = p.id and r.state in ('pending', 'confirmed', 'waiting')` : sql``}
    where p.erased_at is null and ${all([
      ...when(organisation.length > 0, () => sql`o.id is not null`),
      ...when(audience.languages.length > 0, () => sql`p.language = any (${audience.languages}::text[])`),
      ...roleRules(of),
      ...when(audience.attended.length > 0, () => sql`${attendedOneOf(audience.attended)}`),
      ...when(audience.notAttended.length > 0, () => sql`not ${attendedOneOf(audience.notAttended)}`),
      ...when(
        of.reach === 'event',
        () => sql`(r.id is not null or exists (select from invitations i where i.event_id = ${event} and i.person_id = p.id))`,
      ),
      ...answerRules(of, { shown }),
    ])}`;
}

const attendedOneOf = (events: readonly string[]) =>
  sql`exists (select from registrations x where x.person_id = p.id and x.event_id = any (${events}::uuid[]) and x.state = 'confirmed')`;

function organisationRules({ audience, reach, networkId }: AudienceOf): Sql[] {
  const { kinds, memberships, networks, countries, fee, feeYear } = audience;
  const inNetworks = (ids: readonly string[]) =>
    sql`exists (select from organisation_networks n where n.organisation_id = o.id and n.network_id = any (${ids}::uuid[]))`;
  const paid = sql`exists (select from fees f where f.organisation_id = o.id and f.year = ${feeYear ?? 0})`;
  return [
    ...when(kinds.length > 0, () => sql`o.kind = any (${kinds}::text[])`),
    ...when(memberships.length > 0, () => sql`o.membership = any (${memberships}::text[])`),
    ...when(networks.length > 0, () => inNetworks(networks)),
    ...when(reach === 'network', () => inNetworks([networkId ?? ''])),
    ...when(countries.length > 0, () => sql`o.country = any (${countries}::text[])`),
    ...when(fee === 'paid', () => paid),
    ...when(fee === 'unpaid', () => sql`not ${paid}`),
    // A contact counts for the organisations whose contact they are.
    ...when(audience.roles.length === 1 && audience.roles[0] === 'contact', () => sql`a.is_contact`),
  ];
}

function roleRules({ audience: { roles } }: AudienceOf): Sql[] {
  const granted = roles.filter((role) => role !== 'contact');
  if (granted.length === 0) return [];
  const held = sql`exists (select from roles h where h.person_id = p.id and h.revoked_at is null and h.role = any (${granted}::text[]))`;
  if (granted.length === roles.length) return [held];
  return [sql`(${held} or exists (select from affiliations c where c.person_id = p.id and c.ended_at is null and c.is_contact))`];
}

const answerOf = (
  event: string | null,
) => sql`(select coalesce((select a.answer from invitation_answers a where a.invitation_id = i.id
  order by a.at desc, a.id desc limit 1), 'none') from invitations i where i.event_id = ${event} and i.person_id = p.id)`;

/** What may change between the freezing of an audience and the sending: asked again then. */
function answerRules(of: AudienceOf, { shown }: { shown: boolean }): Sql[] {
  const { audience, eventId, questionnaireId, kind } = of;
  const asking = (answered: Sql) =>
    sql`exists (select from askings k where k.questionnaire_id = ${questionnaireId} and k.person_id = p.id and ${answered})`;
  const hasAnswered = sql`(k.answered or exists (select from answer_inbox b where b.questionnaire_id = k.questionnaire_id and b.token_hash = k.token_hash))`;
  const answered = kind === 'questionnaire' ? 'no' : audience.answered;
  return [
    ...(eventId ? registrationRule(of) : []),
    ...when(
      eventId !== null && kind === 'invitation' && audience.invitation === undefined,
      () => sql`coalesce(${answerOf(eventId)}, 'none') = 'none'`,
    ),
    ...when(eventId !== null && audience.invitation !== undefined, () => invitationRule(of)),
    ...when(questionnaireId !== null && answered !== undefined, () =>
      asking(shown && of.anonymous ? sql`true` : answered === 'yes' ? hasAnswered : sql`not ${hasAnswered}`),
    ),
  ];
}

function registrationRule({ audience: { registration } }: AudienceOf): Sql[] {
  if (registration === undefined) return [];
  if (registration === 'registered') return [sql`r.id is not null`];
  return [registration === 'not-registered' ? sql`r.id is null` : sql`r.state = ${registration}`];
}

function invitationRule({ audience: { invitation }, eventId }: AudienceOf): Sql {
  if (invitation === 'invited') return sql`${answerOf(eventId)} is not null`;
  if (invitation === 'not-invited') return sql`${answerOf(eventId)} is null`;
  return sql`${answerOf(eventId)} = ${invitation === 'unanswered' ? 'none' : invitation}`;
}

/** Who of those that were in the frozen audience still belong to it: some may have answered or registered since. */
export async function stillMeant(db: Db, of: AudienceOf, personIds: readonly string[]): Promise<Set<string>> {
  // By now they are invited, by this very mailing.
  const { invitation, ...others } = of.audience;
  const audience = invitation === 'not-invited' ? others : of.audience;
  const rules = answerRules({ ...of, audience }, { shown: false });
  if (rules.length === 0) return new Set(personIds);
  const { rows } = await sql<{ id: string }>`
    select p.id from people p
      ${of.eventId ? sql`left join registrations r on r.event_id = ${of.eventId} and r.person_id = p.id and r.state in ('pending', 'confirmed', 'waiting')` : sql``}
    where p.id = any (${personIds}::uuid[]) and ${all(rules)}`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

export interface AudienceCount {
  /** Who would get it now. */
  people: number;
  /** Who belongs to it and has no address. */
  unreachable: number;
  /** Whose address nothing is sent to any more. */
  suppressed: number;
  languages: Record<string, number>;
  /** How many have no value for a field of the text. */
  without: Partial<Record<FieldName, number>>;
}

/** How many a mailing would reach now, in which languages, and what of theirs is not known. One query. */
export async function countAudience(db: Db | Transaction, of: AudienceOf): Promise<AudienceCount> {
  const { rows } = await sql<{ language: string; people: number; unreachable: number; suppressed: number; unorganised: number }>`
    select a.language, (count(*) filter (where a.address is not null and x.address is null))::int as people,
      (count(*) filter (where a.address is null))::int as unreachable, (count(x.address))::int as suppressed,
      (count(*) filter (where a.address is not null and x.address is null and a.organisation_id is null))::int as unorganised
    from (${audienceSql(of, { shown: true })}) a left join suppressions x on x.address = a.address::citext group by a.language`.execute(
    db,
  );
  const sum = (key: 'people' | 'unreachable' | 'suppressed' | 'unorganised') => rows.reduce((total, row) => total + row[key], 0);
  const without = sum('unorganised');
  return {
    people: sum('people'),
    unreachable: sum('unreachable'),
    suppressed: sum('suppressed'),
    languages: Object.fromEntries(rows.filter((row) => row.people > 0).map((row) => [row.language, row.people])),
    without: without > 0 ? { organisation: without, country: without } : {},
  };
}

export interface Member {
  personId: string;
  name: string;
  organisation: string | null;
  country: string | null;
  language: string;
  zone: string;
  /** Whether mail reaches them. */
  reachable: boolean;
}

/** The people behind the count, in the order of their names. */
export async function audiencePage(
  db: Db,
  of: AudienceOf,
  { after, limit, q = '' }: { after?: readonly string[]; limit: number; q?: string },
): Promise<Page<Member>> {
  const { rows } = await sql<Member & { key: string }>`
    select a.person_id as "personId", a.name, a.organisation, a.country, a.language, a.zone, a.address is not null as reachable, fold(a.name) as key
    from (${audienceSql(of, { shown: true })}) a
    where ${all([
      ...when(
        q !== '',
        () =>
          sql`(fold(a.name) like '%' || fold(${q}) || '%' or fold(coalesce(a.organisation, '')) like '%' || fold(${q}) || '%')`,
      ),
      ...when(after !== undefined, () => sql`(fold(a.name), a.person_id) > (${after?.[0]}, ${after?.[1]}::uuid)`),
    ])}
    order by fold(a.name), a.person_id limit ${Math.min(limit, MOST_COUNTED) + 1}`.execute(db);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(({ key: _key, ...item }) => item),
    next: rows.length > limit && last ? encodeCursor([last.key, last.personId]) : null,
  };
}
