import type { Subscription } from '../../server/sends/unsubscribing.ts';
import { Layout } from '../layout.tsx';
import type { PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';

/** Where a reader of a mail says that it is enough, or wants it again. Opening it changes nothing: programs open links too. */
export function UnsubscribePage({ ctx, token, subscription }: { ctx: PageContext; token: string; subscription: Subscription }) {
  const { t } = ctx;
  const { address, topic, ended } = subscription;
  const words = t(`sends.topic.${topic}`);
  return (
    <Layout
      ctx={ctx}
      title={t(ended ? 'sends.unsubscribe.doneTitle' : 'sends.unsubscribe.title')}
      lead={t(ended ? 'sends.unsubscribe.doneLead' : 'sends.unsubscribe.lead', { topic: words, address })}
      width="text"
      bare
    >
      <PostForm action={`/unsubscribe/${token}`} hidden={{ choice: ended ? 'again' : 'enough' }}>
        <Button kind={ended ? 'secondary' : 'primary'}>{t(ended ? 'sends.unsubscribe.again' : 'sends.unsubscribe.go')}</Button>
      </PostForm>
      <p class="hint">{t('sends.unsubscribe.rest')}</p>
    </Layout>
  );
}
