import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import type { Viewer } from './accounts/access.ts';
import { proposeActivity, publishActivity } from './activities/actions.ts';
import { ActivityWrite } from './activities/input.ts';
import { parse } from './http/input.ts';

const ACTIVITIES = [
  {
    title: {
      en: 'The city is my classroom',
      es: 'La ciudad es mi aula',
      fr: 'La ville est ma classe',
      pt: 'A cidade é a minha sala de aula',
    },
    description: {
      en: 'Pupils guide grown-ups through the streets they know best. Open to all, no registration.',
      es: 'El alumnado guía a las personas adultas por las calles que mejor conoce. Abierto, sin inscripción.',
      fr: 'Les élèves guident les adultes dans les rues qu’ils connaissent le mieux. Ouvert à tous, sans inscription.',
      pt: 'Os alunos guiam os adultos pelas ruas que conhecem melhor. Aberto a todos, sem inscrição.',
    },
    hours: ['10:00', '13:00'],
  },
  {
    title: {
      en: 'Reading of the Charter of Educating Cities',
      es: 'Lectura de la Carta de Ciudades Educadoras',
      fr: 'Lecture de la Charte des villes éducatrices',
      pt: 'Leitura da Carta das Cidades Educadoras',
    },
    description: {
      en: 'Each neighbourhood reads one principle aloud, in its own language.',
      es: 'Cada barrio lee en voz alta un principio, en su propia lengua.',
    },
    hours: ['17:30', '19:00'],
  },
  {
    title: { en: 'Open libraries', es: 'Bibliotecas abiertas', fr: 'Bibliothèques ouvertes', pt: 'Bibliotecas abertas' },
    description: { en: 'Stories for the small, workshops for the large, until late.' },
    hours: ['16:00', '21:00'],
  },
] as const;

const CITIES = 12;

/** What cities do on the International Day of this year and the next: most of it published, the last one waiting. */
export async function loadActivities(db: Db, viewer: Viewer, now: Temporal.Instant): Promise<void> {
  const { rows } = await sql<{
    id: string;
    zone: string;
  }>`select id, zone from organisations order by population desc nulls last, slug limit ${CITIES}`.execute(db);
  const today = now.toZonedDateTimeISO('UTC').toPlainDate();
  const own = Temporal.PlainDate.from({ year: today.year, month: 11, day: 30 });
  const day = Temporal.PlainDate.compare(own, today) < 0 ? own.add({ years: 1 }) : own;
  for (const [at, { id: organisationId, zone }] of rows.entries()) {
    const one = ACTIVITIES[at % ACTIVITIES.length] ?? ACTIVITIES[0];
    const { title, description, hours } = one;
    const [starts, ends] = [`${day}T${hours[0]}`, `${day}T${hours[1]}`];
    const id = await proposeActivity(
      db,
      viewer,
      parse(ActivityWrite, { organisationId, title, description, zone, starts, ends }),
      now,
    );
    if (at < rows.length - 1) await publishActivity(db, viewer, id, 1, now);
  }
}
