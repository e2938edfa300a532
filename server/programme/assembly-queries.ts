import { sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import type { Ballot, Majority, VoteChoice } from '../../db/tables/programme.ts';
import type { Texts } from './programme.ts';
import type { Result } from './voting.ts';

export interface AgendaItem {
  id: string;
  title: Texts;
  text: Texts;
  documents: { id: string; title: string; url: string | null; fileId: string | null }[];
}

export interface Assembly {
  quorumPercent: number;
  proxyLimit: number;
  agenda: AgendaItem[];
}

/** How an assembly is held, and its agenda; undefined when the event holds none. One query. */
export async function assemblyOf(db: Db | Transaction, eventId: string): Promise<Assembly | undefined> {
  const { rows } = await sql<Assembly>`
    select a.quorum_percent as "quorumPercent", a.proxy_limit as "proxyLimit",
      coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'title', i.title, 'text', i.text, 'documents',
        coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'title', d.title, 'url', d.url, 'fileId', d.file_id) order by d.position, d.id)
          from agenda_documents d where d.item_id = i.id), '[]')) order by i.position, i.id)
        from agenda_items i where i.event_id = a.event_id and i.removed_at is null), '[]') as agenda
    from assemblies a where a.event_id = ${eventId}`.execute(db);
  return rows[0];
}

export interface VoterRow {
  organisationId: string;
  slug: string;
  name: string;
  country: string;
  delegateId: string | null;
  delegate: string | null;
  proxyTo: string | null;
  proxyName: string | null;
  arrived: boolean;
}

/** The cities that may vote, by name, at most 5,000. */
export async function votersOf(db: Db | Transaction, eventId: string): Promise<VoterRow[]> {
  const { rows } = await sql<VoterRow>`
    select v.organisation_id as "organisationId", o.slug, o.name, o.country, v.delegate_id as "delegateId", p.name as delegate,
      v.proxy_to as "proxyTo", t.name as "proxyName", v.arrived_at is not null as arrived
    from assembly_voters v join organisations o on o.id = v.organisation_id left join people p on p.id = v.delegate_id
      left join organisations t on t.id = v.proxy_to
    where v.event_id = ${eventId} order by o.name, o.id limit 5000`.execute(db);
  return rows;
}

export interface Motion {
  id: string;
  itemId: string | null;
  title: Texts;
  text: Texts;
  ballot: Ballot;
  majority: Majority;
  openedAt: Temporal.Instant | null;
  closedAt: Temporal.Instant | null;
  result: Result | null;
  /** How many cities have voted so far. */
  cast: number;
}

/** The motions of an assembly, in their order. One query. */
export async function motionsOf(db: Db | Transaction, eventId: string): Promise<Motion[]> {
  const { rows } = await sql<Motion>`
    select m.id, m.item_id as "itemId", m.title, m.text, m.ballot, m.majority, m.opened_at as "openedAt", m.closed_at as "closedAt", m.result,
      (select count(*) from motion_votes v where v.motion_id = m.id)::int as cast
    from motions m where m.event_id = ${eventId} and m.removed_at is null order by m.position, m.id`.execute(db);
  return rows;
}

export interface CastVote {
  motionId: string;
  organisationId: string;
  name: string;
  /** Null in a secret ballot. */
  choice: VoteChoice | null;
}

/** Which cities have voted in each motion of an assembly, and in open ballots what. */
export async function votesCast(db: Db | Transaction, eventId: string): Promise<CastVote[]> {
  const { rows } = await sql<CastVote>`
    select v.motion_id as "motionId", v.organisation_id as "organisationId", o.name, v.choice
    from motion_votes v join motions m on m.id = v.motion_id join organisations o on o.id = v.organisation_id
    where m.event_id = ${eventId} and m.removed_at is null order by o.name, o.id`.execute(db);
  return rows;
}

export interface MinutesVersion {
  version: number;
  language: string;
  text: string;
  writtenAt: Temporal.Instant;
  writtenBy: string | null;
  approvedAt: Temporal.Instant | null;
}

/** The versions of the minutes, the latest first, at most 100. */
export async function minutesOf(db: Db | Transaction, eventId: string): Promise<MinutesVersion[]> {
  const { rows } = await sql<MinutesVersion>`
    select m.version, m.language, m.text, m.written_at as "writtenAt", p.name as "writtenBy", m.approved_at as "approvedAt"
    from minutes m left join people p on p.id = m.written_by where m.event_id = ${eventId} order by m.version desc limit 100`.execute(
    db,
  );
  return rows;
}
