import type { FastifyInstance, FastifyRequest } from 'fastify';
import { countryName } from '../../web/locales/format.ts';
import { translator } from '../../web/locales/translate.ts';
import { managedOrMoved } from '../events/found.ts';
import type { EventDetails } from '../events/queries.ts';
import { EXPORT_FORMATS, type Export, sendExport } from '../http/exports.ts';
import { parse } from '../http/input.ts';
import { questionsOf } from './answers.ts';
import { eventContextById } from './context.ts';
import { missingMembers } from './figures.ts';
import { RegistrationFilter } from './input.ts';
import { registrationColumns } from './office-columns.ts';
import { everyRegistration } from './office-queries.ts';
import { type WaitingRow, waitingList } from './queries.ts';

type BySlug = { Params: { slug: string } };
type Sheet<Row> = Pick<Export<Row>, 'columns' | 'rows'>;

/** The organiser's lists as files. */
export function officeExportRoutes(app: FastifyInstance): void {
  const { db } = app.system;

  listAs('registrations', async (request, event) => {
    const { answers, ...query } = request.query as Record<string, unknown>;
    const filter = parse(RegistrationFilter, query);
    const definition = questionsOf(await eventContextById(db, event.id));
    return {
      columns: registrationColumns(request.language, definition, answers === 'codes' ? 'codes' : 'words'),
      rows: everyRegistration(db, event.id, filter),
    };
  });

  listAs<WaitingRow>('waiting-list', async (request, event) => {
    const t = translator(request.language);
    return {
      columns: [
        { key: 'position', header: t('registrationsOffice.waiting.position'), value: (row) => row.position },
        { key: 'organisation', header: t('registrationsOffice.list.organisation'), value: (row) => row.organisation?.name },
        { key: 'people', header: t('registrationsOffice.list.name'), value: (row) => row.people.map(({ name }) => name) },
        { key: 'partySize', header: t('registrationsOffice.waiting.size'), value: (row) => row.partySize },
        { key: 'joined', header: t('registrationsOffice.list.joined'), value: (row) => row.joinedAt },
        { key: 'lacks', header: t('registrationsOffice.waiting.lacking'), value: (row) => [...new Set(row.lacks)] },
        { key: 'offeredUntil', header: t('registrations.state.offered'), value: (row) => row.offer?.expiresAt },
      ],
      rows: each(await waitingList(db, event.id)),
    };
  });

  listAs<Awaited<ReturnType<typeof missingMembers>>[number]>('missing-members', async (request, event) => {
    const t = translator(request.language);
    return {
      columns: [
        { key: 'name', header: t('registrationsOffice.list.organisation'), value: (row) => row.name },
        {
          key: 'country',
          header: t('registrationsOffice.list.country'),
          value: (row) => countryName(row.country, request.language),
        },
        { key: 'slug', header: 'Convivium', value: (row) => row.slug },
      ],
      rows: each(await missingMembers(db, event.id, event.networkId, 10_000)),
    };
  });

  function listAs<Row>(list: string, sheet: (request: FastifyRequest, event: EventDetails) => Promise<Sheet<Row>>): void {
    for (const format of EXPORT_FORMATS) {
      const config = { config: { audience: 'back-office' as const }, schema: { hide: true } };
      app.get<BySlug>(`/back-office/events/:slug/${list}.${format}`, config, async (request, reply) => {
        const event = await managedOrMoved(request, reply, `/${list}.${format}`);
        if (!event) return reply;
        return sendExport(reply, { name: `${list} ${event.slug}`, format, ...(await sheet(request, event)) });
      });
    }
  }
}

async function* each<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}
