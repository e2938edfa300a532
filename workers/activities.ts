import { activityDecided } from '../emails/activities/decided.tsx';
import { decisionOn } from '../server/activities/queries.ts';
import { enqueueSends } from '../server/sends/actions.ts';
import { isLanguage } from '../web/locales/languages.ts';
import { textIn } from '../web/locales/text-map.ts';
import type { Handlers } from './handler.ts';
import type { Renderers } from './sends.ts';

export const activityHandlers: Handlers = {
  'activities.decided': async ({ activity, no }, { db, clock }, job) => {
    const found = await decisionOn(db, String(activity), Number(no));
    if (!found?.address) return;
    const { personId, address, language } = found;
    await enqueueSends(
      db,
      [{ cause: `outbox:${job.id}`, kind: 'activities.decided', personId, address, language, payload: { activity, no } }],
      clock(),
    );
  },
};

/** What a city is told of an activity that it proposed: it is published, or it comes back with the reason. */
export const activityMails: Renderers = {
  'activities.decided': async ({ db, config }, send) => {
    const { activity, no } = send.payload;
    const found = await decisionOn(db, String(activity), Number(no));
    // A writing that was replaced meanwhile is nobody's news any more.
    if (!found || found.personId !== send.personId || (found.state !== 'published' && found.state !== 'returned')) return null;
    const language = isLanguage(send.language) ? send.language : 'en';
    const published = found.state === 'published';
    return activityDecided({
      language,
      site: { installation: config.installationName, url: config.publicUrl },
      name: found.name,
      city: found.city,
      title: textIn(found.title, [language], found.cityLanguage),
      published,
      reason: found.reason,
      url: `${config.publicUrl}/${published ? 'activities' : 'city-activities'}/${String(activity)}`,
    });
  },
};
