import type { DocumentKind } from '../../db/tables/documents.ts';
import type { IssuedDocument } from '../../server/documents/queries.ts';
import { codeShown, kindsOf } from '../../server/documents/rules.ts';
import type { FieldError } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { ListTools } from '../ui/list-tools.tsx';
import { Pager } from '../ui/pager.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { at, queryOf } from '../ui/query.ts';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { Happened } from '../ui/when.tsx';
import { DocumentsFrame, type Of, officePath } from './frame.tsx';

interface IssuedPageProps extends Of {
  documents: IssuedDocument[];
  filter: { q: string; kind?: DocumentKind | undefined };
  next: string | null;
  first: boolean;
}

/** Everything that was issued, valid or revoked. */
export function IssuedPage({ documents, filter, next, first, ...of }: IssuedPageProps) {
  const { ctx, occasion } = of;
  const { t } = ctx;
  const path = `${officePath(occasion)}/issued`;
  return (
    <DocumentsFrame {...of} title={t('documents.issuedList')}>
      <ListTools
        ctx={ctx}
        action={path}
        search={filter.q}
        filters={[
          {
            name: 'kind',
            label: t('documents.kind'),
            value: filter.kind ?? '',
            options: kindsOf(occasion).map((kind) => ({ value: kind, words: t(`documents.kind.${kind}`) })),
          },
        ]}
      />
      {documents.length === 0 ? (
        <p>{t('documents.issuedList.none')}</p>
      ) : (
        <Table
          ctx={ctx}
          caption={t('documents.issuedList')}
          captionUnseen
          rows={documents}
          rowKey={({ id }) => id}
          columns={[
            { key: 'name', words: t('documents.name'), cell: (row) => row.recipient },
            { key: 'kind', words: t('documents.kind'), cell: (row) => t(`documents.kind.${row.kind}`) },
            { key: 'code', words: t('documents.code'), cell: (row) => <a href={`/verify/${row.code}`}>{codeShown(row.code)}</a> },
            { key: 'when', words: t('documents.issuedOn'), cell: (row) => <Happened ctx={ctx} at={row.issuedAt} style="date" /> },
            {
              key: 'state',
              words: t('documents.state'),
              cell: (row) =>
                row.revokedAt ? (
                  <Tag tone="bad">{t('documents.revoked', { reason: row.revocationReason ?? '' })}</Tag>
                ) : (
                  <Tag tone="good">{t('documents.valid')}</Tag>
                ),
            },
            {
              key: 'do',
              words: t('documents.do'),
              cell: (row) =>
                row.revokedAt ? null : (
                  <ButtonRow>
                    <ButtonLink
                      kind="quiet"
                      small
                      download
                      href={`${path}/${row.id}/file`}
                      label={t('documents.openOf', { name: row.recipient })}
                    >
                      {t('documents.open')}
                    </ButtonLink>
                    <ButtonLink
                      kind="quiet"
                      small
                      href={`${path}/${row.id}/revocation`}
                      label={t('documents.revokeOf', { name: row.recipient })}
                    >
                      {t('documents.revoke')}
                    </ButtonLink>
                  </ButtonRow>
                ),
            },
          ]}
        />
      )}
      <Pager
        ctx={ctx}
        first={first ? null : at(path, queryOf(filter))}
        next={next && at(path, queryOf({ ...filter, cursor: next }))}
      />
    </DocumentsFrame>
  );
}

/** Before a document is revoked: what that does, and why it is. */
export function RevocationPage({
  document,
  reason,
  errors,
  ...of
}: Of & { document: IssuedDocument; reason?: string; errors?: FieldError[] | undefined }) {
  const { ctx, occasion } = of;
  const { t } = ctx;
  const path = `${officePath(occasion)}/issued`;
  const says = t('documents.revoke.says', { code: codeShown(document.code), name: document.recipient });
  return (
    <DocumentsFrame {...of} title={t('documents.revoke.title')} width="text" errors={errors}>
      <p>{says}</p>
      <PostForm action={`${path}/${document.id}/revocation`}>
        <TextInput
          ctx={ctx}
          name="reason"
          label={t('documents.revoke.reason')}
          value={reason}
          maxlength={300}
          required
          errors={errors}
        />
        <ButtonRow>
          <Button kind="danger">{t('documents.revoke')}</Button>
          <ButtonLink kind="quiet" href={path}>
            {t('documents.back')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </DocumentsFrame>
  );
}
