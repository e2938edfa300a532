import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DeskPage, DesksPage } from '../../web/judging/desk-page.tsx';
import { JudgePage } from '../../web/judging/judge-page.tsx';
import { NotFound } from '../errors.ts';
import { search } from '../fields.ts';
import { parseDefinition } from '../forms/definition.ts';
import { sendFile } from '../forms/uploads.ts';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { ownBallot } from './ballots.ts';
import { deskCalls, deskEntries, deskEntry, entryFile } from './desk.ts';
import { seatedCall } from './found.ts';
import { Reason, ReviewWrite } from './input.ts';
import { recuse } from './recusals.ts';
import { ownReview, type SavedReview, saveReview } from './reviews.ts';

type BySlug = { Params: { slug: string } };
type ByCode = { Params: { slug: string; code: string } };
const person = { config: { audience: 'person' }, schema: { hide: true } } as const;

/** The juror's desk: everything on it is read through what this juror may see. */
export function deskRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  app.get('/desk', person, async (request, reply) =>
    sendPage(reply, <DesksPage ctx={pageContext(request)} calls={await deskCalls(db, signedIn(request))} />),
  );

  app.get<BySlug>('/desk/:slug', person, async (request, reply) => {
    const viewer = signedIn(request);
    const call = await seatedCall(db, viewer, request.params.slug);
    const { q } = parse(z.object({ q: search }), request.query);
    const [entries, { open }] = await Promise.all([
      deskEntries(db, viewer, call.id, q),
      ownBallot(db, viewer, request.params.slug),
    ]);
    return sendPage(reply, <DeskPage ctx={pageContext(request)} call={call} entries={entries} q={q} ballot={open} />);
  });

  app.get<ByCode>('/desk/:slug/:code', person, (request, reply) => page(request, reply, request.params));

  async function page(
    request: FastifyRequest,
    reply: FastifyReply,
    { slug, code }: ByCode['Params'],
    typed?: Partial<SavedReview>,
    errors: FormError[] = [],
    status = 200,
  ) {
    const viewer = signedIn(request);
    const call = await seatedCall(db, viewer, slug);
    const entry = await deskEntry(db, viewer, call, code);
    const [review, all, form] = await Promise.all([
      ownReview(db, viewer, entry.id),
      deskEntries(db, viewer, call.id),
      entry.formVersionId
        ? db.selectFrom('form_versions').select('definition').where('id', '=', entry.formVersionId).executeTakeFirst()
        : undefined,
    ]);
    const at = all.findIndex((one) => one.code === code);
    const after = [...all.slice(at + 1), ...all.slice(0, at)];
    const progress = {
      at: at + 1,
      total: all.length,
      done: all.filter((one) => one.submittedAt).length,
      next: (after.find((one) => !one.submittedAt) ?? after[0])?.code ?? null,
      before: all[at - 1]?.code ?? null,
    };
    const data = { call, entry, review, typed, errors, progress, definition: form ? parseDefinition(form.definition) : null };
    return sendPage(reply, <JudgePage ctx={pageContext(request)} {...data} />, status);
  }

  app.post<ByCode>('/desk/:slug/:code', person, async (request, reply) => {
    const viewer = signedIn(request);
    const { slug, code } = request.params;
    const call = await seatedCall(db, viewer, slug);
    const { id } = await deskEntry(db, viewer, call, code);
    const { base, go, ...fields } = posted(request);
    return orAgain(
      request,
      async () => {
        const input = parse(ReviewWrite, { ...fields, base: baseOf(base) });
        await saveReview(db, viewer, id, viewer.personId, { ...input, submitted: go === 'submit' ? true : undefined }, clock());
        const left = (await deskEntries(db, viewer, call.id)).find((one) => !one.submittedAt);
        const to = go === 'submit' ? `/desk/${slug}${left ? `/${left.code}` : ''}` : `/desk/${slug}/${code}`;
        return goOn(reply, to, go === 'submit' ? 'reviewHandedIn' : 'reviewSaved');
      },
      (errors, status) => page(request, reply, request.params, typedOf(fields), errors, status),
    );
  });

  app.post<ByCode>('/desk/:slug/:code/recusal', person, async (request, reply) => {
    const viewer = signedIn(request);
    const { slug, code } = request.params;
    const { id } = await deskEntry(db, viewer, await seatedCall(db, viewer, slug), code);
    return orAgain(
      request,
      async () => {
        await recuse(db, viewer, id, parse(Reason, request.body).reason, clock());
        return goOn(reply, `/desk/${slug}`, 'recused');
      },
      (errors, status) => page(request, reply, request.params, undefined, errors, status),
    );
  });

  app.get<{ Params: { slug: string; code: string; file: string } }>(
    '/desk/:slug/:code/files/:file',
    person,
    async (request, reply) => {
      const viewer = signedIn(request);
      const { slug, code, file } = request.params;
      const entry = await deskEntry(db, viewer, await seatedCall(db, viewer, slug), code);
      const found = entry.files.find((one) => one.id === file);
      if (!found) throw new NotFound();
      const stored = await entryFile(db, entry.id, found.id);
      if (!stored) throw new NotFound();
      return sendFile(reply, app.system.storage, stored);
    },
  );
}

function baseOf(text: unknown): unknown {
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function typedOf(fields: Record<string, unknown>): Partial<SavedReview> {
  const text = (name: string) => (typeof fields[name] === 'string' ? { [name]: fields[name] } : {});
  const scores = Object.entries((fields.scores as Record<string, unknown> | undefined) ?? {}).map(
    ([key, value]): [string, number | null] => [key, value === '' || !Number.isFinite(Number(value)) ? null : Number(value)],
  );
  return { ...text('commentToJury'), ...text('commentToApplicant'), ...text('notes'), scores: Object.fromEntries(scores) };
}
