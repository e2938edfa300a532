import { formatInstant } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';

export interface ShareLine {
  id: string;
  withTexts: boolean;
  createdAt: Temporal.Instant;
}

/** Files, texts, comparison and links of a report. */
export function ResultsTools(props: {
  ctx: PageContext;
  home: string;
  settled: boolean;
  shares: ShareLine[];
  /** The address of a link that was made just now. */
  made?: string;
}) {
  const { ctx, home, settled, shares, made } = props;
  const { t } = ctx;
  const files = [
    ['report.pdf', 'pdf'],
    ['report.xlsx', 'xlsx'],
    ...(settled
      ? [
          ['answers.csv', 'csv'] as const,
          ['codebook.csv', 'codebook'] as const,
          ['answers.sps', 'sps'] as const,
          ['answers.R', 'r'] as const,
        ]
      : []),
  ] as const;
  return (
    <>
      <section class="screen-only">
        <h2>{t('questionnaires.results.export')}</h2>
        <ul class="inline-list">
          {files.map(([file, key]) => (
            <li key={file}>
              <a href={`${home}/${file}`} download>
                {t(`questionnaires.results.${key}`)}
              </a>
            </li>
          ))}
        </ul>
        <p>
          <ButtonLink kind="secondary" href={`${home}/comparison`}>
            {t('questionnaires.compare.title')}
          </ButtonLink>{' '}
          {settled && (
            <ButtonLink kind="secondary" href={`${home}/texts`}>
              {t('questionnaires.texts.go')}
            </ButtonLink>
          )}
        </p>
      </section>
      <section class="screen-only">
        <h2>{t('questionnaires.share.title')}</h2>
        <p>{t('questionnaires.share.lead')}</p>
        {made && <Notice kind="success">{t('questionnaires.share.made', { url: made })}</Notice>}
        <PostForm action={`${home}/shares`}>
          <Checkbox ctx={ctx} name="withTexts" label={t('questionnaires.share.withTexts')} unmarked />
          <Button kind="secondary">{t('questionnaires.share.go')}</Button>
        </PostForm>
        {shares.length > 0 && (
          <ul class="written">
            {shares.map((share) => (
              <li key={share.id}>
                {t('questionnaires.share.of', { when: formatInstant(share.createdAt, ctx.language, ctx.zone) })}{' '}
                <PostForm action={`${home}/shares/${share.id}/removal`} inline>
                  <Button kind="quiet" small>
                    {t('questionnaires.share.revoke')}
                  </Button>
                </PostForm>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}
