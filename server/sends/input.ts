import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { email, list, nullable, optional, search, whole } from '../fields.ts';
import { TOPICS } from './topics.ts';

export const TopicsWrite = z.object({ topics: list(z.enum(TOPICS), TOPICS.length) });
export const AddressWrite = z.object({ address: email });
export const DomainRateWrite = z.object({
  domain: z
    .string()
    .max(253)
    .transform((text) => domainToASCII(text.trim().toLowerCase()))
    .pipe(z.string().regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/)),
  perMinute: nullable(whole(1, 100_000)),
});
export const DeskQuery = z.object({
  q: search,
  look: optional(z.string().max(10)),
  cursor: optional(z.string().max(500)),
  suppressed: optional(z.string().max(500)),
});
