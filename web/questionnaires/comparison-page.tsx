import type { Comparable, compare } from '../../server/questionnaires/comparison.ts';
import { Dumbbells } from '../charts/dumbbells.tsx';
import { Layout } from '../layout.tsx';
import { formatInstant } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { fieldId } from '../ui/field.tsx';

export interface ComparisonPageProps {
  ctx: PageContext;
  title: string;
  home: string;
  choices: Comparable[];
  chosen: string[];
  /** The first is this one. */
  names: string[];
  rows: Awaited<ReturnType<typeof compare>>;
}

const FEW = 30;

/** The same questions at other editions and in other networks. */
export function ComparisonPage({ ctx, title, home, choices, chosen, names, rows }: ComparisonPageProps) {
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      title={t('questionnaires.compare.title')}
      kicker={title}
      breadcrumbs={[{ href: `${home}/results`, words: t('questionnaires.page.results') }]}
    >
      {choices.length === 0 ? (
        <EmptyState title={t('questionnaires.compare.none')} />
      ) : (
        <>
          <search class="list-tools">
            <form method="get" action={`${home}/comparison`}>
              <fieldset class="field-group">
                <legend class="label">{t('questionnaires.compare.with')}</legend>
                {choices.map((choice) => {
                  const id = fieldId(`with-${choice.id}`);
                  return (
                    <div class="choice" key={choice.id}>
                      <input type="checkbox" id={id} name="with" value={choice.id} checked={chosen.includes(choice.id)} />
                      <label for={id}>
                        {textIn(choice.title, [ctx.language], choice.defaultLanguage ?? undefined)}
                        {choice.endedAt && ` (${formatInstant(choice.endedAt, ctx.language, ctx.zone, 'month')})`}
                      </label>
                    </div>
                  );
                })}
              </fieldset>
              <div>
                <Button kind="secondary">{t('questionnaires.compare.go')}</Button>
              </div>
            </form>
          </search>
          {names.length > 1 && (
            <Dumbbells
              ctx={ctx}
              title={t('questionnaires.compare.title')}
              names={names}
              rows={rows.map((row) => ({
                key: row.concept,
                name: textIn(row.label, [ctx.language], 'en'),
                min: row.min,
                max: row.max,
                values: row.values.map((one) => one?.value ?? null),
                note: row.values.some((one) => one !== null && one.base < FEW)
                  ? t('questionnaires.compare.indicative')
                  : undefined,
              }))}
            />
          )}
        </>
      )}
    </Layout>
  );
}
