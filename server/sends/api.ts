import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { email, id } from '../fields.ts';
import { PageQuery } from '../http/cursor.ts';
import { signedIn } from '../http/viewer.ts';
import { liftSuppression, mailFigures, retrySend, setDomainRate, suppress, suppressedAddresses, troubledSends } from './desk.ts';
import { askNameServers, dnsFindings } from './dns.ts';
import { AddressWrite, DomainRateWrite, TopicsWrite } from './input.ts';
import { TOPICS } from './topics.ts';
import { chooseTopics, endedTopics } from './unsubscribing.ts';

const tags = ['mail'];
const security = [{ token: [] }];
const secretariat = { audience: 'secretariat' } as const;
const self = { audience: 'person' } as const;

/** The mail of the installation, and one's own topics, for programs. */
export function sendApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock, config } = fastify.system;

  app.get(
    '/api/mail',
    {
      config: secretariat,
      schema: { tags, security, summary: 'What waits, what was refused by whom, and how fast domains are written to' },
    },
    () => mailFigures(db, clock()),
  );

  app.get(
    '/api/mail/dns',
    { config: secretariat, schema: { tags, security, summary: 'What the sending domain says of us, and what it should' } },
    async () => ({
      items: await dnsFindings(config, askNameServers),
    }),
  );

  app.get(
    '/api/mail/sends',
    {
      config: secretariat,
      schema: {
        tags,
        security,
        summary: 'Messages that were refused, came back or may not have arrived',
        querystring: PageQuery,
      },
    },
    (request) => troubledSends(db, request.query),
  );

  app.put(
    '/api/mail/sends/:id/retry',
    { config: secretariat, schema: { tags, security, summary: 'Send one again', params: z.object({ id }) } },
    async (request, reply) => {
      await retrySend(db, request.params.id, clock());
      return reply.code(204).send();
    },
  );

  app.put(
    '/api/mail/domains',
    {
      config: secretariat,
      schema: { tags, security, summary: 'How many a minute go to a domain; null: the usual', body: DomainRateWrite },
    },
    async (request, reply) => {
      await setDomainRate(db, request.body.domain, request.body.perMinute ?? null, clock());
      return reply.code(204).send();
    },
  );

  app.get(
    '/api/mail/suppressions',
    {
      config: secretariat,
      schema: {
        tags,
        security,
        summary: 'Addresses that nothing is sent to',
        querystring: PageQuery.extend({ q: z.string().max(200).optional() }),
      },
    },
    (request) => suppressedAddresses(db, request.query.q, request.query),
  );

  app.put(
    '/api/mail/suppressions',
    { config: secretariat, schema: { tags, security, summary: 'Send nothing more to an address', body: AddressWrite } },
    async (request, reply) => {
      await suppress(db, signedIn(request).personId, request.body.address, clock());
      return reply.code(204).send();
    },
  );

  app.delete(
    '/api/mail/suppressions/:address',
    {
      config: secretariat,
      schema: { tags, security, summary: 'Let mail go to an address again', params: z.object({ address: email }) },
    },
    async (request, reply) => {
      await liftSuppression(db, signedIn(request).personId, request.params.address);
      return reply.code(204).send();
    },
  );

  app.get(
    '/api/me/topics',
    { config: self, schema: { tags, security, summary: 'What one still wants of what nobody asked for' } },
    async (request) => {
      const { email: address } = signedIn(request);
      const ended = address ? await endedTopics(db, address) : TOPICS;
      return { topics: TOPICS.filter((topic) => !ended.includes(topic)) };
    },
  );

  app.put(
    '/api/me/topics',
    { config: self, schema: { tags, security, summary: 'Choose the topics one wants; the others end', body: TopicsWrite } },
    async (request) => {
      const { email: address } = signedIn(request);
      if (address) await chooseTopics(db, address, request.body.topics, clock());
      return { topics: request.body.topics };
    },
  );
}
