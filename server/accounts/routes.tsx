import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccountPage, type Profile } from '../../web/accounts/account-page.tsx';
import { LinkFailedPage, LinkSentPage, SignInPage, UseLinkPage } from '../../web/accounts/sign-in-page.tsx';
import { isLanguage } from '../../web/locales/languages.ts';
import { Invalid, Refused } from '../errors.ts';
import { id, line } from '../fields.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { fieldErrors, problemOf } from '../http/problems.ts';
import { clearSignInCookie, setLanguageCookie, setSignInCookie, signedIn } from '../http/viewer.ts';
import { changeProfile, countTry, createApiToken, endSignIn, requestSignIn, revokeApiToken, signIn } from './actions.ts';
import { ProfileWrite, SignInRequest } from './input.ts';
import { account } from './queries.ts';
import { deviceName, SIGN_IN_DAYS, SIGN_IN_LINK_MINUTES, safeNext } from './rules.ts';

const hide = { hide: true };
const typed = (body: unknown, name: string): string => {
  const value = body !== null && typeof body === 'object' && name in body ? (body as Record<string, unknown>)[name] : '';
  return typeof value === 'string' ? value.slice(0, 1000) : '';
};

/** Signing in and out, and the account page. */
export function accountRoutes(app: FastifyInstance): void {
  const { db, config, clock } = app.system;

  app.get('/sign-in', { config: { audience: 'public' }, schema: hide }, (request, reply) => {
    const next = safeNext(typed(request.query, 'next'));
    return request.viewer ? reply.redirect(next, 303) : sendPage(reply, <SignInPage ctx={pageContext(request)} next={next} />);
  });

  app.post('/sign-in', { config: { audience: 'public' }, schema: hide }, async (request, reply) => {
    try {
      const { email, next } = parse(SignInRequest, request.body);
      await requestSignIn(
        db,
        config.secret,
        { address: email, next: safeNext(next), language: request.language, from: request.ip },
        clock(),
      );
      return sendPage(reply, <LinkSentPage ctx={pageContext(request)} address={email} minutes={SIGN_IN_LINK_MINUTES} />);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const errors = fieldErrors(error, request.language);
      const page = (
        <SignInPage
          ctx={pageContext(request)}
          next={safeNext(typed(request.body, 'next'))}
          email={typed(request.body, 'email')}
          errors={errors}
        />
      );
      return sendPage(reply, page, 422);
    }
  });

  app.get('/sign-in/:token', { config: { audience: 'public' }, schema: hide }, (request, reply) =>
    sendPage(
      reply.header('referrer-policy', 'no-referrer'),
      <UseLinkPage ctx={pageContext(request)} token={encodeURIComponent((request.params as { token: string }).token)} />,
    ),
  );

  app.post('/sign-in/:token', { config: { audience: 'public' }, schema: hide }, async (request, reply) => {
    try {
      await countTry(db, `sign-in-link:${request.ip}`, 60, 900, clock());
      const used = await signIn(
        db,
        (request.params as { token: string }).token,
        deviceName(request.headers['user-agent']),
        clock(),
      );
      setSignInCookie(reply, app.system, used.token, SIGN_IN_DAYS);
      return goOn(reply, safeNext(used.next));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return sendPage(
        reply,
        <LinkFailedPage ctx={pageContext(request)} reason={problemOf(error, request.language)?.detail ?? ''} />,
        409,
      );
    }
  });

  app.post('/sign-out', { config: { audience: 'public' }, schema: hide }, async (request, reply) => {
    if (request.viewer?.signInId) await endSignIn(db, request.viewer.personId, request.viewer.signInId, clock());
    clearSignInCookie(reply, app.system);
    // What the door's app keeps on this device is for whoever was signed in.
    return goOn(reply.header('clear-site-data', '"storage"'), '/', 'signedOut');
  });

  app.get('/language/:code', { config: { audience: 'public' }, schema: hide }, (request, reply) => {
    const { code } = request.params as { code: string };
    if (isLanguage(code)) setLanguageCookie(reply, app.system, code);
    return reply.redirect(safeNext(typed(request.query, 'next') || '/'), 303);
  });

  app.get('/account', { config: { audience: 'person' }, schema: hide }, (request, reply) => showAccount(request, reply));

  app.post('/account', { config: { audience: 'person' }, schema: hide }, async (request, reply) => {
    try {
      await changeProfile(db, signedIn(request).personId, parse(ProfileWrite, request.body));
      return goOn(reply, '/account', 'saved');
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const profile: Profile = {
        name: typed(request.body, 'name'),
        email: typed(request.body, 'email'),
        language: typed(request.body, 'language'),
        zone: typed(request.body, 'zone'),
        gender: typed(request.body, 'gender') || null,
      };
      return showAccount(request, reply, { typed: profile, errors: fieldErrors(error, request.language) }, 422);
    }
  });

  app.post('/account/sign-ins/:id/removal', { config: { audience: 'person' }, schema: hide }, async (request, reply) => {
    await endSignIn(db, signedIn(request).personId, parse(z.object({ id }), request.params).id, clock());
    return goOn(reply, '/account', 'signInEnded');
  });

  app.post('/account/tokens', { config: { audience: 'person' }, schema: hide }, async (request, reply) => {
    try {
      const { tokenName } = parse(z.object({ tokenName: line(100) }), request.body);
      return showAccount(request, reply, { newToken: await createApiToken(db, signedIn(request).personId, tokenName, clock()) });
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return showAccount(request, reply, { errors: fieldErrors(error, request.language) }, 422);
    }
  });

  app.post('/account/tokens/:id/removal', { config: { audience: 'person' }, schema: hide }, async (request, reply) => {
    await revokeApiToken(db, signedIn(request).personId, parse(z.object({ id }), request.params).id, clock());
    return goOn(reply, '/account', 'tokenRevoked');
  });

  async function showAccount(
    request: FastifyRequest,
    reply: FastifyReply,
    more: { typed?: Profile; errors?: { path: string; message: string }[]; newToken?: string } = {},
    status = 200,
  ) {
    const viewer = signedIn(request);
    const view = await account(db, viewer.personId, clock());
    return sendPage(
      reply,
      <AccountPage ctx={pageContext(request)} account={view} signInId={viewer.signInId} {...more} />,
      status,
    );
  }
}
