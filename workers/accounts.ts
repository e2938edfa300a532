import { signInLink } from '../emails/accounts/sign-in-link.tsx';
import { signInLinkById } from '../server/accounts/queries.ts';
import { SIGN_IN_LINK_MINUTES } from '../server/accounts/rules.ts';
import { enqueueSends } from '../server/sends/actions.ts';
import { linkToken } from '../server/tokens.ts';
import { isLanguage } from '../web/locales/languages.ts';
import type { Handlers } from './handler.ts';
import type { Renderers } from './sends.ts';

/** Writes to whoever asked to sign in, if they are known. */
export const accountHandlers: Handlers = {
  'accounts.sign-in-requested': async ({ link }, { db, clock }, job) => {
    const found = await signInLinkById(db, String(link));
    if (!found) return;
    await enqueueSends(
      db,
      [
        {
          cause: `outbox:${job.id}`,
          kind: 'accounts.sign-in-link',
          personId: found.personId,
          address: found.address,
          language: found.language,
          payload: { link },
          expiresAt: found.expiresAt,
        },
      ],
      clock(),
    );
  },
};

export const accountMails: Renderers = {
  'accounts.sign-in-link': async ({ db, config }, send) => {
    const found = await signInLinkById(db, String(send.payload.link));
    if (!found || found.usedAt) return null;
    return signInLink({
      language: isLanguage(send.language) ? send.language : 'en',
      name: found.name,
      url: `${config.publicUrl}/sign-in/${linkToken(config.secret, 'sign-in', String(send.payload.link))}`,
      minutes: SIGN_IN_LINK_MINUTES,
      site: { installation: config.installationName, url: config.publicUrl },
    });
  },
};
