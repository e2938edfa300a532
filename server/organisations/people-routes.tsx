import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { translator } from '../../web/locales/translate.ts';
import { AddPersonPage } from '../../web/organisations/add-person-page.tsx';
import { AffiliationPage } from '../../web/organisations/affiliation-page.tsx';
import { PeoplePage } from '../../web/organisations/people-page.tsx';
import { PersonPage } from '../../web/organisations/person-page.tsx';
import { RoleWrite } from '../accounts/input.ts';
import { grantRole, revokeRole } from '../accounts/roles.ts';
import { mayGrant } from '../accounts/rules.ts';
import { Invalid, NotFound } from '../errors.ts';
import { flag, id } from '../fields.ts';
import { PAGE_SIZE } from '../http/cursor.ts';
import { EXPORT_FORMATS, sendExport } from '../http/exports.ts';
import { cursorOf, type FormError, filterOf, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { personColumns, placesOf } from './columns.ts';
import { organisationOr404 } from './found.ts';
import { AffiliationChange, AffiliationWrite, PersonChange, PersonFilter } from './input.ts';
import { networkChoices } from './networks.ts';
import { everyPerson, personPage, rosterOf } from './people.ts';
import { addPerson, changeAffiliation, changePerson, createPerson, endAffiliation, personFor } from './roster.ts';

type BySlug = { Params: { slug: string } };
type ById = { Params: { id: string } };
type ByAffiliation = { Params: { slug: string; id: string } };
type ByRole = { Params: { id: string; role: string } };
const person = { config: { audience: 'person' }, schema: { hide: true } } as const;
const secretariat = { config: { audience: 'secretariat' }, schema: { hide: true } } as const;
const GRANTS = ['admin', 'secretariat', 'coordinator', 'organiser', 'juror'] as const;

/** The pages of people: an organisation's roster, and everybody for the secretariat. */
export function peopleRoutes(app: FastifyInstance): void {
  rosterRoutes(app);
  everybodyRoutes(app);
}

function rosterRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  app.get<BySlug>('/organisations/:slug/people/new', person, async (request, reply) => {
    const organisation = await organisationOr404(request, reply, '/people/new');
    return organisation
      ? sendPage(
          reply,
          <AddPersonPage ctx={pageContext(request)} organisation={organisation} values={{ zone: organisation.zone }} />,
        )
      : reply;
  });

  app.post<BySlug>('/organisations/:slug/people', person, async (request, reply) => {
    const organisation = await organisationOr404(request, reply);
    if (!organisation) return reply;
    return orAgain(
      request,
      async () => {
        await addPerson(db, signedIn(request), organisation.slug, parse(AffiliationWrite, request.body));
        return goOn(reply, `/organisations/${organisation.slug}`, 'personAdded');
      },
      (errors, status) =>
        sendPage(
          reply,
          <AddPersonPage ctx={pageContext(request)} organisation={organisation} values={posted(request)} errors={errors} />,
          status,
        ),
    );
  });

  app.get<ByAffiliation>('/organisations/:slug/people/:id', person, async (request, reply) =>
    affiliation(request, reply, request.params),
  );

  async function affiliation(
    request: FastifyRequest,
    reply: FastifyReply,
    params: ByAffiliation['Params'],
    values?: Record<string, unknown>,
    errors: FormError[] = [],
    status = 200,
  ) {
    const organisation = await organisationOr404(request, reply, `/people/${params.id}`);
    if (!organisation) return reply;
    const row = (await rosterOf(db, signedIn(request), organisation.id)).find((one) => one.affiliationId === params.id);
    if (!row) throw new NotFound();
    const data = { organisation, person: row, values: values ?? { title: row.title, isContact: row.isContact }, errors };
    return sendPage(reply, <AffiliationPage ctx={pageContext(request)} {...data} />, status);
  }

  app.post<ByAffiliation>('/organisations/:slug/people/:id', person, async (request, reply) =>
    orAgain(
      request,
      async () => {
        const change = parse(AffiliationChange, { isContact: 'off', ...posted(request) });
        await changeAffiliation(db, signedIn(request), request.params.slug, request.params.id, change);
        return goOn(reply, `/organisations/${request.params.slug}`, 'saved');
      },
      (errors, status) => affiliation(request, reply, request.params, posted(request), errors, status),
    ),
  );

  app.post<ByAffiliation>('/organisations/:slug/people/:id/contact', person, async (request, reply) => {
    const { isContact } = parse(z.object({ isContact: flag }), request.body);
    await changeAffiliation(db, signedIn(request), request.params.slug, request.params.id, { isContact });
    return goOn(reply, `/organisations/${request.params.slug}`, 'saved');
  });

  app.post<ByAffiliation>('/organisations/:slug/people/:id/end', person, async (request, reply) => {
    const viewer = signedIn(request);
    await endAffiliation(db, viewer, request.params.slug, request.params.id, clock());
    return goOn(reply, `/organisations/${request.params.slug}`, 'personEnded');
  });
}

function everybodyRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  app.get('/people', secretariat, async (request, reply) => {
    const { filter } = filterOf(request, PersonFilter);
    const cursor = cursorOf(request);
    const page = await personPage(db, signedIn(request), filter, { cursor, limit: PAGE_SIZE });
    return sendPage(reply, <PeoplePage ctx={pageContext(request)} page={page} filter={filter} cursor={cursor !== undefined} />);
  });

  for (const format of EXPORT_FORMATS) {
    app.get(`/people.${format}`, secretariat, async (request, reply) => {
      const rows = placesOf(everyPerson(db, signedIn(request), parse(PersonFilter, request.query)));
      return sendExport(reply, {
        name: translator(request.language)('organisations.people.title'),
        format,
        columns: personColumns(request.language),
        rows,
      });
    });
  }

  app.get('/people/new', secretariat, async (request, reply) =>
    sendPage(reply, <AddPersonPage ctx={pageContext(request)} values={{}} />),
  );

  app.post('/people', secretariat, async (request, reply) =>
    orAgain(
      request,
      async () =>
        goOn(reply, `/people/${await createPerson(db, signedIn(request), parse(AffiliationWrite, request.body))}`, 'saved'),
      (errors, status) =>
        sendPage(reply, <AddPersonPage ctx={pageContext(request)} values={posted(request)} errors={errors} />, status),
    ),
  );

  app.get<ById>('/people/:id', person, async (request, reply) => show(request, reply, request.params.id));

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    personId: string,
    values?: Record<string, unknown>,
    errors: FormError[] = [],
    status = 200,
  ) {
    const viewer = signedIn(request);
    const found = await personFor(db, viewer, personId);
    const grantable = GRANTS.filter((role) => mayGrant(viewer, role));
    const networks = grantable.length > 0 ? await networkChoices(db, viewer) : [];
    const data = { ...found, values: { ...found.person, ...values }, grantable, networks, errors };
    return sendPage(reply, <PersonPage ctx={pageContext(request)} {...data} />, status);
  }

  app.post<ById>('/people/:id', person, async (request, reply) =>
    orAgain(
      request,
      async () => {
        await changePerson(db, signedIn(request), request.params.id, parse(PersonChange, request.body));
        return goOn(reply, `/people/${request.params.id}`, 'saved');
      },
      (errors, status) => show(request, reply, request.params.id, posted(request), errors, status),
    ),
  );

  app.post<ById>('/people/:id/roles', secretariat, async (request, reply) =>
    orAgain(
      request,
      async () => {
        const { role, scopeId } = parse(RoleWrite, request.body);
        const wanted = role === 'coordinator' ? (scopeId ?? null) : null;
        if (role === 'coordinator' && !wanted) throw new Invalid([{ path: 'scopeId', code: 'networkWanted' }]);
        const { person } = await personFor(db, signedIn(request), parse(id, request.params.id));
        await grantRole(db, request.viewer, person.id, { role, scopeId: wanted });
        return goOn(reply, `/people/${person.id}`, 'roleGranted');
      },
      (errors, status) => show(request, reply, request.params.id, posted(request), errors, status),
    ),
  );

  app.post<ByRole>('/people/:id/roles/:role/removal', secretariat, async (request, reply) =>
    orAgain(
      request,
      async () => {
        await revokeRole(db, signedIn(request), request.params.role, clock());
        return goOn(reply, `/people/${request.params.id}`, 'roleRevoked');
      },
      (errors, status) => show(request, reply, request.params.id, undefined, errors, status),
    ),
  );
}
