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
  webAddress,
  whole,
} from '../fields.ts';

export const SESSION_KINDS = [
  'plenary',
  'workshop',
  'dialogue',
  'poster',
  'visit',
  'ceremony',
  'assembly',
  'social',
  'break',
] as const;
export const SPEAKER_ROLES = ['speaker', 'chair', 'moderator'] as const;

/** A map of languages that says something in one of them. */
const named = (max: number) => texts(max).refine((map) => Object.keys(map).length > 0, { params: { code: 'required' } });

export const RoomWrite = z.object({ name: named(100), capacity: nullable(whole(1, 100_000)) });
export type RoomWrite = z.output<typeof RoomWrite>;

export const TrackWrite = z.object({ name: named(100) });
export type TrackWrite = z.output<typeof TrackWrite>;

export const SpeakerWrite = z.object({
  id: optional(id).describe('Of one who is there already: keeps who they are'),
  name: line(200),
  organisation: optionalLine(200),
  role: z.enum(SPEAKER_ROLES).default('speaker'),
  email: optional(email).describe('Makes the name a person, who is told of changes'),
});

export const MaterialWrite = z.object({
  id: optional(id).describe('Of one that is there already: keeps its file'),
  title: line(200),
  url: optional(webAddress),
  fileId: optional(id),
});

const fields = {
  kind: z.enum(SESSION_KINDS).default('workshop'),
  title: named(200),
  abstract: texts(10_000),
  starts: localDateTime,
  minutes: whole(5, 24 * 60).default(60),
  roomId: nullable(id),
  trackId: nullable(id),
  languages: list(languageTag, 40),
  interpreting: list(languageTag, 40),
  capacity: nullable(whole(1, 100_000)).describe('Places of its own; null: whoever comes'),
  speakers: z.array(SpeakerWrite).max(60).default([]),
  materials: z.array(MaterialWrite).max(60).default([]),
};

/** A session as it is written: local time in the event's zone, its length in minutes. */
export const SessionWrite = z.object(fields);
export type SessionWrite = z.output<typeof SessionWrite>;

/** Only what is mentioned changes; lists, when mentioned, are whole. */
export const SessionChange = SessionWrite.partial();
export type SessionChange = Partial<SessionWrite>;

export const STEPS = ['earlier', 'later', 'shorter', 'longer', 'day-before', 'day-after'] as const;
export type Step = (typeof STEPS)[number];

/** How a session is moved in the grid: by one step, or to a room and a time. */
export const SessionMove = z.object({
  step: optional(z.enum(STEPS)),
  starts: optional(localDateTime),
  minutes: optional(whole(5, 24 * 60)),
  roomId: nullable(id),
});
export type SessionMove = z.output<typeof SessionMove>;

export const ReleaseWrite = z.object({ note: optionalLine(500) });

export const ProgrammeFilter = z.object({
  day: optional(localDate).describe('In the zone of the event'),
  track: optional(id),
  room: optional(id),
  language: optional(languageTag).describe('Spoken or interpreted'),
  kind: optional(z.enum(SESSION_KINDS)),
  now: optional(flag).describe('What is on now, and what comes next'),
});
export type ProgrammeFilter = z.output<typeof ProgrammeFilter>;
