import { sql } from 'kysely';
import { type Db, inTransaction } from '../db/database.ts';
import type { Viewer } from './accounts/access.ts';
import { findOrCreatePerson } from './accounts/actions.ts';
import { closeQuestionnaire, createQuestionnaire, openQuestionnaire } from './questionnaires/actions.ts';
import { sealingKey } from './questionnaires/anonymity.ts';
import { answer } from './questionnaires/answering.ts';
import { askingToken, type Invitee } from './questionnaires/askings.ts';
import { mix } from './questionnaires/mixing.ts';
import { askedBy, definitionOf } from './questionnaires/queries.ts';
import { settle } from './questionnaires/settling.ts';
import type { System } from './system.ts';

const TAKEN_HOME = [
  'How other cities involve children in planning a park.',
  'Une idée simple : ouvrir les bibliothèques le dimanche.',
  'El paseo por el barrio con quienes lo cuidan.',
  'A conversa com cidades do tamanho da nossa.',
  'The visit to the school of commerce.',
  'That we are not alone with our questions.',
];
const BETTER = [
  'More time between the sessions.',
  'Des pauses plus longues pour échanger.',
  'Interpretación también en las visitas.',
  'Um programa em letra maior.',
  'Fewer speeches at the opening.',
];

/** Evaluations of meetings that have been: anonymous, answered, closed, ready to be read and compared. `events` are slugs. */
export async function loadQuestionnaires(system: System, viewer: Viewer, events: readonly string[]): Promise<void> {
  const invitees = await participants(system.db, 48);
  for (const [edition, event] of events.entries())
    await evaluated(system, viewer, event, invitees.slice(0, 48 - 14 * edition), edition);
}

async function participants(db: Db, n: number): Promise<Invitee[]> {
  return inTransaction(db, async (tx) => {
    const invitees: Invitee[] = [];
    for (let at = 1; at <= n; at++) {
      const address = `participant-${at}@example.org`;
      const language = ['en', 'fr', 'es', 'pt'][at % 4] ?? 'en';
      const personId = await findOrCreatePerson(
        tx,
        { name: `Participant ${at}`, email: address, language, zone: 'Europe/Madrid' },
        null,
      );
      invitees.push({ personId, address, language, zone: 'Europe/Madrid' });
    }
    return invitees;
  });
}

/** Those who are asked were there: of the cities of the event's network, in turn. */
async function tookPart(db: Db, slug: string, invitees: readonly Invitee[], now: Temporal.Instant): Promise<void> {
  const people = invitees.map(({ personId }) => personId);
  await sql`
    with cities as (select o.id, row_number() over (order by o.slug) - 1 as n, count(*) over () as many from organisations o join events e on e.slug = ${slug}
      where e.network_id is null or exists (select from organisation_networks m where m.organisation_id = o.id and m.network_id = e.network_id))
    insert into registrations (event_id, person_id, organisation_id, category_id, state, pool_ids, amount, currency, reference, joined_at, confirmed_at)
    select e.id, p.id, c.id, (select y.id from categories y where y.event_id = e.id order by y.position limit 1), 'confirmed', '{}', 0, 'EUR',
      upper(right(e.id::text, 8)) || '-' || p.n, least(e.starts_at, ${now}) - interval '30 days', least(e.starts_at, ${now}) - interval '30 days'
    from events e, unnest(${people}::uuid[]) with ordinality p (id, n) left join cities c on c.n = p.n % c.many
    where e.slug = ${slug}`.execute(db);
}

async function evaluated(
  { db, config, clock }: System,
  viewer: Viewer,
  event: string,
  invitees: Invitee[],
  edition: number,
): Promise<void> {
  const now = clock();
  const key = sealingKey(config.secret);
  const write = { event, title: {}, reminderDays: [], automatic: false };
  await tookPart(db, event, invitees, now);
  const id = await createQuestionnaire(db, viewer, write, { now, defaultZone: config.defaultZone });
  await openQuestionnaire(db, viewer, id, { secret: config.secret, now, invitees });
  const askings = await db.selectFrom('askings').select('id').where('questionnaire_id', '=', id).orderBy('id').execute();
  for (const [at, asking] of askings.entries()) {
    if (at % 5 === 4) continue;
    const asked = await askedBy(db, askingToken(config.secret, asking.id));
    await answer(db, asked, await definitionOf(db, asked.formVersionId), answersOf(at, edition), { key, now });
  }
  await mix(db, id, { key, now, last: false });
  // It closes before a worker sees it, so that nobody is asked by mail for what is over.
  await closeQuestionnaire(db, viewer, id, now);
  await settle(db, id, { key, now });
}

function answersOf(at: number, edition: number): Record<string, unknown> {
  const agree = (shift: number) => String(Math.min(5, Math.max(1, ((at * 7 + shift * 3) % 4) + 2 - (edition > 0 ? at % 2 : 0))));
  return {
    nps: Math.min(10, 5 + ((at * 5) % 6) + (edition === 0 ? at % 2 : 0)),
    first: at % 3 === 0 ? 'yes' : 'no',
    value: {
      useful: agree(1),
      exchange: agree(2),
      organised: agree(3),
      accessible: at % 7 === 0 ? 'na' : agree(4),
      language: agree(5),
    },
    ...(at % 3 === 0 ? { best: TAKEN_HOME[at % TAKEN_HOME.length] } : {}),
    ...(at % 4 === 0 ? { improve: BETTER[at % BETTER.length] } : {}),
  };
}
