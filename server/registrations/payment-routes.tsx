import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { minorDigits } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { OfficePaymentsPage } from '../../web/registrations/office-payments-page.tsx';
import { OfficeStatementPage } from '../../web/registrations/office-statement-page.tsx';
import { managedOrMoved } from '../events/found.ts';
import type { EventDetails } from '../events/queries.ts';
import { PAGE_SIZE } from '../http/cursor.ts';
import { EXPORT_FORMATS, type ExportColumn, sendExport } from '../http/exports.ts';
import { cursorOf, type FormError, filterOf, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage } from '../http/pages.tsx';
import { smallUpload } from '../http/table-file.ts';
import { signedIn } from '../http/viewer.ts';
import { matchStatement, noteStatement } from './bank.ts';
import { readStatement } from './bank-statement.ts';
import { PaymentFilter, StatementWrite } from './input.ts';
import { office } from './office-routes.tsx';
import { everyPayment, type PaymentRow, paymentPage, paymentTotals } from './payment-queries.ts';

type BySlug = { Params: { slug: string } };
// The lines of a statement travel with the page that shows what they mean.
const STATEMENT_BYTES = 4_000_000;

/** The money of an event: what came in, what is due, and the bank's statement read. */
export function paymentRoutes(app: FastifyInstance): void {
  const { db } = app.system;

  app.get<BySlug>('/back-office/events/:slug/payments', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/payments');
    if (!event) return reply;
    const { filter, errors } = filterOf(request, PaymentFilter);
    const cursor = cursorOf(request);
    const [page, totals] = await Promise.all([
      paymentPage(db, event.id, filter, { cursor, limit: PAGE_SIZE }),
      paymentTotals(db, event.id),
    ]);
    const data = { event, page, totals, filter, errors, later: cursor !== undefined };
    return sendPage(reply, <OfficePaymentsPage ctx={pageContext(request)} {...data} />, errors.length > 0 ? 422 : 200);
  });

  for (const format of EXPORT_FORMATS) {
    app.get<BySlug>(`/back-office/events/:slug/payments.${format}`, office, async (request, reply) => {
      const event = await managedOrMoved(request, reply, `/payments.${format}`);
      if (!event) return reply;
      return sendExport(reply, {
        name: `${translator(request.language)('registrationsOffice.tab.payments')} ${event.slug}`,
        format,
        columns: paymentColumns(request.language),
        rows: everyPayment(db, event.id, parse(PaymentFilter, request.query)),
      });
    });
  }

  const show = (
    request: FastifyRequest,
    reply: FastifyReply,
    event: EventDetails,
    {
      matches,
      errors = [],
      status = 200,
    }: { matches?: Awaited<ReturnType<typeof matchStatement>>; errors?: FormError[]; status?: number },
  ) =>
    sendPage(
      reply,
      <OfficeStatementPage ctx={pageContext(request)} event={event} matches={matches ?? null} errors={errors} />,
      status,
    );

  app.get<BySlug>('/back-office/events/:slug/payments/statement', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/payments/statement');
    return event ? show(request, reply, event, {}) : reply;
  });

  app.post<BySlug>('/back-office/events/:slug/payments/statement', office, async (request, reply) => {
    const event = await managedOrMoved(request, reply);
    if (!event) return reply;
    return orAgain(
      request,
      async () => {
        const { bytes } = await smallUpload(request);
        const lines = readStatement(bytes, event.currency);
        return show(request, reply, event, { matches: await matchStatement(db, scope(event), lines) });
      },
      (errors, status) => show(request, reply, event, { errors, status }),
    );
  });

  app.post<BySlug>(
    '/back-office/events/:slug/payments/statement/notes',
    { ...office, bodyLimit: STATEMENT_BYTES },
    async (request, reply) => {
      const event = await managedOrMoved(request, reply);
      if (!event) return reply;
      return orAgain(
        request,
        async () => {
          const { lines } = parse(StatementWrite, chosenLines(posted(request)));
          const noted = await noteStatement(db, signedIn(request), scope(event), lines);
          return goOn(reply, `/back-office/events/${event.slug}/payments`, 'statementNoted', noted);
        },
        (errors, status) => show(request, reply, event, { errors, status }),
      );
    },
  );
}

const scope = (event: EventDetails) => ({ eventId: event.id, currency: event.currency });

// The page posts all lines as it was given them, and the numbers of those that were ticked.
function chosenLines({ lines, chosen }: Record<string, unknown>): { lines: unknown } {
  const ticked = new Set([chosen ?? []].flat().map(String));
  try {
    const all: unknown = JSON.parse(String(lines ?? '[]'));
    return { lines: Array.isArray(all) ? all.filter((one: { line?: unknown } | null) => ticked.has(String(one?.line))) : all };
  } catch {
    return { lines: null };
  }
}

function paymentColumns(language: Language): ExportColumn<PaymentRow>[] {
  const t = translator(language);
  const money = (row: PaymentRow) => row.amount / 10 ** minorDigits(row.currency);
  return [
    { key: 'receivedOn', header: t('registrationsOffice.one.paymentDay'), value: (row) => row.receivedOn },
    { key: 'amount', header: t('registrationsOffice.one.paymentAmount'), value: money },
    { key: 'currency', header: t('registrationsOffice.list.currency'), value: (row) => row.currency },
    { key: 'reference', header: t('registrationsOffice.list.reference'), value: (row) => row.registration.reference },
    { key: 'name', header: t('registrationsOffice.list.name'), value: (row) => row.registration.name },
    { key: 'organisation', header: t('registrationsOffice.list.organisation'), value: (row) => row.registration.organisation },
    { key: 'note', header: t('registrationsOffice.one.paymentNote'), value: (row) => row.note },
    { key: 'recordedBy', header: t('registrationsOffice.payments.by'), value: (row) => row.recordedBy },
  ];
}
