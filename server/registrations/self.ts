import { isDeepStrictEqual } from 'node:util';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import { countTry, findOrCreatePerson } from '../accounts/actions.ts';
import { Invalid, NotFound, Refused } from '../errors.ts';
import { lockPools, passOn, releasePlaces } from '../places/actions.ts';
import { hashToken, linkToken } from '../tokens.ts';
import { categoryOf, refuse, tell } from './actions.ts';
import { admit, type Outcome, recordChange } from './admission.ts';
import { lockAllowance, refuseBeyondAllowance } from './allowance.ts';
import { checkAnswers, keepFiles, underVersion } from './answers.ts';
import { type EventContext, eventContextById } from './context.ts';
import type { RegistrationWrite } from './input.ts';
import { type Asking, refusal, SELF_REGISTRATION_MINUTES } from './rules.ts';

/**
 * Somebody registers without an account. They hold a place for 30 minutes, in which the mailed link confirms that the address is
 * theirs. The answer is the same whether the address is known or registered: only its mailbox is told. Errors: Invalid, Refused,
 * TooMany.
 */
export async function selfRegister(
  db: Db,
  secret: string,
  newest: EventContext,
  input: RegistrationWrite,
  asking: { language: string; zone: string; from: string },
  now: Temporal.Instant,
): Promise<{ registrationId: string; until: Temporal.Instant }> {
  await countTry(db, `self-registration-from:${asking.from}`, 60, 3600, now);
  const { name, email } = input;
  const missing = [...(name ? [] : ['name']), ...(email ? [] : ['email'])];
  if (!name || !email) throw new Invalid(missing.map((path) => ({ path, code: 'required' })));
  await countTry(db, `self-registration-to:${email.toLowerCase()}`, 5, 3600, now);
  const rules: Asking = {
    now,
    organises: false,
    alone: newest.organisation === null,
    membership: newest.organisation?.membership ?? null,
  };
  refuse(refusal(newest, rules));
  const event = await underVersion(db, newest, input.formVersionId);
  const category = categoryOf(event, input.category, 'category', rules);
  const answers = checkAnswers(event, input.answers, 'person', 'answers');
  const until = now.add({ minutes: SELF_REGISTRATION_MINUTES });
  return inTransaction(db, async (tx) => {
    const personId = await findOrCreatePerson(
      tx,
      { name, email, language: input.language ?? asking.language, zone: input.zone ?? asking.zone },
      null,
    );
    const same = await sameDraft(tx, event.eventId, personId, { categoryId: category.id, answers, now });
    if (same) return same;
    const [outcome] = await admit(tx, {
      event,
      mode: 'together',
      members: [{ personId, category, answers, contactEmail: email }],
      actor: null,
      now,
      draftUntil: until,
    });
    if (!outcome || outcome.outcome !== 'draft') throw new Refused(outcome?.outcome ?? 'no-places');
    const { registrationId } = outcome;
    await keepFiles(tx, event, answers, { kind: 'registration', id: registrationId, uploadedBy: null, path: 'answers' });
    const token = linkToken(secret, 'confirm', registrationId);
    await tx
      .insertInto('registration_links')
      .values({
        token_hash: hashToken(token),
        registration_id: registrationId,
        purpose: 'confirm',
        expires_at: until,
        used_at: null,
      })
      .execute();
    await tell(tx, 'self-registered', { registration: registrationId });
    return { registrationId, until };
  });
}

// Who presses the button twice has registered once, and gets one mail.
async function sameDraft(
  tx: Transaction,
  eventId: string,
  personId: string,
  same: { categoryId: string; answers: Record<string, unknown>; now: Temporal.Instant },
): Promise<{ registrationId: string; until: Temporal.Instant } | undefined> {
  await tx.selectFrom('people').select('id').where('id', '=', personId).forNoKeyUpdate().execute();
  const draft = await tx
    .selectFrom('registrations')
    .innerJoin('registration_links', 'registration_links.registration_id', 'registrations.id')
    .select(['registrations.id', 'registrations.answers', 'registration_links.expires_at as until'])
    .where('registrations.event_id', '=', eventId)
    .where('registrations.person_id', '=', personId)
    .where('registrations.category_id', '=', same.categoryId)
    .where('registrations.state', '=', 'draft')
    .where('registration_links.purpose', '=', 'confirm')
    .where('registration_links.expires_at', '>', same.now)
    .orderBy('registrations.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!draft?.until || !isDeepStrictEqual(draft.answers, same.answers)) return undefined;
  return { registrationId: draft.id, until: draft.until };
}

/** The registration that a mailed link is for. Errors: NotFound. */
async function byConfirmLink(db: Db, token: string) {
  const link = await db
    .selectFrom('registration_links')
    .innerJoin('registrations', 'registrations.id', 'registration_links.registration_id')
    .select([
      'registrations.id',
      'registrations.person_id as personId',
      'registrations.event_id as eventId',
      'registrations.organisation_id as organisationId',
      'registrations.form_version_id as formVersionId',
      'registration_links.expires_at as expiresAt',
      'registration_links.used_at as usedAt',
    ])
    .where('registration_links.token_hash', '=', hashToken(token))
    .where('registration_links.purpose', '=', 'confirm')
    .executeTakeFirst();
  if (!link) throw new NotFound();
  return link;
}

/**
 * Confirms a self-registration by its mailed link: the place held becomes theirs; where none was free they join the queue now.
 * Using the link twice changes nothing. Errors: NotFound, Refused('registration-link-expired' | rule codes).
 */
export async function confirmSelf(db: Db, token: string, now: Temporal.Instant): Promise<Outcome> {
  // Used twice at the same moment, the second use finds what the first has made of the draft.
  const outcome = (await confirmOnce(db, token, now)) ?? (await confirmOnce(db, token, now));
  if (!outcome) throw new Refused('registration-link-expired');
  return outcome;
}

async function confirmOnce(db: Db, token: string, now: Temporal.Instant): Promise<Outcome | undefined> {
  const link = await byConfirmLink(db, token);
  return inTransaction(db, async (tx): Promise<Outcome | undefined> => {
    const event = await underVersion(
      tx,
      await eventContextById(tx, link.eventId, link.organisationId, [link.personId]),
      link.formVersionId,
    );
    const stranger = event.organisation !== null && !event.organisation.belong;
    await lockAllowance(tx, event);
    await lockPools(tx, link.eventId);
    const draft = await tx.selectFrom('registrations').selectAll().where('id', '=', link.id).forNoKeyUpdate().executeTakeFirst();
    if (!draft) return undefined;
    if (draft.state === 'confirmed' || draft.state === 'waiting' || draft.state === 'pending') {
      return { registrationId: draft.id, personId: draft.person_id, outcome: draft.state };
    }
    if (draft.state !== 'draft') throw new Refused('registration-link-expired');
    if (link.expiresAt && Temporal.Instant.compare(link.expiresAt, now) <= 0) throw new Refused('registration-link-expired');
    await tx
      .updateTable('registration_links')
      .set({ used_at: now })
      .where('registration_id', '=', draft.id)
      .where('purpose', '=', 'confirm')
      .execute();
    const category = event.categories.find((candidate) => candidate.id === draft.category_id);
    if (!category) throw new Refused('registration-link-expired');
    const held = await tx.selectFrom('places').select('no').where('registration_id', '=', draft.id).execute();
    if (held.length === draft.pool_ids.length && !event.approval && !stranger) {
      const already = await tx
        .selectFrom('registrations')
        .select('id')
        .where('event_id', '=', event.eventId)
        .where('person_id', '=', draft.person_id)
        .where('state', 'in', ['pending', 'confirmed', 'waiting'])
        .executeTakeFirst();
      if (already) throw new Refused('already-registered');
      await refuseBeyondAllowance(tx, event);
      await tx.updateTable('places').set({ held_until: null }).where('registration_id', '=', draft.id).execute();
      await tx.updateTable('registrations').set({ state: 'confirmed', confirmed_at: now }).where('id', '=', draft.id).execute();
      await recordChange(tx, draft, { actor: draft.person_id, action: 'registered', after: { state: 'confirmed' } });
      await tell(tx, 'registered', { event: event.eventId, delegation: null, confirmed: [draft.id], waiting: [] });
      return { registrationId: draft.id, personId: draft.person_id, outcome: 'confirmed' };
    }
    // Nothing was held, or somebody has to approve first: they register as of now, and the draft, which was never theirs to see, goes.
    await releasePlaces(tx, [draft.id]);
    const [outcome] = await admit(tx, {
      event,
      mode: 'together',
      members: [{ personId: draft.person_id, category, answers: draft.answers, contactEmail: draft.contact_email }],
      actor: draft.person_id,
      now,
      approvalBy: stranger ? 'organisation' : undefined,
    });
    // The files of the answers go along.
    await tx
      .updateTable('files')
      .set({ owner_id: outcome?.registrationId ?? draft.id })
      .where('owner_kind', '=', 'registration')
      .where('owner_id', '=', draft.id)
      .execute();
    if (!outcome || outcome.outcome === 'allowance' || outcome.outcome === 'no-places')
      throw new Refused(outcome?.outcome ?? 'no-places');
    await tx
      .updateTable('registration_links')
      .set({ registration_id: outcome.registrationId })
      .where('registration_id', '=', draft.id)
      .execute();
    await tx.deleteFrom('registrations').where('id', '=', draft.id).execute();
    if (held.length > 0) await passOn(tx, event.eventId, now);
    return outcome;
  });
}
