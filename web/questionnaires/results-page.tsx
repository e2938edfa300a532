import type { ComponentChildren } from 'preact';
import type { Results } from '../../server/questionnaires/results.ts';
import { Layout } from '../layout.tsx';
import { formatPercent } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import type { Crumb } from '../ui/breadcrumbs.tsx';
import { Button } from '../ui/button.tsx';
import { LineOverTime } from '../ui/chart.tsx';
import { Stats } from '../ui/facts.tsx';
import { fieldId } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Report } from './report.tsx';

export interface ResultsPageProps {
  ctx: PageContext;
  results: Results;
  /** Where this page is: filters go there. */
  path: string;
  breadcrumbs?: Crumb[];
  /** Exports, sharing, comparison. */
  children?: ComponentChildren;
}

/** What participants said, for whoever runs the event or has the link of the report. */
export function ResultsPage({ ctx, results, path, breadcrumbs, children }: ResultsPageProps) {
  const { t } = ctx;
  const title = textIn(results.title, [ctx.language], results.defaultLanguage);
  const rate = results.asked > 0 ? formatPercent(results.answered / results.asked, ctx.language) : '–';
  const nothing = results.items.every(({ base }) => base === null);
  return (
    <Layout ctx={ctx} title={t('questionnaires.results.title', { title })} breadcrumbs={breadcrumbs}>
      <Stats
        ctx={ctx}
        stats={[
          { words: t('questionnaires.results.asked'), value: results.asked },
          { words: t('questionnaires.results.answered'), value: results.answered },
          { words: t('questionnaires.results.rate'), value: rate },
        ]}
      />
      {results.state !== 'settled' && <Notice>{t('questionnaires.results.live', { least: results.minimumGroup })}</Notice>}
      {results.state === 'settled' && nothing && (
        <Notice kind="warning">
          {t(
            results.privacy === 'anonymous' && results.answered < 5
              ? 'questionnaires.results.tooFew'
              : 'questionnaires.results.noneYet',
          )}
        </Notice>
      )}
      {results.byDay.length > 1 && <ByDay ctx={ctx} results={results} />}
      <Groups ctx={ctx} results={results} path={path} />
      <Report ctx={ctx} results={results} />
      {children}
    </Layout>
  );
}

function ByDay({ ctx, results }: { ctx: PageContext; results: Results }) {
  const { t } = ctx;
  let sum = 0;
  const points = results.byDay.map(({ day, n }) => ({ date: Temporal.PlainDate.from(day), value: (sum += n) }));
  return (
    <LineOverTime
      ctx={ctx}
      title={t('questionnaires.results.byDay')}
      columns={[t('questionnaires.results.day'), t('questionnaires.results.number')]}
      points={points}
      limit={{ words: t('questionnaires.results.asked'), value: results.asked }}
    />
  );
}

// A group, and within it another of a second question, where both together are enough.
function Groups({ ctx, results, path }: { ctx: PageContext; results: Results; path: string }) {
  const { t } = ctx;
  const { filter, segments, crossings } = results;
  if (segments.length === 0) return null;
  return (
    <search class="list-tools">
      <form method="get" action={path}>
        <GroupSelect
          results={results}
          ctx={ctx}
          name="look"
          label={t('questionnaires.results.group')}
          none={t('questionnaires.results.all')}
          segments={segments}
          chosen={filter ? `${filter.segment}.${filter.group}` : ''}
        />
        {crossings.length > 0 && (
          <GroupSelect
            results={results}
            ctx={ctx}
            name="and"
            label={t('questionnaires.results.and')}
            none={t('questionnaires.results.andNone')}
            segments={crossings}
            chosen={filter?.and ? `${filter.and.segment}.${filter.and.group}` : ''}
          />
        )}
        <div>
          <Button kind="secondary">{t('questionnaires.results.look')}</Button>
        </div>
      </form>
    </search>
  );
}

function GroupSelect(props: {
  ctx: PageContext;
  results: Results;
  name: string;
  label: string;
  none: string;
  segments: Results['segments'];
  chosen: string;
}) {
  const { ctx, results, name, label, none, segments, chosen } = props;
  const say = (texts: Record<string, string>) => textIn(texts, [ctx.language], results.defaultLanguage);
  return (
    <div>
      <label class="label" for={fieldId(name)}>
        {label}
      </label>
      <select class="input select" id={fieldId(name)} name={name}>
        <option value="">{none}</option>
        {segments.map((segment) => (
          <optgroup key={segment.key} label={say(segment.label)}>
            {segment.groups.map((group) => {
              const value = `${segment.key}.${group.code}`;
              return (
                <option key={value} value={value} selected={value === chosen}>
                  {say(group.label)}
                </option>
              );
            })}
          </optgroup>
        ))}
      </select>
    </div>
  );
}
