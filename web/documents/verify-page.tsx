import type { Verified } from '../../server/documents/queries.ts';
import { codeShown } from '../../server/documents/rules.ts';
import { Layout } from '../layout.tsx';
import { formatInstant } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { DefinitionList } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TextInput } from '../ui/text-input.tsx';

export interface VerifyPageProps {
  ctx: PageContext;
  /** What was typed; what there is to it, null when nothing. */
  code?: string;
  found?: Verified | null;
  errors?: FieldError[] | undefined;
}

/** Where anybody reads whether a document is true: what was issued, to whom, when, and whether it holds. */
export function VerifyPage({ ctx, code, found, errors }: VerifyPageProps) {
  const { t } = ctx;
  const day = (at: Temporal.Instant, zone: string) => formatInstant(at, ctx.language, zone, 'date');
  return (
    <Layout ctx={ctx} title={t('documents.verify.title')} lead={t('documents.verify.lead')} width="text" errors={errors}>
      {found && (
        <>
          {found.revokedAt ? (
            <Notice kind="error">{t('documents.verify.revoked', { when: day(found.revokedAt, found.zone) })}</Notice>
          ) : (
            <Notice kind="success">{t('documents.verify.true', { installation: ctx.installationName })}</Notice>
          )}
          <DefinitionList
            facts={[
              { term: t('documents.kind'), value: t(`documents.kind.${found.kind}`) },
              { term: t('documents.name'), value: found.recipient },
              { term: t('documents.occasion'), value: found.occasion },
              { term: t('documents.issuedOn'), value: day(found.issuedAt, found.zone) },
              { term: t('documents.code'), value: codeShown(found.code) },
            ]}
          />
          <p>{t('documents.verify.compare')}</p>
        </>
      )}
      {found === null && <Notice kind="error">{t('documents.verify.unknown')}</Notice>}
      <PostForm action="/verify">
        <TextInput
          ctx={ctx}
          name="code"
          label={t('documents.code')}
          hint={t('documents.verify.hint')}
          value={code}
          maxlength={40}
          size="medium"
          spellcheck={false}
          autocomplete="off"
          required
          errors={errors}
        />
        <ButtonRow>
          <Button>{t('documents.verify.go')}</Button>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}
