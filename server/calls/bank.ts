import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { decodeCursor, type Page, pageOf } from '../http/cursor.ts';
import type { BankFilter } from './input.ts';

type Texts = Record<string, string>;

/** An experience that its city agreed to make public, after the decision. Nothing of who wrote or judged it. */
export interface BankRow {
  code: string;
  call: { slug: string; title: Texts; defaultLanguage: string };
  city: { slug: string; name: string; country: string };
  title: Texts;
  summary: Texts;
  language: string;
  languages: string[];
  theme: { key: string; title: Texts } | null;
  /** Laureate or mention; null for all others, selected or not. */
  distinction: 'laureate' | 'mention' | null;
  publishedAt: Temporal.Instant;
}

const isPublic = sql`n.may_publish and n.state in ('eligible', 'shortlisted', 'laureate', 'mention', 'not-selected')
  and c.results_published_at is not null and c.published_at is not null`;

/** The bank of experiences, the newest decisions first. Texts are found without regard to accents, in every language. */
export async function bankPage(db: Db, filter: BankFilter, page: { cursor?: string; limit: number }): Promise<Page<BankRow>> {
  const after = decodeCursor(page.cursor, 2);
  const like = `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<BankRow & { id: string }>`
    select n.id, n.code, n.title, n.summary, n.language, n.languages, c.results_published_at as "publishedAt",
      jsonb_build_object('slug', c.slug, 'title', c.title, 'defaultLanguage', c.default_language) as call,
      jsonb_build_object('slug', o.slug, 'name', o.name, 'country', o.country) as city,
      case when t.key is not null then jsonb_build_object('key', t.key, 'title', t.title) end as theme,
      case when n.state in ('laureate', 'mention') then n.state end as distinction
    from entries n join calls c on c.id = n.call_id join organisations o on o.id = n.organisation_id
      left join call_themes t on t.call_id = n.call_id and t.key = n.theme
    where ${isPublic}
      ${filter.q === '' ? sql`` : sql`and (fold(n.title::text || ' ' || n.summary::text) like fold(${like}) or fold(o.name) like fold(${like}))`}
      ${filter.theme ? sql`and n.theme = ${filter.theme}` : sql``} ${filter.country ? sql`and o.country = ${filter.country}` : sql``}
      ${filter.language ? sql`and ${filter.language} = any (n.languages)` : sql``} ${filter.call ? sql`and c.slug = ${filter.call}` : sql``}
      ${after ? sql`and (c.results_published_at, n.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by c.results_published_at desc, n.id desc limit ${page.limit + 1}`.execute(db);
  const cut = pageOf(rows, page.limit, (row) => [row.publishedAt.toString(), row.id]);
  return { next: cut.next, items: cut.items.map(({ id, ...row }) => (id ? row : row)) };
}

/** All of it, two hundred at a time. */
export async function* everyExperience(db: Db, filter: BankFilter): AsyncGenerator<BankRow> {
  let cursor: string | undefined;
  do {
    const page: Page<BankRow> = await bankPage(db, filter, { cursor, limit: 200 });
    yield* page.items;
    cursor = page.next ?? undefined;
  } while (cursor);
}

export interface BankChoices {
  themes: { key: string; title: Texts }[];
  countries: string[];
  languages: string[];
}

/** What occurs in the bank: the choices of its filters. */
export async function bankChoices(db: Db): Promise<BankChoices> {
  const { rows } = await sql<BankChoices>`
    with seen as (select n.call_id, n.theme, n.languages, o.country from entries n join calls c on c.id = n.call_id
      join organisations o on o.id = n.organisation_id where ${isPublic})
    select coalesce((select jsonb_agg(distinct jsonb_build_object('key', t.key, 'title', t.title)) from call_themes t
        where (t.call_id, t.key) in (select call_id, theme from seen)), '[]') as themes,
      coalesce((select array_agg(distinct country) from seen), '{}') as countries,
      coalesce((select array_agg(distinct tag) from seen, unnest(seen.languages) tag), '{}') as languages`.execute(db);
  return rows[0] ?? { themes: [], countries: [], languages: [] };
}
