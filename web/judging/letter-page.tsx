import type { Letter } from '../../server/judging/letters.ts';
import { Layout } from '../layout.tsx';
import { formatMoment, languageName } from '../locales/format.ts';
import type { Language } from '../locales/languages.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TextMapField } from '../ui/text-map-field.tsx';
import { JudgingTabs } from './judging-tabs.tsx';
import { resolvedOf } from './letters-page.tsx';
import { type CallInJudging, langOf, read } from './words.ts';

export interface LetterPageProps {
  ctx: PageContext;
  call: CallInJudging;
  letter: Letter;
  /** As it was typed, when something was wrong. */
  typed: Record<string, string> | undefined;
  preview: { language: Language; subject: string; text: string } | null;
  /** The languages that its readers read the mail in. */
  languages: Language[];
  errors: FieldError[];
}

/** One letter: written in the languages of its readers, with the mail exactly as it will arrive. */
export function LetterPage({ ctx, call, letter, typed, preview, languages, errors }: LetterPageProps) {
  const { t } = ctx;
  const name = read(ctx, letter.title, letter.language);
  const home = `/back-office/calls/${call.slug}/letters`;
  const own = `${home}/${letter.entry}`;
  const written = [...new Set([letter.language, ...languages, ...Object.keys(letter.text)])];
  return (
    <Layout
      ctx={ctx}
      title={name.text}
      titleLang={langOf(ctx, name)}
      kicker={t('judging.letters.to', { name: letter.organisation })}
      breadcrumbs={[{ words: t('judging.letters.title'), href: home }]}
      errors={errors}
    >
      <JudgingTabs ctx={ctx} slug={call.slug} here="letters" />
      <p>
        {resolvedOf(ctx, call, letter)} · {t('judging.letters.goesTo', { n: letter.recipients })}
      </p>
      {letter.sentAt ? (
        <Notice kind="success">
          {t('judging.letters.sentAt', { when: formatMoment(letter.sentAt, call.zone, ctx.language) })}
        </Notice>
      ) : (
        <PostForm action={own}>
          <TextMapField
            ctx={ctx}
            name="text"
            label={t('judging.letters.text')}
            hint={letter.written ? t('judging.letters.textHint') : t('judging.letters.fromComments')}
            languages={written}
            value={typed ?? letter.text}
            rows={10}
            maxlength={10_000}
            errors={errors}
            unmarked
          />
          <Button>{t('judging.letters.save')}</Button>
        </PostForm>
      )}
      <section>
        <h2>{t('judging.letters.preview')}</h2>
        {preview === null ? (
          <p class="empty">{t('judging.letters.nothing')}</p>
        ) : (
          <>
            {!call.resultsPublishedAt && <p class="hint">{t('judging.letters.soFar')}</p>}
            {languages.length > 1 && (
              <nav class="tabs" aria-label={t('judging.letters.languages')}>
                <ul>
                  {languages.map((tag) => (
                    <li key={tag}>
                      <a href={`${own}?language=${tag}`} aria-current={tag === preview.language ? 'page' : undefined}>
                        {languageName(tag, ctx.language)}
                      </a>
                    </li>
                  ))}
                </ul>
              </nav>
            )}
            <h3 lang={preview.language}>{preview.subject}</h3>
            <iframe
              class="mail-preview"
              src={`${own}/preview/letter?language=${preview.language}`}
              title={t('judging.letters.preview')}
              height="640"
            />
            <details>
              <summary>{t('judging.letters.plain')}</summary>
              <pre class="plain-letter" tabIndex={0}>
                {preview.text}
              </pre>
            </details>
          </>
        )}
      </section>
    </Layout>
  );
}
