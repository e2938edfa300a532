import { documentIssued, visaRefused } from '../emails/documents/issued.tsx';
import { runJob } from '../server/documents/jobs.ts';
import { issuedMail, issuedMails, visaMail } from '../server/documents/mail-facts.ts';
import { enqueueSends } from '../server/sends/actions.ts';
import { isLanguage } from '../web/locales/languages.ts';
import type { Handlers } from './handler.ts';
import type { Renderers } from './sends.ts';

// After so many attempts an order is given up, and its page says so.
const ATTEMPTS = 3;

export const documentHandlers: Handlers = {
  'documents.make': async ({ job }, system, { attempt }) => runJob(system, String(job), attempt >= ATTEMPTS),
  'documents.issued': async ({ job }, { db, clock }) => {
    const facts = await issuedMails(db, String(job));
    const sends = facts.map(({ documentId, personId, address, language }) => ({
      cause: `documents:${documentId}:${personId}`,
      kind: 'documents.issued',
      personId,
      address,
      language,
      payload: { document: documentId },
    }));
    await enqueueSends(db, sends, clock());
  },
  'documents.visa-refused': async ({ registration }, { db, clock }, { id }) => {
    const fact = await visaMail(db, String(registration));
    if (!fact) return;
    const { personId, address, language } = fact;
    const send = {
      cause: `outbox:${id}`,
      kind: 'documents.visa-refused',
      personId,
      address,
      language,
      payload: { registration },
    };
    await enqueueSends(db, [send], clock());
  },
};

/** That a document is ready, and that none will be. */
export const documentMails: Renderers = {
  'documents.issued': async ({ db, config }, send) => {
    const fact = await issuedMail(db, config, String(send.payload.document), send.personId ?? '');
    return fact && documentIssued({ ...fact, ...common(config, send.language), verify: `${config.publicUrl}/verify` });
  },
  'documents.visa-refused': async ({ db, config }, send) => {
    const fact = await visaMail(db, String(send.payload.registration));
    return fact && visaRefused({ ...fact, ...common(config, send.language) });
  },
};

const common = (config: { installationName: string; publicUrl: string }, language: string) => ({
  language: isLanguage(language) ? language : ('en' as const),
  site: { installation: config.installationName, url: config.publicUrl },
});
