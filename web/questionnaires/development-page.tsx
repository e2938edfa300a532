import type { AssessedCity, Development, YearScore } from '../../server/questionnaires/development.ts';
import { YearLines } from '../charts/year-lines.tsx';
import { Layout } from '../layout.tsx';
import { textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';

export interface DevelopmentPageProps {
  ctx: PageContext;
  city: AssessedCity;
  development: Development;
  /** Where this viewer can answer for the city now. */
  open: { href: string; year: number; answered: boolean } | null;
}

/** How a city has assessed itself over the years, and its place among others, none of whom is told. */
export function DevelopmentPage({ ctx, city, development, open }: DevelopmentPageProps) {
  const { t } = ctx;
  const answered = development.years.some((year) => year.answered);
  const last = development.years.findLast((year) => year.closed);
  return (
    <Layout
      ctx={ctx}
      title={t('assessments.city.title')}
      kicker={city.name}
      lead={t('assessments.city.lead')}
      breadcrumbs={[{ href: `/organisations/${city.slug}`, words: city.name }]}
      actions={
        open && (
          <ButtonLink href={open.href}>
            {t(open.answered ? 'assessments.city.change' : 'assessments.city.answer', { year: String(open.year) })}
          </ButtonLink>
        )
      }
    >
      {!answered ? (
        <EmptyState title={t('assessments.city.none')}>{t('assessments.city.noneLead')}</EmptyState>
      ) : (
        <>
          <Among ctx={ctx} last={last} />
          {development.indicators.map((indicator) => (
            <YearLines
              key={indicator.concept}
              ctx={ctx}
              title={indicatorName(ctx, indicator)}
              note={placeWords(
                ctx,
                indicator.scores.findLast(({ score }) => score !== null),
              )}
              years={indicator.scores.map(({ year }) => year)}
              min={indicator.min}
              max={indicator.max}
              lines={[
                { name: city.name, values: indicator.scores.map(({ score }) => score) },
                { name: t('assessments.others'), values: indicator.scores.map(({ mean }) => mean) },
              ]}
              words={[
                {
                  head: t('assessments.place.all'),
                  cells: indicator.scores.map(({ place }) => place && t(`assessments.place.${place}`)),
                },
                {
                  head: t('assessments.place.ofSize'),
                  cells: indicator.scores.map(({ placeOfSize }) => placeOfSize && t(`assessments.place.${placeOfSize}`)),
                },
              ]}
            />
          ))}
          <Changes ctx={ctx} development={development} />
        </>
      )}
    </Layout>
  );
}

/** A row of a table under what stands above it: “In our city… several departments work together”. */
export function indicatorName(
  ctx: PageContext,
  { under, label }: { under: Record<string, string> | null; label: Record<string, string> },
): string {
  return [under, label]
    .map((texts) => texts && textIn(texts, [ctx.language], 'en'))
    .filter(Boolean)
    .join(' ');
}

function Among({ ctx, last }: { ctx: PageContext; last: Development['years'][number] | undefined }) {
  const { t } = ctx;
  if (!last || (last.others ?? 0) < 10) return <Notice>{t('assessments.few')}</Notice>;
  return (
    <p>
      {t('assessments.among', { n: last.others ?? 0, year: String(last.year) })}{' '}
      {last.ofSize === null ? t('assessments.fewOfSize') : t('assessments.amongSize', { n: last.ofSize })}
    </p>
  );
}

function placeWords({ t }: PageContext, score: YearScore | undefined): string | undefined {
  const parts = [
    score?.place && `${t('assessments.place.all')}: ${t(`assessments.place.${score.place}`)}`,
    score?.placeOfSize && `${t('assessments.place.ofSize')}: ${t(`assessments.place.${score.placeOfSize}`)}`,
  ].filter(Boolean);
  return parts.length > 0 ? `${score?.year} · ${parts.join(' · ')}` : undefined;
}

function Changes({ ctx, development }: { ctx: PageContext; development: Development }) {
  const changed = development.years.filter(({ changes }) => changes > 0);
  if (changed.length === 0) return null;
  return (
    <p class="hint">
      {changed.map(({ year, changes }) => ctx.t('assessments.changes', { year: String(year), n: changes })).join(' ')}
    </p>
  );
}
