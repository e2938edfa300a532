import { z } from 'zod';
import {
  country,
  decimal,
  email,
  flag,
  id,
  interfaceLanguage,
  languageTag,
  line,
  list,
  localDate,
  nullable,
  optional,
  optionalLine,
  search,
  texts,
  whole,
  zone,
} from '../fields.ts';
import { KINDS, MEMBERSHIPS } from './rules.ts';

const year = whole(1900, 2200);

/** Languages as a list, or typed in one field: "es, ca". */
const languages = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(/[\s,;|]+/).filter(Boolean) : (value ?? [])),
  z
    .array(languageTag)
    .max(10)
    .transform((tags) => [...new Set(tags)]),
);

/** What whoever manages an organisation says of it. */
const profile = {
  name: line(),
  languages,
  zone,
  latitude: nullable(decimal(-90, 90)),
  longitude: nullable(decimal(-180, 180)),
  population: nullable(whole(0, 2_000_000_000)),
};

/** What only the secretariat says of it. */
const standing = {
  kind: z.enum(KINDS),
  country,
  membership: z.enum(MEMBERSHIPS),
  memberSince: nullable(year),
  networkIds: list(id, 50),
};
export const STANDING = Object.keys(standing) as (keyof typeof standing)[];

export const OrganisationWrite = z.object({
  ...profile,
  ...standing,
  kind: standing.kind.default('city'),
  membership: standing.membership.default('member'),
});
export type OrganisationWrite = z.output<typeof OrganisationWrite>;

export const OrganisationChange = z
  .object({
    ...profile,
    ...standing,
    languages: languages.optional(),
    networkIds: z.preprocess((value) => value, z.array(id).max(50)),
  })
  .partial();
export type OrganisationChange = z.output<typeof OrganisationChange>;

export const ProfileForm = z.object(profile);
export const StandingForm = z.object({ ...profile, ...standing });

export const SORTS = ['name', '-name', 'country', '-population', '-created'] as const;
export type Sort = (typeof SORTS)[number];

export const OrganisationFilter = z.object({
  q: search,
  country: optional(country),
  network: optional(z.string().max(100)).describe("A network's slug or id"),
  membership: optional(z.enum(MEMBERSHIPS)),
  fee: optional(z.enum(['paid', 'unpaid'])).describe('Whether the fee of `year` is paid'),
  year: optional(year),
  sort: optional(z.enum(SORTS)),
});
export type OrganisationFilter = z.output<typeof OrganisationFilter>;

export const FeeWrite = z.object({ paidOn: optional(localDate) });

const organisationIds = list(id, 500).refine((ids) => ids.length > 0, { params: { code: 'nobodyChosen' } });
export const BulkWrite = z.discriminatedUnion('action', [
  z.object({ action: z.literal('fee'), year, organisationIds }),
  z.object({ action: z.literal('membership'), membership: z.enum(MEMBERSHIPS), organisationIds }),
]);
export type BulkWrite = z.output<typeof BulkWrite>;

export const AffiliationWrite = z.object({
  name: line(),
  email: optional(email),
  sharedEmail: optional(flag).describe('The mailbox is shared: mail goes there, nobody signs in with it'),
  language: optional(interfaceLanguage),
  zone: optional(zone),
  title: optionalLine(),
  isContact: optional(flag),
});
export type AffiliationWrite = z.output<typeof AffiliationWrite>;

export const PersonCreation = AffiliationWrite.extend({ organisationId: optional(id) });

export const AffiliationChange = z.object({
  title: z
    .string()
    .max(200)
    .transform((text) => text.replace(/\p{Cc}+/gu, ' ').trim())
    .optional(),
  isContact: optional(flag),
});
export type AffiliationChange = z.output<typeof AffiliationChange>;

export const PersonChange = z.object({
  name: line().optional(),
  email: nullable(email),
  sharedEmail: optional(flag),
  language: optional(interfaceLanguage),
  zone: optional(zone),
});
export type PersonChange = z.output<typeof PersonChange>;

export const PersonFilter = z.object({
  q: search,
  organisation: optional(z.string().max(100)).describe("An organisation's slug"),
  contact: optional(flag).describe('Only people who are the contact of an organisation'),
});
export type PersonFilter = z.output<typeof PersonFilter>;

export const NetworkWrite = z.object({
  name: texts().refine((map) => Object.keys(map).length > 0, { params: { code: 'required' } }),
  coordinatingOrganisationId: nullable(id),
});
export type NetworkWrite = z.output<typeof NetworkWrite>;
