import { z } from 'zod';
import { email, flag, id, interfaceLanguage, line, optional, search } from '../fields.ts';

/** The most steps that a device sends at once. */
export const MOST_STEPS = 500;

/** A moment, as ISO 8601 with its offset. */
export const instant = z.string().transform((text, context) => {
  try {
    return Temporal.Instant.from(text);
  } catch {
    context.addIssue({ code: 'custom', params: { code: 'format' } });
    return z.NEVER;
  }
});

export const CheckInsWrite = z.object({
  sentAt: optional(instant).describe("The device's clock as it sends: how wrong it is does not matter then"),
  steps: z
    .array(
      z.object({
        id: id.describe('Made by the device: what is sent again is the same step'),
        kind: z.enum(['in', 'undo']).default('in'),
        registration: optional(id).describe('Who; or `code`'),
        code: optional(z.string().max(500)).describe('What a pass says, its address, or the reference of the registration'),
        person: optional(id).describe('Whom the device took them for: refused when somebody else has come in their stead'),
        session: optional(id).describe('A session or a visit; the event itself when left out'),
        at: optional(instant).describe("When, by the device's clock; now when left out"),
        anyway: flag.default(false).describe('Let into a session without having a place in it'),
        undoes: z.array(id).max(50).default([]).describe('The steps that an undoing takes back'),
      }),
    )
    .min(1)
    .max(MOST_STEPS),
});
export type CheckInsWrite = z.output<typeof CheckInsWrite>;

/** The most that a device sends at once of those who came without having registered. */
export const MOST_WALK_INS = 25;

/** What of each is right is judged one by one: what one typed wrongly stops no other, nor for ever the device that sends it. */
export const WalkInsWrite = z.object({
  sentAt: optional(instant).describe("The device's clock as it sends"),
  walkIns: z
    .array(
      z.object({
        id: id.describe('Made by the device: what is sent again is the same person'),
        at: optional(instant).describe("When they came, by the device's clock; now when left out"),
        name: z.string().max(1000),
        email: z.string().max(1000).default(''),
        organisation: z.string().max(1000).default('').describe('A city as it is typed; kept in words when none is known by it'),
        category: z.string().max(200),
        language: optional(interfaceLanguage).describe('In which they are written to'),
      }),
    )
    .min(1)
    .max(MOST_WALK_INS),
});
export type WalkInsWrite = z.output<typeof WalkInsWrite>;

/** Somebody who comes without having registered. */
export const WalkInWrite = z.object({
  name: line(),
  email: optional(email),
  organisation: optional(z.string().max(300)),
  category: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
});
export type WalkInWrite = z.output<typeof WalkInWrite>;

export const DoorFilter = z.object({ q: search, place: optional(id) });
export type DoorFilter = z.output<typeof DoorFilter>;

/** A door that volunteers keep. */
export const DoorWrite = z.object({
  name: line(80),
  registeredOnly: flag.default(false).describe('Its volunteers register nobody who comes without having registered'),
});
/** Who stands there. */
export const KeeperWrite = z.object({ name: line(80) });
