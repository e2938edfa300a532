import type { FastifyRequest } from 'fastify';
import { translateCode } from '../../web/locales/translate.ts';
import { ChoosePeoplePage } from '../../web/registrations/choose-people-page.tsx';
import { DelegationAnswersPage } from '../../web/registrations/delegation-answers-page.tsx';
import { DelegationDetailsPage } from '../../web/registrations/delegation-details-page.tsx';
import { DelegationPage } from '../../web/registrations/delegation-page.tsx';
import { DelegationResultPage } from '../../web/registrations/delegation-result-page.tsx';
import { DelegationReviewPage } from '../../web/registrations/delegation-review-page.tsx';
import type { Viewer } from '../accounts/access.ts';
import { NotFound } from '../errors.ts';
import { type EventDetails, eventBySlug } from '../events/queries.ts';
import type { Answers } from '../forms/conditions.ts';
import type { FormError } from '../http/forms.ts';
import { pageContext } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { actsFor, organises } from './access.ts';
import { fileNames, filesIn, questionsOf, underVersion } from './answers.ts';
import { visibleEvent } from './api.ts';
import type { EventContext } from './context.ts';
import { DraftContent as Draft, type DraftContent, draftResult, openDraft } from './delegation-draft.ts';
import { delegationMembers, delegationOf, dueOf, type PlacesLeft, placesLeft, rosterNames } from './delegation-queries.ts';
import { hasVisits, hasVotes, rosterFor } from './my-queries.ts';
import { changeableUntil, limitFor, refusal } from './rules.ts';
import { categoriesFor } from './self-page.tsx';

export interface DelegationDoor {
  viewer: Viewer;
  event: EventContext;
  details: EventDetails;
  organisation: NonNullable<EventContext['organisation']>;
  base: string;
  runs: boolean;
  left: PlacesLeft;
  /** Why nobody of it may be registered now, in words. */
  closed: string | null;
}

/** The delegation of an organisation for an event, to its contact and the organisers. Errors: NotFound for everybody else. */
export async function delegationDoor(request: FastifyRequest): Promise<DelegationDoor> {
  const { db, clock } = request.server.system;
  const { slug, organisation: organisationSlug } = request.params as { slug: string; organisation: string };
  const viewer = signedIn(request);
  const row = await db.selectFrom('organisations').select('id').where('slug', '=', organisationSlug).executeTakeFirst();
  if (!row) throw new NotFound();
  const event = await visibleEvent(request, slug, row.id);
  const { organisation } = event;
  const runs = organises(viewer, event);
  const details = await eventBySlug(db, event.slug);
  if (!organisation || !details || !(runs || actsFor(viewer, organisation.id))) throw new NotFound();
  const code = refusal(event, { now: clock(), organises: runs, alone: false, membership: organisation.membership });
  return {
    viewer,
    event,
    details,
    organisation,
    base: `/events/${event.slug}/delegations/${organisation.slug}`,
    runs,
    left: await placesLeft(db, event.eventId, organisation.id, limitFor(event, organisation.membership)),
    closed: code && (translateCode(request.language, `refusal.${code}`) ?? code),
  };
}

export const whose = ({ event, organisation, viewer }: DelegationDoor) => ({
  eventId: event.eventId,
  organisationId: organisation.id,
  personId: viewer.personId,
});

/** The draft as it is, or an empty one, and the event asking the form under which it was begun. */
export async function draftAt(request: FastifyRequest, door: DelegationDoor) {
  const { db } = request.server.system;
  const draft = await openDraft(db, whose(door));
  const content = draft?.content ?? Draft.parse({});
  return { id: draft?.id ?? null, content, asks: await underVersion(db, door.event, content.formVersionId) };
}

const common = (request: FastifyRequest, { details, organisation, base, left }: DelegationDoor) => ({
  ctx: pageContext(request),
  event: details,
  organisation,
  base,
  left,
});

export async function drawDelegation(request: FastifyRequest, door: DelegationDoor) {
  const { db, clock } = request.server.system;
  const { event, organisation, runs } = door;
  const people = await delegationMembers(db, event.eventId, organisation.id);
  const delegation = await delegationOf(db, event.eventId, organisation.id);
  const asks = await underVersion(db, event, delegation?.formVersionId);
  const definition = questionsOf(asks);
  const answers = delegation?.answers ?? {};
  const files =
    definition && delegation
      ? await fileNames(db, filesIn(definition, answers), { ownerId: delegation.id, uploadedBy: null })
      : [];
  return (
    <DelegationPage
      {...common(request, door)}
      people={people}
      head={delegation?.headPersonId ?? null}
      reference={delegation?.reference ?? null}
      visits={await hasVisits(db, event.eventId)}
      votes={await hasVotes(db, event.eventId, door.viewer)}
      due={dueOf(people)}
      paid={people.reduce((sum, { state, paid }) => sum + (state === 'confirmed' ? paid : 0), 0)}
      closed={door.closed}
      changeable={runs || Temporal.Instant.compare(clock(), changeableUntil(event)) < 0}
      changeableUntil={changeableUntil(event)}
      form={definition && Object.keys(answers).length > 0 ? { definition, answers, files } : null}
    />
  );
}

/** The page that changes what is kept of the delegation itself. Errors: NotFound before it has been registered. */
export async function drawDelegationAnswers(
  request: FastifyRequest,
  door: DelegationDoor,
  typed: { answers?: Answers; headPersonId?: string; errors?: FormError[] } = {},
) {
  const { db } = request.server.system;
  const { event, organisation, viewer } = door;
  const delegation = await delegationOf(db, event.eventId, organisation.id);
  if (!delegation) throw new NotFound();
  const members = await delegationMembers(db, event.eventId, organisation.id);
  const asks = await underVersion(db, event, delegation.formVersionId);
  const definition = questionsOf(asks);
  const answers = typed.answers ?? delegation.answers;
  const ids = definition ? filesIn(definition, answers) : [];
  return (
    <DelegationAnswersPage
      {...common(request, door)}
      people={members.filter(({ state }) => state === 'confirmed' || state === 'waiting' || state === 'pending')}
      head={typed.headPersonId ?? delegation.headPersonId}
      form={definition && asks.formVersionId ? { definition, versionId: asks.formVersionId } : null}
      answers={answers}
      files={await fileNames(db, ids, { ownerId: delegation.id, uploadedBy: viewer.personId })}
      errors={typed.errors}
    />
  );
}

export async function drawPeople(
  request: FastifyRequest,
  door: DelegationDoor,
  content: DraftContent,
  { errors, rows }: { errors?: FormError[]; rows?: number } = {},
) {
  const roster = await rosterFor(request.server.system.db, door.organisation.id, door.event.eventId);
  return <ChoosePeoplePage {...common(request, door)} roster={roster} content={content} errors={errors} rows={rows ?? 1} />;
}

export async function drawDetails(
  request: FastifyRequest,
  door: DelegationDoor,
  { content, asks }: { content: DraftContent; asks: EventContext },
  errors?: FormError[],
) {
  const { db } = request.server.system;
  const definition = questionsOf(asks);
  const ids = definition
    ? [content.answers, ...content.people.map(({ answers }) => answers)].flatMap((answers) => filesIn(definition, answers))
    : [];
  return (
    <DelegationDetailsPage
      {...common(request, door)}
      content={await named(request, door, content)}
      categories={categoriesNow(request, door)}
      form={definition && asks.formVersionId ? { definition, versionId: asks.formVersionId } : null}
      files={await fileNames(db, ids, { uploadedBy: door.viewer.personId })}
      errors={errors}
    />
  );
}

export async function drawReview(
  request: FastifyRequest,
  door: DelegationDoor,
  draft: { id: string; content: DraftContent },
  errors?: FormError[],
) {
  return (
    <DelegationReviewPage
      {...common(request, door)}
      draftId={draft.id}
      content={await named(request, door, draft.content)}
      categories={categoriesNow(request, door)}
      errors={errors}
    />
  );
}

export async function drawResult(request: FastifyRequest, door: DelegationDoor, draftId: string) {
  const { db } = request.server.system;
  const { event, organisation } = door;
  const { outcomes } = await draftResult(db, draftId, whose(door));
  const registered = new Set(outcomes.map(({ registrationId }) => registrationId));
  const all = await delegationMembers(db, event.eventId, organisation.id);
  const out = outcomes.filter(({ outcome }) => outcome === 'allowance' || outcome === 'no-places');
  const names = await rosterNames(
    db,
    organisation.id,
    out.map(({ personId }) => personId),
  );
  const delegation = await delegationOf(db, event.eventId, organisation.id);
  return (
    <DelegationResultPage
      {...common(request, door)}
      people={all.filter(({ id }) => registered.has(id))}
      refused={out.map(({ personId, outcome }) => ({
        name: names.get(personId) ?? '',
        why: translateCode(request.language, `refusal.${outcome}`) ?? outcome,
      }))}
      reference={delegation?.reference ?? ''}
      due={dueOf(all)}
      paid={all.reduce((sum, { state, paid }) => sum + (state === 'confirmed' ? paid : 0), 0)}
    />
  );
}

function categoriesNow(request: FastifyRequest, { details, organisation, runs }: DelegationDoor) {
  const now = request.server.system.clock();
  return categoriesFor(details, { now, country: organisation.country, runs, membership: organisation.membership });
}

// People of the roster have no name in the draft: the organisation's own for them is shown.
async function named(request: FastifyRequest, { organisation }: DelegationDoor, content: DraftContent): Promise<DraftContent> {
  const ids = content.people.flatMap(({ personId }) => personId ?? []);
  const names = await rosterNames(request.server.system.db, organisation.id, ids);
  return {
    ...content,
    people: content.people.map((person) => (person.personId ? { ...person, name: names.get(person.personId) ?? '' } : person)),
  };
}
