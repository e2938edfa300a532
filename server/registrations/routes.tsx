import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ConfirmPage, LinkOnItsWayPage, RegistrationsPage } from '../../web/registrations/registrations-page.tsx';
import { Invalid, Refused } from '../errors.ts';
import { drawEvent } from '../events/public-page.tsx';
import { id } from '../fields.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { fieldErrors, problemOf } from '../http/problems.ts';
import { signedIn } from '../http/viewer.ts';
import { register } from './actions.ts';
import { visibleEvent } from './api.ts';
import { cancelRegistration } from './changes.ts';
import { RegistrationWrite } from './input.ts';
import { acceptOffer, declineOffer } from './offers.ts';
import { registrationsOf } from './queries.ts';
import { confirmSelf, selfRegister } from './self.ts';

const hide = { hide: true };
const slugOf = (request: FastifyRequest) => (request.params as { slug: string }).slug;

/** Registering on an event's page, and a person's own registrations. */
export function registrationRoutes(app: FastifyInstance): void {
  const { db, clock, config } = app.system;

  app.post('/events/:slug/registrations', { config: { audience: 'public' }, schema: hide }, async (request, reply) => {
    const typed = Object.fromEntries(
      Object.entries((request.body ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value.slice(0, 1000)]] : [],
      ),
    );
    try {
      const input = parse(RegistrationWrite, request.body);
      const event = await visibleEvent(request, slugOf(request), input.organisationId ?? null, input.personId);
      const { viewer } = request;
      if (!viewer) {
        await selfRegister(
          db,
          config.secret,
          event,
          input,
          { language: request.language, zone: config.defaultZone, from: request.ip },
          clock(),
        );
        return await sendPage(reply, <LinkOnItsWayPage ctx={pageContext(request)} />);
      }
      const { outcome } = await register(db, viewer, event, input, clock());
      return await goOn(reply, '/registrations', outcome === 'confirmed' ? 'registered' : outcome);
    } catch (error) {
      if (!(error instanceof Invalid || error instanceof Refused)) throw error;
      const errors =
        error instanceof Refused
          ? [{ path: 'category', message: problemOf(error, request.language)?.detail ?? error.code }]
          : fieldErrors(error, request.language);
      return sendPage(
        reply,
        (await drawEvent(request, slugOf(request), typed, errors)).node,
        error instanceof Refused ? 409 : 422,
      );
    }
  });

  app.get('/registrations/confirm/:token', { config: { audience: 'public' }, schema: hide }, (request, reply) =>
    sendPage(
      reply.header('referrer-policy', 'no-referrer'),
      <ConfirmPage ctx={pageContext(request)} token={encodeURIComponent((request.params as { token: string }).token)} />,
    ),
  );

  app.post('/registrations/confirm/:token', { config: { audience: 'public' }, schema: hide }, async (request, reply) => {
    const { outcome } = await confirmSelf(db, (request.params as { token: string }).token, clock());
    return goOn(reply, '/events', outcome === 'confirmed' ? 'registered' : outcome);
  });

  app.get('/registrations', { config: { audience: 'person' }, schema: hide }, async (request, reply) =>
    sendPage(
      reply,
      <RegistrationsPage ctx={pageContext(request)} registrations={await registrationsOf(db, signedIn(request).personId)} />,
    ),
  );

  const own = (request: FastifyRequest) => parse(z.object({ id }), request.params).id;
  app.post('/registrations/:id/removal', { config: { audience: 'person' }, schema: hide }, async (request, reply) => {
    await cancelRegistration(db, signedIn(request), own(request), clock());
    return goOn(reply, '/registrations', 'givenBack');
  });
  app.post('/registrations/:id/offer/acceptance', { config: { audience: 'person' }, schema: hide }, async (request, reply) => {
    await acceptOffer(db, signedIn(request), own(request), clock());
    return goOn(reply, '/registrations', 'registered');
  });
  app.post('/registrations/:id/offer/removal', { config: { audience: 'person' }, schema: hide }, async (request, reply) => {
    await declineOffer(db, signedIn(request), own(request), clock());
    return goOn(reply, '/registrations', 'givenBack');
  });
}
