import { type CallMail, type CallMailData, callMail } from '../emails/calls/told.tsx';
import { entryById } from '../server/calls/entry-queries.ts';
import {
  contactsToTell,
  decidedEntries,
  exceptionFacts,
  extensionFacts,
  juryToTell,
  livingEntries,
  type Reader,
  readerById,
  secretariatToTell,
  writersOf,
} from '../server/calls/mail-facts.ts';
import { callById } from '../server/calls/queries.ts';
import { enqueueSends, type NewSend } from '../server/sends/actions.ts';
import type { Claimed } from '../server/sends/claims.ts';
import type { System } from '../server/system.ts';
import { isLanguage } from '../web/locales/languages.ts';
import { readIn } from '../web/locales/text-map.ts';
import { translateCode } from '../web/locales/translate.ts';
import type { Handlers } from './handler.ts';
import { receiptAttachment } from './receipts.ts';
import type { Renderer, Renderers } from './sends.ts';

type Payload = Record<string, unknown>;

async function tell(
  system: System,
  job: { id: string },
  kind: CallMail,
  readers: readonly Reader[],
  payload: Payload,
): Promise<void> {
  const sends = readers.map(
    (reader): NewSend => ({
      cause: `outbox:${job.id}:${reader.entryId ?? ''}:${reader.id}`,
      kind: `calls.${kind}`,
      personId: reader.id,
      address: reader.email,
      language: reader.language,
      payload: { ...payload, ...(reader.entryId ? { entry: reader.entryId } : {}) },
    }),
  );
  await enqueueSends(system.db, sends, system.clock());
}

/** Each person once a call, whatever number of entries they write. */
const onceEach = (readers: readonly Reader[]) => readers.filter(({ id }, at) => readers.findIndex((one) => one.id === id) === at);

const aboutEntry =
  (kind: CallMail) =>
  async ({ entry, number }: Payload, system: System, job: { id: string }) =>
    tell(system, job, kind, await writersOf(system.db, [String(entry)]), { entry, ...(number === undefined ? {} : { number }) });

/** What is said about each thing that happens to a call and its entries. */
export const callHandlers: Handlers = {
  'calls.submitted': aboutEntry('submitted'),
  'calls.withdrawn': aboutEntry('withdrawn'),
  'calls.reopened': aboutEntry('reopened'),
  'calls.extended': async ({ call, extension }, system, job) => {
    const readers = await writersOf(system.db, await livingEntries(system.db, String(call)));
    await tell(system, job, 'extended', onceEach(readers), { call, extension });
  },
  'calls.cancelled': async ({ call }, system, job) => {
    const readers = await writersOf(system.db, await livingEntries(system.db, String(call)));
    await tell(system, job, 'cancelled', onceEach(readers), { call });
  },
  // Everybody on the same day: who won, who did not, and who judged.
  'calls.results-published': async ({ call }, system, job) => {
    const writers = await writersOf(system.db, await decidedEntries(system.db, String(call)));
    await tell(system, job, 'results', [...writers, ...(await juryToTell(system.db, String(call)))], { call });
  },
  'calls.exception-asked': async ({ exception }, system, job) =>
    tell(system, job, 'exceptionAsked', await secretariatToTell(system.db), { exception }),
  'calls.exception-decided': async ({ exception }, system, job) => {
    const found = await exceptionFacts(system.db, String(exception));
    if (!found || found.state === 'asked') return;
    const kind = found.state === 'granted' ? 'exceptionGranted' : 'exceptionRefused';
    await tell(system, job, kind, await contactsToTell(system.db, found.organisationId), { exception });
  },
};

const render =
  (kind: CallMail): Renderer =>
  async (system, send) => {
    const data = await factsOf(system, kind, send);
    return data && callMail(kind, data);
  };

const KINDS: CallMail[] = [
  'submitted',
  'extended',
  'cancelled',
  'withdrawn',
  'reopened',
  'results',
  'exceptionAsked',
  'exceptionGranted',
  'exceptionRefused',
];
export const callMails: Renderers = Object.fromEntries(KINDS.map((kind) => [`calls.${kind}`, render(kind)]));

/** What a message says, from what is true now; null when it is no longer true. */
async function factsOf(system: System, kind: CallMail, send: Claimed): Promise<CallMailData | null> {
  const { db, config } = system;
  const { payload } = send;
  const language = isLanguage(send.language) ? send.language : 'en';
  const exception = payload.exception ? await exceptionFacts(db, String(payload.exception)) : undefined;
  const entry = payload.entry ? await entryById(db, String(payload.entry)) : undefined;
  const call = await callById(db, String(exception?.callId ?? entry?.callId ?? payload.call));
  const reader = send.personId ? await readerById(db, send.personId) : undefined;
  if (!call || !reader || (kind === 'extended' && call.cancelledAt) || (kind === 'cancelled' && !call.cancelledAt)) return null;
  if (kind === 'reopened' && !entry?.reopenedUntil) return null;
  const words = (map: Record<string, string>) =>
    readIn(map, [language], call.defaultLanguage) ?? { text: entry?.code ?? call.slug, lang: language };
  const extension = payload.extension ? await extensionFacts(db, String(payload.extension)) : undefined;
  const receipt =
    kind === 'submitted' && entry ? await receiptAttachment(system, call, entry, Number(payload.number), language) : null;
  const said = exception ? (kind === 'exceptionAsked' ? exception.reason : exception.decision) : '';
  return {
    language,
    site: { installation: config.installationName, url: config.publicUrl },
    name: reader.name,
    call: words(call.title),
    organisation: exception?.organisation ?? entry?.organisation.name ?? '',
    entry: entry ? { title: words(entry.title), code: entry.code } : null,
    submission: receipt && { at: receipt.at, hash: receipt.hash, late: receipt.late },
    deadline: { at: (kind === 'reopened' && entry?.reopenedUntil) || call.closesAt, zone: call.zone, readerZone: reader.zone },
    rule: exception ? ruleInWords(exception.rule, call, language) : null,
    reason: said
      ? { text: said, lang: language }
      : kind === 'cancelled'
        ? (readIn(call.cancellationReason, [language], call.defaultLanguage) ?? null)
        : (readIn(extension?.reason, [language], call.defaultLanguage) ?? null),
    url: urlOf(config.publicUrl, kind, call.slug, entry?.id),
    attachments: receipt ? [receipt.file] : undefined,
  };
}

function urlOf(site: string, kind: CallMail, slug: string, entryId: string | undefined): string {
  if (kind === 'exceptionAsked') return `${site}/back-office/calls/${slug}/exceptions`;
  if (kind === 'results') return `${site}/calls/${slug}/laureates`;
  return entryId && kind !== 'cancelled' ? `${site}/entries/${entryId}` : `${site}/calls/${slug}`;
}

function ruleInWords(
  rule: string,
  call: { rules: readonly { kind: string }[]; closesAt: Temporal.Instant },
  language: string,
): string {
  const declared = call.rules.find(({ kind }) => kind === rule) ?? {};
  const params = Object.fromEntries(
    Object.entries(declared).filter(
      (pair): pair is [string, string | number] => typeof pair[1] === 'string' || typeof pair[1] === 'number',
    ),
  );
  const key = rule === 'deadline' ? 'calls.rule.deadline' : `refusal.ineligible-${rule}`;
  return translateCode(isLanguage(language) ? language : 'en', key, { n: 1, year: '', date: '', ...params }) ?? rule;
}
