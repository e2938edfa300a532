import { sql } from 'kysely';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import type { RegistrationState } from '../../db/tables/registrations.ts';
import { findOrCreatePerson } from '../accounts/actions.ts';
import { Invalid, Refused } from '../errors.ts';
import { organisationTyped } from '../events/hosts.ts';
import { categoryOf, refuse } from '../registrations/actions.ts';
import { admit } from '../registrations/admission.ts';
import { type EventContext, eventContextById } from '../registrations/context.ts';
import { refusal } from '../registrations/rules.ts';
import type { Keeper } from './access.ts';
import { takeSteps } from './actions.ts';
import { type WalkInsWrite, WalkInWrite } from './input.ts';
import { happenedAt, type StepResult } from './rules.ts';

type Sent = WalkInsWrite['walkIns'][number];
type Clock = { secret: string; now: Temporal.Instant };

export interface WalkInAnswer {
  id: string;
  result: StepResult;
  /** Why not, as the code of `refusal.<code>` or `invalid.<code>`. */
  code: string | null;
  registrationId: string | null;
  /** `confirmed`: they are checked in as well. */
  state: RegistrationState | null;
}

/**
 * Registers those who came without having registered, and checks in whoever gets a place; each once, however often a device sends
 * them. What one is refused for stops no other. A city that nobody knows by what was typed is kept in words.
 */
export async function takeWalkIns(
  db: Db,
  keeper: Keeper,
  event: { id: string; cancelledAt: Temporal.Instant | null },
  { walkIns, sentAt }: WalkInsWrite,
  clock: Clock,
): Promise<WalkInAnswer[]> {
  const answers: WalkInAnswer[] = [];
  // One after another: two of them may be of one city, whose allowance they share.
  for (const sent of walkIns) {
    const typed = WalkInWrite.safeParse(sent);
    if (!typed.success) {
      answers.push({ id: sent.id, result: 'refused', code: 'door-walk-in', registrationId: null, state: null });
      continue;
    }
    try {
      const at = happenedAt(sent.at, sentAt, clock.now);
      const done = await walkIn(db, keeper, event, { ...typed.data, id: sent.id, language: sent.language, at }, clock);
      answers.push({ id: sent.id, code: null, ...done });
    } catch (error) {
      const code = refusedFor(error);
      answers.push({ id: sent.id, result: 'refused', code, registrationId: null, state: null });
    }
  }
  return answers;
}

function refusedFor(error: unknown): string {
  if (error instanceof Refused) return error.code;
  if (error instanceof Invalid) return 'door-walk-in';
  throw error;
}

interface Coming extends WalkInWrite {
  id: string;
  language?: Sent['language'];
  at: Temporal.Instant;
}

/**
 * One of them, by the rules of registering by hand: on the waiting list when all places are taken.
 * Errors: Refused with the rule's code, 'door-walk-ins', 'door-registered-only', 'allowance', 'no-places', 'already-registered'; Invalid for the category.
 */
export async function walkIn(
  db: Db,
  keeper: Keeper,
  event: { id: string; cancelledAt: Temporal.Instant | null },
  coming: Coming,
  { secret, now }: Clock,
): Promise<{ result: 'done' | 'known'; registrationId: string; state: RegistrationState }> {
  const city = coming.organisation ? await cityOf(db, coming.organisation) : undefined;
  const context = await eventContextById(db, event.id, city ?? null);
  return inTransaction(db, async (tx) => {
    // A device that heard no answer may send the same again while the first is still being written.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`walk-in ${coming.id}`}, 0))`.execute(tx);
    const known = await registeredAs(tx, event.id, coming.id);
    if (known) return { result: 'known', ...known };
    if (!keeper.walkIns) throw new Refused('door-registered-only');
    await holdDevice(tx, event.id, keeper);
    const { registrationId, state } = await registerHere(tx, keeper, context, coming, now);
    await tx
      .insertInto('walk_ins')
      .values({
        id: coming.id,
        event_id: event.id,
        registration_id: registrationId,
        organisation: city === undefined ? (coming.organisation ?? null) : null,
        at: coming.at,
        by: keeper.personId,
        keeper_id: keeper.keeperId,
        received_at: now,
      })
      .execute();
    if (state === 'confirmed') {
      const step = { id: coming.id, kind: 'in' as const, registration: registrationId, at: coming.at, anyway: false, undoes: [] };
      const [answer] = await takeSteps(tx, keeper, event, { steps: [step] }, { secret, now });
      if (answer?.code) throw new Refused(answer.code);
    }
    return { result: 'done', registrationId, state };
  });
}

/** The city that is meant; undefined when that is not clear. */
async function cityOf(db: Db, typed: string): Promise<string | undefined> {
  try {
    return (await organisationTyped(db, typed, 'organisation')).id;
  } catch (error) {
    if (error instanceof Invalid) return undefined;
    throw error;
  }
}

// A link that went astray must not become a way to write to whom one likes.
const MOST_OF_DEVICE = 200;

async function holdDevice(tx: Transaction, eventId: string, { keeperId }: Keeper): Promise<void> {
  if (keeperId === null) return;
  const { n } = await tx
    .selectFrom('walk_ins')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('event_id', '=', eventId)
    .where('keeper_id', '=', keeperId)
    .executeTakeFirstOrThrow();
  if (Number(n) >= MOST_OF_DEVICE) throw new Refused('door-walk-ins');
}

async function registeredAs(tx: Transaction, eventId: string, id: string) {
  const row = await tx
    .selectFrom('walk_ins')
    .innerJoin('registrations', 'registrations.id', 'walk_ins.registration_id')
    .select(['registrations.id', 'registrations.state', 'walk_ins.event_id'])
    .where('walk_ins.id', '=', id)
    .executeTakeFirst();
  if (row && row.event_id !== eventId) throw new Refused('door-other-step');
  return row && { registrationId: row.id, state: row.state };
}

async function registerHere(tx: Transaction, keeper: Keeper, event: EventContext, coming: Coming, now: Temporal.Instant) {
  const membership = event.organisation?.membership ?? null;
  const asking = { now, organises: true, alone: event.organisation === null, membership };
  refuse(refusal(event, asking));
  const category = categoryOf(event, coming.category, 'category', asking);
  const personId = await findOrCreatePerson(tx, coming, keeper.personId);
  const [outcome] = await admit(tx, {
    event,
    mode: 'together',
    members: [{ personId, category, answers: {} }],
    actor: keeper.personId,
    now,
    approved: true,
  });
  if (outcome?.outcome === 'allowance' || outcome?.outcome === 'no-places') throw new Refused(outcome.outcome);
  if (!outcome || outcome.outcome === 'draft') throw new Error('a party of one has one outcome');
  return { registrationId: outcome.registrationId, state: outcome.outcome };
}

export interface WalkInRow {
  id: string;
  registrationId: string;
  name: string;
  /** The city; as it was typed when none is known by that. */
  organisation: string | null;
  known: boolean;
  state: RegistrationState;
  at: Temporal.Instant;
}

const MOST_SHOWN = 200;

/** Who came without having registered, the latest first. One query. */
export async function walkInsOf(db: Db, eventId: string): Promise<WalkInRow[]> {
  const { rows } = await sql<WalkInRow>`
    select w.id, w.registration_id as "registrationId", n.name, coalesce(o.name, w.organisation) as organisation,
      w.organisation is null as known, r.state, w.at
    from walk_ins w join registrations r on r.id = w.registration_id join people n on n.id = r.person_id
      left join organisations o on o.id = r.organisation_id
    where w.event_id = ${eventId} order by w.at desc, w.id limit ${MOST_SHOWN}`.execute(db);
  return rows;
}
