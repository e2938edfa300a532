import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import type { MailingReach, MailingText } from '../../db/tables/mailings.ts';
import { coordinated, isSecretariat, type Viewer } from '../accounts/access.ts';
import { Invalid, NotAllowed, NotFound, Refused } from '../errors.ts';
import { type EventDetails, eventBySlug } from '../events/queries.ts';
import { questionnaireById } from '../questionnaires/queries.ts';
import { mayRunMailing } from './access.ts';
import { lockMailing } from './found.ts';
import type { Audience, MailingChange, MailingWrite } from './input.ts';
import type { Mailing } from './queries.ts';
import { possible, usualTopic } from './rules.ts';
import { templateText } from './templates.ts';

/**
 * A new mailing, a draft. It reaches whom its maker may reach: the secretariat everybody, a coordinator a network, an organiser the
 * people of their event. Returns its id. Errors: NotFound, NotAllowed, Invalid.
 */
export async function createMailing(
  db: Db,
  viewer: Viewer,
  input: MailingWrite,
  { now, defaultZone }: { now: Temporal.Instant; defaultZone: string },
): Promise<string> {
  const event = input.event === undefined ? null : await knownEvent(db, viewer, input.event);
  const questionnaire = input.questionnaireId === undefined ? null : await questionnaireById(db, input.questionnaireId);
  if (questionnaire?.eventId && event && questionnaire.eventId !== event.id)
    throw new Invalid([{ path: 'questionnaireId', code: 'choice' }]);
  if (input.kind === 'invitation' && !event) throw new Invalid([{ path: 'event', code: 'required' }]);
  if (input.kind === 'questionnaire' && !questionnaire) throw new Invalid([{ path: 'questionnaireId', code: 'required' }]);
  const scope = reachOf(viewer, { event, networkId: input.networkId ?? null, questionnaire });
  if (!mayRunMailing(viewer, scope)) throw new NotAllowed();
  if (
    questionnaire &&
    !mayRunMailing(viewer, { ...scope, eventId: questionnaire.eventId, eventNetworkId: questionnaire.networkId })
  )
    throw new NotFound();
  checkAudience(input.audience, {
    ...scope,
    questionnaireId: questionnaire?.id ?? null,
    anonymous: questionnaire?.privacy === 'anonymous',
  });
  return inTransaction(db, async (tx) => {
    const written = Object.keys(input.texts).length > 0;
    const template = input.template && !written ? await templateText(tx, viewer, input.template) : null;
    const defaultLanguage = input.defaultLanguage ?? template?.defaultLanguage ?? event?.defaultLanguage ?? 'en';
    const { id } = await tx
      .insertInto('mailings')
      .values({
        kind: input.kind,
        name: input.name,
        topic: usualTopic(input.kind),
        reach: scope.reach,
        network_id: scope.networkId,
        event_id: scope.eventId,
        questionnaire_id: questionnaire?.id ?? null,
        audience: json(input.audience),
        default_language: defaultLanguage,
        zone: event?.zone ?? (viewer.zone === 'UTC' ? defaultZone : viewer.zone),
        owner_id: viewer.personId,
        created_at: now,
        updated_at: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await writeText(
      tx,
      viewer,
      { id, version: 1, texts: template?.texts ?? input.texts, fallbacks: template?.fallbacks ?? input.fallbacks },
      now,
    );
    await record(tx, {
      actor: viewer.personId,
      feature: 'mailings',
      row: id,
      action: 'created',
      event: scope.eventId,
      after: { kind: input.kind, name: input.name, reach: scope.reach, audience: input.audience },
    });
    return id;
  });
}

async function knownEvent(db: Db, viewer: Viewer, slug: string): Promise<EventDetails> {
  const event = await eventBySlug(db, slug);
  const runs =
    event && mayRunMailing(viewer, { reach: 'event', networkId: null, eventId: event.id, eventNetworkId: event.networkId });
  if (!event || (!runs && !event.publishedAt)) throw new NotFound();
  return event;
}

type Scope = { reach: MailingReach; networkId: string | null; eventId: string | null; eventNetworkId: string | null };

function reachOf(
  viewer: Viewer,
  {
    event,
    networkId,
    questionnaire,
  }: {
    event: EventDetails | null;
    networkId: string | null;
    questionnaire: { eventId: string | null; networkId: string | null } | null;
  },
): Scope {
  const about = {
    eventId: event?.id ?? questionnaire?.eventId ?? null,
    eventNetworkId: event?.networkId ?? questionnaire?.networkId ?? null,
  };
  if (isSecretariat(viewer)) return { reach: 'all', networkId: null, ...about };
  const network = networkId ?? (about.eventId === null ? (coordinated(viewer)[0] ?? null) : null);
  if (network !== null) return { reach: 'network', networkId: network, ...about };
  return { reach: about.eventId ? 'event' : 'all', networkId: null, ...about };
}

function checkAudience(
  audience: Audience,
  of: { reach: MailingReach; eventId: string | null; questionnaireId: string | null; anonymous: boolean },
): void {
  const errors = [
    ...(['registration', 'invitation'] as const).flatMap((rule) =>
      audience[rule] !== undefined && of.eventId === null ? [{ path: `audience.${rule}`, code: 'needsEvent' }] : [],
    ),
    ...(audience.answered !== undefined && of.questionnaireId === null
      ? [{ path: 'audience.answered', code: 'needsQuestionnaire' }]
      : []),
    // Who thanked those who answered would have their names.
    ...(audience.answered === 'yes' && of.anonymous ? [{ path: 'audience.answered', code: 'anonymousAnswers' }] : []),
    ...(audience.fee !== undefined && audience.feeYear === undefined ? [{ path: 'audience.feeYear', code: 'required' }] : []),
    // Who has paid to the network is not the business of those who organise one event.
    ...(audience.fee !== undefined && of.reach === 'event' ? [{ path: 'audience.fee', code: 'choice' }] : []),
  ];
  if (errors.length > 0) throw new Invalid(errors);
}

async function writeText(
  tx: Transaction,
  viewer: Viewer,
  {
    id,
    version,
    texts,
    fallbacks,
  }: { id: string; version: number; texts: Record<string, MailingText>; fallbacks: Record<string, Record<string, string>> },
  now: Temporal.Instant,
): Promise<void> {
  const values = { texts: json(texts), fallbacks: json(fallbacks), written_by: viewer.personId, written_at: now };
  await tx
    .insertInto('mailing_texts')
    .values({ mailing_id: id, version, ...values })
    .onConflict((conflict) => conflict.columns(['mailing_id', 'version']).doUpdateSet(values))
    .execute();
}

/**
 * Changes what is mentioned. After the start only the text can be written anew, while it is paused: that is another version, which
 * everybody gets who has not got the first. Errors: NotFound, Refused('mailing-started'), Invalid.
 */
export async function changeMailing(
  db: Db,
  viewer: Viewer,
  id: string,
  change: MailingChange,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await lockMailing(tx, viewer, id);
    const onlyText = change.name === undefined && change.audience === undefined && change.defaultLanguage === undefined;
    const rewriting = possible('rewrite', before.state) && onlyText;
    if (!possible('change', before.state) && !rewriting) throw new Refused('mailing-started');
    if (change.audience) checkAudience(change.audience, before);
    const texts = change.texts ?? before.texts;
    const fallbacks = change.fallbacks ?? before.fallbacks;
    const version = rewriting ? before.version + 1 : before.version;
    if (rewriting && before.frozenAt === null) throw new Refused('mailing-freezing');
    if (rewriting && !texts[before.defaultLanguage]) throw new Refused('mailing-without-text');
    if (change.texts || change.fallbacks) await writeText(tx, viewer, { id, version, texts, fallbacks }, now);
    await tx
      .updateTable('mailings')
      .set({
        updated_at: now,
        version,
        ...(change.name ? { name: change.name } : {}),
        ...(change.audience ? { audience: json(change.audience) } : {}),
        ...(change.defaultLanguage ? { default_language: change.defaultLanguage } : {}),
      })
      .where('id', '=', id)
      .execute();
    if (rewriting) await moveToVersion(tx, before, version);
    await record(tx, {
      actor: viewer.personId,
      feature: 'mailings',
      row: id,
      action: 'changed',
      event: before.eventId,
      ...difference(before, change),
    });
  });
}

// What may be out already keeps its text, so that the same message is never two.
const moveToVersion = (tx: Transaction, { id }: Mailing, version: number) =>
  tx.updateTable('sends').set({ version }).where('mailing_id', '=', id).where('state', 'in', ['queued', 'deferred']).execute();

function difference(before: Mailing, change: MailingChange) {
  const { name, audience, defaultLanguage, texts } = before;
  return {
    before: { name, audience, defaultLanguage, texts },
    after: {
      name: change.name ?? name,
      audience: change.audience ?? audience,
      defaultLanguage: change.defaultLanguage ?? defaultLanguage,
      texts: change.texts ?? texts,
    },
  };
}
