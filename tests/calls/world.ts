import { makeWorld as organisationsWorld, type Somebody, somebody } from '../organisations/world.ts';
import type { TestApp } from '../support/app.ts';

const four = (en: string, fr: string, es: string, pt: string) => ({ en, fr, es, pt });

/** What a candidature is asked: a text with a limit, when the practice began, a letter, a film. */
export const applicationForm = {
  key: 'candidature',
  kind: 'application',
  languages: ['en', 'fr', 'es', 'pt'],
  defaultLanguage: 'en',
  title: four('Candidature', 'Candidature', 'Candidatura', 'Candidatura'),
  pages: [
    {
      key: 'practice',
      title: four('The practice', 'La pratique', 'La práctica', 'A prática'),
      items: [
        {
          key: 'description',
          type: 'longText',
          required: true,
          maxWords: 20,
          label: four('Describe the practice', 'Décrivez la pratique', 'Describa la práctica', 'Descreva a prática'),
        },
        {
          key: 'started',
          type: 'date',
          required: true,
          label: four('When did it begin?', 'Quand a-t-elle commencé ?', '¿Cuándo empezó?', 'Quando começou?'),
        },
        {
          key: 'letter',
          type: 'file',
          accept: ['pdf'],
          label: four('Letter of the mayor', 'Lettre du maire', 'Carta de la alcaldía', 'Carta da presidência'),
        },
        { key: 'film', type: 'url', label: four('A film', 'Un film', 'Un vídeo', 'Um filme') },
      ],
    },
  ],
};

export const callBody = {
  kind: 'award',
  title: { en: 'Educating Cities Award', fr: 'Prix Villes éducatrices', es: 'Premio Ciudades Educadoras' },
  languages: ['en', 'fr', 'es'],
  requiredLanguages: [] as string[],
  zone: 'Europe/Madrid',
  opens: '2025-04-22T09:00',
  closes: '2026-10-15T23:59',
  graceMinutes: 60,
  themes: [
    { key: 'lifelong', title: { en: 'Lifelong education' } },
    { key: 'labour', title: { en: 'Socio-labour integration' } },
  ],
  criteria: [{ key: 'relevance', name: { en: 'Relevance' }, weight: 2 }],
  maxEntries: 2,
  rules: [
    { kind: 'member' },
    { kind: 'fee', year: 2026 },
    { kind: 'not-jury' },
    { kind: 'not-host' },
    { kind: 'not-laureate' },
    { kind: 'started-before', item: 'started', date: '2023-06-01' },
  ] as unknown[],
};

export interface CallsWorld {
  organisations: Record<string, string>;
  secretariat: Somebody;
  /** Contact of Granollers, whose fee of 2026 is paid. */
  contact: Somebody;
  /** Contact of Lisboa, paid too. */
  lisboa: Somebody;
  /** A colleague in Granollers who is nobody's contact. */
  colleague: Somebody;
  nobody: Somebody;
  formId: string;
}

/** Cities with their people, a form in use, and who runs calls. */
export async function makeWorld(test: TestApp): Promise<CallsWorld> {
  const base = await organisationsWorld(test);
  const lisboa = await somebody(test, 'International Relations, Lisboa', 'lisboa@example.org');
  const colleague = await somebody(test, 'Education, Granollers', 'education@example.org');
  await affiliate(test, lisboa.id, base.organisations.lisboa ?? '', true);
  await affiliate(test, colleague.id, base.organisations.granollers ?? '', false);
  for (const slug of ['granollers', 'lisboa']) await payFee(test, base.organisations[slug] ?? '', 2026);
  const created = await test.send('POST', '/api/forms', applicationForm, base.secretariat.token);
  const formId = created.json<{ id: string }>().id;
  await test.send('PUT', `/api/forms/${formId}/definition`, applicationForm, base.secretariat.token);
  return { ...base, lisboa, colleague, formId };
}

export async function affiliate(test: TestApp, personId: string, organisationId: string, contact: boolean): Promise<void> {
  await test.db
    .insertInto('affiliations')
    .values({ person_id: personId, organisation_id: organisationId, is_contact: contact, known_as: null })
    .execute();
}

export async function payFee(test: TestApp, organisationId: string, year: number): Promise<void> {
  await test.db
    .insertInto('fees')
    .values({ organisation_id: organisationId, year, paid_on: Temporal.PlainDate.from(`${year}-02-01`), recorded_by: null })
    .execute();
}

/** A published call with this slug; `change` differs from the usual one. */
export async function publishedCall(
  test: TestApp,
  world: CallsWorld,
  slug: string,
  change: Record<string, unknown> = {},
): Promise<void> {
  const body = { ...callBody, formId: world.formId, ...change };
  const made = await test.send('PUT', `/api/calls/${slug}`, body, world.secretariat.token);
  if (made.statusCode >= 300) throw new Error(made.body);
  const published = await test.send('PUT', `/api/calls/${slug}/publication`, undefined, world.secretariat.token);
  if (published.statusCode >= 300) throw new Error(published.body);
}

export interface EntryJson {
  id: string;
  code: string;
  state: string;
  version: number;
  late: boolean;
  contentHash: string | null;
  title: Record<string, string>;
  theme: string | null;
  answers: Record<string, unknown>;
  translations: Record<string, Record<string, unknown>>;
  problems: { path: string; code: string; message: string }[];
}

export async function started(
  test: TestApp,
  world: CallsWorld,
  slug: string,
  by = world.contact,
  city = 'granollers',
): Promise<EntryJson> {
  const answer = await test.send(
    'POST',
    `/api/calls/${slug}/entries`,
    { organisationId: world.organisations[city], language: 'en' },
    by.token,
  );
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json();
}

export const complete = {
  theme: 'lifelong',
  title: { en: 'Schools of the river' },
  summary: { en: 'Every school of the city adopts a stretch of the river.' },
  answers: { description: 'Schools adopt a stretch of the river.', started: '2019-09-01' },
};

/** A draft with everything that submission asks for. */
export async function completed(
  test: TestApp,
  world: CallsWorld,
  slug: string,
  by = world.contact,
  city = 'granollers',
): Promise<EntryJson> {
  const entry = await started(test, world, slug, by, city);
  const saved = await test.send('PATCH', `/api/entries/${entry.id}`, { ...complete, version: entry.version }, by.token);
  if (saved.statusCode !== 200) throw new Error(saved.body);
  return saved.json();
}
