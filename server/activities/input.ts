import { z } from 'zod';
import {
  country,
  decimal,
  id,
  line,
  localDateTime,
  nullable,
  optional,
  optionalLine,
  texts,
  webAddress,
  whole,
  zone,
} from '../fields.ts';

const fields = {
  title: texts(200),
  description: texts(5000),
  place: optionalLine(300),
  zone,
  starts: localDateTime,
  ends: localDateTime,
  url: nullable(webAddress),
  latitude: nullable(decimal(-90, 90)),
  longitude: nullable(decimal(-180, 180)),
  pictureId: nullable(id),
};

type Checked = {
  title: Record<string, string>;
  starts: Temporal.PlainDateTime;
  ends: Temporal.PlainDateTime;
  latitude?: number | null;
  longitude?: number | null;
};

function hold(written: Checked, context: z.core.$RefinementCtx): void {
  const wrong = (path: string, code: string) => context.addIssue({ code: 'custom', path: [path], params: { code } });
  if (Object.keys(written.title).length === 0) wrong('title', 'required');
  if (Temporal.PlainDateTime.compare(written.starts, written.ends) >= 0) wrong('ends', 'endsBeforeStarts');
  if ((written.latitude ?? null) === null && (written.longitude ?? null) !== null) wrong('latitude', 'required');
  if ((written.longitude ?? null) === null && (written.latitude ?? null) !== null) wrong('longitude', 'required');
}

/** An activity as its city writes it again. */
export const ActivityChange = z.object(fields).superRefine(hold);
export type ActivityChange = z.output<typeof ActivityChange>;

/** A new activity: whose it is does not change later. */
export const ActivityWrite = z.object({ organisationId: id, ...fields }).superRefine(hold);
export type ActivityWrite = z.output<typeof ActivityWrite>;

/** Why an activity goes back to its city. */
export const ReturnWrite = z.object({ reason: line(1000) });

/** Which activities: of a year, a network, a country. */
export const ActivityFilter = z.object({
  year: optional(whole(1990, 2200)),
  network: optional(z.string().max(200)),
  country: optional(country),
});
export type ActivityFilter = z.output<typeof ActivityFilter>;
