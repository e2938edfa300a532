import { formatPercent } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import { Figure } from './figure.tsx';

export interface Share {
  key: string;
  name: string;
  percent: number;
}

/** How many chose each option, in percent of those who answered. */
export function ShareBars({ ctx, title, note, shares }: { ctx: PageContext; title: string; note?: string; shares: Share[] }) {
  const { t } = ctx;
  const say = (percent: number) => formatPercent(percent / 100, ctx.language);
  return (
    <Figure
      ctx={ctx}
      title={title}
      note={note}
      table={{
        head: [t('questionnaires.results.option'), t('questionnaires.results.percent')],
        rows: shares.map(({ key, name, percent }) => ({ key, name, cells: [say(percent)] })),
      }}
    >
      <ul class="bars">
        {shares.map(({ key, name, percent }) => (
          <li key={key}>
            <p class="bars-name">
              {name} <strong>{say(percent)}</strong>
            </p>
            <svg class="bar" width="100%" height="14" role="img" aria-label={`${name}: ${say(percent)}`}>
              <rect class="chart-track" width="100%" height="14" rx="3" />
              {percent > 0 && <rect class="chart-bar" width={`${percent}%`} height="14" rx="3" />}
            </svg>
          </li>
        ))}
      </ul>
    </Figure>
  );
}
