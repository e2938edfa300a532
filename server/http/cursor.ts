import { z } from 'zod';
import { Invalid } from '../errors.ts';

/** How many rows a page of a list has, and the most a program may ask for. */
export const PAGE_SIZE = 50;
export const MOST_ROWS = 200;

/** A list knows its exact total up to here; above, it says "more than". Counting on costs more than the number is worth. */
export const MOST_COUNTED = 10_000;

export const PageQuery = z.object({
  cursor: z.string().max(500).optional().describe('The `next` of the page before'),
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(PAGE_SIZE),
});

export interface Page<Row> {
  items: Row[];
  /** Cursor of the next page; null at the end. */
  next: string | null;
}

/** The values by which the last row of a page is ordered, as an opaque text. */
export function encodeCursor(values: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** Errors: Invalid when the cursor is not one of ours with `length` values. */
export function decodeCursor(cursor: string | undefined, length: number): string[] | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(values) &&
      values.length === length &&
      values.every((value) => typeof value === 'string' || typeof value === 'number')
    ) {
      return values.map(String);
    }
  } catch {
    // not ours
  }
  throw new Invalid([{ path: 'cursor', code: 'format' }]);
}

/** Cuts `limit + 1` rows to a page. */
export function pageOf<Row>(rows: Row[], limit: number, key: (row: Row) => readonly (string | number | null)[]): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? encodeCursor(key(last)) : null };
}
