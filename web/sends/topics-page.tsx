import { TOPICS, type Topic } from '../../server/sends/topics.ts';
import { Layout } from '../layout.tsx';
import type { PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { CheckboxList } from '../ui/choice.tsx';
import { PostForm } from '../ui/post-form.tsx';

/** Which mails that nobody asked for somebody still wants. */
export function TopicsPage({ ctx, address, ended }: { ctx: PageContext; address: string; ended: readonly Topic[] }) {
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      title={t('sends.topics.title')}
      lead={t('sends.topics.lead', { address })}
      width="text"
      breadcrumbs={[{ words: t('ui.nav.account'), href: '/account' }]}
    >
      <PostForm action="/account/mail">
        <CheckboxList
          ctx={ctx}
          name="topics"
          label={t('sends.topics.label')}
          unmarked
          values={TOPICS.filter((topic) => !ended.includes(topic))}
          options={TOPICS.map((topic) => ({ value: topic, words: t(`sends.topic.${topic}`) }))}
        />
        <Button>{t('sends.topics.save')}</Button>
      </PostForm>
      <p class="hint">{t('sends.unsubscribe.rest')}</p>
    </Layout>
  );
}
