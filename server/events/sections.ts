import { z } from 'zod';
import {
  flag,
  languageTag,
  line,
  list,
  localDateTime,
  nullable,
  optional,
  optionalLine,
  optionalText,
  texts,
  whole,
} from '../fields.ts';
import { countriesFrom } from './countries.ts';
import { CategoryWrite, EventWrite } from './input.ts';
import { amount } from './prices.ts';

// What the forms of the back office send, section by section: the fields of EventWrite, some of them as a person types them.

const { shape } = EventWrite;
/** A box that is not ticked is not sent. */
const box = z.preprocess((value) => value ?? false, flag);

export const AboutForm = z.object({
  kind: shape.kind,
  edition: shape.edition,
  seriesId: z.preprocess((value) => (value === '' ? null : value), z.union([z.uuid(), z.literal('new')]).nullish()),
  seriesName: optionalLine(),
  networkId: shape.networkId,
  host: optionalLine(),
  slug: z
    .string()
    .trim()
    .max(80)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
});
export const TextsForm = z.object({ title: shape.title, summary: shape.summary, description: shape.description });
export const WhenForm = z.object({ zone: shape.zone, starts: shape.starts, ends: shape.ends });
export const WhereForm = z.object({
  attendance: shape.attendance,
  venue: shape.venue,
  address: shape.address,
  country: shape.country,
  latitude: shape.latitude,
  longitude: shape.longitude,
  onlineUrl: shape.onlineUrl,
});
export const RegistrationForm = z.object({
  registrationOpens: nullable(localDateTime),
  registrationCloses: nullable(localDateTime),
  changesUntil: nullable(localDateTime),
  approval: box,
  waitingList: box,
  selfRegistration: box,
  formId: shape.formId,
});
export const PlacesForm = z.object({
  capacity: whole(0, 100_000),
  limitMember: shape.limitMember,
  limitNonMember: shape.limitNonMember,
});
export const PricesForm = z.object({
  currency: shape.currency,
  lateFrom: nullable(localDateTime),
  reducedCountries: optionalText(5000).transform((text, context) => {
    const { codes, unknown } = countriesFrom(text);
    if (unknown.length > 0)
      context.addIssue({ code: 'custom', params: { code: 'countriesUnknown', names: unknown.slice(0, 5).join(', ') } });
    return codes;
  }),
  paymentDetails: shape.paymentDetails,
});

/** The form of a new event: the least there must be; the rest has pages of its own. */
export const NewEventForm = z.object({
  kind: shape.kind,
  networkId: shape.networkId,
  title: line(200),
  language: languageTag,
  languages: list(languageTag, 40),
  otherLanguages: optionalLine(300),
  zone: shape.zone,
  starts: localDateTime,
  ends: localDateTime,
});

/** A category as it is typed, its prices as money of this currency. */
export const categoryForm = (currency: string) =>
  z.object({
    name: texts(100).refine((map) => Object.keys(map).length > 0, { params: { code: 'required' } }),
    note: texts(500),
    openTo: CategoryWrite.shape.openTo,
    priceEarly: z.preprocess((value) => (value === '' || value === undefined ? '0' : value), amount(currency)),
    priceLate: nullable(amount(currency)),
    priceReduced: nullable(amount(currency)),
    capacity: nullable(whole(0, 100_000)),
  });

export const LanguageForm = z.object({ language: languageTag });
export const AllowanceForm = z.object({ organisation: line(200), size: whole(0, 10_000) });
export const Confirmed = z.object({ confirmed: optional(flag) });
