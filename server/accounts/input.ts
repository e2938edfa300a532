import { z } from 'zod';
import { email, flag, id, interfaceLanguage, line, nullable, optional, optionalLine, zone } from '../fields.ts';

export const SignInRequest = z.object({ email, next: optional(z.string().max(500)) });

export const ProfileWrite = z.object({
  name: line(),
  language: interfaceLanguage,
  zone,
  email: nullable(email),
});

export const TokenWrite = z.object({ name: line(100) });

export const PersonWrite = z.object({
  name: line(),
  email: optional(email),
  language: optional(interfaceLanguage),
  zone: optional(zone),
  organisationId: optional(id),
  title: optionalLine(),
  isContact: optional(flag),
});
export type PersonWrite = z.output<typeof PersonWrite>;

export const RoleWrite = z.object({
  role: z.enum(['admin', 'secretariat', 'coordinator', 'organiser', 'juror']),
  scopeId: nullable(id),
});
export type RoleWrite = z.output<typeof RoleWrite>;
