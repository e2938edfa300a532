import { sql } from 'kysely';
import type { Seat } from '../db/tables/judging.ts';
import { askedOfJurorMail } from '../emails/judging/asked.tsx';
import { invitedToJury } from '../emails/judging/invited.tsx';
import { letterIn } from '../emails/judging/letter.tsx';
import { presentedMail } from '../emails/judging/presented.tsx';
import { writersOf } from '../server/calls/mail-facts.ts';
import { presentationToTell } from '../server/judging/presentations.ts';
import { visibleTo } from '../server/judging/visible.ts';
import { enqueueSends } from '../server/sends/actions.ts';
import { isLanguage } from '../web/locales/languages.ts';
import { textIn } from '../web/locales/text-map.ts';
import type { Handlers } from './handler.ts';
import type { Renderers } from './sends.ts';

interface Invited {
  name: string;
  slug: string;
  title: Record<string, string>;
  defaultLanguage: string;
  seat: Seat;
}

interface Told {
  name: string;
  organisation: string;
  title: Record<string, string>;
  language: string;
  state: string;
  call: Record<string, string>;
  defaultLanguage: string;
  text: Record<string, string>;
}

/** The letters to a jury and to the cities. Not sent once the seat is taken back. */
export const judgingMails: Renderers = {
  'judging.invited': async ({ db, config }, send) => {
    const { rows } = await sql<Invited>`
      select p.name, c.slug, c.title, c.default_language as "defaultLanguage", m.seat
      from jury_members m join calls c on c.id = m.call_id join people p on p.id = m.person_id
      where m.call_id = ${String(send.payload.callId)} and m.person_id = ${String(send.payload.personId)} and m.ended_at is null`.execute(
      db,
    );
    const found = rows[0];
    if (!found) return null;
    const language = isLanguage(send.language) ? send.language : 'en';
    return invitedToJury({
      language,
      site: { installation: config.installationName, url: config.publicUrl },
      name: found.name,
      call: textIn(found.title, [language], found.defaultLanguage),
      seat: found.seat,
      url: `${config.publicUrl}${found.seat === 'chair' ? `/back-office/calls/${found.slug}/ranking` : `/desk/${found.slug}`}`,
    });
  },
  'judging.assigned': (system, send) => askedOfJuror(system, send, 'assigned'),
  'judging.reminded': (system, send) => askedOfJuror(system, send, 'reminded'),
  'judging.wishes': (system, send) => askedOfJuror(system, send, 'wishes'),
  'judging.letter': async ({ db, config }, send) => {
    const { rows } = await sql<Told>`
      select p.name, o.name as organisation, n.title, n.language, n.state, c.title as call, c.default_language as "defaultLanguage", l.text
      from feedback_letters l join entries n on n.id = l.entry_id join organisations o on o.id = n.organisation_id join calls c on c.id = n.call_id
        join people p on p.id = ${send.personId}
      where l.entry_id = ${String(send.payload.entryId)} and l.sent_at is not null and c.results_published_at is not null`.execute(
      db,
    );
    const found = rows[0];
    const language = isLanguage(send.language) ? send.language : 'en';
    return found ? letterIn(language, { installation: config.installationName, url: config.publicUrl }, found) : null;
  },
  'judging.presented': async ({ db, config }, send) => {
    const found = await presentationToTell(db, String(send.payload.entry), send.personId ?? '');
    if (!found) return null;
    const language = isLanguage(send.language) ? send.language : 'en';
    return presentedMail({
      language,
      site: { installation: config.installationName, url: config.publicUrl },
      name: found.name,
      title: textIn(found.title, [language, found.language], found.language),
      event: textIn(found.event, [language], found.defaultLanguage),
      kind: found.kind,
      url: `${config.publicUrl}/entries/${found.entry}`,
    });
  },
};

interface Asked {
  name: string;
  slug: string;
  title: Record<string, string>;
  defaultLanguage: string;
  zone: string;
  endsAt: Temporal.Instant | null;
  closed: boolean;
  wishes: boolean;
  entries: number;
  left: number;
}

// Nothing is sent that is over by then: no wish once they are not asked, no reminder to who has handed everything in.
async function askedOfJuror(
  { db, config }: Parameters<Renderers[string]>[0],
  send: Parameters<Renderers[string]>[1],
  what: 'assigned' | 'reminded' | 'wishes',
) {
  const personId = send.personId ?? '';
  const { rows } = await sql<Asked>`
    select p.name, c.slug, c.title, c.default_language as "defaultLanguage", c.zone, c.scoring_ends_at as "endsAt",
      (c.results_published_at is not null or r.closed_at is not null) as closed,
      (r.wishes_opened_at is not null and r.wishes_closed_at is null) as wishes, d.entries::int, (d.entries - d.submitted)::int as left
    from jury_members m join calls c on c.id = m.call_id join people p on p.id = m.person_id
      left join rounds r on r.call_id = c.id and r.number = 1
      cross join lateral (select count(*) as entries, count(v.submitted_at) as submitted
        from entries n left join reviews v on v.entry_id = n.id and v.person_id = m.person_id and v.removed_at is null
        where n.call_id = c.id and ${visibleTo(personId)}) d
    where m.call_id = ${String(send.payload.callId)} and m.person_id = ${personId} and m.seat = 'juror' and m.ended_at is null`.execute(
    db,
  );
  const found = rows[0];
  if (!found || found.closed || (what === 'wishes' ? !found.wishes : found.left === 0)) return null;
  const language = isLanguage(send.language) ? send.language : 'en';
  return askedOfJurorMail({
    ...found,
    what,
    language,
    site: { installation: config.installationName, url: config.publicUrl },
    call: textIn(found.title, [language], found.defaultLanguage),
    url: `${config.publicUrl}/desk/${found.slug}${what === 'wishes' ? '/wishes' : ''}`,
  });
}

/** What is done about what a jury resolved: whoever wrote a selected experience hears that it is in the programme. */
export const judgingHandlers: Handlers = {
  'judging.presented': async ({ entry }, system, job) => {
    const sends = (await writersOf(system.db, [String(entry)])).map((reader) => ({
      cause: `outbox:${job.id}:${reader.id}`,
      kind: 'judging.presented',
      personId: reader.id,
      address: reader.email,
      language: reader.language,
      payload: { entry },
    }));
    await enqueueSends(system.db, sends, system.clock());
  },
};
