import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MailDeskPage } from '../../web/sends/mail-desk-page.tsx';
import { TopicsPage } from '../../web/sends/topics-page.tsx';
import { UnsubscribePage } from '../../web/sends/unsubscribe-page.tsx';
import { NotFound } from '../errors.ts';
import { id } from '../fields.ts';
import { PAGE_SIZE } from '../http/cursor.ts';
import { type FormError, filterOf, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { liftSuppression, mailFigures, retrySend, setDomainRate, suppress, suppressedAddresses, troubledSends } from './desk.ts';
import { askNameServers, dnsFindings } from './dns.ts';
import { AddressWrite, DeskQuery, DomainRateWrite, TopicsWrite } from './input.ts';
import { TOPICS } from './topics.ts';
import { chooseTopics, endedTopics, subscribe, subscriptionOf, unsubscribe } from './unsubscribing.ts';

type ByToken = { Params: { token: string } };
const anybody = { config: { audience: 'public' }, schema: { hide: true } } as const;
const self = { config: { audience: 'person' }, schema: { hide: true } } as const;
const secretariat = { config: { audience: 'secretariat' }, schema: { hide: true } } as const;
const DESK = '/back-office/mail';

/** How somebody says that a mail is enough, and what the mail of the installation does. */
export function sendRoutes(app: FastifyInstance): void {
  const { db, clock, config } = app.system;

  const found = async (token: string) => {
    const subscription = await subscriptionOf(db, config.secret, token);
    if (!subscription) throw new NotFound();
    return subscription;
  };

  app.get<ByToken>('/unsubscribe/:token', anybody, async (request, reply) => {
    const { token } = request.params;
    return sendPage(reply, <UnsubscribePage ctx={pageContext(request)} token={token} subscription={await found(token)} />);
  });

  // RFC 8058: programs post `List-Unsubscribe=One-Click` here, without cookies, and want no redirect.
  app.post<ByToken>('/unsubscribe/:token', anybody, async (request, reply) => {
    const { token } = request.params;
    const subscription = await found(token);
    const { choice } = posted(request);
    if (choice === 'again') await subscribe(db, subscription);
    else await unsubscribe(db, subscription, choice === 'enough' ? 'page' : 'one-click', clock());
    return sendPage(reply, <UnsubscribePage ctx={pageContext(request)} token={token} subscription={await found(token)} />);
  });

  app.get('/account/mail', self, async (request, reply) => {
    const { email } = signedIn(request);
    return sendPage(
      reply,
      <TopicsPage ctx={pageContext(request)} address={email ?? ''} ended={email ? await endedTopics(db, email) : [...TOPICS]} />,
    );
  });

  app.post('/account/mail', self, async (request, reply) => {
    const { email } = signedIn(request);
    const { topics } = parse(TopicsWrite, request.body ?? {});
    if (email) await chooseTopics(db, email, topics, clock());
    return goOn(reply, '/account/mail', 'saved');
  });

  app.get(DESK, secretariat, async (request, reply) => desk(request, reply));

  app.post<{ Params: { id: string } }>(`${DESK}/sends/:id/retry`, secretariat, (request, reply) =>
    orAgain(
      request,
      async () => {
        await retrySend(db, parse(id, request.params.id), clock());
        return goOn(reply, DESK, 'sendRetried');
      },
      (errors, status) => desk(request, reply, errors, status),
    ),
  );

  app.post(`${DESK}/domains`, secretariat, (request, reply) =>
    orAgain(
      request,
      async () => {
        const { domain, perMinute } = parse(DomainRateWrite, request.body);
        await setDomainRate(db, domain, perMinute ?? null, clock());
        return goOn(reply, DESK, 'saved');
      },
      (errors, status) => desk(request, reply, errors, status),
    ),
  );

  app.post(`${DESK}/suppressions`, secretariat, (request, reply) =>
    orAgain(
      request,
      async () => {
        await suppress(db, signedIn(request).personId, parse(AddressWrite, request.body).address, clock());
        return goOn(reply, DESK, 'saved');
      },
      (errors, status) => desk(request, reply, errors, status),
    ),
  );

  app.post(`${DESK}/suppressions/lift`, secretariat, async (request, reply) => {
    await liftSuppression(db, signedIn(request).personId, parse(AddressWrite, request.body).address);
    return goOn(reply, DESK, 'suppressionLifted');
  });

  async function desk(request: FastifyRequest, reply: FastifyReply, errors: FormError[] = [], status = 200) {
    const { filter } = filterOf(request, DeskQuery);
    const [figures, findings, troubled, suppressed] = await Promise.all([
      mailFigures(db, clock()),
      filter.look ? dnsFindings(config, askNameServers) : null,
      troubledSends(db, { cursor: filter.cursor, limit: PAGE_SIZE }),
      suppressedAddresses(db, filter.q, { cursor: filter.suppressed, limit: PAGE_SIZE }),
    ]);
    const typed = posted(request) as Record<string, string>;
    const data = { figures, findings, troubled, suppressed, search: filter.q, typed, errors };
    return sendPage(reply, <MailDeskPage ctx={pageContext(request)} {...data} />, status);
  }
}
