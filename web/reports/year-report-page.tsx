import type { ReleasedYear } from '../../server/reports/queries.ts';
import type { Report } from '../../server/reports/report.ts';
import { Layout } from '../layout.tsx';
import { formatMoment } from '../locales/format.ts';
import { LANGUAGES } from '../locales/languages.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextMapField } from '../ui/text-map-field.tsx';
import { ReportFiles } from './report-files.tsx';
import { ReportParts } from './report-parts.tsx';

export interface YearReportPageProps {
  ctx: PageContext;
  year: number;
  report: Report;
  /** The networks whose report the reader may see; with those of all, `all`. */
  networks: { slug: string; name: Record<string, string> }[];
  all: boolean;
  network: { slug: string; name: Record<string, string> } | null;
  /** What everybody reads of this year. */
  released: ReleasedYear | undefined;
  mayRelease: boolean;
  note?: Record<string, string>;
  errors?: FieldError[];
}

/** What was organised in a year, by all or by one territorial network. */
export function YearReportPage(props: YearReportPageProps) {
  const { ctx, year, report, network, networks, all } = props;
  const { t, language } = ctx;
  const path = `/back-office/reports/${year}`;
  const named = (map: Record<string, string>, slug: string) => textIn(map, [language]) || slug;
  const title = network
    ? t('reports.yearOf', { year: String(year), network: named(network.name, network.slug) })
    : t('reports.year', { year: String(year) });
  return (
    <Layout
      ctx={ctx}
      title={title}
      lead={t('reports.lead')}
      errors={props.errors}
      breadcrumbs={[
        { words: t('ui.nav.backOffice'), href: '/back-office' },
        { words: t('reports.title'), href: '/back-office/reports' },
      ]}
    >
      {(all ? networks.length > 0 : networks.length > 1) && (
        <form method="get" action={path} class="filters">
          <Select
            ctx={ctx}
            name="network"
            label={t('reports.network')}
            value={network?.slug}
            empty={all ? t('reports.all') : undefined}
            options={networks.map(({ slug, name }) => ({ value: slug, words: named(name, slug) }))}
            unmarked
          />
          <Button kind="secondary">{t('reports.show')}</Button>
        </form>
      )}
      {report.events.length === 0 ? (
        <EmptyState title={t('reports.none')} />
      ) : (
        <>
          <ReportParts ctx={ctx} report={report} />
          <ReportFiles ctx={ctx} path={path} query={network ? `network=${encodeURIComponent(network.slug)}` : ''} />
          {props.mayRelease && network === null && <Release {...props} />}
        </>
      )}
    </Layout>
  );
}

function Release({ ctx, year, released, note, errors }: YearReportPageProps) {
  const { t, language, zone } = ctx;
  const path = `/back-office/reports/${year}/release`;
  return (
    <section aria-labelledby="release" class="screen-only">
      <h2 id="release">{t('reports.release.title')}</h2>
      <p>{t('reports.release.lead')}</p>
      {released && (
        <p>
          {t('reports.release.since', { when: formatMoment(released.releasedAt, zone, language) })}{' '}
          <a href={`/transparency/${year}`}>{t('reports.release.see')}</a>
        </p>
      )}
      <PostForm action={path}>
        <TextMapField
          ctx={ctx}
          name="note"
          label={t('reports.release.note')}
          value={note ?? released?.note}
          languages={LANGUAGES}
          rows={4}
          maxlength={5000}
          errors={errors}
        />
        <ButtonRow>
          <Button>{released ? t('reports.release.again') : t('reports.release.do')}</Button>
        </ButtonRow>
      </PostForm>
      {released && (
        <PostForm action={`${path}/removal`}>
          <Button kind="quiet">{t('reports.release.withdraw')}</Button>
        </PostForm>
      )}
    </section>
  );
}
