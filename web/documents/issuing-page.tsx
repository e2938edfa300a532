import type { DocumentKind, Lacking } from '../../db/tables/documents.ts';
import type { FieldError } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { DocumentsFrame, type Of, officePath } from './frame.tsx';
import { LackingTable } from './lacking-table.tsx';
import { Languages } from './office-documents-page.tsx';

/** What issuing would do, before it is done: how many, who lacks what. */
export function IssuingPage({
  kind,
  entitled,
  issued,
  lacking,
  errors,
  ...of
}: Of & { kind: DocumentKind; entitled: number; issued: number; lacking: Lacking[]; errors?: FieldError[] | undefined }) {
  const { ctx, occasion } = of;
  const { t } = ctx;
  const path = officePath(occasion);
  const n = entitled - issued - lacking.length;
  return (
    <DocumentsFrame {...of} title={`${t('documents.issue')}: ${t(`documents.kind.${kind}`)}`} width="text" errors={errors}>
      {entitled === 0 && <Notice kind="info">{t(`documents.nobody.${kind}`)}</Notice>}
      <p>{t('documents.issuing.says', { n, issued })}</p>
      {n > 0 && <p>{t('documents.issuing.mail')}</p>}
      <LackingTable ctx={ctx} lacking={lacking} />
      {entitled > 0 && (
        <PostForm action={`${path}/jobs`} hidden={{ kind }}>
          <Languages ctx={ctx} languages={occasion.languages} own errors={errors} />
          <Checkbox ctx={ctx} name="archive" label={t('documents.archive')} hint={t('documents.archiveHint')} />
          <ButtonRow>
            <Button>{t('documents.issuing.go', { n })}</Button>
            <ButtonLink kind="secondary" href={`${path}/templates/${kind}`}>
              {t('documents.preview')}
            </ButtonLink>
          </ButtonRow>
        </PostForm>
      )}
      <ButtonRow>
        <ButtonLink kind="quiet" href={path}>
          {t('documents.back')}
        </ButtonLink>
      </ButtonRow>
    </DocumentsFrame>
  );
}
