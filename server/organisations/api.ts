import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Viewer } from '../accounts/access.ts';
import { NotFound } from '../errors.ts';
import { id, whole } from '../fields.ts';
import { PageQuery } from '../http/cursor.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import type { System } from '../system.ts';
import { seesOrganisations } from './access.ts';
import { changeOrganisation, createOrganisation, recordFee, removeFee } from './actions.ts';
import { FeeWrite, NetworkWrite, OrganisationChange, OrganisationFilter, OrganisationWrite } from './input.ts';
import { changeNetwork, createNetwork, networkBySlug, networkPage } from './networks.ts';
import { feesOf, organisationBySlug, organisationPage } from './queries.ts';

export const BySlug = z.object({ slug: z.string().max(100) });
const ByYear = BySlug.extend({ year: whole(1900, 2200) });
const security = [{ token: [] }];
const audience = { audience: 'person' } as const;

const Organisation = z.object({
  id,
  slug: z.string(),
  kind: z.string(),
  name: z.string(),
  country: z.string().describe('ISO 3166-1 alpha-2'),
  languages: z.array(z.string()),
  zone: z.string().describe('IANA time zone'),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  population: z.int().nullable(),
  membership: z.string(),
  memberSince: z.int().nullable(),
  networks: z.array(z.object({ id, slug: z.string(), name: z.record(z.string(), z.string()) })),
  feeYears: z.array(z.int()).describe('The last years whose fee is paid'),
  people: z.int(),
  contacts: z.int(),
});
const Network = z.object({
  id,
  slug: z.string(),
  name: z.record(z.string(), z.string()),
  organisations: z.int(),
  coordinating: z.object({ id, slug: z.string(), name: z.string() }).nullable(),
  coordinators: z.array(z.string()),
});
const Fee = z.object({
  year: z.int(),
  paidOn: z.unknown().meta({ type: 'string', format: 'date' }),
  recordedAt: z.unknown().meta({ type: 'string', format: 'date-time' }),
  recordedBy: z.string().nullable(),
});
const pageOfSchema = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: z.string().nullable() });
const answers = <Schema extends z.ZodType>(schema: Schema) => ({ 200: schema });

/** Organisations and networks for programs: what the pages show, by the same rules. */
export function organisationApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db } = fastify.system;
  const tags = ['organisations'];

  app.get(
    '/api/organisations',
    {
      config: audience,
      schema: {
        tags,
        security,
        summary: 'The organisations you may see',
        querystring: PageQuery.extend(OrganisationFilter.shape),
        response: answers(pageOfSchema(Organisation)),
      },
    },
    async (request) => {
      const viewer = mustSeeSome(signedIn(request));
      return organisationPage(db, viewer, withYear(request.query, fastify.system), request.query);
    },
  );

  app.post(
    '/api/organisations',
    { config: { audience: 'secretariat' }, schema: { tags, security, summary: 'A new organisation', body: OrganisationWrite } },
    (request, reply) =>
      once(request, reply, async () => {
        const slug = await createOrganisation(db, signedIn(request), request.body);
        return found(await organisationBySlug(db, request.viewer, slug));
      }),
  );

  app.get(
    '/api/organisations/:slug',
    {
      config: audience,
      schema: { tags, security, summary: 'One organisation', params: BySlug, response: answers(Organisation) },
    },
    async (request) => found(await organisationBySlug(db, signedIn(request), request.params.slug)),
  );

  app.patch(
    '/api/organisations/:slug',
    {
      config: audience,
      schema: {
        tags,
        security,
        summary: 'Change an organisation',
        params: BySlug,
        body: OrganisationChange,
        response: answers(Organisation),
      },
    },
    async (request) => {
      const slug = await changeOrganisation(db, signedIn(request), request.params.slug, request.body);
      return found(await organisationBySlug(db, request.viewer, slug));
    },
  );

  app.get(
    '/api/organisations/:slug/fees',
    {
      config: audience,
      schema: { tags, security, summary: 'Fees paid', params: BySlug, response: answers(z.object({ items: z.array(Fee) })) },
    },
    async (request) => ({
      items: await feesOf(db, found(await organisationBySlug(db, signedIn(request), request.params.slug)).id),
    }),
  );

  app.put(
    '/api/organisations/:slug/fees/:year',
    { config: audience, schema: { tags, security, summary: "Record that a year's fee is paid", params: ByYear, body: FeeWrite } },
    async (request) => {
      const { slug, year } = request.params;
      await recordFee(db, signedIn(request), slug, year, request.body.paidOn ?? today(fastify.system));
      return { year, paid: true };
    },
  );

  app.delete(
    '/api/organisations/:slug/fees/:year',
    { config: audience, schema: { tags, security, summary: 'Take a recorded fee back', params: ByYear } },
    async (request) => {
      await removeFee(db, signedIn(request), request.params.slug, request.params.year);
      return { year: request.params.year, paid: false };
    },
  );

  app.get(
    '/api/networks',
    {
      config: audience,
      schema: {
        tags,
        security,
        summary: 'The networks you may see',
        querystring: PageQuery,
        response: answers(pageOfSchema(Network)),
      },
    },
    async (request) => networkPage(db, mustSeeSome(signedIn(request)), request.query),
  );

  app.post(
    '/api/networks',
    { config: { audience: 'secretariat' }, schema: { tags, security, summary: 'A new network', body: NetworkWrite } },
    (request, reply) =>
      once(request, reply, async () =>
        found(await networkBySlug(db, request.viewer, await createNetwork(db, signedIn(request), request.body))),
      ),
  );

  app.get(
    '/api/networks/:slug',
    { config: audience, schema: { tags, security, summary: 'One network', params: BySlug, response: answers(Network) } },
    async (request) => found(await networkBySlug(db, signedIn(request), request.params.slug)),
  );

  app.patch(
    '/api/networks/:slug',
    {
      config: { audience: 'secretariat' },
      schema: {
        tags,
        security,
        summary: 'Change a network',
        params: BySlug,
        body: NetworkWrite.partial(),
        response: answers(Network),
      },
    },
    async (request) => {
      const network = found(await networkBySlug(db, signedIn(request), request.params.slug));
      return found(await networkBySlug(db, request.viewer, await changeNetwork(db, signedIn(request), network.id, request.body)));
    },
  );
}

/** Errors: NotFound for whoever may see no organisation at all. */
export function mustSeeSome(viewer: Viewer): Viewer {
  if (!seesOrganisations(viewer)) throw new NotFound();
  return viewer;
}

/** Errors: NotFound when there is nothing. */
export function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new NotFound();
  return value;
}

/** Today in the installation's zone. */
export function today({ clock, config }: System): Temporal.PlainDate {
  return clock().toZonedDateTimeISO(config.defaultZone).toPlainDate();
}

/** A filter by fee without a year means this year. */
export function withYear(filter: OrganisationFilter, system: System): OrganisationFilter {
  return filter.fee && !filter.year ? { ...filter, year: today(system).year } : filter;
}
