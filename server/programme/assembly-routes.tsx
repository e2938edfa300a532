import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Values } from '../../web/events/form-values.ts';
import { readIn } from '../../web/locales/text-map.ts';
import { translateCode } from '../../web/locales/translate.ts';
import { AgendaItemPage, MotionPage } from '../../web/programme/assembly-form-pages.tsx';
import { AssemblyOfficePage } from '../../web/programme/assembly-office-page.tsx';
import { AssemblyPage, type Read } from '../../web/programme/assembly-page.tsx';
import { Invalid, NotFound, Refused } from '../errors.ts';
import { managedEvent, managedOrMoved } from '../events/found.ts';
import { organisationNames, organisationTyped } from '../events/hosts.ts';
import type { EventDetails } from '../events/queries.ts';
import { sendFile } from '../forms/uploads.ts';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { renderMarkdown } from '../markdown.ts';
import { agendaFile, approveMinutes, orderAgenda, removeAgendaItem, writeAgendaItem, writeMinutes } from './agenda.ts';
import { addMembers, holdAssembly, noteArrival, removeVoter, setVoter } from './assembly.ts';
import { type FoundAssembly, foundAssembly } from './assembly-found.ts';
import {
  AgendaItemWrite,
  AssemblyWrite,
  MinutesWrite,
  MotionWrite,
  OrderWrite,
  VoterWrite,
  VoteWrite,
} from './assembly-input.ts';
import { assemblyOf, motionsOf } from './assembly-queries.ts';
import { castVote, closeBallot, openBallot, removeMotion, writeMotion } from './motions.ts';
import { readSessionForm, withoutEmptyRows } from './session-form.ts';

type BySlug = { Params: { slug: string } };
type ById = { Params: { slug: string; id: string } };
const office = { config: { audience: 'back-office' }, schema: { hide: true } } as const;
const person = { config: { audience: 'person' }, schema: { hide: true } } as const;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The pages of an assembly: for whoever runs it, and for its delegates. */
export function assemblyRoutes(app: FastifyInstance): void {
  const { db, clock, storage, config } = app.system;
  const system = { db, secret: config.secret };
  const pathOf = (slug: string) => `/back-office/events/${slug}/assembly`;

  const officePage = async (
    request: FastifyRequest,
    reply: FastifyReply,
    event: EventDetails,
    errors: FormError[] = [],
    status = 200,
  ) => {
    const held = await assemblyOf(db, event.id);
    const assembly = held ? await foundAssembly(request, event.slug) : null;
    const cities = held ? await organisationNames(db) : [];
    const data = { event, assembly, cities, values: posted(request), errors };
    return sendPage(reply, <AssemblyOfficePage ctx={pageContext(request)} {...data} />, status);
  };

  app.get<BySlug>('/back-office/events/:slug/assembly', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/assembly');
    return event ? officePage(request, reply, event) : reply;
  });

  // A post of the page above: what was wrong is said on it, with what was typed.
  const act = <Params extends { slug: string }>(
    url: string,
    work: (request: FastifyRequest, params: Params) => Promise<unknown>,
  ) =>
    app.post(`/back-office/events/:slug/assembly${url}`, office, async (request, reply) => {
      const params = request.params as Params & { id?: string };
      const event = await managedEvent(request, params.slug);
      if (params.id !== undefined && !ID.test(params.id)) throw new NotFound();
      return orAgain(
        request,
        async () => {
          await work(request, params);
          return goOn(reply, pathOf(params.slug), 'saved');
        },
        (errors, status) => officePage(request, reply, event, errors, status),
      );
    });
  type One = { slug: string; id: string };

  act('', (request, { slug }) => holdAssembly(db, signedIn(request), slug, parse(AssemblyWrite, request.body)));
  act('/voters/members', (request, { slug }) => addMembers(db, signedIn(request), slug));
  act('/voters', async (request, { slug }) => {
    const city = await organisationTyped(db, String(posted(request).city ?? ''), 'city');
    await setVoter(db, signedIn(request), slug, city.id, parse(VoterWrite, request.body));
  });
  act<One>('/voters/:id/arrival', (request, { slug, id }) => noteArrival(db, signedIn(request), slug, id, true, clock()));
  act<One>('/voters/:id/arrival/removal', (request, { slug, id }) =>
    noteArrival(db, signedIn(request), slug, id, false, clock()),
  );
  act<One>('/voters/:id/removal', (request, { slug, id }) => removeVoter(db, signedIn(request), slug, id));
  act<One>('/agenda/:id/order', (request, { slug, id }) =>
    orderAgenda(db, signedIn(request), slug, id, parse(OrderWrite, request.body).direction),
  );
  act<One>('/agenda/:id/removal', (request, { slug, id }) => removeAgendaItem(db, signedIn(request), slug, id, clock()));
  act<One>('/motions/:id/opening', (request, { slug, id }) => openBallot(db, signedIn(request), slug, id, clock()));
  act<One>('/motions/:id/closing', (request, { slug, id }) => closeBallot(system, signedIn(request), slug, id, clock()));
  act<One>('/motions/:id/removal', (request, { slug, id }) => removeMotion(db, signedIn(request), slug, id, clock()));
  act('/minutes', (request, { slug }) => writeMinutes(db, signedIn(request), slug, parse(MinutesWrite, request.body), clock()));
  act<{ slug: string; version: string }>('/minutes/:version/approval', (request, { slug, version }) => {
    if (!/^\d{1,5}$/.test(version)) throw new NotFound();
    return approveMinutes(db, signedIn(request), slug, Number(version), clock());
  });

  // An item of the agenda and a motion each have a page of their own, `new` for one that is not there yet.
  app.get<ById>('/back-office/events/:slug/assembly/agenda/:id', office, async (request, reply) => {
    const { event, agenda } = await written(request);
    const { id } = request.params;
    const values = id === 'new' ? {} : agenda.find((item) => item.id === id);
    if (!values) throw new NotFound();
    return sendPage(reply, <AgendaItemPage ctx={pageContext(request)} event={event} id={id} values={{ ...values }} />);
  });
  app.post<ById>('/back-office/events/:slug/assembly/agenda/:id', office, async (request, reply) => {
    const { slug, id } = request.params;
    const { event } = await written(request);
    const { body, problems } = await readSessionForm(request, 'documents');
    return orAgain(
      request,
      async () => {
        if (problems.length > 0) throw new Invalid(problems);
        const item = parse(AgendaItemWrite, withoutEmptyRows(body));
        await writeAgendaItem(db, signedIn(request), slug, item, id === 'new' ? null : held(id));
        return goOn(reply, pathOf(slug), 'saved');
      },
      (errors, status) =>
        sendPage(
          reply,
          <AgendaItemPage ctx={pageContext(request)} event={event} id={id} values={body} errors={errors} />,
          status,
        ),
    );
  });

  app.get<ById>('/back-office/events/:slug/assembly/motions/:id', office, async (request, reply) => {
    const { event, agenda } = await written(request);
    const { id } = request.params;
    const fresh: Values = { ballot: 'open', majority: 'simple' };
    const values = id === 'new' ? fresh : (await motionsOf(db, event.id)).find((motion) => motion.id === id);
    if (!values) throw new NotFound();
    const data = { event, id, agenda, values: { ...values } };
    return sendPage(reply, <MotionPage ctx={pageContext(request)} {...data} />);
  });
  app.post<ById>('/back-office/events/:slug/assembly/motions/:id', office, async (request, reply) => {
    const { slug, id } = request.params;
    const { event, agenda } = await written(request);
    return orAgain(
      request,
      async () => {
        await writeMotion(db, signedIn(request), slug, parse(MotionWrite, request.body), id === 'new' ? null : held(id));
        return goOn(reply, pathOf(slug), 'saved');
      },
      (errors, status) => {
        const data = { event, id, agenda, values: posted(request), errors };
        return sendPage(reply, <MotionPage ctx={pageContext(request)} {...data} />, status);
      },
    );
  });

  async function written(request: FastifyRequest) {
    const event = await managedEvent(request, (request.params as { slug: string }).slug);
    const assembly = await assemblyOf(db, event.id);
    if (!assembly) throw new NotFound();
    return { event, agenda: assembly.agenda };
  }

  app.get<BySlug>('/events/:slug/assembly', person, async (request, reply) =>
    delegatePage(request, reply, await foundAssembly(request, request.params.slug)),
  );
  app.post<ById>('/events/:slug/assembly/motions/:id/votes', person, async (request, reply) => {
    const { slug, id } = request.params;
    const { event } = await foundAssembly(request, slug);
    try {
      await castVote(system, signedIn(request), event.id, held(id), parse(VoteWrite, request.body), clock());
    } catch (error) {
      if (!(error instanceof Refused || error instanceof Invalid)) throw error;
      const code = error instanceof Refused ? `refusal.${error.code}` : 'invalid.choice';
      return delegatePage(request, reply, await foundAssembly(request, slug), translateCode(request.language, code), 409);
    }
    return goOn(reply, `/events/${slug}/assembly`, 'voteCast');
  });
  app.get<{ Params: { slug: string; file: string } }>('/events/:slug/assembly/files/:file', person, async (request, reply) => {
    const { event } = await foundAssembly(request, request.params.slug);
    const file = await agendaFile(db, event.id, held(request.params.file));
    if (!file) throw new NotFound();
    return sendFile(reply, storage, file);
  });
}

function delegatePage(
  request: FastifyRequest,
  reply: FastifyReply,
  assembly: FoundAssembly,
  refusal?: string | null,
  status = 200,
) {
  const read = (texts: Record<string, string>): Read | null => {
    const found = readIn(texts, [request.language], assembly.event.defaultLanguage);
    return found ? { html: renderMarkdown(found.text), lang: found.lang } : null;
  };
  const texts = [...assembly.agenda, ...assembly.motions].flatMap(({ id, text }): [string, Read][] => {
    const words = read(text);
    return words ? [[id, words]] : [];
  });
  const approved = assembly.minutes.find((version) => version.approvedAt !== null);
  const data = {
    assembly,
    texts: Object.fromEntries(texts),
    minutes: approved ? { html: renderMarkdown(approved.text), lang: approved.language } : null,
    refusal: refusal ?? undefined,
  };
  return sendPage(reply, <AssemblyPage ctx={pageContext(request)} {...data} />, status);
}

// What is no id is the id of nothing.
function held(id: string): string {
  if (!ID.test(id)) throw new NotFound();
  return id;
}
