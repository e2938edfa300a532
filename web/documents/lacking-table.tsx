import type { Lacking } from '../../db/tables/documents.ts';
import { translateCode } from '../locales/translate.ts';
import type { PageContext } from '../page.ts';
import { Notice } from '../ui/notice.tsx';
import { Table } from '../ui/table.tsx';

/** The name of a field of a text, in the reader's words. */
export const fieldWords = (ctx: PageContext, field: string) => translateCode(ctx.language, `documents.field.${field}`) ?? field;

/** Who gets none, and which field would stay empty. */
export function LackingTable({ ctx, lacking }: { ctx: PageContext; lacking: Lacking[] }) {
  const { t } = ctx;
  if (lacking.length === 0) return null;
  return (
    <>
      <Notice kind="warning">{t('documents.lacking', { n: lacking.length })}</Notice>
      <Table
        ctx={ctx}
        caption={t('documents.lacking.caption')}
        rows={lacking.slice(0, 200)}
        rowKey={(row) => `${row.name} ${lacking.indexOf(row)}`}
        columns={[
          { key: 'name', words: t('documents.name'), cell: ({ name }) => name },
          {
            key: 'fields',
            words: t('documents.lacking.fields'),
            cell: ({ fields }) => fields.map((field) => fieldWords(ctx, field)).join(', '),
          },
        ]}
      />
    </>
  );
}
