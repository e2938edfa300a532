import { z } from 'zod';
import { optional, texts } from '../fields.ts';

export const YearParams = z.object({ year: z.coerce.number().int().min(1900).max(2200) });

export const ReportQuery = z.object({ network: optional(z.string().max(200)).describe('Slug of a territorial network') });

export const ReleaseWrite = z.object({ note: texts(5000).default({}).describe('Words beside the figures, by language') });
export type ReleaseWrite = z.output<typeof ReleaseWrite>;
