import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import { EventReportPage } from '../../web/reports/event-report-page.tsx';
import { ReportsPage } from '../../web/reports/reports-page.tsx';
import { TransparencyPage, TransparentYearPage } from '../../web/reports/transparency-page.tsx';
import { YearReportPage } from '../../web/reports/year-report-page.tsx';
import { NotFound } from '../errors.ts';
import { managedEvent, managedOrMoved } from '../events/found.ts';
import { EXPORT_FORMATS, sendExport } from '../http/exports.ts';
import { type FormError, orAgain, posted } from '../http/forms.ts';
import { parse } from '../http/input.ts';
import { goOn, pageContext, sendPage, sendPublicPage } from '../http/pages.tsx';
import { signedIn } from '../http/viewer.ts';
import { releaseYear, withdrawYear } from './actions.ts';
import { foundYear, reportedNetworks } from './found.ts';
import { ReleaseWrite, YearParams } from './input.ts';
import { releasedYear, releasedYears, reportYears, seriesOf } from './queries.ts';
import { eventsOf, type Report, reportOf } from './report.ts';
import { reportPdf } from './report-pdf.ts';
import { reportColumns, rowsOf } from './rows.ts';
import { mayRelease } from './rules.ts';

type BySlug = { Params: { slug: string } };
const office = { config: { audience: 'back-office' }, schema: { hide: true } } as const;
const secretariat = { config: { audience: 'secretariat' }, schema: { hide: true } } as const;
const open = { config: { audience: 'public' }, schema: { hide: true } } as const;

/** The pages of reports: of an event, of a year, and of the years that everybody may read. */
export function reportRoutes(app: FastifyInstance): void {
  eventReports(app);
  yearReports(app);
  transparency(app);
}

function eventReports(app: FastifyInstance): void {
  const { db, clock } = app.system;
  const at = '/back-office/events/:slug/report';

  app.get<BySlug>(at, office, async (request, reply) => {
    const event = await managedOrMoved(request, reply, '/report');
    if (!event) return reply;
    const [report, series] = [await reportOf(db, { eventId: event.id }, clock()), await seriesOf(db, event.id)];
    const editions = series ? await eventsOf(db, { seriesId: series, until: event.startsAt }) : [];
    return sendPage(reply, <EventReportPage ctx={pageContext(request)} {...{ event, report, editions }} />);
  });

  files(app, at, async (request) => {
    const event = await managedEvent(request, (request.params as { slug: string }).slug);
    const title = textIn(event.title, [request.language], event.defaultLanguage) || event.slug;
    return { name: `report-${event.slug}`, title, report: await reportOf(db, { eventId: event.id }, clock()) };
  });
}

function yearReports(app: FastifyInstance): void {
  const { db, clock } = app.system;
  const at = '/back-office/reports/:year';

  app.get('/back-office/reports', office, async (request, reply) => {
    const years = await reportYears(db, reportedNetworks(request));
    return sendPage(reply, <ReportsPage ctx={pageContext(request)} years={years} />);
  });

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    again: { note?: Record<string, string>; errors?: FormError[] } = {},
    status = 200,
  ) => {
    const found = await foundYear(request);
    const released = found.all ? await releasedYear(db, found.year) : undefined;
    const may = mayRelease(request.viewer);
    return sendPage(
      reply,
      <YearReportPage ctx={pageContext(request)} {...found} {...again} released={released} mayRelease={may} />,
      status,
    );
  };

  app.get(at, office, (request, reply) => show(request, reply));

  files(app, at, async (request) => {
    const { year, network, report } = await foundYear(request);
    const t = translator(request.language);
    const name = network ? textIn(network.name, [request.language]) || network.slug : '';
    const title = network
      ? t('reports.yearOf', { year: String(year), network: name })
      : t('reports.year', { year: String(year) });
    return { name: `report-${year}${network ? `-${network.slug}` : ''}`, title, report };
  });

  app.post(`${at}/release`, secretariat, (request, reply) => {
    const { year } = parse(YearParams, request.params);
    return orAgain(
      request,
      async () => {
        await releaseYear(db, signedIn(request), year, parse(ReleaseWrite, request.body), clock());
        return goOn(reply, `/back-office/reports/${year}`, 'yearReleased');
      },
      (errors, status) => {
        const { note } = posted(request);
        return show(request, reply, { note: (note ?? {}) as Record<string, string>, errors }, status);
      },
    );
  });

  app.post(`${at}/release/removal`, secretariat, async (request, reply) => {
    const { year } = parse(YearParams, request.params);
    await withdrawYear(db, signedIn(request), year);
    return goOn(reply, `/back-office/reports/${year}`, 'yearWithdrawn');
  });
}

interface Named {
  name: string;
  title: string;
  report: Report;
}

/** A report as a document and as figures. */
function files<Route>(
  app: FastifyInstance,
  at: string,
  find: (request: FastifyRequest) => Promise<Named & Partial<Route>>,
): void {
  const { config, clock } = app.system;
  app.get(`${at}.pdf`, office, async (request, reply) => {
    const { name, title, report } = await find(request);
    const { language } = request;
    const pdf = await reportPdf({ title, report, language, installation: config.installationName, now: clock() });
    return reply
      .type('application/pdf')
      .header('cache-control', 'private, no-store')
      .header('content-disposition', `inline; filename="${name}.pdf"`)
      .send(pdf);
  });
  for (const format of EXPORT_FORMATS) {
    app.get(`${at}.${format}`, office, async (request, reply) => {
      const { name, report } = await find(request);
      const rows = rowsOf(report, request.language);
      return sendExport(reply, {
        name,
        format,
        columns: reportColumns(request.language),
        rows: (async function* each() {
          yield* rows;
        })(),
      });
    });
  }
}

function transparency(app: FastifyInstance): void {
  const { db } = app.system;

  app.get('/transparency', open, (request, reply) =>
    sendPublicPage(request, reply, async () => {
      const years = await releasedYears(db);
      return { node: <TransparencyPage ctx={pageContext(request)} years={years} /> };
    }),
  );

  app.get('/transparency/:year', open, (request, reply) =>
    sendPublicPage(request, reply, async () => {
      const released = await releasedYear(db, parse(YearParams, request.params).year);
      if (!released) throw new NotFound();
      return { node: <TransparentYearPage ctx={pageContext(request)} released={released} /> };
    }),
  );
}
