import { type RawBuilder, sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import type { DocumentKind, Lacking, OnPaper } from '../../db/tables/documents.ts';
import { countryName, formatDateRange, formatNumber } from '../../web/locales/format.ts';
import { textIn } from '../../web/locales/text-map.ts';
import type { Words } from './first-words.ts';
import type { Occasion } from './occasions.ts';
import { PRESENT } from './presence.ts';
import { fill, lackingIn, PASSPORT_FIELDS, type Values } from './rules.ts';

/** Somebody who has a right to a document. */
export interface Recipient {
  registrationId: string | null;
  personId: string | null;
  entryId: string | null;
  name: string;
  language: string;
  organisation: string | null;
  country: string | null;
  category: Record<string, string> | null;
  hours: number | null;
  entry: Record<string, string> | null;
  consulate: string | null;
  /** The document of this kind that they have. */
  documentId: string | null;
}

/** Whoever has a right to a document of this kind, by name. One query. */
export async function recipients(
  db: Db | Transaction,
  occasion: Occasion,
  kind: DocumentKind,
  only?: readonly string[] | null,
): Promise<Recipient[]> {
  const chosen = only ? sql`and w.registration_id = any (${[...only]}::uuid[])` : sql``;
  const query =
    occasion.of === 'call'
      ? ofCall(occasion.id, kind)
      : sql<Recipient>`
          select w.registration_id as "registrationId", p.id as "personId", null as "entryId", p.name, p.language, o.name as organisation, o.country,
            c.name as category, w.hours, null as entry, w.consulate, d.id as "documentId"
          from (${WHO[kind as keyof typeof WHO]}) w join registrations r on r.id = w.registration_id join people p on p.id = w.person_id
            join categories c on c.id = r.category_id left join organisations o on o.id = r.organisation_id
            left join documents d on d.kind = ${kind} and d.registration_id = r.id and d.person_id = p.id and d.revoked_at is null
          where w.event_id = ${occasion.id} and p.erased_at is null ${chosen} order by fold(p.name), p.id`;
  return (await query.execute(db)).rows;
}

const WHO = {
  attendance: sql`select registration_id, event_id, person_id, hours, null as consulate from ${PRESENT} h`,
  participation: sql`select id as registration_id, event_id, person_id, null::float8 as hours, null as consulate from registrations where state = 'confirmed'`,
  visa: sql`select v.registration_id, v.event_id, v.person_id, null::float8 as hours, v.consulate from visa_letters v
    join registrations x on x.id = v.registration_id and x.person_id = v.person_id and x.state = 'confirmed' where v.state = 'approved'`,
};

function ofCall(callId: string, kind: DocumentKind): RawBuilder<Recipient> {
  if (kind === 'thanks')
    return sql<Recipient>`
      select null as "registrationId", p.id as "personId", null as "entryId", p.name, p.language, null as organisation, null as country,
        null as category, null as hours, null as entry, null as consulate, d.id as "documentId"
      from jury_members m join people p on p.id = m.person_id
        left join documents d on d.kind = 'thanks' and d.call_id = m.call_id and d.person_id = p.id and d.revoked_at is null
      where m.call_id = ${callId} and m.ended_at is null and p.erased_at is null order by fold(p.name), p.id`;
  const state = kind === 'finalist' ? 'shortlisted' : kind;
  return sql<Recipient>`
    select null as "registrationId", null as "personId", n.id as "entryId", o.name, n.language, null as organisation, o.country, null as category,
      null as hours, n.title as entry, null as consulate, d.id as "documentId"
    from decisions x join entries n on n.id = x.entry_id join organisations o on o.id = n.organisation_id
      left join documents d on d.kind = ${kind} and d.entry_id = n.id and d.revoked_at is null
    where x.call_id = ${callId} and x.kind = ${state} and x.revoked_at is null order by x.place nulls last, fold(o.name), n.id`;
}

/** The language in which somebody gets it: the one asked for, their own, or the occasion's, as far as the text is written in it. */
export function languageFor(words: Words, occasion: Pick<Occasion, 'defaultLanguage'>, wished: string): string {
  const written = (tag: string) => Boolean(words.title[tag]?.trim() && words.body[tag]?.trim() && words.signed[tag]?.trim());
  const own = [wished, wished.split('-')[0] ?? wished, occasion.defaultLanguage].find(written);
  return own ?? Object.keys(words.title).find(written) ?? occasion.defaultLanguage;
}

export function valuesFor(occasion: Occasion, who: Recipient, language: string): Values {
  const read = (map: Record<string, string> | null) => textIn(map, [language], occasion.defaultLanguage);
  const title = read(occasion.title);
  return {
    name: who.name,
    organisation: who.organisation ?? '',
    country: who.country ? countryName(who.country, language) : '',
    category: read(who.category),
    event: title,
    call: title,
    dates: formatDateRange(occasion.startsAt, occasion.endsAt, language, occasion.zone),
    place: read(occasion.place),
    hours: who.hours ? formatNumber(who.hours, language, { maximumFractionDigits: 1 }) : '',
    entry: textIn(who.entry, [language], who.language),
    consulate: who.consulate ?? '',
  };
}

/** The document as it would be on paper, or the fields that it lacks. What a passport says is written in only when it is printed. */
export function onPaper(
  words: Words,
  occasion: Occasion,
  who: Recipient,
  wished: string,
): { language: string; content: OnPaper; lacking: string[] } {
  const language = languageFor(words, occasion, wished);
  const values = valuesFor(occasion, who, language);
  const [title = '', body = '', signed = ''] = [words.title, words.body, words.signed].map((map) => map[language] ?? '');
  const passport = Object.fromEntries(PASSPORT_FIELDS.map((field) => [field, '–']));
  const lacking = lackingIn([title, body, signed], { ...values, ...passport });
  const write = (text: string) => fill(text, values);
  const occasionTitle = textIn(occasion.title, [language], occasion.defaultLanguage);
  return {
    language,
    lacking,
    content: { occasion: occasionTitle, title: write(title), body: write(body), signed: write(signed), recipient: who.name },
  };
}

/** Who would get none, and why. */
export function lackingAmong(words: Words, occasion: Occasion, all: readonly Recipient[], language: string | null): Lacking[] {
  return all
    .map((who) => ({ name: who.name, fields: onPaper(words, occasion, who, language ?? who.language).lacking }))
    .filter(({ fields }) => fields.length > 0);
}
