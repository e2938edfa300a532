import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import {
  beforeCommit,
  type Db,
  inTransaction,
  isTransaction,
  json,
  KEPT,
  sqlState,
  type Transaction,
  violated,
} from '../../db/database.ts';
import { newId } from '../../db/ids.ts';
import { emit } from '../../db/outbox.ts';
import type { RegistrationState } from '../../db/tables/registrations.ts';
import { Refused } from '../errors.ts';
import { priceOf } from '../events/rules.ts';
import { passOn } from '../places/actions.ts';
import type { CategoryContext, EventContext } from './context.ts';
import { limitFor, newReference } from './rules.ts';

export interface Member {
  personId: string;
  category: CategoryContext;
  answers: Record<string, unknown>;
  contactEmail?: string | null;
}

export interface Outcome {
  registrationId: string;
  personId: string;
  outcome: 'confirmed' | 'waiting' | 'pending' | 'draft' | 'allowance' | 'no-places';
}

export interface Admission {
  event: EventContext;
  delegationId?: string | null;
  mode: 'all' | 'as-many-as-fit' | 'together';
  members: Member[];
  actor: string | null;
  now: Temporal.Instant;
  /** The organiser's own registrations do not ask for the organiser's approval. */
  approved?: boolean;
  /** Set: the organisation that they named, and to which they do not belong, has to say yes first. */
  approvalBy?: 'organisation';
  /** A self-registration that awaits its mailed link holds its places until then. */
  draftUntil?: Temporal.Instant;
}

/** The pools in which a category needs one place each. */
export function poolsOf(event: EventContext, category: CategoryContext): string[] {
  return category.poolId ? [event.poolId, category.poolId] : [event.poolId];
}

/**
 * Registers a party: rows, places, outbox and audit in one statement (`register_party`), or, where the organiser approves first,
 * rows that hold nothing. Who joins a queue beside free places that others of it could use lets them have these at once, in the
 * same transaction. Errors: Refused('already-registered').
 */
export async function admit(db: Db | Transaction, admission: Admission): Promise<Outcome[]> {
  const { event, members, now } = admission;
  const party = members.map((member) => ({
    id: newId(),
    person_id: member.personId,
    category_id: member.category.id,
    pool_ids: poolsOf(event, member.category),
    answers: member.answers,
    form_version_id: event.formVersionId,
    amount: priceOf(member.category, event, { at: now, country: event.organisation?.country ?? null }),
    currency: event.currency,
    reference: newReference(event.slug),
    contact_email: member.contactEmail ?? null,
  }));
  const persons = new Map(party.map((member) => [member.id, member.person_id]));
  try {
    const outcomes =
      !admission.draftUntil && (admission.approvalBy !== undefined || (event.approval && !admission.approved))
        ? await insertPending(db, admission, party)
        : await registerParty(db, admission, party);
    return outcomes.map(({ registrationId, outcome }) => ({
      registrationId,
      outcome,
      personId: persons.get(registrationId) ?? '',
    }));
  } catch (error) {
    if (violated(error) === 'registrations_once') throw new Refused('already-registered');
    throw error;
  }
}

type Party = { id: string; person_id: string; category_id: string; pool_ids: string[]; answers: Record<string, unknown> }[];

const BESIDE_FREE_PLACES = 'CV002';

async function registerParty(db: Db | Transaction, admission: Admission, party: Party): Promise<Registered[]> {
  if (isTransaction(db)) {
    const rows = await callRegisterParty(db, admission, party, true);
    if (rows.some((row) => row.besideFree)) await passOn(db, admission.event.eventId, admission.now);
    return rows;
  }
  // Where more is to be said in the same transaction there must be one.
  if (beforeCommit.getStore()) return inTransaction(db, (tx) => registerParty(tx, admission, party));
  try {
    return await callRegisterParty(db, admission, party, false);
  } catch (error) {
    if (sqlState(error) !== BESIDE_FREE_PLACES) throw error;
    return inTransaction(db, (tx) => registerParty(tx, admission, party));
  }
}

interface Registered {
  registrationId: string;
  outcome: Outcome['outcome'];
  besideFree: boolean;
}

async function callRegisterParty(db: Db | Transaction, admission: Admission, party: Party, settles: boolean) {
  const { event, now } = admission;
  const organisation = event.organisation;
  const limit = organisation ? limitFor(event, organisation.membership) : null;
  const mode = admission.mode === 'as-many-as-fit' ? 'fit' : admission.mode;
  const { rows } =
    await sql<Registered>`${KEPT} select registration_id as "registrationId", outcome, beside_free as "besideFree" from register_party(
      ${event.eventId}, ${organisation?.id ?? null}, ${admission.delegationId ?? null}, ${limit}, ${mode}, ${event.waitingList},
      ${admission.draftUntil !== undefined}, ${admission.draftUntil ?? null}, ${settles}, ${admission.actor}, ${now},
      ${JSON.stringify(party)}::jsonb)`.execute(db);
  return rows;
}

async function insertPending(
  db: Db | Transaction,
  admission: Admission,
  party: Party,
): Promise<{ registrationId: string; outcome: 'pending' }[]> {
  if (!isTransaction(db)) return inTransaction(db, (tx) => insertPending(tx, admission, party));
  const { event, now, actor } = admission;
  const state: RegistrationState = 'pending';
  await sql`
    insert into registrations (id, event_id, person_id, organisation_id, delegation_id, category_id, state, pool_ids, answers,
      form_version_id, amount, currency, reference, joined_at, created_by, contact_email, approval_by)
    select m.id, ${event.eventId}, m.person_id, ${event.organisation?.id ?? null}, ${admission.delegationId ?? null}, m.category_id, ${state},
      array(select jsonb_array_elements_text(m.pool_ids)::uuid order by 1), m.answers, m.form_version_id, m.amount, m.currency, m.reference,
      ${now}, ${actor}, m.contact_email, ${admission.approvalBy ?? 'organiser'}
    from jsonb_to_recordset(${JSON.stringify(party)}::jsonb) as m(id uuid, person_id uuid, category_id uuid, pool_ids jsonb, answers jsonb,
      form_version_id uuid, amount int, currency text, reference text, contact_email text)
    order by m.person_id`.execute(db);
  const ids = party.map((member) => member.id);
  await emit(db, 'registrations.registered', {
    event: event.eventId,
    delegation: admission.delegationId ?? null,
    pending: ids,
    confirmed: [],
    waiting: [],
  });
  if (admission.approvalBy) for (const id of ids) await emit(db, 'registrations.approval-wanted', { registration: id });
  await sql`
    insert into changes (actor_id, feature, row_id, event_id, action, after)
    select ${actor}::uuid, 'registrations', id, ${event.eventId}::uuid, 'registered', ${json({ state })} from unnest(${ids}::uuid[]) id`.execute(
    db,
  );
  return ids.map((registrationId) => ({ registrationId, outcome: 'pending' as const }));
}

/** One line of the audit trail of a registration. */
export function recordChange(
  tx: Transaction,
  registration: { id: string; event_id: string },
  change: { actor: string | null; action: string; before?: Record<string, unknown>; after?: Record<string, unknown> },
): Promise<void> {
  return record(tx, { feature: 'registrations', row: registration.id, event: registration.event_id, ...change });
}
