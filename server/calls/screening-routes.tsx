import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ExceptionsPage } from '../../web/calls/exceptions-page.tsx';
import { ScreeningEntryPage } from '../../web/calls/screening-entry-page.tsx';
import { ScreeningListPage } from '../../web/calls/screening-list-page.tsx';
import { translator } from '../../web/locales/translate.ts';
import { NotFound } from '../errors.ts';
import { id as anId } from '../fields.ts';
import { PAGE_SIZE } from '../http/cursor.ts';
import { EXPORT_FORMATS, sendExport } from '../http/exports.ts';
import { cursorOf, type FormError, filterOf, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { entryColumns } from './entry-columns.ts';
import { decideException, exceptionsOf } from './exceptions.ts';
import { managedCall } from './found.ts';
import { type FoundEntry, managedEntry } from './found-entry.ts';
import { EntryFilter, ExceptionDecision, ReopeningWrite, ScreeningWrite } from './input.ts';
import { checkEntry, definitionOf } from './judged.ts';
import { receiptOf } from './receipt.ts';
import { assignModality, entryCounts, everyEntry, screenEntry, screeningPage } from './screening.ts';
import { reopenEntry } from './submission.ts';

type BySlug = { Params: { slug: string } };
type ByEntry = { Params: { slug: string; id: string } };
const office = { config: { audience: 'back-office' }, schema: { hide: true } } as const;

/** The entries of a call and the questions for exceptions, for whoever runs it. */
export function screeningRoutes(app: FastifyInstance): void {
  const { system } = app;
  const { db, clock } = system;

  app.get<BySlug>('/back-office/calls/:slug/entries', office, async (request, reply) => {
    const call = await managedCall(request, request.params.slug);
    const { filter, errors } = filterOf(request, EntryFilter);
    const [page, counts] = await Promise.all([
      screeningPage(db, call.id, filter, { cursor: cursorOf(request), limit: PAGE_SIZE }),
      entryCounts(db, call.id),
    ]);
    const pairs = Object.entries({ ...filter, late: filter.late ? 'on' : '' }).filter((pair): pair is [string, string] =>
      Boolean(pair[1]),
    );
    const query = new URLSearchParams(pairs).toString();
    const data = { call, entries: page.items, next: page.next, counts, filter, query, errors };
    return sendPage(reply, <ScreeningListPage ctx={pageContext(request)} {...data} />);
  });

  for (const format of EXPORT_FORMATS) {
    app.get<BySlug>(`/back-office/calls/:slug/entries.${format}`, office, async (request, reply) => {
      const call = await managedCall(request, request.params.slug);
      const name = `${call.slug} ${translator(request.language)('callsOffice.tab.entries')}`;
      const rows = everyEntry(db, call.id, parse(EntryFilter, request.query));
      return sendExport(reply, { name, format, columns: entryColumns(request.language), rows });
    });
  }

  async function found(request: FastifyRequest): Promise<FoundEntry> {
    const { slug, id } = request.params as ByEntry['Params'];
    const one = await managedEntry(request, parse(anId, id));
    if (one.call.slug !== slug) throw new NotFound();
    return one;
  }

  async function shown(request: FastifyRequest, reply: FastifyReply, errors: FormError[] = [], status = 200) {
    const { call, entry } = await found(request);
    const [definition, check, receipt] = await Promise.all([
      definitionOf(db, entry, call),
      checkEntry(db, call, entry, clock()),
      receiptOf(system, call, entry),
    ]);
    const data = { call, entry, definition, check, receipt, values: posted(request), errors };
    return sendPage(reply, <ScreeningEntryPage ctx={pageContext(request)} {...data} />, status);
  }

  app.get<ByEntry>('/back-office/calls/:slug/entries/:id', office, (request, reply) => shown(request, reply));

  const act = (noun: string, work: (request: FastifyRequest, id: string) => Promise<void>) =>
    app.post<ByEntry>(`/back-office/calls/:slug/entries/:id/${noun}`, office, async (request, reply) => {
      const { call, entry } = await found(request);
      return orAgain(
        request,
        async () => {
          await work(request, entry.id);
          return goOn(reply, `/back-office/calls/${call.slug}/entries/${entry.id}`, 'saved');
        },
        (errors, status) => shown(request, reply, errors, status),
      );
    });
  act('screening', (request, id) => screenEntry(db, signedIn(request), id, parse(ScreeningWrite, request.body), clock()));
  act('reopening', (request, id) => reopenEntry(db, signedIn(request), id, parse(ReopeningWrite, request.body).until, clock()));
  act('modality', (request, id) => {
    const { modality } = posted(request);
    return assignModality(db, signedIn(request), id, typeof modality === 'string' && modality !== '' ? modality : null);
  });

  async function exceptions(request: FastifyRequest, reply: FastifyReply, errors: FormError[] = [], status = 200) {
    const call = await managedCall(request, (request.params as { slug: string }).slug);
    return sendPage(
      reply,
      <ExceptionsPage ctx={pageContext(request)} call={call} rows={await exceptionsOf(db, call.id)} errors={errors} />,
      status,
    );
  }
  app.get<BySlug>('/back-office/calls/:slug/exceptions', office, (request, reply) => exceptions(request, reply));
  app.post<ByEntry>('/back-office/calls/:slug/exceptions/:id/decision', office, async (request, reply) => {
    const call = await managedCall(request, request.params.slug);
    return orAgain(
      request,
      async () => {
        const decision = parse(ExceptionDecision, request.body);
        await decideException(db, signedIn(request), call.slug, parse(anId, request.params.id), decision, clock());
        return goOn(reply, `/back-office/calls/${call.slug}/exceptions`, 'saved');
      },
      (errors, status) => exceptions(request, reply, errors, status),
    );
  });
}
