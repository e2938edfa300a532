import { visitsAllotted, WHYS } from '../emails/study-visits/allotted.tsx';
import { visitRequestSaid } from '../emails/study-visits/said.tsx';
import { mailFact, mailFacts } from '../server/registrations/mail-facts.ts';
import { ensureManageLinks, manageUrl } from '../server/registrations/manage-links.ts';
import { enqueueSends, type NewSend } from '../server/sends/actions.ts';
import { runAllocation } from '../server/study-visits/allocating.ts';
import { preferencesOf, visitsOf } from '../server/study-visits/queries.ts';
import { visitRequests } from '../server/study-visits/requests.ts';
import { concernedBy, othersIn } from '../server/study-visits/telling.ts';
import type { System } from '../server/system.ts';
import { isLanguage } from '../web/locales/languages.ts';
import type { Handlers, Job } from './handler.ts';
import type { Renderers } from './sends.ts';

export const studyVisitHandlers: Handlers = {
  'study-visits.allocate': async ({ allocation }, { db, clock }) => runAllocation(db, String(allocation), clock),
  'study-visits.released': async ({ allocation }, system, job) =>
    tell(system, job, await concernedBy(system.db, String(allocation)), 'released'),
  'study-visits.changed': async ({ registration, why }, system, job) => tell(system, job, [String(registration)], String(why)),
  'study-visits.said': async ({ request, no }, { db, clock }, job) => {
    const others = await othersIn(db, String(request), Number(no));
    const sends = others.map(
      ({ personId, address, language }): NewSend => ({
        cause: `outbox:${job.id}:${personId}`,
        kind: 'study-visits.said',
        personId,
        address,
        language,
        payload: { request, no },
      }),
    );
    await enqueueSends(db, sends, clock());
  },
};

async function tell({ db, config, clock }: System, job: Job, registrations: string[], why: string): Promise<void> {
  const facts = await mailFacts(db, registrations);
  await ensureManageLinks(db, config.secret, facts);
  const sends = facts.flatMap((fact): NewSend[] => {
    const { personId, address, language, endsAt } = fact;
    if (!address) return [];
    const payload = { registration: fact.id, why };
    return [
      {
        cause: `outbox:${job.id}:${fact.id}`,
        kind: 'study-visits.allotted',
        personId,
        address,
        language,
        payload,
        expiresAt: endsAt,
      },
    ];
  });
  await enqueueSends(db, sends, clock());
}

/** What somebody is told of their visits, as things stand when it is sent; and what cities say to one another. */
export const studyVisitMails: Renderers = {
  'study-visits.allotted': async ({ db, config }, send) => {
    const fact = await mailFact(db, String(send.payload.registration));
    const found = await preferencesOf(db, String(send.payload.registration));
    const why = WHYS.find((one) => one === send.payload.why);
    if (!fact || !found || !why || fact.state !== 'confirmed' || fact.personId !== send.personId || fact.eventCancelled)
      return null;
    const all = await visitsOf(db, fact.eventId);
    return visitsAllotted({
      language: isLanguage(send.language) ? send.language : 'en',
      site: { installation: config.installationName, url: config.publicUrl },
      name: fact.name,
      event: fact,
      why,
      visits: all.filter(({ id }) => found.visits.includes(id)),
      all,
      // Why is what was released; later changes say it themselves.
      reasons: why === 'released' ? found.reasons : [],
      url: `${manageUrl(config, fact)}/visits`,
    });
  },
  'study-visits.said': async ({ db, config }, send) => {
    const [request] = await visitRequests(db, 'everybody', { id: String(send.payload.request) });
    const reader =
      request && (await othersIn(db, request.id, Number(send.payload.no))).find(({ personId }) => personId === send.personId);
    if (!request || !reader) return null;
    return visitRequestSaid({
      language: isLanguage(send.language) ? send.language : 'en',
      site: { installation: config.installationName, url: config.publicUrl },
      name: reader.name,
      request,
      no: Number(send.payload.no),
      url: `${config.publicUrl}/visit-requests/${request.id}`,
    });
  },
};
