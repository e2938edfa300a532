import { z } from 'zod';
import {
  country,
  currency,
  decimal,
  email,
  flag,
  id,
  languageTag,
  list,
  localDateTime,
  nullable,
  optional,
  optionalLine,
  search,
  texts,
  webAddress,
  whole,
  zone,
} from '../fields.ts';

export const KINDS = [
  'congress',
  'national-meeting',
  'regional-meeting',
  'study-visit',
  'assembly',
  'committee-meeting',
  'seminar',
  'dialogue',
  'exhibition',
  'international-day',
] as const;

export const CategoryWrite = z.object({
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  name: texts(100),
  note: texts(500),
  openTo: z.enum(['anyone', 'members', 'non-members', 'organiser']).default('anyone'),
  priceEarly: whole(0, 100_000_000).default(0),
  priceLate: nullable(whole(0, 100_000_000)),
  priceReduced: nullable(whole(0, 100_000_000)),
  capacity: nullable(whole(0, 100_000)),
});
export type CategoryWrite = z.output<typeof CategoryWrite>;

const fields = {
  kind: z.enum(KINDS),
  edition: nullable(whole(1, 1000)),
  seriesId: nullable(id),
  networkId: nullable(id),
  hostOrganisationId: nullable(id),
  title: texts(200),
  summary: texts(500),
  description: texts(50_000),
  languages: list(languageTag, 40).transform((tags) => [...new Set(tags)]),
  zone,
  starts: localDateTime,
  ends: localDateTime,
  attendance: z.enum(['onsite', 'online', 'hybrid']).default('onsite'),
  venue: texts(200),
  address: optionalLine(300),
  country: nullable(country),
  latitude: nullable(decimal(-90, 90)),
  longitude: nullable(decimal(-180, 180)),
  onlineUrl: nullable(webAddress),
  registrationOpens: nullable(localDateTime),
  registrationCloses: nullable(localDateTime),
  changesUntil: nullable(localDateTime),
  approval: optional(flag),
  waitingList: optional(flag),
  selfRegistration: optional(flag),
  limitMember: nullable(whole(0, 10_000)),
  limitNonMember: nullable(whole(0, 10_000)),
  currency: currency.default('EUR'),
  lateFrom: nullable(localDateTime),
  reducedCountries: list(country, 250),
  paymentDetails: texts(2000),
  formId: nullable(id),
  capacity: whole(0, 100_000).default(0),
  categories: z.array(CategoryWrite).max(50).default([]),
};

/** The readable part of an event's address. */
const slug = z
  .string()
  .trim()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

/** An event as it is made: its texts in the first of its languages at least. */
export const EventWrite = z.object(fields);
export type EventWrite = z.output<typeof EventWrite>;

/** Only what is mentioned changes (the route keeps to what was sent); `categories`, when mentioned, is the whole list. */
export const EventChange = EventWrite.extend({ slug }).partial();
export type EventChange = Partial<EventWrite & { slug: string }>;

export const CopyWrite = z.object({ starts: localDateTime });
export const SeriesWrite = z.object({
  name: texts(200).refine((map) => Object.keys(map).length > 0, { params: { code: 'required' } }),
});
export const AllowanceWrite = z.object({ size: whole(0, 10_000) });
export const OrganiserWrite = z.object({ email, name: optionalLine() });

export const CancellationWrite = z.object({ reason: texts(1000) });

export const EventFilter = z.object({
  q: search,
  kind: optional(z.enum(KINDS)),
  network: optional(z.string().max(100)).describe("A network's slug"),
  series: optional(z.string().max(100)).describe("A series' slug"),
  country: optional(country),
  language: optional(languageTag),
  month: optional(z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)),
  past: optional(flag),
});
export type EventFilter = z.output<typeof EventFilter>;

export const OFFICE_STATES = ['draft', 'published', 'closed', 'past', 'cancelled'] as const;
export const OFFICE_SORTS = ['-starts', 'starts', '-changed'] as const;
export type OfficeSort = (typeof OFFICE_SORTS)[number];

/** What the back office asks its list of events. */
export const OfficeFilter = z.object({
  q: search,
  kind: optional(z.enum(KINDS)),
  network: optional(z.string().max(100)),
  country: optional(country),
  state: optional(z.enum(OFFICE_STATES)),
  year: optional(whole(1900, 2199)),
  sort: optional(z.enum(OFFICE_SORTS)),
});
export type OfficeFilter = z.output<typeof OfficeFilter>;
