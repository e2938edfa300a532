import { pausedMailing } from '../emails/sends/paused.tsx';
import { enqueueSend } from '../server/sends/actions.ts';
import { troubledMailing } from '../server/sends/troubles.ts';
import { isLanguage } from '../web/locales/languages.ts';
import type { Handlers } from './handler.ts';
import type { Renderers } from './sends.ts';

/** A mailing was paused by itself: its owner is told. */
export const troubleHandlers: Handlers = {
  'sends.mailing-paused': async ({ mailing }, { db, clock }, job) => {
    const found = await troubledMailing(db, String(mailing));
    if (!found?.owner) return;
    const { personId, address, language } = found.owner;
    const payload = { mailing: String(mailing) };
    await enqueueSend(
      db,
      { cause: `outbox:${job.id}`, kind: 'sends.mailing-paused', personId, address, language, payload },
      clock(),
    );
  },
};

/** What the ledger itself has to say. */
export const troubleMails: Renderers = {
  'sends.mailing-paused': async ({ db, config }, send) => {
    const found = await troubledMailing(db, String(send.payload.mailing));
    if (!found?.owner || found.state !== 'paused') return null;
    return pausedMailing({
      language: isLanguage(send.language) ? send.language : 'en',
      site: { installation: config.installationName, url: config.publicUrl },
      name: found.owner.name,
      mailing: found.name,
      reason: found.reason,
      url: `${config.publicUrl}/back-office/mailings/${found.id}`,
    });
  },
};
