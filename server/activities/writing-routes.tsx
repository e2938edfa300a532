import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CityActivitiesPage } from '../../web/activities/city-activities-page.tsx';
import { EditActivityPage } from '../../web/activities/edit-activity-page.tsx';
import { ModerateActivitiesPage, ModerateActivityPage } from '../../web/activities/moderate-page.tsx';
import type { Values } from '../../web/events/form-values.ts';
import { Invalid, NotFound } from '../errors.ts';
import { id } from '../fields.ts';
import { readForm } from '../forms/uploads.ts';
import { PAGE_SIZE } from '../http/cursor.ts';
import { cursorOf, type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { changeActivity, proposeActivity, publishActivity, returnActivity, withdrawActivity } from './actions.ts';
import { ActivityChange, ActivityWrite, ReturnWrite } from './input.ts';
import { PICTURE_FORM } from './picture.ts';
import { type ActivityWriting, activitiesOf, citiesOf, lastWriting, publishedActivity, waitingActivities } from './queries.ts';
import { descriptionOf, sendPicture } from './routes.tsx';
import { mayModerate, mayWrite } from './rules.ts';

type ById = { Params: { id: string } };
const person = { config: { audience: 'person' }, schema: { hide: true } } as const;
const coordination = { config: { audience: 'coordination' }, schema: { hide: true } } as const;

/** Where cities write what they do on the International Day, and where it is read before everybody may. */
export function activityWritingRoutes(app: FastifyInstance): void {
  cityPages(app);
  moderation(app);
}

function cityPages(app: FastifyInstance): void {
  const { db, clock } = app.system;

  app.get('/city-activities', person, async (request, reply) => {
    const { contactOf } = signedIn(request);
    const [activities, cities] = await Promise.all([activitiesOf(db, contactOf), citiesOf(db, contactOf)]);
    return sendPage(reply, <CityActivitiesPage ctx={pageContext(request)} activities={activities} cities={cities} />);
  });

  const form = async (request: FastifyRequest, reply: FastifyReply, values: Values, errors: FormError[] = [], status = 200) => {
    const cities = await citiesOf(db, signedIn(request).contactOf);
    if (cities.length === 0) throw new NotFound();
    return sendPage(reply, <EditActivityPage ctx={pageContext(request)} {...{ cities, values, errors }} />, status);
  };
  app.get('/city-activities/new', person, (request, reply) => form(request, reply, {}));
  app.post('/city-activities/new', person, async (request, reply) => {
    const { typed, problems } = await read(request);
    return orAgain(
      request,
      async () => {
        if (problems.length > 0) throw new Invalid(problems);
        await proposeActivity(db, signedIn(request), parse(ActivityWrite, typed), clock());
        return goOn(reply, '/city-activities', 'activityProposed');
      },
      (errors, status) => form(request, reply, typed, errors, status),
    );
  });

  const edit = async (
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    values?: Values,
    errors: FormError[] = [],
    status = 200,
  ) => {
    const activity = await found(request, (one) => mayWrite(request.viewer, one.organisation.id));
    const cities = await citiesOf(db, [activity.organisation.id]);
    return sendPage(
      reply,
      <EditActivityPage ctx={pageContext(request)} {...{ cities, errors, activity, values: values ?? valuesOf(activity) }} />,
      status,
    );
  };
  app.get<ById>('/city-activities/:id', person, (request, reply) => edit(request, reply));
  app.post<ById>('/city-activities/:id', person, async (request, reply) => {
    const activity = await found(request, (one) => mayWrite(request.viewer, one.organisation.id));
    const { typed, problems } = await read(request);
    return orAgain(
      request,
      async () => {
        if (problems.length > 0) throw new Invalid(problems);
        await changeActivity(db, signedIn(request), activity.id, parse(ActivityChange, typed), clock());
        return goOn(reply, '/city-activities', 'activityProposed');
      },
      (errors, status) => edit(request, reply, typed, errors, status),
    );
  });

  app.post<ById>('/city-activities/:id/withdrawal', person, async (request, reply) => {
    await withdrawActivity(db, signedIn(request), parse(id, request.params.id), clock());
    return goOn(reply, '/city-activities', 'activityWithdrawn');
  });

  async function found(request: FastifyRequest<ById>, may: (one: ActivityWriting) => boolean): Promise<ActivityWriting> {
    const key = id.safeParse(request.params.id);
    const one = key.success ? await lastWriting(db, key.data) : undefined;
    if (!one || !may(one)) throw new NotFound();
    return one;
  }
}

// A new picture takes the place of the one that was there; a form without one keeps it, unless the box says otherwise.
async function read(request: FastifyRequest) {
  const { body, problems } = await readForm(request, PICTURE_FORM);
  const { picture, pictureGone, pictureId, ...fields } = { ...(body as Record<string, unknown>) };
  const chosen = [picture].flat().find((one) => typeof one === 'string' && one !== '');
  const kept = pictureGone ? '' : pictureId;
  const typed: Values = { ...fields, ...(chosen ? { pictureId: chosen } : kept === undefined ? {} : { pictureId: kept }) };
  return { typed, problems };
}

const valuesOf = (one: ActivityWriting): Values => ({
  ...one,
  latitude: one.ownLatitude ?? '',
  longitude: one.ownLongitude ?? '',
  organisationId: one.organisation.id,
});

function moderation(app: FastifyInstance): void {
  const { db, clock } = app.system;
  const at = '/back-office/activities';

  app.get(at, coordination, async (request, reply) => {
    const cursor = cursorOf(request);
    const page = await waitingActivities(db, signedIn(request), { cursor, limit: PAGE_SIZE });
    return sendPage(reply, <ModerateActivitiesPage ctx={pageContext(request)} {...page} later={cursor !== undefined} />);
  });

  const show = async (
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    values: Values = {},
    errors: FormError[] = [],
    status = 200,
  ) => {
    const key = id.safeParse(request.params.id);
    const activity = key.success ? await lastWriting(db, key.data) : undefined;
    if (!activity || !mayModerate(request.viewer, activity.networkIds)) throw new NotFound();
    const before = activity.state === 'published' ? undefined : await publishedActivity(db, activity.id);
    const data = { activity, before, description: descriptionOf(activity, request.language), values, errors };
    return sendPage(reply, <ModerateActivityPage ctx={pageContext(request)} {...data} />, status);
  };
  app.get<ById>(`${at}/:id`, coordination, (request, reply) => show(request, reply));

  app.get<ById>(`${at}/:id/picture`, coordination, async (request, reply) => {
    const key = id.safeParse(request.params.id);
    const activity = key.success ? await lastWriting(db, key.data) : undefined;
    if (!activity || !mayModerate(request.viewer, activity.networkIds)) throw new NotFound();
    return sendPicture(reply, app.system, activity.pictureId);
  });

  app.post<ById>(`${at}/:id/publication`, coordination, (request, reply) =>
    orAgain(
      request,
      async () => {
        await publishActivity(db, signedIn(request), parse(id, request.params.id), seen(request), clock());
        return goOn(reply, at, 'activityPublished');
      },
      (errors, status) => show(request, reply, {}, errors, status),
    ),
  );
  app.post<ById>(`${at}/:id/return`, coordination, (request, reply) =>
    orAgain(
      request,
      async () => {
        const { reason } = parse(ReturnWrite, posted(request));
        await returnActivity(db, signedIn(request), parse(id, request.params.id), { reason, no: seen(request) }, clock());
        return goOn(reply, at, 'activityReturned');
      },
      (errors, status) => show(request, reply, posted(request), errors, status),
    ),
  );
}

// Which writing stood on the page.
function seen(request: FastifyRequest): number | undefined {
  const no = Number(posted(request).no);
  return Number.isSafeInteger(no) && no > 0 ? no : undefined;
}
