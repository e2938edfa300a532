import type { registrationsDelegation as en } from '../en/registrations-delegation.ts';

export const registrationsDelegation = {
  'registrations.delegation.of': 'Delegação de {organisation}',
  'registrations.delegation.counts':
    '{confirmed, plural, =0 {Ninguém confirmado} one {# confirmada} many {# confirmadas} other {# confirmadas}}{waiting, plural, =0 {} one {, # em espera} many {, # em espera} other {, # em espera}}{pending, plural, =0 {} one {, # por decidir} many {, # por decidir} other {, # por decidir}}',
  'registrations.delegation.offers':
    '{n, plural, one {É oferecido lugar a # pessoa} many {São oferecidos lugares a # pessoas} other {São oferecidos lugares a # pessoas}}',
  'registrations.delegation.toDecide':
    '{n, plural, one {# pessoa aguarda a sua aprovação} many {# pessoas aguardam a sua aprovação} other {# pessoas aguardam a sua aprovação}}',
} satisfies Record<keyof typeof en, string>;
