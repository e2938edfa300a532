import type { Asked } from '../../server/questionnaires/queries.ts';
import type { PageContext } from '../page.ts';

/** What is promised to whoever answers: true in every word, and the same wherever it stands. */
export function Promise({ ctx, asked }: { ctx: PageContext; asked: Pick<Asked, 'privacy' | 'minimumGroup'> }) {
  const { t } = ctx;
  return (
    <aside class={`promise promise-${asked.privacy}`} aria-label={t('questionnaires.promise.label')}>
      <p class="promise-title">{t(`questionnaires.privacy.${asked.privacy}`)}</p>
      <p>{t(`questionnaires.promise.${asked.privacy}`, { least: asked.minimumGroup })}</p>
      <p>
        <a href="/questionnaires/promise">{t('questionnaires.promise.more')}</a>
      </p>
    </aside>
  );
}
