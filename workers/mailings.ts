import { mailingLetter } from '../emails/mailings/letter.tsx';
import { substituteProposed } from '../emails/mailings/substitute-proposed.tsx';
import { dueMailings, finishMailings, followMailing } from '../server/mailings/due.ts';
import { endUnsent, freezeAudience } from '../server/mailings/freezing.ts';
import { linksFor } from '../server/mailings/letter-links.ts';
import { letterToSend, recipientOf } from '../server/mailings/letters.ts';
import { mailingById } from '../server/mailings/queries.ts';
import { startMailing } from '../server/mailings/running.ts';
import { openProposal, proposalReaders } from '../server/mailings/substitutes.ts';
import { readerOf } from '../server/registrations/mail-facts.ts';
import { enqueueSends } from '../server/sends/actions.ts';
import type { System } from '../server/system.ts';
import { isLanguage } from '../web/locales/languages.ts';
import { readIn } from '../web/locales/text-map.ts';
import type { Handlers } from './handler.ts';
import type { Renderers } from './sends.ts';

export const mailingHandlers: Handlers = {
  'mailings.started': async ({ mailing }, { db, clock }) => void (await freezeAudience(db, String(mailing), clock())),
  // What waits is claimed at the next look into the ledger; if it was stopped before its audience was frozen, that comes first.
  'mailings.resumed': async ({ mailing }, { db, clock }) => void (await freezeAudience(db, String(mailing), clock())),
  // Answers stand on a page. Of one that asks for something to be done, its organisers are told.
  'mailings.answered': async ({ invitation }, { db, clock }, job) => {
    const id = String(invitation);
    if (!(await openProposal(db, id))) return;
    const sends = (await proposalReaders(db, id)).map(({ personId, address, language }) => ({
      cause: `outbox:${job.id}:${personId}`,
      kind: 'mailings.substitute-proposed',
      personId,
      address,
      language,
      payload: { invitation: id },
    }));
    await enqueueSends(db, sends, clock());
  },
  'mailings.cancelled': ({ mailing }, system) => endAll(system, String(mailing)),
};

async function endAll({ db, clock }: System, mailing: string): Promise<void> {
  while ((await endUnsent(db, mailing, clock())) > 0);
}

/** Begins what is due, freezes what was not, ends what was cancelled, and says what is done. */
export async function sweepMailings(system: System): Promise<void> {
  const { db, clock } = system;
  for (const { id, what } of await dueMailings(db, clock())) {
    if (what === 'start') {
      // The event of one that is not public yet has moved in silence.
      await followMailing(db, id, clock());
      await startMailing(db, id, clock());
    } else if (what === 'freeze') await freezeAudience(db, id, clock());
    else await endAll(system, id);
  }
  await finishMailings(db, clock());
}

const siteOf = ({ config }: System) => ({ installation: config.installationName, url: config.publicUrl });

export const mailingMails: Renderers = {
  'mailings.substitute-proposed': async (system, send) => {
    const proposal = await openProposal(system.db, String(send.payload.invitation));
    const reader = send.personId ? await readerOf(system.db, send.personId) : undefined;
    if (!proposal || !reader) return null;
    const language = isLanguage(send.language) ? send.language : 'en';
    const { slug, title, defaultLanguage, name, organisation, substituteName, note } = proposal;
    return substituteProposed({
      language,
      site: siteOf(system),
      name: reader.name,
      event: readIn(title, [language], defaultLanguage) ?? { text: slug, lang: language },
      invited: name,
      organisation,
      substitute: substituteName,
      note,
      url: `${system.config.publicUrl}/back-office/events/${slug}/invitations?answer=substitute`,
    });
  },
  'mailings.letter': async (system, send) => {
    const { db, config, clock } = system;
    const { mailing, organisation } = send.payload;
    if (!send.personId) return null;
    const of = {
      mailingId: String(mailing),
      version: Number(send.payload.version ?? send.version),
      personId: send.personId,
      organisationId: organisation ? String(organisation) : null,
      now: clock(),
    };
    const letter = await letterToSend(db, of);
    return letter ? mailingLetter(letter, siteOf(system), linksFor(config, letter, { unsubscribe: send.unsubscribe })) : null;
  },
  // To whoever wrote it, as the person that was chosen would get it, with links that answer nothing.
  'mailings.test': async (system, send) => {
    const { mailing, person, organisation, language } = send.payload;
    const one = await mailingById(system.db, String(mailing));
    const found = await recipientOf(system.db, one, {
      personId: String(person),
      organisationId: organisation ? String(organisation) : null,
    });
    if (!found) return null;
    const letter = { mailing: one, recipient: { ...found, language: String(language) } };
    return mailingLetter(letter, siteOf(system), linksFor(system.config, letter, { preview: true }));
  },
};
