export const registrationsDelegation = {
  'registrations.delegation.of': 'Delegation of {organisation}',
  'registrations.delegation.counts':
    '{confirmed, plural, =0 {Nobody confirmed} one {# confirmed} other {# confirmed}}{waiting, plural, =0 {} one {, # waiting} other {, # waiting}}{pending, plural, =0 {} one {, # to be decided} other {, # to be decided}}',
  'registrations.delegation.offers': '{n, plural, one {A place is offered to # person} other {Places are offered to # people}}',
  'registrations.delegation.toDecide': '{n, plural, one {# person awaits your approval} other {# people await your approval}}',
} as const;
