import type { ComponentChildren } from 'preact';
import type { PageContext } from '../page.ts';
import { TypedBox } from './typed-fields.tsx';

export interface Column<Row> {
  /** Also the value of `sort` in the URL. */
  key: string;
  words: string;
  cell: (row: Row) => ComponentChildren;
  /** Numbers stand at the end of their column. */
  number?: boolean;
  /** The link that sorts by this column. */
  sortHref?: string;
  sorted?: 'ascending' | 'descending';
}

export interface TableProps<Row> {
  ctx: PageContext;
  caption: string;
  /** Unseen where the page's title says the same. */
  captionUnseen?: boolean;
  /** The first column names the row. */
  columns: Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** With boxes to select rows, inside a form: the name they post, and what each row is called. */
  select?: { name: string; rowName: (row: Row) => string; selected?: readonly string[] };
}

/** Rows of one kind. On a phone each is a card; a table that is still too wide scrolls in a region of its own. */
export function Table<Row>(props: TableProps<Row>) {
  const { ctx, caption, captionUnseen, columns, rows, rowKey, select } = props;
  const { t } = ctx;
  return (
    <div class="table-scroll" role="region" tabIndex={0} aria-label={caption}>
      <table class="table table-cards">
        <caption class={captionUnseen ? 'unseen' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {select && (
              <td class="choose">
                <input type="checkbox" data-select-all hidden aria-label={t('ui.table.selectAll')} />
              </td>
            )}
            {columns.map((column) => (
              <th key={column.key} scope="col" class={column.number ? 'number' : undefined} aria-sort={column.sorted}>
                {column.sortHref ? <a href={column.sortHref}>{column.words}</a> : column.words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {select && (
                <td class="choose">
                  <TypedBox
                    counted
                    name={select.name}
                    value={rowKey(row)}
                    checked={select.selected?.includes(rowKey(row))}
                    label={t('ui.table.select', { name: select.rowName(row) })}
                  />
                </td>
              )}
              {columns.map((column, at) =>
                at === 0 ? (
                  <th key={column.key} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} class={column.number ? 'number' : undefined} data-column={column.words}>
                    <div>{column.cell(row)}</div>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
