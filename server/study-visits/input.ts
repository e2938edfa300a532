import { z } from 'zod';
import {
  email,
  flag,
  id,
  languageTag,
  line,
  list,
  localDate,
  localDateTime,
  nullable,
  optional,
  optionalLine,
  texts,
  whole,
} from '../fields.ts';

export const CHOICE_MODES = ['wishes', 'first-come'] as const;

/** How the visits of an event are given out. */
export const ChoicesWrite = z.object({
  mode: z.enum(CHOICE_MODES).default('wishes'),
  wishes: whole(1, 10).default(3).describe('How many wishes a person ranks'),
  each: whole(1, 5).default(1).describe('How many visits one person gets at most'),
  perCity: nullable(whole(1, 1000)).describe('How many of one city go to one visit at most'),
  closes: nullable(localDateTime).describe("Until when wishes are taken, in the event's zone"),
});
export type ChoicesWrite = z.output<typeof ChoicesWrite>;

/** What a session of the programme is as a visit. */
export const VisitWrite = z
  .object({
    places: whole(1, 10_000),
    kept: whole(0, 10_000).default(0).describe('Of the places, kept for people of the hosts'),
    minimum: whole(0, 10_000).default(0).describe('With fewer it does not take place'),
    meetingPoint: texts(500),
    accessibility: texts(2000),
    itinerary: texts(5000).describe('Markdown'),
    hostOrganisationId: nullable(id),
    hostName: optionalLine(200),
    hostEmail: optional(email),
    hostPhone: optionalLine(60),
  })
  .refine((visit) => visit.kept <= visit.places, { path: ['kept'], params: { code: 'visitKept' } })
  .refine((visit) => visit.minimum <= visit.places, { path: ['minimum'], params: { code: 'visitMinimum' } });
export type VisitWrite = z.output<typeof VisitWrite>;

/** What somebody wishes, the dearest first. */
export const PreferencesWrite = z.object({
  wishes: list(id, 10).describe('Ids of visits, the dearest first; empty: none'),
  languages: list(languageTag, 20).describe('What the person understands; empty: it does not matter'),
});
export type PreferencesWrite = z.output<typeof PreferencesWrite>;

export const TogetherWrite = z.object({ together: flag.default(false) });

export const AllocationWrite = z.object({
  seed: optional(whole(0, 2_000_000_000)).describe('Of the lots; drawn and recorded when left out'),
});

export const PlacementWrite = z.object({
  visits: list(id, 5).describe('Where an organiser puts somebody; empty: nowhere'),
  pinned: flag.default(true).describe('Whether what is computed later leaves them there'),
});
export type PlacementWrite = z.output<typeof PlacementWrite>;

export const SwapWrite = z.object({ gives: id, wants: id });

export const RequestWrite = z
  .object({
    guestId: id,
    hostId: id,
    topic: line(500),
    people: whole(1, 500).default(1),
    languages: list(languageTag, 20),
    starts: localDate,
    ends: localDate,
    note: optionalLine(2000),
  })
  .refine((request) => Temporal.PlainDate.compare(request.starts, request.ends) <= 0, {
    path: ['ends'],
    params: { code: 'endsBeforeStarts' },
  })
  .refine((request) => request.guestId !== request.hostId, { path: ['hostId'], params: { code: 'choice' } });
export type RequestWrite = z.output<typeof RequestWrite>;

export const STEP_KINDS = ['accepted', 'proposed', 'declined', 'withdrawn'] as const;

/** What a city says to a request. Dates are needed to propose them; accepting takes those that stand. */
export const RequestStepWrite = z.object({
  kind: z.enum(STEP_KINDS),
  starts: optional(localDate),
  ends: optional(localDate),
  note: optionalLine(2000),
});
export type RequestStepWrite = z.output<typeof RequestStepWrite>;
