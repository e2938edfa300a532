import type { Mailing } from '../../server/mailings/queries.ts';
import { Layout } from '../layout.tsx';
import { languageName } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { crumbs, HOME } from './words.ts';

export interface PreviewPageProps {
  ctx: PageContext;
  mailing: Mailing;
  language: string;
  languages: string[];
  /** Null where nobody would get it. */
  letter: { name: string; subject: string; text: string } | null;
  errors?: FieldError[];
}

/** The letter as it will arrive, in a frame of its own. */
export function PreviewPage({ ctx, mailing, language, languages, letter, errors = [] }: PreviewPageProps) {
  const { t } = ctx;
  const home = `${HOME}/${mailing.id}/preview`;
  return (
    <Layout
      ctx={ctx}
      title={t('mailings.page.preview')}
      lead={t('mailings.preview.lead')}
      errors={errors}
      breadcrumbs={crumbs(ctx, mailing)}
    >
      <form method="get" action={home} class="form">
        <Select
          ctx={ctx}
          name="language"
          label={t('mailings.preview.language')}
          value={language}
          unmarked
          options={languages.map((tag) => ({ value: tag, words: languageName(tag, ctx.language) }))}
        />
        <ButtonRow>
          <Button kind="secondary">{t('mailings.preview.show')}</Button>
        </ButtonRow>
      </form>
      {letter === null ? (
        <EmptyState title={t('mailings.preview.nobody')} />
      ) : (
        <>
          <h2 lang={language}>{letter.subject}</h2>
          <p>{t('mailings.preview.for', { name: letter.name })}</p>
          <iframe
            class="mail-preview"
            src={`${home}/letter?language=${encodeURIComponent(language)}`}
            title={t('mailings.preview.frame')}
            height="720"
          />
          <details>
            <summary>{t('mailings.preview.plain')}</summary>
            <pre class="plain-letter" tabIndex={0}>
              {letter.text}
            </pre>
          </details>
          <PostForm action={`${HOME}/${mailing.id}/tests`} hidden={{ language }}>
            <ButtonRow>
              <Button>{t('mailings.preview.test')}</Button>
            </ButtonRow>
          </PostForm>
        </>
      )}
    </Layout>
  );
}
