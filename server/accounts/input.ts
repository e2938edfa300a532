import { z } from 'zod';
import { email, id, interfaceLanguage, line, nullable, optional, zone } from '../fields.ts';

export const SignInRequest = z.object({ email, next: optional(z.string().max(500)) });

export const GENDERS = ['woman', 'man', 'other'] as const;
export type Gender = (typeof GENDERS)[number];

export const ProfileWrite = z.object({
  name: line(),
  language: interfaceLanguage,
  zone,
  email: nullable(email),
  gender: nullable(z.enum(GENDERS)).describe('For sums in reports alone; shown with nobody’s name').optional(),
});

export const TokenWrite = z.object({ name: line(100) });

export const RoleWrite = z.object({
  role: z.enum(['admin', 'secretariat', 'coordinator', 'organiser', 'juror']),
  scopeId: nullable(id),
});
export type RoleWrite = z.output<typeof RoleWrite>;
