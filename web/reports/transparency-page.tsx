import type { ReleasedYear } from '../../server/reports/queries.ts';
import { Layout } from '../layout.tsx';
import { formatMoment } from '../locales/format.ts';
import { readIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ReportParts } from './report-parts.tsx';

/** The years that everybody may read about. */
export function TransparencyPage({ ctx, years }: { ctx: PageContext; years: number[] }) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} title={t('reports.transparency')} lead={t('reports.transparency.lead')} width="text">
      {years.length === 0 ? (
        <EmptyState title={t('reports.none')} />
      ) : (
        <ul>
          {years.map((year) => (
            <li key={year}>
              <a href={`/transparency/${year}`}>{t('reports.year', { year: String(year) })}</a>
            </li>
          ))}
        </ul>
      )}
    </Layout>
  );
}

/** A year as everybody reads it. */
export function TransparentYearPage({ ctx, released }: { ctx: PageContext; released: ReleasedYear }) {
  const { t } = ctx;
  const note = readIn(released.note, [ctx.language]);
  return (
    <Layout
      ctx={ctx}
      title={t('reports.year', { year: String(released.year) })}
      lead={t('reports.lead')}
      breadcrumbs={[{ words: t('reports.transparency'), href: '/transparency' }]}
    >
      {note?.text.split(/\n+/).map((paragraph, at) => (
        <p key={at} lang={note.lang === ctx.language ? undefined : note.lang}>
          {paragraph}
        </p>
      ))}
      <ReportParts ctx={ctx} report={released.report} />
      <p class="hint">
        {t('reports.transparency.asOf', { when: formatMoment(released.releasedAt, ctx.zone, ctx.language) })}{' '}
        {t('reports.transparency.unknown')}
      </p>
    </Layout>
  );
}
