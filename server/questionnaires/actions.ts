import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotAllowed, NotFound, Refused } from '../errors.ts';
import { type EventDetails, eventBySlug } from '../events/queries.ts';
import { instantOf } from '../events/rules.ts';
import { createFormInUse } from '../forms/actions.ts';
import { type Definition, parseDefinition } from '../forms/definition.ts';
import { versionInUse } from '../forms/queries.ts';
import { mayRun } from './access.ts';
import { FEWEST_ASKED } from './anonymity.ts';
import { ask, type Invitee, inviteesOf } from './askings.ts';
import { CORE } from './core.ts';
import type { QuestionnaireChange, QuestionnaireWrite } from './input.ts';
import { type Questionnaire, questionnaireById } from './queries.ts';
import { usualClosing } from './rules.ts';

/**
 * A new questionnaire, a draft: the core of the network with questions of the event, or whatever form is given. Returns its id.
 * Errors: NotFound, NotAllowed for the event; Invalid for the form.
 */
export async function createQuestionnaire(
  db: Db,
  viewer: Viewer,
  input: QuestionnaireWrite,
  { now, defaultZone }: { now: Temporal.Instant; defaultZone: string },
): Promise<string> {
  const event = input.event === undefined ? undefined : await runEvent(db, viewer, input.event);
  const privacy = input.privacy ?? 'anonymous';
  const zone = input.zone ?? event?.zone ?? defaultZone;
  return inTransaction(db, async (tx) => {
    const definition = await definitionFor(tx, input);
    const formId = await createFormInUse(tx, { ...definition, privacy }, { actor: viewer.personId, now });
    const title = Object.keys(input.title).length > 0 ? input.title : (event?.title ?? definition.title);
    const { id } = await tx
      .insertInto('questionnaires')
      .values({
        event_id: event?.id ?? null,
        title: json(title),
        privacy,
        ...(input.minimumGroup === undefined ? {} : { minimum_group: input.minimumGroup }),
        ...(input.automatic === undefined ? {} : { automatic: input.automatic }),
        ...(input.reminderDays.length === 0 ? {} : { reminder_days: input.reminderDays.toSorted((a, b) => a - b) }),
        form_id: formId,
        zone,
        closes_local: input.closes ?? null,
        closes_at: input.closes ? instantOf(input.closes, zone) : null,
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
      event: event?.id,
      after: { title, privacy },
    });
    return id;
  });
}

async function runEvent(db: Db, viewer: Viewer, slug: string): Promise<EventDetails> {
  const event = await eventBySlug(db, slug);
  const runs = event && mayRun(viewer, { eventId: event.id, networkId: event.networkId, createdBy: null });
  if (!event || (!runs && !event.publishedAt)) throw new NotFound();
  if (!runs) throw new NotAllowed();
  return event;
}

async function definitionFor(tx: Transaction, input: QuestionnaireWrite): Promise<Definition> {
  const inUse = input.formId === undefined ? undefined : await versionInUse(tx, input.formId);
  if (input.formId !== undefined && !inUse) throw new Invalid([{ path: 'formId', code: 'choice' }]);
  const base = parseDefinition(input.definition ?? inUse?.definition ?? CORE);
  if (base.kind !== 'questionnaire')
    throw new Invalid([{ path: input.definition ? 'definition.kind' : 'formId', code: 'choice' }]);
  if (!input.items || input.items.length === 0) return base;
  return parseDefinition({ ...base, pages: [...base.pages, { key: 'event', items: input.items }] });
}

/** The questionnaire, if this viewer runs it, its row locked. Errors: NotFound. */
async function lockRun(tx: Transaction, viewer: Viewer | null, id: string): Promise<Questionnaire> {
  await tx.selectFrom('questionnaires').select('id').where('id', '=', id).forUpdate().execute();
  const questionnaire = await questionnaireById(tx, id);
  if (viewer && !mayRun(viewer, questionnaire)) throw new NotFound();
  return questionnaire;
}

/** Changes what is mentioned. Errors: NotFound, Refused('privacy-promised'). */
export async function changeQuestionnaire(
  db: Db,
  viewer: Viewer,
  id: string,
  change: QuestionnaireChange,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await lockRun(tx, viewer, id);
    const { title, privacy, minimumGroup, automatic, closes } = change;
    if (before.openedAt && privacy !== undefined && privacy !== before.privacy) throw new Refused('privacy-promised');
    if (before.openedAt && minimumGroup !== undefined && minimumGroup < before.minimumGroup)
      throw new Refused('privacy-promised');
    if (before.closedAt) throw new Refused('questionnaire-closed');
    if (closes && Temporal.Instant.compare(instantOf(closes, before.zone), now) <= 0)
      throw new Invalid([{ path: 'closes', code: 'past' }]);
    const set = {
      ...(title && Object.keys(title).length > 0 ? { title: json(title) } : {}),
      ...(privacy ? { privacy } : {}),
      ...(minimumGroup ? { minimum_group: minimumGroup } : {}),
      ...(automatic === undefined ? {} : { automatic }),
      ...(closes ? { closes_local: closes, closes_at: instantOf(closes, before.zone) } : {}),
    };
    if (Object.keys(set).length === 0) return;
    await tx.updateTable('questionnaires').set(set).where('id', '=', id).execute();
    await record(tx, {
      actor: viewer.personId,
      feature: 'questionnaires',
      row: id,
      action: 'changed',
      event: before.eventId,
      before: {
        title: before.title,
        privacy: before.privacy,
        minimumGroup: before.minimumGroup,
        automatic: before.automatic,
        closes: String(before.closes),
      },
      after: {
        title: title ?? before.title,
        privacy: privacy ?? before.privacy,
        minimumGroup: minimumGroup ?? before.minimumGroup,
        automatic: automatic ?? before.automatic,
        closes: String(closes ?? before.closes),
      },
    });
  });
}

/**
 * Opens a questionnaire: what it asks and promises is fixed, and the participants of its event are asked, each in the morning after
 * it. Opening it twice changes nothing. `viewer` null: it opens by itself.
 * Errors: NotFound, Refused('questionnaire-closed' | 'cancelled' | 'nobody-to-ask' | 'too-few-for-anonymous'), Invalid for the form.
 */
export async function openQuestionnaire(
  db: Db,
  viewer: Viewer | null,
  id: string,
  { secret, now, invitees: given }: { secret: string; now: Temporal.Instant; invitees?: Invitee[] },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const questionnaire = await lockRun(tx, viewer, id);
    if (questionnaire.closedAt) throw new Refused('questionnaire-closed');
    if (questionnaire.openedAt) return;
    if (questionnaire.eventCancelledAt) throw new Refused('cancelled');
    const version = await versionInUse(tx, questionnaire.formId);
    if (!version) throw new Refused('form-not-in-use');
    if (questionnaire.privacy === 'anonymous') mustHoldNoNames(parseDefinition(version.definition));
    const invitees = given ?? (await inviteesOf(tx, questionnaire));
    if (invitees.length === 0) throw new Refused('nobody-to-ask');
    if (questionnaire.privacy === 'anonymous' && invitees.length < FEWEST_ASKED)
      throw new Refused('too-few-for-anonymous', { n: invitees.length, least: FEWEST_ASKED });
    const closes =
      questionnaire.closes ??
      usualClosing(questionnaire.eventEndsAt && { endsAt: questionnaire.eventEndsAt }, questionnaire.zone, now);
    const closesAt = instantOf(closes, questionnaire.zone);
    if (Temporal.Instant.compare(closesAt, now) <= 0) throw new Invalid([{ path: 'closes', code: 'past' }]);
    await tx
      .updateTable('questionnaires')
      .set({
        opened_at: now,
        opened_by: viewer?.personId ?? null,
        form_version_id: version.id,
        closes_local: closes,
        closes_at: closesAt,
      })
      .where('id', '=', id)
      .execute();
    await ask(tx, { ...questionnaire, closesAt }, invitees, { secret, now });
    await emit(tx, 'questionnaires.opened', { questionnaire: id });
    await record(tx, {
      actor: viewer?.personId ?? null,
      feature: 'questionnaires',
      row: id,
      action: 'opened',
      event: questionnaire.eventId,
      after: { privacy: questionnaire.privacy, asked: invitees.length },
    });
  });
}

function mustHoldNoNames(definition: Definition): void {
  const items = definition.pages.flatMap((page) => page.items);
  const [wrong] = items.filter(({ type }) => type === 'file' || type === 'email' || type === 'repeat');
  if (wrong) throw new Refused('not-anonymous-form', { key: wrong.key });
}

/** Ends it: no more answers, and the figures become final. Closing it twice changes nothing. Errors: NotFound, Refused('not-open'). */
export async function closeQuestionnaire(db: Db, viewer: Viewer | null, id: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const questionnaire = await lockRun(tx, viewer, id);
    if (!questionnaire.openedAt) throw new Refused('not-open');
    if (questionnaire.closedAt) return;
    await tx.updateTable('questionnaires').set({ closed_at: now }).where('id', '=', id).execute();
    await emit(tx, 'questionnaires.closed', { questionnaire: id });
    await record(tx, {
      actor: viewer?.personId ?? null,
      feature: 'questionnaires',
      row: id,
      action: 'closed',
      event: questionnaire.eventId,
    });
  });
}
