import type { registrationsDelegation as en } from '../en/registrations-delegation.ts';

export const registrationsDelegation = {
  'registrations.delegation.of': 'Delegación de {organisation}',
  'registrations.delegation.counts':
    '{confirmed, plural, =0 {Nadie confirmado} one {# confirmada} many {# confirmadas} other {# confirmadas}}{waiting, plural, =0 {} one {, # en espera} many {, # en espera} other {, # en espera}}{pending, plural, =0 {} one {, # por decidir} many {, # por decidir} other {, # por decidir}}',
  'registrations.delegation.offers':
    '{n, plural, one {Se ofrece plaza a # persona} many {Se ofrecen plazas a # personas} other {Se ofrecen plazas a # personas}}',
  'registrations.delegation.toDecide':
    '{n, plural, one {# persona espera su aprobación} many {# personas esperan su aprobación} other {# personas esperan su aprobación}}',
} satisfies Record<keyof typeof en, string>;
