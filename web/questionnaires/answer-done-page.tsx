import type { Asked } from '../../server/questionnaires/queries.ts';
import { Layout } from '../layout.tsx';
import type { PageContext } from '../page.ts';
import { ButtonLink } from '../ui/button.tsx';

/** After answering, or instead of it. */
export function AnswerDonePage({
  ctx,
  asked,
  state,
  change,
}: {
  ctx: PageContext;
  asked: Asked;
  state: 'thanks' | 'answered' | 'closed';
  /** Where the answers can be changed. */
  change: string | null;
}) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} bare width="text" title={t(`questionnaires.done.${state}`)}>
      <p>
        {state === 'thanks'
          ? t(`questionnaires.done.${asked.privacy}`)
          : t(change && state === 'answered' ? 'questionnaires.done.answered.change' : `questionnaires.done.${state}.lead`)}
      </p>
      {change && (
        <p>
          <ButtonLink kind="secondary" href={change}>
            {t('questionnaires.done.change')}
          </ButtonLink>
        </p>
      )}
      <p>
        <a href="/questionnaires/promise">{t('questionnaires.promise.more')}</a>
      </p>
    </Layout>
  );
}
