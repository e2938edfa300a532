import { sql } from 'kysely';
import { inTransaction } from '../db/database.ts';
import { cities } from '../db/demo/facts.ts';
import { createSignInLink, findOrCreatePerson } from './accounts/actions.ts';
import { viewerOf } from './accounts/queries.ts';
import { grantRole } from './accounts/roles.ts';
import { loadActivities } from './demonstration-activities.ts';
import { loadAssessments } from './demonstration-assessments.ts';
import { loadAward } from './demonstration-award.ts';
import { loadDocuments } from './demonstration-documents.ts';
import { loadDoor } from './demonstration-door.ts';
import { loadEvents } from './demonstration-events.ts';
import { loadJury } from './demonstration-jury.ts';
import { loadMailings } from './demonstration-mailings.ts';
import { loadAssembly, loadProgramme } from './demonstration-programme.ts';
import { loadQuestionnaires } from './demonstration-questionnaires.ts';
import { loadDelegations } from './demonstration-registrations.ts';
import { loadVisits, loadWishes } from './demonstration-visits.ts';
import { releaseYear } from './reports/actions.ts';
import { reportYears } from './reports/queries.ts';
import type { System } from './system.ts';

const ROLES = [
  { role: 'Administrator', name: 'Administration', email: 'admin@example.org', grant: 'admin' },
  { role: 'Secretariat', name: 'Secretariat', email: 'secretariat@example.org', grant: 'secretariat' },
  {
    role: 'Contact of Granollers',
    name: 'International Relations, Granollers',
    email: 'granollers@example.org',
    city: 'Granollers',
  },
  {
    role: 'Contact of Torres Vedras',
    name: 'International Relations, Torres Vedras',
    email: 'torres-vedras@example.org',
    city: 'Torres Vedras',
  },
] as const;

/** A day to sign in: the links are printed on this machine alone. */
const LINK_MINUTES = 24 * 60;

/** Loads the demonstration world into an empty database, through the same actions as people. Answers a sign-in link for each role. */
export async function loadDemonstration(system: System): Promise<{ role: string; url: string }[]> {
  const { db, config, clock } = system;
  if (await db.selectFrom('people').select('id').limit(1).executeTakeFirst()) return [];
  const { rows } = await sql<{ id: string; slug: string; name: string }>`
    insert into organisations (slug, name, country, languages, zone, latitude, longitude, population)
    select slug, name, country, array[language], zone, latitude, longitude, population
    from jsonb_to_recordset(${JSON.stringify(cities)}::jsonb) as c(slug text, name text, country text, language text, zone text,
      latitude double precision, longitude double precision, population int) returning id, slug, name`.execute(db);
  const links: { role: string; url: string }[] = [];
  for (const member of ROLES) {
    const city = 'city' in member ? rows.find((row) => row.name === member.city)?.id : undefined;
    const personId = await inTransaction(db, async (tx) => {
      const id = await findOrCreatePerson(
        tx,
        { name: member.name, email: member.email, language: 'en', zone: config.defaultZone },
        null,
      );
      if (city)
        await tx
          .insertInto('affiliations')
          .values({ person_id: id, organisation_id: city, title: 'International Relations', is_contact: true, ended_at: null })
          .execute();
      return id;
    });
    if ('grant' in member) await grantRole(db, null, personId, { role: member.grant, scopeId: null });
    links.push({
      role: member.role,
      url: `${config.publicUrl}/sign-in/${await createSignInLink(db, config.secret, member.email, clock(), LINK_MINUTES)}`,
    });
    if ('grant' in member && member.grant === 'secretariat') {
      const viewer = await viewerOf(db, personId);
      if (viewer) {
        const bySlug = new Map(rows.map((row) => [row.slug, row.id]));
        const { congress, past } = await loadEvents(db, viewer, bySlug, clock());
        const own = ['Granollers', 'Torres Vedras'];
        await loadDelegations(
          db,
          viewer,
          congress,
          rows.filter((row) => !own.includes(row.name)),
          clock(),
        );
        const visits = await loadVisits(db, viewer, congress, clock());
        await loadProgramme(db, viewer, congress, clock());
        await loadWishes(db, viewer, congress, visits, clock());
        await loadAssembly(db, viewer, congress, bySlug);
        await loadAward(db, viewer, bySlug, clock());
        await loadJury(db, viewer, congress, bySlug, clock());
        await loadQuestionnaires(system, viewer, past.slice(0, 2));
        await loadAssessments(system, viewer);
        await loadMailings(system, viewer, congress);
        await loadDocuments(system, viewer, congress, past[0]);
        await loadDoor(system, viewer, congress, bySlug.get('gijon'));
        await loadActivities(db, viewer, clock());
        // The last year that is over is there for everybody to read.
        const ended = clock().toZonedDateTimeISO(config.defaultZone).year - 1;
        const [year] = (await reportYears(db, null)).filter((one) => one.year <= ended);
        if (year)
          await releaseYear(
            db,
            viewer,
            year.year,
            { note: { en: 'What the network did in the year, and who took part.' } },
            clock(),
          );
      }
    }
  }
  return links;
}
