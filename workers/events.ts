import { sql } from 'kysely';
import { appointedOrganiser } from '../emails/events/appointed.tsx';
import { enqueueSends } from '../server/sends/actions.ts';
import { isLanguage } from '../web/locales/languages.ts';
import { textIn } from '../web/locales/text-map.ts';
import type { Handlers } from './handler.ts';
import type { Renderers } from './sends.ts';

/** Writes to whoever may run an event from now on. */
export const eventHandlers: Handlers = {
  'events.organiser-appointed': async ({ event, person }, { db, clock }, job) => {
    const found = await db.selectFrom('people').select(['email', 'language']).where('id', '=', String(person)).executeTakeFirst();
    if (!found?.email) return;
    const { email: address, language } = found;
    await enqueueSends(
      db,
      [
        {
          cause: `outbox:${job.id}`,
          kind: 'events.organiser-appointed',
          personId: String(person),
          address,
          language,
          payload: { event },
        },
      ],
      clock(),
    );
  },
};

interface Appointed {
  name: string;
  slug: string;
  title: Record<string, string>;
  defaultLanguage: string;
  by: string | null;
}

/** Not sent to somebody who is no organiser any more. */
export const eventMails: Renderers = {
  'events.organiser-appointed': async ({ db, config }, send) => {
    const { rows } = await sql<Appointed>`
      select p.name, e.slug, e.title, e.default_language as "defaultLanguage", g.name as by
      from roles r join people p on p.id = r.person_id join events e on e.id = r.scope_id left join people g on g.id = r.granted_by
      where r.person_id = ${send.personId} and r.scope_id = ${String(send.payload.event)} and r.role = 'organiser' and r.revoked_at is null`.execute(
      db,
    );
    const found = rows[0];
    if (!found) return null;
    const language = isLanguage(send.language) ? send.language : 'en';
    return appointedOrganiser({
      language,
      site: { installation: config.installationName, url: config.publicUrl },
      name: found.name,
      event: textIn(found.title, [language], found.defaultLanguage),
      by: found.by ?? config.installationName,
      url: `${config.publicUrl}/back-office/events/${found.slug}`,
    });
  },
};
