export const personalData = {
  'personalData.title': 'Your data',
  'personalData.see': 'See what is held of you',
  'personalData.lead':
    'Everything that is held here about you. Anonymous answers are not among it: nobody can tell whose they are.',
  'personalData.download': 'Download all of it (JSON)',
  'personalData.group.profile': 'Profile, organisations and what was changed about you',
  'personalData.group.signIns': 'Sign-ins, addresses and tokens',
  'personalData.group.registrations': 'Registrations, files and payments',
  'personalData.group.mail': 'Mails and invitations',
  'personalData.group.calendars': 'Calendar entries and feeds',
  'personalData.group.answers': 'Answers with your name',
  'personalData.group.juries': 'Juries and reviews',
  'personalData.group.other': 'Documents, contributions and others',
  'personalData.erasure.heading': 'Be erased',
  'personalData.erasure.lead':
    'Your name, your addresses and what you answered go for good. Download your data before, if you want to keep it.',
  'personalData.erasure.ask': 'Erase my data…',
  'personalData.erasure.titleSelf': 'Erase your data?',
  'personalData.erasure.title': 'Erase {name}?',
  'personalData.erasure.consequence':
    'Name, addresses, sign-ins, answers, files, calendar entries and what mails said are erased at once. Nobody can bring them back, and nobody can sign in with them any more.',
  'personalData.erasure.keptPart': 'That somebody took part, paid, judged or decided: it is counted, without a name',
  'personalData.erasure.keptSaid': 'What was published, or submitted by a city, as it was',
  'personalData.erasure.keptAddress': 'Addresses that asked for no more mail, so that none is sent to them',
  'personalData.erasure.go': 'Erase for good',
  'personalData.erasure.toRegistrations': 'To my registrations',
  'refusal.erasure-registered':
    'This is not possible while there is a registration for an event that is not over. Give it back first.',
  'refusal.erasure-jury':
    'This is not possible while a jury with this person has not decided. It can be done once the results are published, or the person has left the jury.',
  'notice.erased': 'The data is erased',
  'personalData.forPerson':
    'Everything that is held of this person can be downloaded and handed over, and the person erased when they ask for it.',
  'personalData.erasure.askFor': 'Erase this person…',
  'personalData.heading': 'Personal data',
} as const;
