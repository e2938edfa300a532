import { programmeChanged } from '../emails/programme/changed.tsx';
import { placePassed } from '../emails/programme/place.tsx';
import { releaseWithFormer } from '../server/programme/queries.ts';
import { concernedBy, tellingFacts } from '../server/programme/telling.ts';
import { placeFacts } from '../server/programme/waiting.ts';
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
  'programme.place-passed': async ({ registration, session, gives }, { db, clock }, job) => {
    const payload = { registration, session, gives };
    const facts = await placeFacts(db, placeOf(payload));
    if (!facts?.address) return;
    const { personId, address, language } = facts;
    const send = { cause: `outbox:${job.id}`, kind: 'programme.place', personId, address, language, payload };
    await enqueueSends(db, [{ ...send, expiresAt: Temporal.Instant.from(facts.session.endsAt) }], clock());
  },
};

const placeOf = ({ registration, session, gives }: Record<string, unknown>) => ({
  registration: String(registration),
  session: String(session),
  gives: Array.isArray(gives) ? gives.map(String) : [],
});

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
  'programme.place': async ({ db, config }, send) => {
    const facts = await placeFacts(db, placeOf(send.payload));
    if (facts?.personId !== send.personId) return null;
    return placePassed({
      ...facts,
      language: isLanguage(send.language) ? send.language : 'en',
      site: { installation: config.installationName, url: config.publicUrl },
    });
  },
};
