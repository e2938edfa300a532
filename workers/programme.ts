import { programmeChanged } from '../emails/programme/changed.tsx';
import { releaseWithFormer } from '../server/programme/queries.ts';
import { concernedBy, tellingFacts } from '../server/programme/telling.ts';
import { enqueueSends } from '../server/sends/actions.ts';
import { isLanguage } from '../web/locales/languages.ts';
import type { Handlers } from './handler.ts';
import type { Renderers } from './sends.ts';
import { tellSessions } from './session-calendar.ts';

export const programmeHandlers: Handlers = {
  'programme.released': async ({ release }, system, job) => {
    const { db, clock } = system;
    const concerned = await concernedBy(db, String(release));
    const sends = concerned.map(({ personId, address, language, endsAt }) => ({
      cause: `outbox:${job.id}:${personId}`,
      kind: 'programme.changed',
      personId,
      address,
      language,
      payload: { release },
      expiresAt: endsAt,
    }));
    await enqueueSends(db, sends, clock());
    const released = await releaseWithFormer(db, String(release));
    if (released) await tellSessions(system, job.id, { eventId: released.eventId });
  },
};

/** What a release tells those whom it concerns. Not sent once nothing in it does. */
export const programmeMails: Renderers = {
  'programme.changed': async ({ db, config }, send) => {
    if (!send.personId) return null;
    const found = await tellingFacts(db, String(send.payload.release), send.personId);
    if (!found) return null;
    return programmeChanged({
      ...found,
      language: isLanguage(send.language) ? send.language : 'en',
      site: { installation: config.installationName, url: config.publicUrl },
      personId: send.personId,
      first: found.no === 1,
    });
  },
};
