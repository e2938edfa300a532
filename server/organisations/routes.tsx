import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { translator } from '../../web/locales/translate.ts';
import { BulkPage } from '../../web/organisations/bulk-page.tsx';
import { EditOrganisationPage } from '../../web/organisations/edit-organisation-page.tsx';
import { OrganisationPage } from '../../web/organisations/organisation-page.tsx';
import { OrganisationsPage } from '../../web/organisations/organisations-page.tsx';
import { isSecretariat } from '../accounts/access.ts';
import { NotAllowed } from '../errors.ts';
import { flag, optional, whole } from '../fields.ts';
import { MOST_COUNTED, PAGE_SIZE } from '../http/cursor.ts';
import { EXPORT_FORMATS, sendExport } from '../http/exports.ts';
import { cursorOf, type FormError, filterOf, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { mayManage, mayRunMembership } from './access.ts';
import { changeMany, changeOrganisation, createOrganisation, recordFee, removeFee } from './actions.ts';
import { mustSeeSome, today, withYear } from './api.ts';
import { organisationColumns } from './columns.ts';
import { organisationOr404 } from './found.ts';
import { BulkWrite, FeeWrite, OrganisationFilter, OrganisationWrite, ProfileForm, StandingForm } from './input.ts';
import { networkChoices } from './networks.ts';
import { rosterOf } from './people.ts';
import {
  chosenOrganisations,
  countOrganisations,
  everyOrganisation,
  feesOf,
  historyOf,
  organisationBySlug,
  organisationCountries,
  organisationPage,
  organisationPoints,
} from './queries.ts';

type BySlug = { Params: { slug: string } };
type ByYear = { Params: { slug: string; year: string } };
const person = { config: { audience: 'person' }, schema: { hide: true } } as const;
const secretariat = { config: { audience: 'secretariat' }, schema: { hide: true } } as const;

const Confirmation = z.object({ confirmed: optional(flag) });

/** The pages of organisations. */
export function organisationRoutes(app: FastifyInstance): void {
  const { system } = app;
  const { db } = system;

  app.get('/organisations', person, async (request, reply) => list(request, reply));

  async function list(request: FastifyRequest, reply: FastifyReply, more: FormError[] = [], status = 200) {
    const viewer = mustSeeSome(signedIn(request));
    const { filter: asked, errors } = filterOf(request, OrganisationFilter);
    const filter = withYear(asked, system);
    const cursor = cursorOf(request);
    const [page, total, countries, networks, points] = await Promise.all([
      organisationPage(db, viewer, filter, { cursor, limit: PAGE_SIZE }),
      countOrganisations(db, viewer, filter),
      organisationCountries(db, viewer),
      networkChoices(db, viewer),
      organisationPoints(db, viewer, filter),
    ]);
    const all = [...errors, ...more];
    const data = {
      page,
      total,
      most: MOST_COUNTED,
      filter,
      countries,
      networks,
      points,
      year: today(system).year,
      mayRun: mayRunMembership(viewer),
    };
    return sendPage(
      reply,
      <OrganisationsPage ctx={pageContext(request)} {...data} cursor={cursor !== undefined} errors={all} />,
      all.length > 0 && status === 200 ? 422 : status,
    );
  }

  for (const format of EXPORT_FORMATS) {
    app.get(`/organisations.${format}`, person, async (request, reply) => {
      const viewer = mustSeeSome(signedIn(request));
      const filter = withYear(parse(OrganisationFilter, request.query), system);
      const t = translator(request.language);
      return sendExport(reply, {
        name: t('organisations.list.title'),
        format,
        columns: organisationColumns(request.language),
        rows: everyOrganisation(db, viewer, filter),
      });
    });
  }

  app.post('/organisations/bulk', secretariat, async (request, reply) =>
    orAgain(
      request,
      async () => {
        const viewer = signedIn(request);
        const input = parse(BulkWrite, request.body);
        if (parse(Confirmation, request.body).confirmed) {
          return goOn(reply, '/organisations', 'bulkDone', await changeMany(db, viewer, input, today(system)));
        }
        const chosen = await chosenOrganisations(db, viewer, input.organisationIds);
        const same = (row: (typeof chosen)[number]) =>
          input.action === 'fee' ? row.feeYears.includes(input.year) : row.membership === input.membership;
        const changing = chosen.filter((row) => !same(row));
        return sendPage(
          reply,
          <BulkPage ctx={pageContext(request)} input={input} changing={changing} already={chosen.length - changing.length} />,
        );
      },
      (errors, status) => list(request, reply, errors, status),
    ),
  );

  app.get('/organisations/new', secretariat, async (request, reply) =>
    form(request, reply, { kind: 'city', membership: 'member' }),
  );

  app.post('/organisations/new', secretariat, async (request, reply) =>
    orAgain(
      request,
      async () =>
        goOn(
          reply,
          `/organisations/${await createOrganisation(db, signedIn(request), parse(OrganisationWrite, request.body))}`,
          'organisationCreated',
        ),
      (errors, status) => form(request, reply, posted(request), undefined, errors, status),
    ),
  );

  async function form(
    request: FastifyRequest,
    reply: FastifyReply,
    values: Record<string, unknown>,
    organisation?: { slug: string; name: string },
    errors: FormError[] = [],
    status = 200,
  ) {
    const viewer = signedIn(request);
    const networks = await networkChoices(db, viewer);
    const data = { organisation, values, networks, mayRun: mayRunMembership(viewer), errors };
    return sendPage(reply, <EditOrganisationPage ctx={pageContext(request)} {...data} />, status);
  }

  app.get<BySlug>('/organisations/:slug', person, async (request, reply) => {
    const organisation = await organisationOr404(request, reply);
    return organisation && page(request, reply, organisation.slug);
  });

  async function page(
    request: FastifyRequest,
    reply: FastifyReply,
    slug: string,
    typedFee?: { year: string; paidOn: string },
    errors: FormError[] = [],
    status = 200,
  ) {
    const viewer = signedIn(request);
    const organisation = await organisationBySlug(db, viewer, slug);
    if (!organisation) return organisationOr404(request, reply).then(() => reply);
    const [people, fees, history] = await Promise.all([
      rosterOf(db, viewer, organisation.id),
      feesOf(db, organisation.id),
      historyOf(db, organisation.id),
    ]);
    const rights = {
      mayManage: mayManage(viewer, { id: organisation.id, networkIds: organisation.networks.map((network) => network.id) }),
      mayRun: mayRunMembership(viewer),
      maySeeAssessments: isSecretariat(viewer) || viewer.contactOf.includes(organisation.id),
    };
    const data = { organisation, people, fees, history, ...rights, year: today(system).year, typedFee, errors };
    return sendPage(reply, <OrganisationPage ctx={pageContext(request)} {...data} />, status);
  }

  app.get<BySlug>('/organisations/:slug/edit', person, async (request, reply) => {
    const organisation = await organisationOr404(request, reply, '/edit');
    if (!organisation) return reply;
    return form(
      request,
      reply,
      { ...organisation, networkIds: organisation.networks.map((network) => network.id) },
      organisation,
    );
  });

  app.post<BySlug>('/organisations/:slug/edit', person, async (request, reply) => {
    const organisation = await organisationOr404(request, reply, '/edit');
    if (!organisation) return reply;
    return orAgain(
      request,
      async () => {
        const viewer = signedIn(request);
        const change = mayRunMembership(viewer) ? parse(StandingForm, request.body) : parse(ProfileForm, request.body);
        return goOn(reply, `/organisations/${await changeOrganisation(db, viewer, organisation.slug, change)}`, 'saved');
      },
      (errors, status) => form(request, reply, posted(request), organisation, errors, status),
    );
  });

  app.post<BySlug>('/organisations/:slug/fees', person, async (request, reply) => {
    const organisation = await organisationOr404(request, reply);
    if (!organisation) return reply;
    if (!mayRunMembership(request.viewer)) throw new NotAllowed();
    return orAgain(
      request,
      async () => {
        const { paidOn, year } = parse(FeeWrite.extend({ year: whole(1900, 2200) }), request.body);
        await recordFee(db, signedIn(request), organisation.slug, year, paidOn ?? today(system));
        return goOn(reply, `/organisations/${organisation.slug}`, 'feeRecorded');
      },
      (errors, status) => {
        const { year = '', paidOn = '' } = posted(request);
        return page(request, reply, organisation.slug, { year: String(year), paidOn: String(paidOn) }, errors, status);
      },
    );
  });

  app.post<ByYear>('/organisations/:slug/fees/:year/removal', person, async (request, reply) => {
    const year = parse(whole(1900, 2200), request.params.year);
    await removeFee(db, signedIn(request), request.params.slug, year);
    return goOn(reply, `/organisations/${request.params.slug}`, 'feeRemoved');
  });

  // The door of a contact: straight to their organisation when it is the only one.
  app.get('/my/organisations', person, async (request, reply) => {
    const viewer = signedIn(request);
    const mine = await chosenOrganisations(db, viewer, viewer.contactOf);
    return reply.redirect(mine.length === 1 ? `/organisations/${mine[0]?.slug}` : '/organisations', 303);
  });
}
