import type { WrittenText } from '../../server/questionnaires/sharing.ts';
import { Layout } from '../layout.tsx';
import type { PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TextArea } from '../ui/text-area.tsx';

/** What was written, with what is shown of it: to be read before a report is shared. */
export function TextsPage(props: {
  ctx: PageContext;
  title: string;
  home: string;
  texts: WrittenText[];
  labels: Map<string, string>;
}) {
  const { ctx, title, home, texts, labels } = props;
  const { t } = ctx;
  const items = [...new Set(texts.map(({ item }) => item))];
  return (
    <Layout
      ctx={ctx}
      width="text"
      title={t('questionnaires.texts.title', { title })}
      lead={t('questionnaires.texts.lead')}
      breadcrumbs={[{ href: `${home}/results`, words: t('questionnaires.page.results') }]}
    >
      {items.map((item) => (
        <section key={item}>
          <h2>{labels.get(item) ?? item}</h2>
          {texts
            .filter((text) => text.item === item)
            .map((text) => (
              <PostForm key={text.id} action={`${home}/texts/${text.id}`}>
                <blockquote dir="auto">{text.text}</blockquote>
                <TextArea
                  ctx={ctx}
                  name={`text-${text.id}`}
                  label={t('questionnaires.texts.shown')}
                  value={text.redacted ?? text.text}
                  rows={3}
                  unmarked
                />
                <Button kind="secondary" small>
                  {t('questionnaires.texts.save')}
                </Button>
              </PostForm>
            ))}
        </section>
      ))}
    </Layout>
  );
}
