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
  forms: 'form',
  'form-versions': 'formVersion',
  imports: 'import',
  'sign-ins': 'signIn',
  tokens: 'apiToken',
  questionnaires: 'questionnaire',
  askings: 'asking',
  q: 'asking',
  roles: 'role',
  organisers: 'organiser',
  allowances: 'organisation',
  series: 'series',
};

const BY_PATTERN: Record<string, Things> = {
  '/organisations/:slug/people/:id': { id: 'affiliation' },
  '/organisations/:slug/people/:id/contact': { id: 'affiliation' },
  '/organisations/:slug/people/:id/end': { id: 'affiliation' },
  '/forms/:version/conditions.css': { version: 'formVersion' },
  '/people/:id/roles/:role/removal': { id: 'colleague', role: 'role' },
  '/events/:slug/delegations/:organisation/files/:file': { file: 'delegationFile' },
  '/events/:slug/delegations/:organisation/results/:draft': { draft: 'draftOfDelegation' },
  '/registrations/confirm/:token': { token: 'confirmation' },
  '/api/form-versions/:id/files/:item': { item: 'fileItem' },
};

// Parts that are no thing of the world.
const WORDS: Things = { code: 'fr', year: '2026', token: 'a'.repeat(43), page: 'page', item: 'needs', tag: 'en', key: 'member' };

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

/** Bodies of requests, where what the schema asks for is not enough: by method and pattern. */
const BODIES: Record<string, (things: Things) => Record<string, unknown>> = {
  'POST /api/questionnaires': ({ event }) => ({ event }),
  'POST /api/askings/:token/answers': () => ({ answers: { nps: 9 } }),
  'POST /q/:token': () => ({ 'answers[nps]': '9', _page: 'page', _go: 'next' }),
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
  'POST /api/registrations/:id/payments': () => ({ amount: 10, receivedOn: '2026-03-01' }),
  'POST /organisations/:slug/people/:id/contact': () => ({ isContact: 'on' }),
  'POST /people': ({ organisationId }) => ({ ...person, organisationId }),
};

/** The example request of a route. `operation` is the API's own description of it. */
export function exampleOf(route: { method: string; url: string }, things: Things, operation?: Operation): Example {
  const parts = route.url.split('/');
  const named = BY_PATTERN[route.url];
  const url = parts
    .map((part, at) => {
      const [, name = '', rest = ''] = /^:(\w+)(.*)$/.exec(part) ?? [];
      if (!name) return part === '*' ? 'swagger-ui.css' : part;
      const thing = named?.[name] ?? NAMES[parts[at - 1] ?? ''] ?? name;
      return `${things[thing] ?? WORDS[name] ?? '01890000-0000-7000-8000-000000000000'}${rest}`;
    })
    .join('/');
  const body =
    BODIES[`${route.method} ${route.url}`]?.(things) ?? (sample(operation?.body) as Record<string, unknown> | undefined);
  return { url, body };
}
