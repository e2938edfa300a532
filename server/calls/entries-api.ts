import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { translateCode } from '../../web/locales/translate.ts';
import { NotAllowed, NotFound } from '../errors.ts';
import { id } from '../fields.ts';
import { filesByIds } from '../forms/queries.ts';
import { sendFile } from '../forms/uploads.ts';
import { once } from '../http/idempotency.ts';
import { signedIn } from '../http/viewer.ts';
import { mayManageCall, maySignFor } from './access.ts';
import { addAuthor, endorse, removeAuthor } from './authors.ts';
import { verdicts } from './eligibility.ts';
import { saveEntry, startEntry } from './entries.ts';
import { ownEntries, standingOf, versionsOf } from './entry-queries.ts';
import { visibleCall } from './found.ts';
import { visibleEntry } from './found-entry.ts';
import { AuthorWrite, EndorsementWrite, EntryStart, EntryWrite, WithdrawalWrite } from './input.ts';
import { checkEntry } from './judged.ts';
import { receiptOf } from './receipt.ts';
import { submitEntry, withdrawEntry } from './submission.ts';

const BySlug = z.object({ slug: z.string().max(200) });
const ById = z.object({ id });
const tags = ['entries'];
const security = [{ token: [] }];
const config = { audience: 'person' } as const;

/** Entries for programs: what a city starts, writes and submits. */
export function entriesApi(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { system } = fastify;
  const { db, clock } = system;
  const schema = (summary: string) => ({ tags, security, summary, params: ById });
  const shown = async (request: FastifyRequest, entryId: string) => (await visibleEntry(request, entryId)).entry;

  app.get(
    '/api/calls/:slug/eligibility',
    {
      config,
      schema: {
        tags,
        security,
        summary: 'Each rule of a call, and whether an organisation meets it',
        params: BySlug,
        querystring: z.object({ organisation: id }),
      },
    },
    async (request) => {
      const call = await visibleCall(request, request.params.slug);
      const { organisation } = request.query;
      if (!maySignFor(request.viewer, organisation) && !mayManageCall(request.viewer, call)) throw new NotAllowed();
      const standing = await standingOf(db, call.id, organisation, { except: null, moment: 'start' });
      if (!standing) throw new NotFound();
      const rules = verdicts(call, standing, null).map((verdict) => ({
        ...verdict,
        message:
          verdict.result === 'failed'
            ? translateCode(request.language, `refusal.ineligible-${verdict.kind}`, verdict.params)
            : null,
      }));
      return { eligible: rules.every(({ result }) => result !== 'failed'), rules };
    },
  );

  app.post(
    '/api/calls/:slug/entries',
    { config, schema: { tags, security, summary: 'Start an entry, a draft', params: BySlug, body: EntryStart } },
    (request, reply) =>
      once(request, reply, async () =>
        shown(request, await startEntry(db, signedIn(request), request.params.slug, request.body, clock())),
      ),
  );

  app.get('/api/entries', { config, schema: { tags, security, summary: 'The entries you write' } }, async (request) => ({
    items: await ownEntries(db, signedIn(request)),
  }));

  app.get('/api/entries/:id', { config, schema: schema('An entry that you write, or of a call that you run') }, (request) =>
    shown(request, request.params.id),
  );

  app.patch(
    '/api/entries/:id',
    { config, schema: { ...schema('Keep what is mentioned; `version` is the one you saw'), body: EntryWrite } },
    async (request) => {
      const { problems } = await saveEntry(db, signedIn(request), request.params.id, request.body, clock());
      return { ...(await shown(request, request.params.id)), problems: inWords(request, problems) };
    },
  );

  const inWords = (
    request: FastifyRequest,
    problems: { path: string; code: string; params?: Record<string, string | number> }[],
  ) =>
    problems.map(({ path, code, params }) => ({
      path,
      code,
      message: translateCode(request.language, `invalid.${code}`, params) ?? code,
    }));

  app.get('/api/entries/:id/check', { config, schema: schema('What still keeps it from being submitted') }, async (request) => {
    const { call, entry } = await visibleEntry(request, request.params.id);
    const { problems, rules, shut } = await checkEntry(db, call, entry, clock());
    return { problems: inWords(request, problems), rules, shut };
  });

  app.get('/api/entries/:id/versions', { config, schema: schema('Who changed what, the newest first') }, async (request) => {
    await visibleEntry(request, request.params.id);
    return { items: await versionsOf(db, request.params.id) };
  });

  app.put('/api/entries/:id/submission', { config, schema: schema('Submit it') }, async (request) => {
    await submitEntry(db, signedIn(request), request.params.id, clock());
    return shown(request, request.params.id);
  });

  app.get(
    '/api/entries/:id/submission',
    { config, schema: schema('The receipt: what was submitted when, and whether the hashes still match') },
    async (request) => {
      const { call, entry } = await visibleEntry(request, request.params.id);
      return receiptOf(system, call, entry);
    },
  );

  app.delete(
    '/api/entries/:id',
    { config, schema: { ...schema('Withdraw it'), querystring: WithdrawalWrite.partial() } },
    async (request) => {
      await withdrawEntry(db, signedIn(request), request.params.id, request.query.reason ?? '', clock());
      return shown(request, request.params.id);
    },
  );

  app.post(
    '/api/entries/:id/authors',
    { config, schema: { ...schema('Name one of the city’s people as an author'), body: AuthorWrite } },
    (request, reply) =>
      once(request, reply, async () => {
        await addAuthor(db, signedIn(request), request.params.id, request.body, clock());
        return shown(request, request.params.id);
      }),
  );

  app.delete(
    '/api/entries/:id/authors/:person',
    { config, schema: { ...schema('Take an author off'), params: ById.extend({ person: id }) } },
    async (request) => {
      await removeAuthor(db, signedIn(request), request.params.id, request.params.person);
      return shown(request, request.params.id);
    },
  );

  app.put(
    '/api/entries/:id/endorsement',
    { config, schema: { ...schema('Sign it for the city, in an office'), body: EndorsementWrite } },
    async (request) => {
      await endorse(db, signedIn(request), request.params.id, request.body.as, clock());
      return shown(request, request.params.id);
    },
  );
  app.delete('/api/entries/:id/endorsement', { config, schema: schema('Take the signature back') }, async (request) => {
    await endorse(db, signedIn(request), request.params.id, null, clock());
    return shown(request, request.params.id);
  });

  app.get(
    '/api/entries/:id/files/:file',
    { config, schema: { ...schema('A file of it'), params: ById.extend({ file: id }) } },
    async (request, reply) => {
      const { entry } = await visibleEntry(request, request.params.id);
      const [file] = await filesByIds(db, [request.params.file]);
      if (!file || file.ownerKind !== 'entry' || file.ownerId !== entry.id) throw new NotFound();
      return sendFile(reply, system.storage, file);
    },
  );
}
