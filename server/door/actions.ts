import { sql } from 'kysely';
import { recordAll } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import type { Keeper } from './access.ts';
import { arrivals, type Found, type Guest, guestsById } from './guests.ts';
import type { CheckInsWrite } from './input.ts';
import { merged, type Step, spotOf } from './merge.ts';
import { isPassOf, passIn, registrationOfPass } from './pass.ts';
import { happenedAt, type Place, type StepRefusal, type StepResult, stepRefusal } from './rules.ts';

type Sent = CheckInsWrite['steps'][number];

export interface StepAnswer {
  id: string;
  result: StepResult;
  code: StepRefusal | null;
  /** Who it is and where they are now; null when nobody is known by what was sent. */
  guest: Guest | null;
}

interface DoorEvent {
  id: string;
  cancelledAt: Temporal.Instant | null;
}

interface Row extends Step {
  anyway: boolean;
  occurred: Temporal.Instant;
}

/**
 * Writes down what a door did, each step once however often it is sent, and answers for each, in order, what is now true. What one
 * step is refused for stops no other. Who is there is reckoned anew from all steps of whom these are about; two doors that know of
 * the same person at once take turns at their row.
 */
export async function takeSteps(
  db: Db | Transaction,
  keeper: Keeper,
  event: DoorEvent,
  { steps, sentAt }: CheckInsWrite,
  { secret, now }: { secret: string; now: Temporal.Instant },
): Promise<StepAnswer[]> {
  return inTransaction(db, async (tx) => {
    const whom = await whomOf(tx, secret, event.id, steps);
    const places = await placesOf(tx, event.id, steps);
    const known = await knownSteps(tx, steps);
    const rows = new Map<string, Row>();
    const answers = steps.map((sent, index): Omit<StepAnswer, 'guest'> & { registrationId: string | null } => {
      const { guest, former } = whom[index] ?? { guest: undefined, former: false };
      const before = known.get(sent.id) ?? rows.get(sent.id);
      const registrationId = guest?.registrationId ?? null;
      if (before) {
        const same =
          before.kind === sent.kind && before.registrationId === registrationId && before.sessionId === (sent.session ?? null);
        return { id: sent.id, result: same ? 'known' : 'refused', code: same ? null : 'door-other-step', registrationId };
      }
      const code = former
        ? 'door-replaced'
        : stepRefusal(guest, { ...sent, personId: sent.person }, places.get(sent.session ?? null), event);
      if (code || !guest) return { id: sent.id, result: 'refused', code: code ?? 'door-unknown', registrationId };
      rows.set(sent.id, rowOf(sent, guest, happenedAt(sent.at, sentAt, now)));
      return { id: sent.id, result: 'done', code: null, registrationId };
    });
    await write(tx, keeper, event.id, [...rows.values()], now);
    const ids = [...new Set(answers.flatMap(({ registrationId }) => registrationId ?? []))];
    const after = new Map((await guestsById(tx, event.id, ids)).map((guest) => [guest.registrationId, guest]));
    return answers.map(({ registrationId, ...answer }) => ({ ...answer, guest: after.get(registrationId ?? '') ?? null }));
  });
}

function rowOf(sent: Sent, guest: Guest, occurred: Temporal.Instant): Row {
  const personId = sent.person ?? guest.personId;
  const sessionId = sent.session ?? null;
  const standing = guest.seen.find((seen) => seen.sessionId === sessionId)?.steps ?? [];
  return {
    id: sent.id,
    registrationId: guest.registrationId,
    personId,
    sessionId,
    kind: sent.kind,
    // An undoing that names nothing is of all that stands now.
    undoes: sent.kind === 'undo' ? (sent.undoes.length > 0 ? sent.undoes : standing) : [],
    at: occurred.epochMilliseconds,
    anyway: sent.kind === 'in' && sent.anyway,
    occurred,
  };
}

/** Whom each step is about. `former`: their pass was of somebody who was replaced since. */
async function whomOf(tx: Transaction, secret: string, eventId: string, steps: readonly Sent[]) {
  const asked = steps.map((sent) => {
    const pass = sent.code === undefined ? undefined : passIn(sent.code);
    const reference = sent.code !== undefined && pass === undefined ? sent.code.trim().toUpperCase() : undefined;
    return { pass, reference, id: sent.registration ?? (pass && registrationOfPass(pass)) };
  });
  const found = await arrivals(tx, eventId, {
    ids: [...new Set(asked.flatMap(({ id }) => id ?? []))],
    references: [...new Set(asked.flatMap(({ reference }) => reference ?? []))],
  });
  const byId = new Map(found.map((guest) => [guest.registrationId, guest]));
  const byReference = new Map(found.map((guest) => [guest.reference, guest]));
  return asked.map(({ pass, reference, id }, index): { guest: Found | undefined; former: boolean } => {
    const guest = reference === undefined ? byId.get(id ?? '') : byReference.get(reference);
    if (!guest || !pass || steps[index]?.registration !== undefined) return { guest, former: false };
    if (isPassOf(secret, pass, guest)) return { guest, former: false };
    const { registrationId } = guest;
    const former = guest.formerIds.some((personId) => isPassOf(secret, pass, { registrationId, personId }));
    return { guest: former ? guest : undefined, former };
  });
}

/** The places that steps name and this event has, by id; null is the event itself. */
async function placesOf(tx: Transaction, eventId: string, steps: readonly Sent[]): Promise<Map<string | null, Place>> {
  const ids = [...new Set(steps.flatMap(({ session }) => session ?? []))];
  const { rows } = await sql<{ id: string; places: boolean }>`
    select id, pool_id is not null as places from sessions
    where event_id = ${eventId} and removed_at is null and id = any (${ids}::uuid[])`.execute(tx);
  return new Map<string | null, Place>([
    [null, { id: null, places: false }],
    ...rows.map((row): [string, Place] => [row.id, row]),
  ]);
}

async function knownSteps(tx: Transaction, steps: readonly Sent[]) {
  const { rows } = await sql<Pick<Step, 'id' | 'kind' | 'registrationId' | 'sessionId'>>`
    select id, kind, registration_id as "registrationId", session_id as "sessionId" from check_in_steps
    where id = any (${steps.map(({ id }) => id)}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}

async function write(
  tx: Transaction,
  keeper: Keeper,
  eventId: string,
  rows: readonly Row[],
  now: Temporal.Instant,
): Promise<void> {
  if (rows.length === 0) return;
  const written = await tx
    .insertInto('check_in_steps')
    .values(
      rows
        .toSorted((one, other) => (one.id < other.id ? -1 : 1))
        .map((row) => ({
          id: row.id,
          event_id: eventId,
          registration_id: row.registrationId,
          person_id: row.personId,
          session_id: row.sessionId,
          kind: row.kind,
          undoes: [...row.undoes],
          anyway: row.anyway,
          at: row.occurred,
          by: keeper.personId,
          keeper_id: keeper.keeperId,
          received_at: now,
        })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  const here = new Set(written.map(({ id }) => id));
  const fresh = rows.filter(({ id }) => here.has(id));
  await reckon(tx, eventId, fresh, now);
  await recordAll(
    tx,
    fresh.map((row) => ({
      actor: keeper.personId,
      feature: 'door',
      row: row.registrationId,
      event: eventId,
      action: row.kind === 'in' ? 'checkedIn' : 'checkInUndone',
      after: { session: row.sessionId, at: row.occurred.toString(), keeper: keeper.keeperId },
    })),
  );
}

// The rows are locked first, in one order; what other doors wrote meanwhile is read only then.
async function reckon(tx: Transaction, eventId: string, rows: readonly Row[], now: Temporal.Instant): Promise<void> {
  const touched = new Map(rows.map((row) => [spotOf(row), row]));
  const keys = JSON.stringify(
    [...touched.values()].map(({ registrationId, personId, sessionId }) => ({ r: registrationId, p: personId, s: sessionId })),
  );
  if (touched.size === 0) return;
  await sql`
    insert into check_ins (event_id, registration_id, person_id, session_id, changed_at)
    select ${eventId}::uuid, k.r, k.p, k.s, ${now}::timestamptz from jsonb_to_recordset(${keys}::jsonb) as k(r uuid, p uuid, s uuid)
    order by k.r, k.p, k.s nulls first
    on conflict (registration_id, person_id, session_id) do update set changed_at = excluded.changed_at`.execute(tx);
  const all = await sql<Step>`
    select id, registration_id as "registrationId", person_id as "personId", session_id as "sessionId", kind, undoes,
      (extract(epoch from at) * 1000)::float8 as at
    from check_in_steps where registration_id = any (${[...new Set(rows.map((row) => row.registrationId))]}::uuid[])`.execute(tx);
  const spots = merged(all.rows);
  const standing = JSON.stringify(
    [...touched].map(([spot, row]) => ({
      r: row.registrationId,
      p: row.personId,
      s: row.sessionId,
      step: spots.get(spot)?.stepId ?? null,
    })),
  );
  await sql`
    update check_ins c set step_id = k.step, came_at = (select s.at from check_in_steps s where s.id = k.step)
    from jsonb_to_recordset(${standing}::jsonb) as k(r uuid, p uuid, s uuid, step uuid)
    where c.registration_id = k.r and c.person_id = k.p and c.session_id is not distinct from k.s`.execute(tx);
}
