import type { registrationsDelegation as en } from '../en/registrations-delegation.ts';

export const registrationsDelegation = {
  'registrations.delegation.of': 'Délégation de {organisation}',
  'registrations.delegation.counts':
    '{confirmed, plural, =0 {Personne de confirmé} one {# confirmé} many {# confirmés} other {# confirmés}}{waiting, plural, =0 {} one {, # en attente} many {, # en attente} other {, # en attente}}{pending, plural, =0 {} one {, # à décider} many {, # à décider} other {, # à décider}}',
  'registrations.delegation.offers':
    '{n, plural, one {Une place est proposée à # personne} many {Des places sont proposées à # personnes} other {Des places sont proposées à # personnes}}',
  'registrations.delegation.toDecide':
    '{n, plural, one {# personne attend votre approbation} many {# personnes attendent votre approbation} other {# personnes attendent votre approbation}}',
} satisfies Record<keyof typeof en, string>;
