import type { History } from '../../server/organisations/queries.ts';
import type { PageContext } from '../page.ts';
import { moment, said } from './words.ts';

/** Who changed what and when, the newest first. */
export function HistoryList({ ctx, history }: { ctx: PageContext; history: History }) {
  const { t } = ctx;
  if (history.length === 0) return <p class="empty">{t('organisations.page.noHistory')}</p>;
  return (
    <ol class="history">
      {history.map((change) => (
        <li key={change.id}>
          <p>
            <strong>{said(ctx, 'organisations.change', change.action)}</strong> ·{' '}
            {change.actor ?? t('organisations.page.bySystem')} ·{' '}
            <time dateTime={change.at.toString()}>{moment(ctx, change.at)}</time>
          </p>
          <Differences ctx={ctx} before={change.before} after={change.after} />
        </li>
      ))}
    </ol>
  );
}

type Fields = Record<string, unknown> | null;

function Differences({ ctx, before, after }: { ctx: PageContext; before: Fields; after: Fields }) {
  const fields = Object.keys(after ?? before ?? {}).filter((field) => !/id$|ids$/i.test(field));
  const lines = fields.flatMap((field) => {
    const [old, now] = [words(before?.[field]), words(after?.[field])];
    const name = said(ctx, 'organisations.field', field);
    if (old === now || (old === '' && now === '')) return [];
    if (before && after) {
      const nothing = ctx.t('organisations.import.nothing');
      return [ctx.t('organisations.import.change', { field: name, before: old || nothing, after: now || nothing })];
    }
    return [`${name}: ${now || old}`];
  });
  return lines.length === 0 ? null : (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function words(value: unknown): string {
  if (value === null || value === undefined || value === false) return '';
  if (value === true) return '✓';
  if (Array.isArray(value)) return value.map(words).join(', ');
  return typeof value === 'object' ? Object.values(value).map(words).join(' / ') : String(value);
}
