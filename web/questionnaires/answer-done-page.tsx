import type { Asked } from '../../server/questionnaires/queries.ts';
import { Layout } from '../layout.tsx';
import type { PageContext } from '../page.ts';

/** After answering, or instead of it. */
export function AnswerDonePage({
  ctx,
  asked,
  state,
}: {
  ctx: PageContext;
  asked: Asked;
  state: 'thanks' | 'answered' | 'closed';
}) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} bare width="text" title={t(`questionnaires.done.${state}`)}>
      <p>{state === 'thanks' ? t(`questionnaires.done.${asked.privacy}`) : t(`questionnaires.done.${state}.lead`)}</p>
      <p>
        <a href="/questionnaires/promise">{t('questionnaires.promise.more')}</a>
      </p>
    </Layout>
  );
}
