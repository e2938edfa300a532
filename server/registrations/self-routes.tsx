import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ConfirmAddressPage, LinkOnItsWayPage } from '../../web/registrations/link-pages.tsx';
import { countTry } from '../accounts/actions.ts';
import { type FieldError, Invalid, Refused } from '../errors.ts';
import { id, optional, optionalLine } from '../fields.ts';
import type { Answers } from '../forms/conditions.ts';
import { parseBody } from '../forms/evaluation.ts';
import { withRepetition } from '../forms/repetition.ts';
import { readForm } from '../forms/uploads.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { fieldErrors, problemOf } from '../http/problems.ts';
import { register } from './actions.ts';
import { answerErrors, questionsOf, underVersion } from './answers.ts';
import { visibleEvent } from './api.ts';
import type { EventContext } from './context.ts';
import { RegistrationWrite } from './input.ts';
import { openManageLink } from './manage-links.ts';
import { registrationOf } from './queries.ts';
import { confirmSelf, selfRegister } from './self.ts';
import { drawRegister, organisationNamed, typedIn } from './self-page.tsx';

const open = { config: { audience: 'public' }, schema: { hide: true } } as const;
const slugOf = (request: FastifyRequest) => (request.params as { slug: string }).slug;
const NO_REFERRER = ['referrer-policy', 'no-referrer'] as const;
const Named = z.object({ organisation: optionalLine(250) });
// Where nothing is chosen there is nothing that could be written otherwise.
const unchosen = (error: FieldError): FieldError => (error.path === 'category' ? { path: 'category', code: 'choice' } : error);
const Version = z.object({ version: optional(id) });

/** Registering oneself, with an account or without, and the mailed link that confirms it. */
export function selfRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  app.get('/events/:slug/registration', open, async (request, reply) => {
    const event = await visibleEvent(request, slugOf(request));
    return sendPage(reply, await drawRegister(request, event));
  });

  app.post('/events/:slug/registration', open, async (request, reply) => {
    const event = await visibleEvent(request, slugOf(request));
    if (request.isMultipart() && !request.viewer) await countTry(db, `upload-from:${request.ip}`, 120, 3600, clock());
    const under = await underVersion(db, event, parse(Version, request.query).version);
    const definition = questionsOf(under);
    const { body, problems } = definition ? await readForm(request, definition) : { body: request.body, problems: [] };
    const typed = typedIn(body, request.viewer);
    const answers: Answers = definition ? parseBody(definition, body, 'answers') : {};
    const again = (errors: { path: string; message: string }[], status: number, shown = answers) =>
      drawRegister(request, event, { typed, answers: shown, errors, under }).then((page) => sendPage(reply, page, status));
    const more = withRepetition(body, answers, 'answers');
    if (more) return again([], 200, more);
    try {
      if (problems.length > 0) throw new Invalid(problems.map((problem) => ({ ...problem })));
      return await registered(request, reply, under, { ...typed, answers });
    } catch (error) {
      if (error instanceof Invalid) {
        // Everything that is wrong is said at once: what the registration lacks, and what its answers lack.
        const said = new Set(error.errors.map(({ path }) => path));
        const more = answerErrors(under, answers).filter(({ path }) => !said.has(path));
        return again(fieldErrors(new Invalid([...error.errors.map(unchosen), ...more]), request.language), 422);
      }
      if (!(error instanceof Refused)) throw error;
      const mine = request.viewer && (await registrationOf(db, event.eventId, request.viewer.personId));
      // Who presses the button twice, or comes back to it, has registered once.
      if (error.code === 'already-registered' && mine) return goOn(reply, `/registrations/${mine}`);
      return again([{ path: 'category', message: problemOf(error, request.language)?.detail ?? error.code }], 409);
    }
  });

  async function registered(request: FastifyRequest, reply: FastifyReply, under: EventContext, body: Record<string, unknown>) {
    const { viewer } = request;
    const named = parse(Named, body).organisation;
    const given = parse(RegistrationWrite, { ...body, formVersionId: under.formVersionId ?? undefined });
    const organisationId = named ? await organisationNamed(db, named) : given.organisationId;
    const event = await visibleEvent(request, under.slug, organisationId ?? null);
    const input = { ...given, organisationId };
    if (!viewer) {
      const { config } = app.system;
      const asking = { language: request.language, zone: config.defaultZone, from: request.ip };
      await selfRegister(db, config.secret, event, input, asking, clock());
      return sendPage(reply, <LinkOnItsWayPage ctx={pageContext(request)} address={input.email ?? ''} />);
    }
    const { registrationId, outcome } = await register(db, viewer, event, input, clock());
    return goOn(reply, `/registrations/${registrationId}`, outcome === 'confirmed' ? 'registered' : outcome);
  }

  app.get('/registrations/confirm/:token', open, (request, reply) =>
    sendPage(
      reply.header(...NO_REFERRER),
      <ConfirmAddressPage ctx={pageContext(request)} token={encodeURIComponent((request.params as { token: string }).token)} />,
    ),
  );

  app.post('/registrations/confirm/:token', open, async (request, reply) => {
    const { registrationId, outcome } = await confirmSelf(db, (request.params as { token: string }).token, clock());
    const done = outcome === 'confirmed' ? 'registered' : outcome;
    return goOn(reply.header(...NO_REFERRER), await openManageLink(db, app.system.config.secret, registrationId), done);
  });
}
