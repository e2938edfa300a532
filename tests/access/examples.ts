import { type Operation, sample } from '../support/samples.ts';
import { BODIES } from './bodies.ts';
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
  issuing: 'documentKind',
  'document-kinds': 'documentKind',
  'document-jobs': 'documentJob',
  jobs: 'documentJob',
  issued: 'document',
  documents: 'document',
  verify: 'documentCode',
  visas: 'registration',
  'visa-letters': 'registration',
  door: 'event',
  doors: 'door',
  'door-links': 'doorLink',
  pass: 'pass',
  activities: 'activity',
  'city-activities': 'activity',
};

const BY_PATTERN: Record<string, Things> = {
  '/people/imports/:id': { id: 'importedPeople' },
  '/people/imports/:id/application': { id: 'importedPeople' },
  '/api/people/imports/:id': { id: 'importedPeople' },
  '/api/people/imports/:id/application': { id: 'importedPeople' },
  '/registrations/:id/documents/:document/file': { id: 'registration', document: 'document' },
  '/registrations/manage/:token/documents/:document/file': { token: 'manageLink', document: 'document' },
  '/back-office/activities/:id': { id: 'proposal' },
  '/back-office/activities/:id/picture': { id: 'proposal' },
  '/back-office/activities/:id/publication': { id: 'proposal' },
  '/back-office/activities/:id/return': { id: 'proposal' },
  '/api/activities/:id/publication': { id: 'proposal' },
  '/api/activities/:id/return': { id: 'proposal' },
  '/back-office/events/:slug/documents/templates/:kind': { kind: 'documentKind' },
  '/back-office/events/:slug/documents/templates/:kind/preview': { kind: 'documentKind' },
  '/back-office/calls/:slug/documents/templates/:kind': { kind: 'callDocumentKind' },
  '/back-office/calls/:slug/documents/templates/:kind/preview': { kind: 'callDocumentKind' },
  '/back-office/calls/:slug/documents/issuing/:kind': { kind: 'callDocumentKind' },
  '/back-office/calls/:slug/documents/jobs/:id': { id: 'callJob' },
  '/back-office/calls/:slug/documents/jobs/:id/file': { id: 'callJob' },
  '/back-office/calls/:slug/documents/issued/:id/file': { id: 'callDocument' },
  '/back-office/calls/:slug/documents/issued/:id/revocation': { id: 'callDocument' },
  '/api/calls/:slug/document-kinds/:kind': { kind: 'callDocumentKind' },
  '/api/calls/:slug/document-kinds/:kind/preview': { kind: 'callDocumentKind' },
  '/api/calls/:slug/document-kinds/:kind/lacking': { kind: 'callDocumentKind' },
  '/api/calls/:slug/document-jobs/:id': { id: 'callJob' },
  '/api/calls/:slug/document-jobs/:id/file': { id: 'callJob' },
  '/api/calls/:slug/documents/:id/file': { id: 'callDocument' },
  '/api/calls/:slug/documents/:id/revocation': { id: 'callDocument' },
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
  '/back-office/questionnaires/:id/answers': { id: 'namedQuestionnaire' },
  '/back-office/questionnaires/:id/answers/:asking': { id: 'namedQuestionnaire', asking: 'namedAsking' },
  '/api/questionnaires/:id/answers': { id: 'namedQuestionnaire' },
  '/api/questionnaires/:id/answers/:asking': { id: 'namedQuestionnaire', asking: 'namedAsking' },
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
  ...Object.fromEntries(
    [
      '/:year',
      '/:year.csv',
      '/:year.json',
      '/:year.pdf',
      '/:year.xlsx',
      '/:year/release',
      '/:year/release/removal',
      '/:year/publication',
    ].flatMap((path) => [
      [`/back-office/reports${path}`, { year: 'year' }],
      [`/api/reports${path}`, { year: 'year' }],
    ]),
  ),
  '/calls/:slug/laureates': { slug: 'decidedCall' },
  '/api/calls/:slug/laureates': { slug: 'decidedCall' },
  '/desk/:slug/:code': { code: 'judgedCode' },
  '/desk/:slug/:code/recusal': { code: 'judgedCode' },
  '/desk/:slug/:code/files/:file': { code: 'judgedCode', file: 'judgedFile' },
  '/api/desk/:slug/:code': { code: 'judgedCode' },
  '/desk/:slug/conflicts/:organisation/removal': { organisation: 'declaredCity' },
  '/api/desk/:slug/conflicts/:organisation': { organisation: 'declaredCity' },
  '/api/entries/:id/reviews/:juror': { id: 'judged', juror: 'me' },
  '/api/entries/:id/recusal': { id: 'judged' },
  '/api/calls/:slug/presentations': { slug: 'sharedCall' },
  '/back-office/calls/:slug/presentations': { slug: 'sharedCall' },
  '/api/calls/:slug/reviews/:code': { code: 'judgedCode' },
  '/back-office/calls/:slug/reviews/:code.pdf': { code: 'judgedCode' },
  '/back-office/calls/:slug/letters/:entry': { entry: 'judged' },
  '/back-office/calls/:slug/letters/:entry/preview/letter': { entry: 'judged' },
  '/api/calls/:slug/assignments/:entry/:juror': { entry: 'judged', juror: 'juror' },
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
