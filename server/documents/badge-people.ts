import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { countryName } from '../../web/locales/format.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { passUrl } from '../door/pass.ts';
import type { Badge } from './badges.ts';

interface Row {
  registrationId: string;
  personId: string;
  name: string;
  organisation: string | null;
  country: string | null;
  category: Record<string, string>;
  position: number;
  languages: string[];
}

/** The badges of everybody who is confirmed, or of these registrations, by organisation and name. One query. */
export async function badgesOf(
  db: Db,
  config: { publicUrl: string; secret: string },
  event: { id: string; defaultLanguage: string },
  { language, only }: { language: string; only: readonly string[] | null },
): Promise<Badge[]> {
  const chosen = only ? sql`and r.id = any (${[...only]}::uuid[])` : sql``;
  const { rows } = await sql<Row>`
    select r.id as "registrationId", p.id as "personId", p.name, o.name as organisation, o.country, c.name as category, c.position,
      array(select distinct l from unnest(array[p.language] || coalesce(v.languages, '{}')) l order by l) as languages
    from registrations r join people p on p.id = r.person_id join categories c on c.id = r.category_id
      left join organisations o on o.id = r.organisation_id left join visit_preferences v on v.registration_id = r.id
    where r.event_id = ${event.id} and r.state = 'confirmed' and p.erased_at is null ${chosen}
    order by fold(o.name) nulls last, fold(p.name), r.id`.execute(db);
  return rows.map((row) => ({
    name: row.name,
    organisation: row.organisation ?? '',
    country: row.country ? countryName(row.country, language) : '',
    role: textIn(row.category, [language], event.defaultLanguage),
    colour: row.position,
    languages: row.languages.map((tag) => tag.toUpperCase()).join(' · '),
    pass: passUrl(config, row),
  }));
}
