import type { DocumentKind } from '../../db/tables/documents.ts';

/** What is issued at an event, and what by a call. */
export const EVENT_KINDS = ['attendance', 'participation', 'visa'] as const satisfies readonly DocumentKind[];
export const CALL_KINDS = ['laureate', 'mention', 'finalist', 'thanks'] as const satisfies readonly DocumentKind[];
export type EventKind = (typeof EVENT_KINDS)[number];
export type CallKind = (typeof CALL_KINDS)[number];

/** The kinds of an event's documents, or of a call's. */
export const kindsOf = ({ of }: { of: 'event' | 'call' }): readonly DocumentKind[] => (of === 'event' ? EVENT_KINDS : CALL_KINDS);

/** What a passport says: written into a letter when it is printed, never kept with it. */
export const PASSPORT_FIELDS = ['passport', 'nationality', 'born'] as const;

/** The fields that the text of each kind may have. */
export const FIELDS: Record<DocumentKind, readonly string[]> = {
  attendance: ['name', 'organisation', 'country', 'category', 'event', 'dates', 'place', 'hours'],
  participation: ['name', 'organisation', 'country', 'category', 'event', 'dates', 'place'],
  visa: ['name', 'organisation', 'country', 'category', 'event', 'dates', 'place', 'consulate', ...PASSPORT_FIELDS],
  laureate: ['name', 'country', 'entry', 'call'],
  mention: ['name', 'country', 'entry', 'call'],
  finalist: ['name', 'country', 'entry', 'call'],
  thanks: ['name', 'call'],
};

export type Values = Record<string, string>;

const FIELD = /\{([a-z]{1,30})\}/g;

/** The fields that a text has, each once, in order. */
export function fieldsIn(text: string): string[] {
  return [...new Set([...text.matchAll(FIELD)].map(([, field]) => field ?? ''))];
}

/** The text with its fields written in; one without a value stays as it is. */
export function fill(text: string, values: Values): string {
  return text.replace(FIELD, (whole, field: string) => values[field] || whole);
}

/** The fields that would stay empty: with any of them the document is not issued. */
export function lackingIn(texts: readonly string[], values: Values): string[] {
  return [...new Set(texts.flatMap(fieldsIn))].filter((field) => !values[field]?.trim());
}

// Crockford's base 32: no I, L, O and U, which are read wrongly.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A code of 60 bits from as many random bytes as it has letters. */
export function codeFrom(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 12), (byte) => LETTERS[byte % 32]).join('');
}

/** As it is printed: three groups of four. */
export const codeShown = (code: string) => code.replace(/(.{4})(?=.)/g, '$1-');

/** What somebody typed as a code is stored; undefined when it cannot be one. I and L are read as 1, O as 0. */
export function codeTyped(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replaceAll('O', '0');
  return /^[0-9A-HJKMNP-TV-Z]{12}$/.test(code) ? code : undefined;
}

/** Sheets of badges. Lengths in millimetres. */
export interface Layout {
  page: { width: number; height: number };
  across: number;
  down: number;
  badge: { width: number; height: number };
  /** Lines to cut along. */
  cut: boolean;
}

const A4 = { width: 210, height: 297 };

/** 4, 8 or 10 on an A4 sheet, one on a sheet of A6, one on a card of ISO/IEC 7810 ID-1 size. */
export const LAYOUTS = {
  'a4-4': { page: A4, across: 2, down: 2, badge: { width: 105, height: 148.5 }, cut: true },
  'a4-8': { page: A4, across: 2, down: 4, badge: { width: 96, height: 68 }, cut: true },
  'a4-10': { page: A4, across: 2, down: 5, badge: { width: 90, height: 55 }, cut: true },
  a6: { page: { width: 105, height: 148 }, across: 1, down: 1, badge: { width: 105, height: 148 }, cut: false },
  card: { page: { width: 85.6, height: 54 }, across: 1, down: 1, badge: { width: 85.6, height: 54 }, cut: false },
} as const satisfies Record<string, Layout>;
export type LayoutName = keyof typeof LAYOUTS;
export const LAYOUT_NAMES = Object.keys(LAYOUTS) as LayoutName[];

export const isLayout = (name: string | null): name is LayoutName => name !== null && Object.hasOwn(LAYOUTS, name);

/** How many days a made file is kept for download, and what is known of a passport after the event. */
export const FILE_DAYS = 7;
export const PASSPORT_DAYS = 30;
