import type { Definition } from './definition.ts';
import { toXlsForm } from './xlsform-sheets.ts';

export const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const CONTROL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A form as a workbook for spreadsheets and programs that read XLSForm. Every cell is a text, so that none is computed. */
export async function formWorkbook(definition: Definition): Promise<Buffer> {
  const { default: writeExcel } = await import('write-excel-file/node');
  const sheets = toXlsForm(definition).map(({ name, rows }) => ({
    sheet: name,
    stickyRowsCount: 1,
    columns: (rows[0] ?? []).map((title) => ({ width: title.startsWith('label') ? 40 : 16 })),
    data: rows.map((row, n) =>
      row.map((cell) =>
        cell === ''
          ? null
          : { value: cell.replace(CONTROL, ''), type: String, ...(n === 0 ? { fontWeight: 'bold' as const } : {}) },
      ),
    ),
  }));
  return writeExcel(sheets).toBuffer();
}
