import { z } from 'zod';
import {
  email,
  id,
  interfaceLanguage,
  line,
  list,
  localDate,
  nullable,
  optional,
  optionalLine,
  search,
  whole,
  zone,
} from '../fields.ts';

const categoryKey = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
/** Raw answers by item key; the form's evaluation decides what they are worth. */
const answers = z.record(z.string().max(100), z.unknown()).default({});
const formVersionId = optional(id).describe(
  'The version of the form under which the answers were given; the newest when left out',
);

/** Registering oneself, or (organisers) somebody else. Without a sign-in, name and email are needed. */
export const RegistrationWrite = z.object({
  personId: optional(id),
  name: optional(line()),
  email: optional(email),
  language: optional(interfaceLanguage),
  zone: optional(zone),
  organisationId: optional(id),
  category: categoryKey,
  answers,
  formVersionId,
});
export type RegistrationWrite = z.output<typeof RegistrationWrite>;

export const DELEGATION_MODES = ['all', 'as-many-as-fit', 'together'] as const;

export const DelegationWrite = z.object({
  organisationId: id,
  mode: z
    .enum(DELEGATION_MODES)
    .default('all')
    .describe('all: everybody or nobody; as-many-as-fit: the others wait one by one; together: all now, or wait as one party'),
  people: z
    .array(
      z.object({
        personId: optional(id),
        name: optional(line()),
        email: optional(email),
        language: optional(interfaceLanguage),
        category: categoryKey,
        answers,
      }),
    )
    .min(1)
    .max(200),
  headPersonId: optional(id),
  head: optional(whole(0, 199)).describe('Who leads it, as their place in `people`; or `headPersonId`'),
  answers,
  formVersionId,
});
export type DelegationWrite = z.output<typeof DelegationWrite>;

/** What is kept of a delegation itself: who leads it, and what is asked once of it. */
export const DelegationChange = z.object({
  headPersonId: nullable(id),
  answers: z.record(z.string().max(100), z.unknown()).optional(),
  formVersionId,
});
export type DelegationChange = z.output<typeof DelegationChange>;

export const RegistrationChange = z.object({
  answers: z.record(z.string().max(100), z.unknown()).optional(),
  /** The version under which these answers are given: the one they had, unless the newest is chosen. */
  formVersionId,
  category: optional(categoryKey),
  /** Replaces the person; the place stays. */
  person: optional(
    z.object({ personId: optional(id), name: optional(line()), email: optional(email), language: optional(interfaceLanguage) }),
  ),
  /** Approval and refusal of what is pending: by the organisation that was named, or by the organiser. */
  state: optional(z.enum(['confirmed', 'refused'])),
  reason: optional(optionalLine(500)),
});
export type RegistrationChange = z.output<typeof RegistrationChange>;

export const PaymentWrite = z.object({
  amount: whole(-100_000_000, 100_000_000),
  receivedOn: localDate,
  note: optionalLine(200),
});

export const PaymentFilter = z.object({ q: search });
export type PaymentFilter = z.output<typeof PaymentFilter>;

/** Lines of a bank statement, as they were read from it: those whose money is to be noted. */
export const StatementWrite = z.object({
  lines: list(
    z.object({
      line: whole(1, 1_000_000),
      bookedOn: localDate,
      amount: whole(1, 2_000_000_000),
      currency: optional(z.string().regex(/^[A-Z]{3}$/)),
      text: optionalLine(500),
      fingerprint: z.string().regex(/^[\w-]{43}$/),
    }),
    5000,
  ),
});

export const STATES = ['draft', 'pending', 'confirmed', 'waiting', 'cancelled', 'refused'] as const;

export const RegistrationFilter = z.object({
  q: search,
  state: optional(z.enum(STATES)),
  category: optional(categoryKey),
  country: optional(z.string().regex(/^[A-Z]{2}$/)),
  organisation: optional(id),
  paid: optional(z.enum(['yes', 'no', 'over'])),
  answer: optional(z.string().regex(/^[A-Za-z][\w-]{0,99}=[\w-]{1,100}$/)).describe('`item=code`: who chose that in the form'),
  sort: optional(z.enum(['joined', '-joined', 'name', '-name'])),
});
export type RegistrationFilter = z.output<typeof RegistrationFilter>;

export const BULK_ACTIONS = ['approve', 'refuse', 'cancel', 'category', 'paid', 'confirmation'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** The same done with many registrations of an event. */
export const BulkWrite = z
  .object({
    action: z.enum(BULK_ACTIONS),
    ids: list(id, 10_000).describe('Which; or `filter` for all that it finds'),
    filter: optional(RegistrationFilter),
    category: optional(categoryKey).describe('Where they move to'),
    reason: optional(optionalLine(500)).describe('What refused and cancelled people are told'),
    receivedOn: optional(localDate).describe('When the money came'),
  })
  .superRefine(({ action, ids, filter, category, receivedOn }, context) => {
    const lacks = (path: string) => context.addIssue({ code: 'custom', path: [path], params: { code: 'required' } });
    if (ids.length === 0 && !filter) lacks('ids');
    if (action === 'category' && !category) lacks('category');
    if (action === 'paid' && !receivedOn) lacks('receivedOn');
  });
export type BulkWrite = z.output<typeof BulkWrite>;
