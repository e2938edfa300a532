import { type Operation, sample } from '../support/samples.ts';
import type { Things } from './world.ts';

/** One request that would be answered if the asker may ask it. */
export interface Example {
  url: string;
  /** JSON under /api, form fields on pages. */
  body?: Record<string, unknown>;
}

// What stands for a part of an address, by the part before it and, where that is not enough, by the whole pattern.
const NAMES: Record<string, string> = {
  events: 'event',
  organisations: 'organisation',
  networks: 'network',
  registrations: 'registration',
  delegations: 'organisation',
  manage: 'manageLink',
  files: 'file',
  people: 'person',
  affiliations: 'affiliation',
  payments: 'payment',
  sends: 'send',
  unsubscribe: 'wayOut',
  suppressions: 'suppressed',
  bulk: 'bulk',
  'waiting-list': 'waiting',
  forms: 'form',
  'form-versions': 'formVersion',
  imports: 'import',
  'sign-ins': 'signIn',
  tokens: 'apiToken',
  questionnaires: 'questionnaire',
  askings: 'asking',
  shares: 'share',
  texts: 'text',
  reports: 'report',
  'self-assessments': 'assessment',
  q: 'asking',
  roles: 'role',
  organisers: 'organiser',
  allowances: 'organisation',
  series: 'series',
  calls: 'call',
  entries: 'entry',
  exceptions: 'exception',
  desk: 'call',
  jury: 'juror',
  decisions: 'decision',
  conflicts: 'judged',
  letters: 'judged',
  authors: 'newcomer',
  rooms: 'room',
  agenda: 'agendaItem',
  motions: 'motion',
  voters: 'organisationId',
  tracks: 'track',
  sessions: 'session',
  visits: 'visit',
  preferences: 'registration',
  places: 'visit',
  waiting: 'otherVisit',
  swaps: 'swap',
  placements: 'registration',
  'visit-requests': 'visitRequest',
  calendars: 'feed',
  mailings: 'mailing',
  'mailing-templates': 'mailingTemplate',
  templates: 'mailingTemplate',
  invitations: 'invitation',
  'invitation-links': 'invitationToken',
};

const BY_PATTERN: Record<string, Things> = {
  '/api/events/:slug/visits/together/:id': { id: 'organisationId' },
  '/back-office/events/:slug/visits/people/:id': { id: 'registration' },
  '/events/:slug/files/:file': { file: 'materialFile' },
  '/events/:slug/assembly/files/:file': { file: 'agendaFile' },
  '/events/:slug/assembly/motions/:id/votes': { id: 'openMotion' },
  '/api/events/:slug/motions/:id/votes': { id: 'openMotion' },
  '/api/events/:slug/motions/:id/closing': { id: 'openMotion' },
  '/back-office/events/:slug/assembly/motions/:id/closing': { id: 'openMotion' },
  '/api/events/:slug/minutes/:version/approval': { version: 'minutesVersion' },
  '/back-office/events/:slug/assembly/minutes/:version/approval': { version: 'minutesVersion' },
  '/questionnaires/:id/room': { id: 'openQuestionnaire' },
  '/organisations/:slug/people/:id': { id: 'affiliation' },
  '/organisations/:slug/people/:id/contact': { id: 'affiliation' },
  '/organisations/:slug/people/:id/end': { id: 'affiliation' },
  '/forms/:version/conditions.css': { version: 'formVersion' },
  '/people/:id/roles/:role/removal': { id: 'colleague', role: 'role' },
  '/events/:slug/delegations/:organisation/files/:file': { file: 'delegationFile' },
  '/events/:slug/delegations/:organisation/results/:draft': { draft: 'draftOfDelegation' },
  '/back-office/calls/:slug/entries/:id/screening': { slug: 'call', id: 'submitted' },
  '/back-office/calls/:slug/entries/:id/reopening': { slug: 'call', id: 'submitted' },
  '/entries/:id/files/:file': { id: 'entry', file: 'entryFile' },
  '/entries/:id/texts/:language': { id: 'entry', language: 'entryLanguage' },
  '/entries/:id/authors/:person/removal': { id: 'entry', person: 'person' },
  '/api/entries/:id/screening': { id: 'submitted' },
  '/api/entries/:id/reopening': { id: 'submitted' },
  '/api/entries/:id/files/:file': { id: 'entry', file: 'entryFile' },
  '/api/entries/:id/authors/:person': { id: 'entry', person: 'person' },
  '/calls/:slug/laureates': { slug: 'decidedCall' },
  '/api/calls/:slug/laureates': { slug: 'decidedCall' },
  '/desk/:slug/:code': { code: 'judgedCode' },
  '/desk/:slug/:code/recusal': { code: 'judgedCode' },
  '/desk/:slug/:code/files/:file': { code: 'judgedCode', file: 'judgedFile' },
  '/api/desk/:slug/:code': { code: 'judgedCode' },
  '/api/entries/:id/reviews/:juror': { id: 'judged', juror: 'me' },
  '/api/entries/:id/recusal': { id: 'judged' },
  '/registrations/confirm/:token': { token: 'confirmation' },
  '/unsubscribe/:token': { token: 'wayOut' },
  '/invitations/:token': { token: 'invitationToken' },
  '/invitations/:token/registration': { token: 'invitationToken' },
  '/calendars/:token.ics': { token: 'feedToken' },
  '/api/form-versions/:id/files/:item': { item: 'fileItem' },
};

// Parts that are no thing of the world.
const WORDS: Things = {
  code: 'fr',
  year: '2026',
  token: 'a'.repeat(43),
  page: 'page',
  item: 'needs',
  tag: 'en',
  key: 'member',
  number: '1',
};

const definition = {
  $schema: 'https://example.org/form-definition/1.json',
  key: 'own-form',
  version: 2,
  kind: 'registration',
  languages: ['en'],
  defaultLanguage: 'en',
  title: { en: 'Own form' },
  pages: [{ key: 'page', title: { en: 'Page' }, items: [] }],
};

const person = { name: 'A newcomer', email: 'newcomer@example.org', language: 'en', zone: 'Europe/Madrid' };

const call = {
  kind: 'award',
  title: { en: 'A call' },
  languages: ['en'],
  zone: 'UTC',
  opens: '2030-01-01T09:00',
  closes: '2030-06-01T09:00',
};

const session = { title: { en: 'A session' }, starts: '2090-05-27T10:00' };

/** Bodies of requests, where what the schema asks for is not enough: by method and pattern. */
const BODIES: Record<string, (things: Things) => Record<string, unknown>> = {
  'POST /api/form-imports/surveyjs': () => ({ survey: { elements: [{ type: 'text', name: 'needs', title: 'Needs' }] } }),
  'POST /api/questionnaires': ({ event }) => ({ event }),
  'POST /questionnaires/:id/room': () => ({ email: 'member@example.org' }),
  'POST /back-office/questionnaires': ({ event }) => ({ event, privacy: 'anonymous' }),
  'POST /api/askings/:token/answers': () => ({ answers: { nps: 9 } }),
  'POST /q/:token': () => ({ 'answers[nps]': '9', _page: 'page', _go: 'next' }),
  'POST /api/calls/:slug/jury': () => ({ email: 'expert@example.org', name: 'An expert' }),
  'POST /api/calls/:slug/decisions': () => ({ kind: 'void', reasons: { en: 'None was good enough.' }, present: ['The chair'] }),
  'POST /api/calls/:slug/notes': () => ({ text: 'All agree.' }),
  'PUT /api/calls/:slug/assignments': () => ({ automatic: { reviews: 1 } }),
  'POST /back-office/calls/:slug/assignments': () => ({ 'automatic[reviews]': '1' }),
  'POST /desk/:slug/:code/recusal': () => ({ reason: 'I advised them' }),
  'POST /api/events/:slug/registrations': () => ({ category: 'member', name: 'A guest', email: 'guest@example.org' }),
  'POST /api/events/:slug/delegations': ({ organisationId, person }) => ({
    organisationId,
    people: [{ personId: person, category: 'member' }],
  }),
  'POST /api/events/:slug/copies': () => ({ starts: '2031-05-20T09:00' }),
  'POST /api/events/:slug/organisers': () => ({ email: 'newcomer@example.org', name: 'A newcomer' }),
  'POST /events/:slug/registration': () => ({ category: 'member', name: 'A guest', email: 'guest@example.org' }),
  'POST /back-office/events/:slug/copies': () => ({ starts: '2031-05-20T09:00' }),
  'POST /back-office/events/:slug/organisers': () => ({ email: 'newcomer@example.org', name: 'A newcomer' }),
  'POST /organisations/:slug/people': () => person,
  'PUT /api/forms/:id/definition': () => definition,
  'POST /api/events/:slug/registrations/bulk': ({ registration }) => ({ action: 'confirmation', ids: [registration] }),
  'POST /back-office/events/:slug/registrations/bulk': ({ registration = '' }) => ({ action: 'cancel', ids: registration }),
  'POST /back-office/events/:slug/registrations/new': () => ({ name: 'A guest', category: 'member' }),
  'POST /back-office/events/:slug/registrations/:id/payments': () => ({ amount: '10', receivedOn: '2026-03-01' }),
  'POST /api/registrations/:id/payments': () => ({ amount: 10, receivedOn: '2026-03-01' }),
  'POST /organisations/:slug/people/:id/contact': () => ({ isContact: 'on' }),
  'POST /api/calls': () => call,
  'POST /calls/:slug/entries': ({ organisationId }) => ({ organisationId }),
  'POST /calls/:slug/exceptions': ({ organisationId }) => ({ organisationId, rule: 'member', reason: 'We have joined' }),
  'POST /back-office/calls/new': () => ({
    kind: 'award',
    title: 'A call',
    language: 'en',
    zone: 'UTC',
    opens: '2030-01-01T09:00',
    closes: '2030-06-01T09:00',
  }),
  'POST /back-office/calls/:slug/extensions': () => ({ closes: '2091-01-01T09:00' }),
  'POST /back-office/calls/:slug/copies': () => ({ opens: '2031-01-01T09:00', until: '2031-06-01T09:00' }),
  'POST /back-office/calls/:slug/about': () => ({ languages: 'en' }),
  'POST /back-office/calls/:slug/texts': () => ({ 'title[en]': 'A call' }),
  'POST /back-office/calls/:slug/dates': () => ({ zone: 'UTC', opens: '2030-01-01T09:00', closes: '2030-06-01T09:00' }),
  'POST /back-office/calls/:slug/exclusions': () => ({ organisation: 'own-city', reason: 'jury' }),
  'POST /back-office/calls/:slug/entries/:id/screening': () => ({ state: 'eligible' }),
  'POST /back-office/calls/:slug/entries/:id/reopening': () => ({ until: '2089-01-01T09:00' }),
  'POST /back-office/calls/:slug/exceptions/:id/decision': () => ({ decision: 'granted', reason: 'Paid' }),
  'POST /entries/:id/edit': () => ({ version: '1', 'title[en]': 'Other' }),
  'POST /entries/:id/texts/:language': () => ({ version: '1', 'title[fr]': 'Autre' }),
  'POST /entries/:id/authors': ({ person: personId }) => ({ personId, title: 'Author' }),
  'POST /entries/:id/endorsement': () => ({ as: 'Mayor' }),
  'PUT /api/calls/:slug': () => call,
  'POST /api/calls/:slug/copies': () => ({ opens: '2031-01-01T09:00', closes: '2031-06-01T09:00' }),
  'POST /api/calls/:slug/extensions': () => ({ closes: '2091-01-01T09:00' }),
  'POST /api/calls/:slug/entries': ({ organisationId }) => ({ organisationId }),
  'POST /api/calls/:slug/exceptions': ({ organisationId }) => ({ organisationId, rule: 'member', reason: 'We have joined' }),
  'PUT /api/calls/:slug/exceptions/:id/decision': () => ({ decision: 'granted', reason: 'Paid today' }),
  'PATCH /api/entries/:id': () => ({ version: 1, title: { en: 'Other' } }),
  'POST /api/entries/:id/authors': ({ person: personId }) => ({ personId, title: 'Author' }),
  'PUT /api/entries/:id/reopening': () => ({ until: '2089-01-01T09:00' }),
  'PUT /api/entries/:id/screening': () => ({ state: 'eligible' }),
  'PUT /api/entries/:id/modality': () => ({ modality: null }),
  'PUT /api/events/:slug/preferences/:registration': ({ visit, otherVisit }) => ({ wishes: [otherVisit, visit] }),
  'POST /api/events/:slug/preferences/:registration/swaps': ({ visit: gives, otherVisit: wants }) => ({ gives, wants }),
  'PUT /api/events/:slug/visits/:id': () => ({ places: 7 }),
  'PUT /api/events/:slug/allocation/placements/:id': ({ otherVisit }) => ({ visits: [otherVisit] }),
  'POST /registrations/:id/visits': ({ visit }) => ({ 'wishes[0]': visit }),
  'POST /registrations/manage/:token/visits': ({ visit }) => ({ 'wishes[0]': visit }),
  'POST /back-office/events/:slug/visits/:id': () => ({ places: '7' }),
  'POST /back-office/events/:slug/visits/people/:id': ({ otherVisit }) => ({ visits: otherVisit }),
  'POST /visit-requests': ({ guestId }) => ({
    guestId,
    host: 'other-city',
    topic: 'Schools',
    starts: '2090-03-01',
    ends: '2090-03-02',
  }),
  'POST /visit-requests/:id/steps': () => ({ kind: 'declined' }),
  'POST /api/visit-requests': ({ guestId, hostId }) => ({
    guestId,
    hostId,
    topic: 'Schools',
    starts: '2090-03-01',
    ends: '2090-03-02',
  }),
  'POST /api/visit-requests/:id/steps': () => ({ kind: 'declined' }),
  'POST /api/events/:slug/sessions': () => session,
  'PATCH /api/events/:slug/sessions/:session': () => ({ title: { en: 'Another session' } }),
  'PUT /api/events/:slug/sessions/:session/place': () => ({ step: 'later' }),
  'POST /api/events/:slug/rooms': () => ({ name: { en: 'A room' } }),
  'PUT /api/events/:slug/rooms/:id': () => ({ name: { en: 'A room' } }),
  'POST /api/events/:slug/tracks': () => ({ name: { en: 'An axis' } }),
  'PUT /api/events/:slug/tracks/:id': () => ({ name: { en: 'An axis' } }),
  'POST /api/mailings': ({ event }) => ({ kind: 'announcement', name: 'News', event }),
  'PATCH /api/mailings/:id': () => ({ name: 'Other' }),
  'PUT /api/mailings/:id/schedule': () => ({ schedule: 'now' }),
  'POST /api/mailings/:id/tests': () => ({}),
  'POST /back-office/mail/suppressions/lift': () => ({ address: 'dead@example.org' }),
  'POST /back-office/mail/domains': () => ({ domain: 'example.org', perMinute: '60' }),
  'PUT /api/mail/domains': () => ({ domain: 'example.org', perMinute: 60 }),
  'PUT /api/invitation-links/:token/answer': () => ({ answer: 'accepted' }),
  'POST /invitations/:token': () => ({ answer: 'accepted' }),
  'POST /back-office/mailings': ({ event = '' }) => ({ kind: 'announcement', name: 'News', event }),
  'POST /back-office/mailings/:id/schedule': () => ({ schedule: 'now' }),
  'POST /back-office/mailings/:id/templates': () => ({ name: 'Ours' }),
  'POST /back-office/events/:slug/programme/sessions/new': () => ({
    'title[en]': 'A session',
    starts: '2090-05-27T10:00',
    minutes: '60',
  }),
  'POST /back-office/events/:slug/programme/sessions/:session': () => ({
    'title[en]': 'A session',
    starts: '2090-05-27T10:00',
    minutes: '60',
  }),
  'POST /back-office/events/:slug/programme/sessions/:session/place': () => ({ step: 'later' }),
  'POST /back-office/events/:slug/programme/rooms/:id': ({ room }) => ({ [`rooms-${room}[name][en]`]: 'A room' }),
  'POST /back-office/events/:slug/programme/tracks/:id': ({ track }) => ({ [`tracks-${track}[name][en]`]: 'An axis' }),
  'POST /api/events/:slug/agenda': () => ({ title: { en: 'Accounts' } }),
  'PUT /api/events/:slug/agenda/:id': () => ({ title: { en: 'Accounts' } }),
  'POST /api/events/:slug/motions': () => ({ title: { en: 'Approve' } }),
  'PUT /api/events/:slug/motions/:id': () => ({ title: { en: 'Approve' } }),
  'POST /api/events/:slug/motions/:id/votes': ({ organisationId }) => ({ organisationId, choice: 'for' }),
  'POST /events/:slug/assembly/motions/:id/votes': ({ organisationId }) => ({ organisationId, choice: 'for' }),
  'POST /api/events/:slug/minutes': () => ({ language: 'en', text: 'What was said' }),
  'POST /back-office/events/:slug/assembly': () => ({ quorumPercent: '50', proxyLimit: '1' }),
  'POST /back-office/events/:slug/assembly/voters': () => ({ city: 'other-city' }),
  'POST /back-office/events/:slug/assembly/agenda/:id': () => ({ 'title[en]': 'Accounts' }),
  'POST /back-office/events/:slug/assembly/agenda/:id/order': () => ({ direction: 'up' }),
  'POST /back-office/events/:slug/assembly/motions/:id': () => ({ 'title[en]': 'Approve', ballot: 'open', majority: 'simple' }),
  'POST /back-office/events/:slug/assembly/minutes': () => ({ language: 'en', text: 'What was said' }),
  'POST /people': ({ organisationId }) => ({ ...person, organisationId }),
};

// What an address asks for beyond its parts.
const QUERIES: Record<string, (things: Things) => string> = {
  '/api/calls/:slug/eligibility': ({ organisationId }) => `?organisation=${organisationId}`,
};

/** The example request of a route. `operation` is the API's own description of it. */
export function exampleOf(route: { method: string; url: string }, things: Things, operation?: Operation): Example {
  const parts = route.url.split('/');
  const named = BY_PATTERN[route.url];
  const query = QUERIES[route.url]?.(things) ?? '';
  const url = parts
    .map((part, at) => {
      const [, name = '', rest = ''] = /^:(\w+)(.*)$/.exec(part) ?? [];
      if (!name) return part === '*' ? 'swagger-ui.css' : part;
      const thing = named?.[name] ?? NAMES[parts[at - 1] ?? ''] ?? name;
      return `${things[thing] ?? WORDS[name] ?? '01890000-0000-7000-8000-000000000000'}${rest}`;
    })
    .join('/')
    .concat(query);
  const body =
    BODIES[`${route.method} ${route.url}`]?.(things) ?? (sample(operation?.body) as Record<string, unknown> | undefined);
  return { url, body };
}
