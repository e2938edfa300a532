import type { FastifyRequest } from 'fastify';
import { ChangePage } from '../../web/registrations/change-page.tsx';
import { RegistrationPage } from '../../web/registrations/registration-page.tsx';
import { ReplacePage } from '../../web/registrations/replace-page.tsx';
import type { Viewer } from '../accounts/access.ts';
import { passToken, passUrl, qrPath } from '../door/pass.ts';
import { NotFound } from '../errors.ts';
import { eventBySlug } from '../events/queries.ts';
import type { Answers } from '../forms/conditions.ts';
import type { FormError } from '../http/forms.ts';
import { pageContext } from '../http/pages.tsx';
import { actsFor, organises } from './access.ts';
import { fileNames, filesIn, questionsOf, underVersion } from './answers.ts';
import { visibleRegistration } from './api.ts';
import { type EventContext, eventContextById } from './context.ts';
import { hasVisits, hasVotes, rosterFor } from './my-queries.ts';
import { history } from './queries.ts';
import { changeableUntil, possible } from './rules.ts';
import { categoriesFor } from './self-page.tsx';

/** Who has come to a registration, and by which address. */
export interface Door {
  viewer: Viewer;
  registrationId: string;
  base: string;
}

/** A registration with its event, for whoever may see it. `event` asks the version of the form that was answered. */
export async function opened(request: FastifyRequest, { viewer, registrationId }: Door) {
  const { db } = request.server.system;
  const registration = await visibleRegistration(request, registrationId, viewer);
  const organisationId = registration.organisation?.id ?? null;
  const newest = await eventContextById(db, registration.event.id, organisationId);
  const event = await underVersion(db, newest, registration.formVersionId);
  const details = await eventBySlug(db, event.slug);
  if (!details) throw new NotFound();
  return { registration, event, newest, details };
}

type Opened = Awaited<ReturnType<typeof opened>>;

function mayDo({ registration, event }: Opened, viewer: Viewer, now: Temporal.Instant) {
  const can = possible(registration.state);
  const runs = organises(viewer, event);
  const inTime = runs || Temporal.Instant.compare(now, changeableUntil(event)) < 0;
  const contact = actsFor(viewer, registration.organisation?.id ?? null);
  return {
    change: can.change && inTime,
    replace: can.replace && inTime,
    giveBack: can.giveBack,
    decide: can.approve && registration.approvalBy === 'organisation' && (contact || runs),
  };
}

/** One registration as its reader may know it. */
export async function drawRegistration(request: FastifyRequest, door: Door) {
  const { db, clock } = request.server.system;
  const found = await opened(request, door);
  const { registration, event, details } = found;
  const { viewer } = door;
  const definition = questionsOf(event);
  const answered = definition !== null && Object.keys(registration.answers).length > 0;
  const files = definition ? await namesOfFiles(request, found, door, registration.answers) : [];
  const runs = organises(viewer, event);
  const past = await history(db, registration.id);
  return (
    <RegistrationPage
      ctx={{ ...pageContext(request), zone: viewer.zone, zoneKnown: true }}
      base={door.base}
      event={details}
      registration={registration}
      other={viewer.personId !== registration.person.id}
      may={mayDo(found, viewer, clock())}
      pass={passOf(request, registration)}
      visits={await hasVisits(db, event.eventId)}
      votes={await hasVotes(db, event.eventId, viewer)}
      changeableUntil={changeableUntil(event)}
      form={answered ? { definition, answers: registration.answers, files } : null}
      history={past.map(({ id, action, at, actorId, actor }) => ({
        id: String(id),
        action,
        at,
        byReader: actorId === viewer.personId,
        actor: runs ? actor : null,
      }))}
    />
  );
}

// Whoever is confirmed shows this at the door.
function passOf(request: FastifyRequest, { id, person, state }: Opened['registration']) {
  const { config } = request.server.system;
  const of = { registrationId: id, personId: person.id };
  return state === 'confirmed' ? { href: `/pass/${passToken(config.secret, of)}`, code: qrPath(passUrl(config, of)) } : null;
}

function namesOfFiles(request: FastifyRequest, { registration, event }: Opened, { viewer }: Door, answers: Answers) {
  const definition = questionsOf(event);
  const ids = definition ? filesIn(definition, answers) : [];
  return fileNames(request.server.system.db, ids, { ownerId: registration.id, uploadedBy: viewer.personId });
}

export interface ChangeTyped {
  /** Which version of the form is asked. */
  asks: EventContext;
  answers: Answers;
  category?: string;
  errors?: FormError[];
}

/** The page with other answers or another category. */
export async function drawChange(request: FastifyRequest, door: Door, found: Opened, typed: ChangeTyped) {
  const { clock } = request.server.system;
  const { registration, newest, details } = found;
  const { asks } = typed;
  const definition = questionsOf(asks);
  const organisation = asks.organisation;
  const all = categoriesFor(details, {
    now: clock(),
    country: organisation?.country ?? null,
    runs: organises(door.viewer, asks),
    membership: organisation?.membership ?? null,
  });
  return (
    <ChangePage
      ctx={{ ...pageContext(request), zone: door.viewer.zone, zoneKnown: true }}
      base={door.base}
      event={details}
      name={registration.person.name}
      categories={registration.state === 'waiting' || all.length < 2 ? [] : all}
      category={typed.category ?? registration.category.key}
      form={definition && asks.formVersionId ? { definition, versionId: asks.formVersionId } : null}
      newer={newest.formVersionId !== asks.formVersionId ? newest.formVersionId : null}
      answers={typed.answers}
      files={await namesOfFiles(request, { ...found, event: asks }, door, typed.answers)}
      errors={typed.errors}
    />
  );
}

/** The page that names who comes instead. The people of the organisation are shown to its contact and the organisers alone. */
export async function drawReplace(
  request: FastifyRequest,
  door: Door,
  { typed = {}, errors }: { typed?: Record<string, unknown>; errors?: FormError[] } = {},
) {
  const { db } = request.server.system;
  const { registration, event, details } = await opened(request, door);
  const organisationId = registration.organisation?.id ?? null;
  const sees = organisationId !== null && (actsFor(door.viewer, organisationId) || organises(door.viewer, event));
  const roster = sees ? await rosterFor(db, organisationId, event.eventId) : [];
  return (
    <ReplacePage
      ctx={pageContext(request)}
      base={door.base}
      event={details}
      name={registration.person.name}
      roster={roster.filter((person) => !person.registration)}
      typed={typed}
      errors={errors}
    />
  );
}
