import { declinedInCalendar, proposalDeclined } from '../emails/calendars/answered.tsx';
import { mailEventOf } from '../emails/registrations/calendar.ts';
import { answerFacts } from '../server/calendars/queries.ts';
import { mailFact } from '../server/registrations/mail-facts.ts';
import { ensureManageLinks, manageUrl } from '../server/registrations/manage-links.ts';
import { enqueueSend } from '../server/sends/actions.ts';
import { isLanguage } from '../web/locales/languages.ts';
import type { Handlers } from './handler.ts';
import type { Renderer, Renderers } from './sends.ts';
import { sessionMail, tellSessions } from './session-calendar.ts';

/** What follows when a calendar program has answered: one mail for each version of the entry, however often it is declined. */
export const calendarHandlers: Handlers = {
  'programme.choices-changed': ({ registration }, system, job) =>
    tellSessions(system, job.id, { registrationIds: [String(registration)] }),
  'calendars.answered': async ({ answer }, { db, config, clock }) => {
    const said = await answerFacts(db, String(answer));
    const fact = said && (await mailFact(db, said.registrationId));
    // A session that is declined is no seat that is given back.
    if (!said || said.ofSession || fact?.state !== 'confirmed' || !fact.address || fact.forContact) return;
    const kind = said.verdict === 'proposal' ? 'proposal' : 'declined';
    await ensureManageLinks(db, config.secret, [fact]);
    await enqueueSend(
      db,
      {
        cause: `calendar-${kind}:${said.entryId}:${said.sequence}`,
        kind: `calendars.${kind}`,
        personId: fact.personId,
        address: fact.address,
        language: fact.language,
        payload: { answer },
        expiresAt: fact.startsAt,
      },
      clock(),
    );
  },
};

const answered =
  (draw: typeof declinedInCalendar, kind: 'declined' | 'proposal'): Renderer =>
  async ({ db, config }, send) => {
    const said = await answerFacts(db, String(send.payload.answer));
    const fact = said && (await mailFact(db, said.registrationId));
    // Somebody who accepts after all, has given the place back or was replaced need not be told how to.
    if (!said || fact?.state !== 'confirmed' || fact.personId !== send.personId || fact.eventCancelled) return null;
    if (kind === 'declined' && said.current !== 'declined') return null;
    const language = isLanguage(send.language) ? send.language : 'en';
    return draw({
      language,
      site: { installation: config.installationName, url: config.publicUrl },
      name: fact.name,
      readerZone: fact.readerZone,
      event: mailEventOf(fact, config.publicUrl, language),
      url: manageUrl(config, fact),
    });
  };

export const calendarMails: Renderers = {
  'calendars.declined': answered(declinedInCalendar, 'declined'),
  'calendars.session': sessionMail,
  'calendars.proposal': answered(proposalDeclined, 'proposal'),
};
