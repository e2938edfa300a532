import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { registrationEntry } from '../../emails/registrations/calendar.ts';
import { GiveBackPage, LeaveOfferPage, OfferPage, RefusePage } from '../../web/registrations/ending-pages.tsx';
import { RegistrationsPage } from '../../web/registrations/registrations-page.tsx';
import { placedEntry } from '../calendars/queries.ts';
import { Invalid, NotAllowed, NotFound } from '../errors.ts';
import { id, optional, optionalLine } from '../fields.ts';
import { parseBody } from '../forms/evaluation.ts';
import { withRepetition } from '../forms/repetition.ts';
import { readForm, sendFile } from '../forms/uploads.ts';
import type { Audience } from '../http/audiences.ts';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { actsFor, organises } from './access.ts';
import { fileOf, questionsOf, underVersion } from './answers.ts';
import { cancelRegistration, changeRegistration } from './changes.ts';
import { RegistrationChange } from './input.ts';
import { mailFact } from './mail-facts.ts';
import { byManageLink } from './manage-links.ts';
import { type Door, drawChange, drawRegistration, drawReplace, opened } from './my-page.tsx';
import { myDelegations, myRegistrations } from './my-queries.ts';
import { acceptOffer, declineOffer } from './offers.ts';

type Open = (request: FastifyRequest) => Promise<Door>;
const Version = z.object({ version: optional(id) });

/** A person's own registrations, and each of them by its page: signed in, or by the link of a mail. */
export function myRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  app.get('/registrations', { config: { audience: 'person' }, schema: { hide: true } }, async (request, reply) => {
    const viewer = signedIn(request);
    const registrations = await myRegistrations(db, viewer.personId, clock());
    const delegations = await myDelegations(db, viewer.contactOf, clock());
    return sendPage(
      reply,
      <RegistrationsPage ctx={pageContext(request)} registrations={registrations} delegations={delegations} />,
    );
  });

  doorRoutes(app, 'person', '/registrations/:id', async (request) => {
    const registrationId = parse(z.object({ id }), request.params).id;
    return { viewer: signedIn(request), registrationId, base: `/registrations/${registrationId}` };
  });

  doorRoutes(app, 'public', '/registrations/manage/:token', async (request) => {
    const { token } = request.params as { token: string };
    if (!/^[\w-]{43}$/.test(token)) throw new NotFound();
    return { ...(await byManageLink(db, token, clock())), base: `/registrations/manage/${token}` };
  });
}

function doorRoutes(app: FastifyInstance, audience: Audience, base: string, open: Open): void {
  const { db, clock, storage } = app.system;
  const config = { config: { audience }, schema: { hide: true } } as const;
  // The address of a mailed link is a key: no other site hears of it.
  const page = (reply: FastifyReply) => reply.header('referrer-policy', 'no-referrer').header('x-robots-tag', 'noindex');

  app.get(base, config, async (request, reply) => sendPage(page(reply), await drawRegistration(request, await open(request))));

  app.get(`${base}/answers`, config, async (request, reply) => {
    const door = await open(request);
    const found = await opened(request, door);
    const { version } = parse(Version, request.query);
    const asks = await underVersion(db, found.newest, version ?? found.registration.formVersionId);
    return sendPage(page(reply), await drawChange(request, door, found, { asks, answers: found.registration.answers }));
  });

  app.post(`${base}/answers`, config, async (request, reply) => {
    const door = await open(request);
    const found = await opened(request, door);
    const asks = await underVersion(db, found.newest, parse(Version, request.query).version);
    const definition = questionsOf(asks);
    const { body, problems } = definition ? await readForm(request, definition) : { body: request.body, problems: [] };
    const answers = definition ? parseBody(definition, body, 'answers') : {};
    const { category } = parse(RegistrationChange.pick({ category: true }), {
      category: (body as { category?: unknown })?.category,
    });
    const again = async (errors: { path: string; message: string }[], status: number, shown = answers) =>
      sendPage(page(reply), await drawChange(request, door, found, { asks, answers: shown, category, errors }), status);
    const more = withRepetition(body, answers, 'answers');
    if (more) return again([], 200, more);
    return orAgain(
      request,
      async () => {
        if (problems.length > 0) throw new Invalid(problems);
        const change = {
          category: category === found.registration.category.key ? undefined : category,
          ...(definition ? { answers, formVersionId: asks.formVersionId ?? undefined } : {}),
        };
        await changeRegistration(db, door.viewer, door.registrationId, change, clock());
        return goOn(page(reply), door.base, 'saved');
      },
      again,
    );
  });

  app.get(`${base}/replacement`, config, async (request, reply) =>
    sendPage(page(reply), await drawReplace(request, await open(request))),
  );

  app.post(`${base}/replacement`, config, async (request, reply) => {
    const door = await open(request);
    const { person = {} } = posted(request);
    const typed = typeof person === 'object' && person !== null ? { ...person } : {};
    return orAgain(
      request,
      async () => {
        const change = parse(RegistrationChange.pick({ person: true }), { person: typed });
        const { registration } = await opened(request, door);
        await changeRegistration(db, door.viewer, door.registrationId, { person: change.person ?? {} }, clock());
        const organisation = registration.organisation;
        // Whoever named somebody in their own stead sees it no more.
        const still = door.viewer.personId !== registration.person.id;
        if (still) return goOn(page(reply), door.base, 'replaced');
        return goOn(
          page(reply),
          organisation && request.viewer ? '/registrations' : `/events/${registration.event.slug}`,
          'replaced',
        );
      },
      async (errors, status) => sendPage(page(reply), await drawReplace(request, door, { typed, errors }), status),
    );
  });

  app.get(`${base}/files/:file`, config, async (request, reply) => {
    const door = await open(request);
    const { registration } = await opened(request, door);
    const file = await fileOf(
      db,
      { kind: 'registration', id: registration.id },
      parse(z.object({ file: id }), request.params).file,
    );
    if (!file) throw new NotFound();
    return sendFile(reply, storage, file);
  });

  app.get(`${base}/calendar.ics`, config, async (request, reply) => {
    const door = await open(request);
    const { registration } = await opened(request, door);
    const fact = await mailFact(db, registration.id);
    if (fact?.state !== 'confirmed') throw new NotFound();
    const uid = `${fact.id}@${new URL(app.system.config.publicUrl).hostname}`;
    // As it was mailed last, or the file would count as older than what the calendar holds.
    const sent = fact.address ? await placedEntry(db, uid, fact.address) : undefined;
    const now = sent ? { ...fact, sequence: Math.max(sent.sequence, fact.sequence), changedAt: sent.stamp } : fact;
    const { content } = registrationEntry(now, app.system.config, request.language, 'entry');
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', `attachment; filename="${registration.event.slug}.ics"`)
      .header('cache-control', 'private, no-store')
      .send(content);
  });

  endings(app, { base, config, open, page });
}

type Ask = (
  what: typeof GiveBackPage,
  errors?: FormError[],
  status?: number,
) => (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

interface Doors {
  base: string;
  config: { config: { audience: Audience }; schema: { hide: true } };
  open: Open;
  page: (reply: FastifyReply) => FastifyReply;
}

/** What ends a registration or an offer: each asks first. */
function endings(app: FastifyInstance, { base, config, open, page }: Doors): void {
  const { db, clock } = app.system;

  const ask: Ask = (what, errors, status) => async (request, reply) => {
    const door = await open(request);
    const { registration, details } = await opened(request, door);
    const ctx = { ...pageContext(request), zone: door.viewer.zone, zoneKnown: true };
    const other = door.viewer.personId !== registration.person.id;
    const Page = what;
    const shown = { ctx, base: door.base, event: details, registration, other, errors };
    return sendPage(page(reply), <Page {...shown} />, status);
  };

  app.get(`${base}/removal`, config, ask(GiveBackPage));
  app.post(`${base}/removal`, config, async (request, reply) => {
    const door = await open(request);
    await cancelRegistration(db, door.viewer, door.registrationId, clock());
    return goOn(page(reply), door.base, 'givenBack');
  });

  app.get(`${base}/offer`, config, ask(OfferPage));
  app.post(`${base}/offer/acceptance`, config, async (request, reply) => {
    const door = await open(request);
    await acceptOffer(db, door.viewer, door.registrationId, clock());
    return goOn(page(reply), door.base, 'registered');
  });
  app.get(`${base}/offer/removal`, config, ask(LeaveOfferPage));
  app.post(`${base}/offer/removal`, config, async (request, reply) => {
    const door = await open(request);
    await declineOffer(db, door.viewer, door.registrationId, clock());
    return goOn(page(reply), door.base, 'givenBack');
  });

  if (config.config.audience === 'person') decisions(app, { base, config, open, page }, ask);
}

/** An organisation's word on who has named it. */
function decisions(app: FastifyInstance, { base, config, open, page }: Doors, ask: Ask): void {
  const { db, clock } = app.system;

  app.post(`${base}/approval`, config, async (request, reply) => {
    const door = await open(request);
    return decided(request, reply, door, { state: 'confirmed' });
  });
  app.get(`${base}/refusal`, config, async (request, reply) => {
    const door = await open(request);
    const { registration, event } = await opened(request, door);
    if (!organises(door.viewer, event) && !actsFor(door.viewer, registration.organisation?.id ?? null)) throw new NotAllowed();
    return ask(RefusePage)(request, reply);
  });
  app.post(`${base}/refusal`, config, async (request, reply) => {
    const door = await open(request);
    return orAgain(
      request,
      async () => {
        const { reason } = parse(z.object({ reason: optionalLine(500) }), request.body);
        return decided(request, reply, door, { state: 'refused', reason: reason || undefined });
      },
      (errors, status) => ask(RefusePage, errors, status)(request, reply),
    );
  });

  async function decided(request: FastifyRequest, reply: FastifyReply, door: Door, change: RegistrationChange) {
    const { registration } = await opened(request, door);
    await changeRegistration(db, door.viewer, door.registrationId, change, clock());
    const organisation = registration.organisation;
    const back = organisation ? `/events/${registration.event.slug}/delegations/${organisation.slug}` : door.base;
    return goOn(page(reply), back, change.state === 'refused' ? 'registrationRefused' : 'registrationApproved');
  }
}
