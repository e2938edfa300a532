import { type RawBuilder, sql } from 'kysely';

/** Somebody as the tables know them: their id, every address of theirs, and their registrations. */
export interface Subject {
  personId: string;
  name: string;
  addresses: string[];
  registrationIds: string[];
}

/** What becomes of rows when the person is erased: they go, or these columns are emptied. */
type Erased = 'deleted' | ((now: Temporal.Instant) => RawBuilder<unknown>);

/** What one table holds of a person. */
export interface Holding {
  table: string;
  /** Which of its rows, aliased `h`, are about them. */
  rows: (of: Subject) => RawBuilder<unknown>;
  /** What of them the person is given to read: columns, or expressions with a name. */
  shown: string;
  /** Without it they stay as they are. */
  erased?: Erased;
}

/** Rows that are about somebody or something else and name the person or an address of theirs: not shown, but emptied of it. */
export interface Mention {
  table: string;
  rows: (of: Subject) => RawBuilder<unknown>;
  erased: Erased;
}

/** Stands where a name stood: the same in every language. */
export const NAMELESS = '—';
const NOWHERE = 'erased@invalid';

const own = (of: Subject) => sql`h.person_id = ${of.personId}`;
const addressed = (of: Subject) => sql`h.address = any (${of.addresses}::citext[])`;
const registered = (of: Subject) => sql`h.registration_id = any (${of.registrationIds}::uuid[])`;
// What happened to a registration while it was theirs: it may have been somebody's before, and be somebody's now.
const whileTheirs = (of: Subject) => sql`(
  (h.row_id = any (${of.registrationIds}::uuid[])
    and not exists (select from replacements x where x.registration_id = h.row_id and x.at > h.at))
  or exists (select from replacements x where x.registration_id = h.row_id and x.from_person_id = ${of.personId} and x.at >= h.at))`;
const everRegistered = (of: Subject) =>
  sql`select unnest(${of.registrationIds}::uuid[]) union select registration_id from replacements where from_person_id = ${of.personId}`;
const theirEntries = (
  of: Subject,
) => sql`(h.address = any (${of.addresses}::citext[]) or (h.registration_id = any (${of.registrationIds}::uuid[])
  and not exists (select from replacements x where x.registration_id = h.registration_id)))`;
const asked = (of: Subject) => sql`h.asking_id in (select id from askings where person_id = ${of.personId})`;
const NO_SUBSTITUTE = sql`substitute_name = case when h.substitute_name is not null then ${NAMELESS} end,
  substitute_address = case when h.substitute_address is not null then ${NOWHERE} end`;
const unsent = (now: Temporal.Instant) => sql`address = ${NOWHERE}, domain_key = 'invalid', payload = '{}', smtp_response = null,
  state = case when h.state in ('queued', 'deferred', 'uncertain') then 'cancelled' else h.state end,
  ended_at = case when h.state in ('queued', 'deferred', 'uncertain') then ${now} else h.ended_at end`;
/** Files of their registrations, and what they uploaded for no answer. */
export const ownFiles = (of: Subject) =>
  sql`((h.owner_kind = 'registration' and h.owner_id = any (${of.registrationIds}::uuid[])) or (h.owner_id is null and h.uploaded_by = ${of.personId}))`;
const event = '(select e.slug from events e where e.id = h.event_id) as event';
const call = '(select c.slug from calls c where c.id = h.call_id) as call';

/**
 * Every table that holds something of people, in an order in which rows may go. What is kept is kept without a name: that somebody
 * took part, scored or paid is counted in reports, proven in a chain, or wanted by the tax office. `tests/personal-data` asks that
 * each table which points to a person or has a column for an address be named here.
 */
export const HOLDINGS: Holding[] = [
  // Before the names are gone by which an organisation's trail is searched.
  {
    table: 'changes',
    rows: (of) => sql`(h.row_id = any (${of.personId}::uuid || array(${everRegistered(of)}) || array(
        select organisation_id from affiliations where person_id = ${of.personId}))
      and (h.row_id = ${of.personId} or ${whileTheirs(of)} or exists (
        select from affiliations a where a.person_id = ${of.personId} and a.organisation_id = h.row_id
          and (strpos(concat(h.before, h.after), ${of.name}) > 0 or strpos(concat(h.before, h.after), a.known_as) > 0))))`,
    shown: 'feature, action, before, after, at',
    erased: () => sql`before = null, after = null`,
  },
  { table: 'sign_in_links', rows: addressed, shown: 'created_at, used_at', erased: 'deleted' },
  { table: 'sign_ins', rows: own, shown: 'device, created_at, last_seen_at, ended_at', erased: 'deleted' },
  { table: 'api_tokens', rows: own, shown: 'name, created_at, last_used_at, revoked_at', erased: 'deleted' },
  { table: 'sign_in_addresses', rows: own, shown: 'address, confirmed_at', erased: 'deleted' },
  {
    table: 'roles',
    rows: own,
    shown: 'role, granted_at, revoked_at',
    erased: (now) => sql`revoked_at = coalesce(h.revoked_at, ${now})`,
  },
  {
    table: 'affiliations',
    rows: own,
    shown:
      '(select o.name from organisations o where o.id = h.organisation_id) as organisation, title, known_as, is_contact, created_at, ended_at',
    erased: (now) => sql`title = '', known_as = null, is_contact = false, ended_at = coalesce(h.ended_at, ${now})`,
  },
  { table: 'registration_links', rows: registered, shown: 'purpose, expires_at, used_at', erased: 'deleted' },
  {
    table: 'registrations',
    rows: own,
    shown: `${event}, state, answers, amount, currency, reference, reason, contact_email, joined_at, confirmed_at, ended_at`,
    erased: () => sql`answers = '{}', contact_email = null, reason = null`,
  },
  {
    table: 'files',
    rows: ownFiles,
    shown: 'name, media_type, bytes, created_at, removed_at',
    erased: (now) => sql`name = ${NAMELESS}, removed_at = coalesce(h.removed_at, ${now})`,
  },
  {
    table: 'payments',
    rows: registered,
    shown: 'amount, currency, received_on, recorded_at, removed_at',
  },
  { table: 'delegation_drafts', rows: own, shown: `${event}, content, created_at, changed_at`, erased: 'deleted' },
  {
    table: 'visa_letters',
    rows: own,
    shown: `${event}, consulate, state, asked_at`,
    erased: () => sql`sealed = null, consulate = ''`,
  },
  {
    table: 'calendar_answers',
    rows: (of) =>
      sql`(lower(h.sender) = any (${of.addresses}) or h.entry_id = any (array(select h.id from calendar_entries h where ${theirEntries(of)})))`,
    shown: 'answer, comment, sender, received_at',
    erased: 'deleted',
  },
  {
    table: 'calendar_entries',
    rows: theirEntries,
    shown: 'uid, address, method, answer, answered_at, created_at',
    erased: 'deleted',
  },
  { table: 'calendar_feeds', rows: own, shown: 'kind, name, created_at, last_read_on, revoked_at', erased: 'deleted' },
  { table: 'check_ins', rows: own, shown: `${event}, came_at` },
  {
    table: 'session_speakers',
    rows: own,
    shown: 'name, organisation, role',
    erased: () => sql`name = ${NAMELESS}, organisation = ''`,
  },
  {
    table: 'documents',
    rows: own,
    shown: 'kind, code, recipient, language, issued_at, revoked_at',
    // The texts on paper name them, too.
    erased: () => sql`recipient = ${NAMELESS}, content = coalesce((
      select jsonb_object_agg(key, replace(value, h.recipient, ${NAMELESS})) from jsonb_each_text(h.content)), '{}')`,
  },
  { table: 'askings', rows: own, shown: 'answered, asked_on, reminders' },
  { table: 'named_answer_versions', rows: asked, shown: 'version, answers, answered_on', erased: 'deleted' },
  { table: 'named_answers', rows: asked, shown: 'answers, draft, version, answered_on', erased: 'deleted' },
  { table: 'invitations', rows: own, shown: `${event}, created_at` },
  {
    table: 'invitation_answers',
    rows: (of) => sql`h.invitation_id in (select id from invitations where person_id = ${of.personId})`,
    shown: 'answer, substitute_name, substitute_address, note, at',
    erased: () => sql`note = '', ${NO_SUBSTITUTE}`,
  },
  {
    table: 'sends',
    rows: (of) => sql`(${own(of)} or (h.person_id is null and lower(h.address) = any (${of.addresses})))`,
    shown: 'kind, address, language, state, created_at, accepted_at, smtp_response',
    erased: unsent,
  },
  { table: 'bounces', rows: addressed, shown: 'address, verdict, status, said, at', erased: 'deleted' },
  // What keeps anybody from writing to them again.
  { table: 'suppressions', rows: addressed, shown: 'address, reason, at' },
  { table: 'unsubscriptions', rows: addressed, shown: 'address, topic, at, how' },
  {
    table: 'entry_authors',
    rows: own,
    shown: '(select n.code from entries n where n.id = h.entry_id) as entry, title, added_at',
    erased: () => sql`title = ''`,
  },
  { table: 'jury_members', rows: own, shown: `${call}, seat, country, languages, themes, invited_at, ended_at` },
  {
    table: 'reviews',
    rows: own,
    shown: `(select n.code from entries n where n.id = h.entry_id) as entry, scores, comment_to_jury, comment_to_applicant, notes, submitted_at`,
    erased: () => sql`notes = ''`,
  },
  { table: 'conflict_declarations', rows: own, shown: `${call}, reason, declared_at, withdrawn_at` },
  { table: 'wishes', rows: own, shown: `${call}, (select n.code from entries n where n.id = h.entry_id) as entry, wished_at` },
  { table: 'conflicts', rows: own, shown: `${call}, kind, reason, declared_at` },
  { table: 'ballots', rows: own, shown: `${call}, ranking, cast_at` },
  {
    table: 'deliberation_notes',
    rows: (of) => sql`h.written_by = ${of.personId}`,
    shown: `${call}, text, written_at`,
  },
  {
    table: 'people',
    rows: (of) => sql`h.id = ${of.personId}`,
    shown: 'name, email, language, zone, gender, created_at',
    erased: (now) => sql`name = ${NAMELESS}, email = null, gender = null, zone = 'UTC', erased_at = ${now}`,
  },
];

/** Rows of others in which the person stands: looked for by the words themselves, which takes its time in a long ledger. */
export const MENTIONS: Mention[] = [
  {
    table: 'registrations',
    rows: (of) => sql`lower(h.contact_email) = any (${of.addresses})`,
    erased: () => sql`contact_email = null`,
  },
  { table: 'sends', rows: (of) => sql`lower(h.address) = any (${of.addresses})`, erased: unsent },
  {
    table: 'invitation_answers',
    rows: (of) => sql`lower(h.substitute_address) = any (${of.addresses})`,
    erased: () => NO_SUBSTITUTE,
  },
  {
    table: 'visits',
    rows: (of) => sql`lower(h.host_email) = any (${of.addresses})`,
    erased: () => sql`host_name = '', host_email = '', host_phone = ''`,
  },
  // What was read of a table of people is wanted only until it is applied.
  {
    table: 'imports',
    rows: (of) => sql`h.kind = 'people' and (strpos(h.rows::text, ${of.name}) > 0
      or exists (select from unnest(${of.addresses}::text[]) a where strpos(lower(h.rows::text), a) > 0))`,
    erased: () => sql`rows = '{"rows": [], "ignored": []}'`,
  },
];
