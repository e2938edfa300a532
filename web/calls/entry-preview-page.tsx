import { Layout } from '../layout.tsx';
import { textIn } from '../locales/text-map.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { EntryView, type EntryViewProps } from './entry-view.tsx';

/** The entry exactly as a jury will see it. */
export function EntryPreviewPage(props: EntryViewProps) {
  const { ctx, entry } = props;
  const { t } = ctx;
  const title = textIn(entry.title, [entry.language]) || t('entries.untitled', { code: entry.code });
  return (
    <Layout
      ctx={ctx}
      title={t('entries.preview.title')}
      breadcrumbs={[
        { words: t('entries.mine.title'), href: '/entries' },
        { words: title, href: `/entries/${entry.id}` },
      ]}
      actions={
        <ButtonLink kind="secondary" href={`/entries/${entry.id}`}>
          {t('ui.confirm.back')}
        </ButtonLink>
      }
      width="text"
    >
      <Notice>{t('entries.preview.lead')}</Notice>
      <EntryView {...props} />
    </Layout>
  );
}
