import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AssignmentsPage } from '../../web/judging/assignments-page.tsx';
import { ConflictsPage } from '../../web/judging/conflicts-page.tsx';
import { id, search } from '../fields.ts';
import { type FormError, filterOf, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { runOf } from './assigning.ts';
import { judgedEntries } from './decisions.ts';
import { declarationsOf, declareConflict, organisationsLike, withdrawDeclaration } from './declarations.ts';
import { chairedCall, seatedCall } from './found.ts';
import { DeclarationWrite, PairWrite } from './input.ts';
import { membersOf } from './jury.ts';
import { changePair, pairCost, plannedPairs } from './pairs.ts';

type BySlug = { Params: { slug: string } };
const person = { config: { audience: 'person' }, schema: { hide: true } } as const;
const Looked = z.object({ entry: z.union([id, z.literal('')]).optional(), juror: z.union([id, z.literal('')]).optional() });

/** Who reads what, pair by pair, beside the automatic assignment; and what jurors declare of themselves. */
export function pairRoutes(fastify: FastifyInstance): void {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const { db, clock } = fastify.system;

  app.get<BySlug>('/back-office/calls/:slug/assignments', person, (request, reply) =>
    assignments(request, reply, request.params.slug, filterOf(request, Looked).filter),
  );

  async function assignments(
    request: FastifyRequest,
    reply: FastifyReply,
    slug: string,
    { entry, juror }: z.output<typeof Looked>,
    errors: FormError[] = [],
    status = 200,
  ) {
    const viewer = signedIn(request);
    const call = await chairedCall(db, viewer, slug);
    const [plan, run, members, entries] = await Promise.all([
      plannedPairs(db, viewer, slug),
      runOf(db, viewer, slug),
      membersOf(db, call.id),
      judgedEntries(db, call.id),
    ]);
    const jurors = members.filter((member) => member.seat === 'juror' && !member.endedAt);
    const known = entries.some((one) => one.id === entry) && jurors.some((one) => one.personId === juror);
    const cost = entry && juror && known ? await pairCost(db, viewer, slug, { entry, juror }) : null;
    const data = { call, plan, run, jurors, entries, cost, looked: { entry, juror }, mayRun: call.standing === 'office', errors };
    return sendPage(reply, <AssignmentsPage ctx={pageContext(request)} {...data} />, status);
  }

  for (const [path, wanted, notice] of [
    ['pairs', true, 'pairAdded'],
    ['pairs/removal', false, 'pairRemoved'],
  ] as const)
    app.post<BySlug>(`/back-office/calls/:slug/assignments/${path}`, person, (request, reply) =>
      orAgain(
        request,
        async () => {
          const { slug } = request.params;
          await changePair(db, signedIn(request), slug, parse(PairWrite, request.body), wanted, clock());
          return goOn(reply, `/back-office/calls/${slug}/assignments`, notice);
        },
        (errors, status) => {
          const looked = Looked.safeParse(request.body);
          return assignments(request, reply, request.params.slug, looked.success ? looked.data : {}, errors, status);
        },
      ),
    );

  const described = (summary: string) => ({
    config: { audience: 'person' } as const,
    schema: {
      tags: ['judging'],
      security: [{ token: [] }],
      summary,
      params: z.object({ slug: z.string().max(100), entry: id, juror: id }),
    },
  });
  const at = '/api/calls/:slug/assignments/:entry/:juror';
  app.get(at, described('What one pair of entry and juror costs, and what forbids it'), (request) => {
    const { slug, entry, juror } = request.params;
    return pairCost(db, signedIn(request), slug, { entry, juror });
  });
  app.put(at, described('Give an entry to a juror, in a new assignment for preview'), async (request) => {
    const { slug, entry, juror } = request.params;
    await changePair(db, signedIn(request), slug, { entry, juror }, true, clock());
    return pairCost(db, signedIn(request), slug, { entry, juror });
  });
  app.delete(at, described('Take an entry from a juror, in a new assignment for preview'), async (request) => {
    const { slug, entry, juror } = request.params;
    await changePair(db, signedIn(request), slug, { entry, juror }, false, clock());
    return pairCost(db, signedIn(request), slug, { entry, juror });
  });

  app.get<BySlug>('/desk/:slug/conflicts', person, (request, reply) => conflicts(request, reply, request.params.slug));

  async function conflicts(request: FastifyRequest, reply: FastifyReply, slug: string, errors: FormError[] = [], status = 200) {
    const viewer = signedIn(request);
    const call = await seatedCall(db, viewer, slug);
    const typed = errors.length > 0 ? posted(request) : {};
    const q = typeof typed.q === 'string' ? typed.q : parse(z.object({ q: search }), request.query).q;
    const [declared, found] = await Promise.all([declarationsOf(db, viewer, slug), organisationsLike(db, q)]);
    return sendPage(
      reply,
      <ConflictsPage
        ctx={pageContext(request)}
        call={call}
        declared={declared}
        q={q}
        found={found}
        values={typed}
        errors={errors}
      />,
      status,
    );
  }

  app.post<BySlug>('/desk/:slug/conflicts', person, (request, reply) =>
    orAgain(
      request,
      async () => {
        const { slug } = request.params;
        await declareConflict(db, signedIn(request), slug, parse(DeclarationWrite, request.body), clock());
        return goOn(reply, `/desk/${slug}/conflicts`, 'conflictDeclared');
      },
      (errors, status) => conflicts(request, reply, request.params.slug, errors, status),
    ),
  );

  app.post<{ Params: { slug: string; organisation: string } }>(
    '/desk/:slug/conflicts/:organisation/removal',
    person,
    async (request, reply) => {
      const { slug, organisation } = request.params;
      await withdrawDeclaration(db, signedIn(request), slug, organisation, clock());
      return goOn(reply, `/desk/${slug}/conflicts`, 'declarationWithdrawn');
    },
  );

  const ofCall = { tags: ['judging'], security: [{ token: [] }], params: z.object({ slug: z.string().max(100) }) };
  app.get(
    '/api/desk/:slug/conflicts',
    { config: { audience: 'person' }, schema: { ...ofCall, summary: 'What you declared that you cannot judge' } },
    async (request) => ({ items: await declarationsOf(db, signedIn(request), request.params.slug) }),
  );
  app.post(
    '/api/desk/:slug/conflicts',
    {
      config: { audience: 'person' },
      schema: { ...ofCall, summary: 'Declare that you cannot judge what an organisation submits', body: DeclarationWrite },
    },
    async (request, reply) => {
      await declareConflict(db, signedIn(request), request.params.slug, request.body, clock());
      return reply.code(201).send({ items: await declarationsOf(db, signedIn(request), request.params.slug) });
    },
  );
  app.delete(
    '/api/desk/:slug/conflicts/:organisation',
    {
      config: { audience: 'person' },
      schema: {
        ...ofCall,
        summary: 'Take back what you declared of an organisation, by its slug',
        params: z.object({ slug: z.string().max(100), organisation: z.string().max(100) }),
      },
    },
    async (request) => {
      const { slug, organisation } = request.params;
      await withdrawDeclaration(db, signedIn(request), slug, organisation, clock());
      return { items: await declarationsOf(db, signedIn(request), slug) };
    },
  );
}
