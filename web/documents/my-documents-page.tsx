import type { IssuedDocument } from '../../server/documents/queries.ts';
import { codeShown } from '../../server/documents/rules.ts';
import type { VisaRequest } from '../../server/documents/visa.ts';
import { text, type Values } from '../events/form-values.ts';
import { Layout } from '../layout.tsx';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { DateInput } from '../ui/date-input.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Table } from '../ui/table.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { Happened } from '../ui/when.tsx';

export interface MyDocumentsPageProps {
  ctx: PageContext;
  documents: IssuedDocument[];
  /** Where each is: `/documents`, or the address of a registration. */
  base: string;
  /** Of one registration: its letter for a visa. */
  visa?: { request: VisaRequest | undefined; mayAsk: boolean; values: Values; errors?: FieldError[] | undefined };
}

/** What was issued to somebody, and where they ask for a letter for a visa. */
export function MyDocumentsPage({ ctx, documents, base, visa }: MyDocumentsPageProps) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} title={t('documents.mine')} lead={visa ? undefined : t('documents.mine.lead')} errors={visa?.errors}>
      {documents.length === 0 ? (
        <p>{t('documents.mine.none')}</p>
      ) : (
        <Table
          ctx={ctx}
          caption={t('documents.mine')}
          captionUnseen
          rows={documents}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'title',
              words: t('documents.kind'),
              cell: (row) => <a href={`${base}/${row.id}/file`}>{`${row.content.title}: ${row.recipient} (PDF)`}</a>,
            },
            { key: 'occasion', words: t('documents.occasion'), cell: (row) => row.content.occasion },
            { key: 'when', words: t('documents.issuedOn'), cell: (row) => <Happened ctx={ctx} at={row.issuedAt} style="date" /> },
            { key: 'code', words: t('documents.code'), cell: (row) => <a href={`/verify/${row.code}`}>{codeShown(row.code)}</a> },
          ]}
        />
      )}
      {visa && <Visa ctx={ctx} base={base} visa={visa} />}
    </Layout>
  );
}

function Visa({
  ctx,
  base,
  visa,
}: Pick<MyDocumentsPageProps, 'ctx' | 'base'> & { visa: NonNullable<MyDocumentsPageProps['visa']> }) {
  const { t } = ctx;
  const { request, mayAsk, values, errors } = visa;
  if (!request && !mayAsk) return null;
  const field = (name: 'passport' | 'nationality' | 'consulate') => ({
    ctx,
    name,
    label: t(`documents.field.${name}`),
    value: text(values, name),
    errors,
    required: true,
  });
  return (
    <section aria-labelledby="visa">
      <h2 id="visa">{t('documents.ask.title')}</h2>
      {request?.state === 'asked' && <Notice kind="info">{t('documents.ask.waiting')}</Notice>}
      {request?.state === 'approved' && <Notice kind="success">{t('documents.ask.approved')}</Notice>}
      {request?.state === 'refused' && (
        <Notice kind="warning">{t('documents.ask.refused', { reason: request.reason ?? '–' })}</Notice>
      )}
      {mayAsk && request?.state !== 'approved' && (
        <PostForm action={base}>
          <p>{t('documents.ask.says')}</p>
          <TextInput {...field('passport')} maxlength={40} size="medium" autocomplete="off" />
          <TextInput {...field('nationality')} maxlength={80} size="medium" />
          <DateInput
            ctx={ctx}
            name="born"
            label={t('documents.field.born')}
            value={text(values, 'born')}
            errors={errors}
            required
          />
          <TextInput {...field('consulate')} hint={t('documents.ask.consulateHint')} maxlength={200} />
          <ButtonRow>
            <Button>{request ? t('documents.ask.again') : t('documents.ask.go')}</Button>
          </ButtonRow>
        </PostForm>
      )}
      <ButtonRow>
        <ButtonLink kind="quiet" href={base.replace(/\/documents$/, '')}>
          {t('documents.mine.back')}
        </ButtonLink>
      </ButtonRow>
    </section>
  );
}
