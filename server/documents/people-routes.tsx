import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { HostListPage } from '../../web/documents/host-list-page.tsx';
import { PresencesPage } from '../../web/documents/presences-page.tsx';
import { VisasPage } from '../../web/documents/visas-page.tsx';
import { at as addressOf, queryOf } from '../../web/ui/query.ts';
import { id, list, search } from '../fields.ts';
import { decodeCursor, PAGE_SIZE, pageOf } from '../http/cursor.ts';
import { cursorOf, type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { markPresent } from './actions.ts';
import { hostQuestions, sendHostList } from './host-list.ts';
import { VisaDecision } from './input.ts';
import { managedOccasion } from './occasions.ts';
import { drawnOf } from './office-routes.tsx';
import { sendProgramme } from './programme-pdf.ts';
import { attendees } from './queries.ts';
import { decideVisa, visaRequests } from './visa.ts';

type BySlug = { Params: { slug: string } };
type ByRegistration = { Params: { slug: string; registration: string } };
const office = { config: { audience: 'back-office' }, schema: { hide: true } } as const;
const base = '/back-office/events/:slug/documents';
const Marks = z.object({ registrations: list(id, 5000), present: z.enum(['yes', 'no']), q: search });
const HostQuery = z.object({ format: z.enum(['pdf', 'xlsx']).default('pdf'), answers: list(z.string().max(100), 100) });
const Language = z.object({ language: z.string().max(35).optional() });

/** Pages about the people of an event: who was there, who needs a visa, the host's list, and the programme on paper. */
export function documentPeopleRoutes(app: FastifyInstance): void {
  const { db, clock } = app.system;

  app.get<BySlug>(`${base}/presences`, office, async (request, reply) => {
    const drawn = await drawnOf(request, 'event', request.params.slug);
    const { q } = parse(z.object({ q: search }), { q: (request.query as { q?: unknown }).q });
    const after = decodeCursor(cursorOf(request), 2);
    const rows = await attendees(db, drawn.occasion.id, { search: q, after, limit: PAGE_SIZE + 1 });
    const { items, next } = pageOf(rows, PAGE_SIZE, (row) => [row.name, row.registrationId]);
    return sendPage(reply, <PresencesPage {...drawn} people={items} q={q} next={next} first={after === undefined} />);
  });

  app.post<BySlug>(`${base}/presences`, office, async (request, reply) => {
    const occasion = await managedOccasion(request, 'event', request.params.slug);
    const { registrations, present, q } = parse(Marks, request.body);
    const changed = await markPresent(db, signedIn(request), occasion, { registrations, present: present === 'yes' }, clock());
    const back = addressOf(`/back-office/events/${occasion.slug}/documents/presences`, queryOf({ q }));
    return goOn(reply, back, 'presencesSaved', changed);
  });

  app.get<BySlug>(`${base}/host-list`, office, async (request, reply) => {
    const drawn = await drawnOf(request, 'event', request.params.slug);
    return sendPage(reply, <HostListPage {...drawn} questions={await hostQuestions(db, drawn.occasion.id, request.language)} />);
  });

  app.get<BySlug>(`${base}/host-list/file`, office, async (request, reply) => {
    const occasion = await managedOccasion(request, 'event', request.params.slug);
    return sendHostList(request, reply, occasion, parse(HostQuery, request.query));
  });

  app.get<BySlug>(`${base}/programme`, office, async (request, reply) => {
    const occasion = await managedOccasion(request, 'event', request.params.slug);
    return sendProgramme(request, reply, occasion, { ...parse(Language, request.query), draft: true });
  });

  visas(app);
}

function visas(app: FastifyInstance): void {
  const { db, clock, config } = app.system;

  const draw = async (
    request: FastifyRequest,
    reply: FastifyReply,
    again?: { registrationId: string; reason: string; errors: FormError[] },
    status = 200,
  ) => {
    const drawn = await drawnOf(request, 'event', (request.params as BySlug['Params']).slug);
    const requests = await visaRequests(db, config.secret, { eventId: drawn.occasion.id });
    return sendPage(reply, <VisasPage {...drawn} requests={requests} again={again} />, status);
  };
  app.get<BySlug>(`${base}/visas`, office, (request, reply) => draw(request, reply));

  app.post<ByRegistration>(`${base}/visas/:registration`, office, async (request, reply) => {
    const occasion = await managedOccasion(request, 'event', request.params.slug);
    const registrationId = parse(id, request.params.registration);
    return orAgain(
      request,
      async () => {
        await decideVisa(db, signedIn(request), occasion.id, registrationId, parse(VisaDecision, request.body), clock());
        return goOn(reply, `/back-office/events/${occasion.slug}/documents/visas`, 'visaDecided');
      },
      (errors, status) => draw(request, reply, { registrationId, reason: String(posted(request).reason ?? ''), errors }, status),
    );
  });
}
