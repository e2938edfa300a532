import type { PairCost } from '../../server/judging/pairs.ts';
import { formatList } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import { Notice } from '../ui/notice.tsx';

const KINDS = ['organisation', 'author', 'country', 'declared', 'recusal', 'secretariat'] as const;

/** What it costs to add or take out a pair, or what forbids it. */
export function PairCostView({ ctx, cost }: { ctx: PageContext; cost: PairCost }) {
  const { t } = ctx;
  const kinds = KINDS.filter((kind) => cost.conflicts.includes(kind));
  if (kinds.length > 0)
    return (
      <Notice kind="error" title={t('judging.pairs.forbidden')}>
        {formatList(
          kinds.map((kind) => t(`judging.conflict.${kind}`)),
          ctx.language,
        )}
      </Notice>
    );
  const lines = [
    t('judging.pairs.load', { now: cost.load.now, after: cost.load.after }),
    t('judging.pairs.reviews', { now: cost.reviews.now, after: cost.reviews.after }),
    !cost.planned && cost.load.after > cost.load.most && t('judging.pairs.tooMany', { n: cost.load.most }),
    cost.planned && cost.load.after < cost.load.least && t('judging.pairs.tooFew', { n: cost.load.least }),
    !cost.planned && t(cost.readsLanguage ? 'judging.pairs.reads' : 'judging.pairs.readsNot'),
    !cost.planned && cost.matchesTheme !== null && t(cost.matchesTheme ? 'judging.pairs.theme' : 'judging.pairs.themeNot'),
    cost.planned && cost.reviews.after < 2 && t('judging.pairs.unranked'),
    !cost.connected && t('judging.assign.disconnected'),
  ].filter((line) => line !== false);
  return (
    <Notice title={t(cost.planned ? 'judging.pairs.ifRemoved' : 'judging.pairs.ifAdded')}>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {cost.started && <p>{t('refusal.review-begun')}</p>}
    </Notice>
  );
}
