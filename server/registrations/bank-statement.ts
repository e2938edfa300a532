import { createHash } from 'node:crypto';
import { minorDigits } from '../../web/locales/format.ts';
import { Invalid } from '../errors.ts';
import { readTable, type Titles } from '../http/table-file.ts';

// A statement as banks write them: any order and language of columns, and references as people copy them into a transfer.

export interface BankLine {
  /** The line of the file. */
  line: number;
  bookedOn: Temporal.PlainDate;
  /** Minor units. Only money that came in is of interest. */
  amount: number;
  /** Undefined where the statement does not say. */
  currency?: string;
  /** Everything else that the bank says: who, what for. */
  text: string;
  /** What makes this movement this one, in whichever statement it stands. */
  fingerprint: string;
}

type Field = 'date' | 'amount' | 'credit' | 'debit' | 'currency' | 'valueDate' | 'balance';

const TITLES: Titles<Field> = {
  date: [
    'date',
    'bookingdate',
    'bookedon',
    'transactiondate',
    'operationdate',
    'buchungstag',
    'fecha',
    'fechaoperacion',
    'foperacion',
    'fechacontable',
    'dateoperation',
    'datedoperation',
    'datecomptable',
    'data',
    'datamovimento',
    'dataoperacao',
    'datalancamento',
  ],
  valueDate: ['valuedate', 'valuta', 'fechavalor', 'fvalor', 'datevaleur', 'datedevaleur', 'datavalor'],
  amount: ['amount', 'importe', 'montant', 'valor', 'montante', 'import', 'betrag', 'importeeur', 'amounteur', 'montanteneuros'],
  credit: ['credit', 'creditamount', 'paidin', 'haber', 'abono', 'abonos', 'ingresos', 'credito'],
  debit: ['debit', 'debitamount', 'paidout', 'debe', 'cargo', 'cargos', 'debito'],
  currency: ['currency', 'divisa', 'moneda', 'devise', 'moeda', 'waehrung'],
  balance: ['balance', 'saldo', 'solde'],
};

const MOST_LINES = 5000;

/** What came in by a bank statement (CSV). Errors: Invalid of `file`, with the first line that cannot be read. */
export function readStatement(bytes: Uint8Array, currency: string): BankLine[] {
  const { rows } = readTable<Field>(bytes, TITLES, ['date', ['amount', 'credit']]);
  if (rows.length > MOST_LINES) throw new Invalid([{ path: 'file', code: 'fileTooLong', params: { most: MOST_LINES } }]);
  const seen = new Map<string, number>();
  return rows.flatMap(({ line, fields, others }): BankLine[] => {
    const written = fields.amount ?? fields.credit;
    // A sum below the list, or money that went out.
    if (!written || !fields.date) return [];
    const own = /^[A-Za-z]{3}$/.test(fields.currency ?? '') ? fields.currency?.toUpperCase() : undefined;
    const amount = readAmount(written, own ?? currency);
    const bookedOn = readDay(fields.date);
    if (amount === null || !bookedOn)
      throw new Invalid([{ path: 'file', code: amount === null ? 'statementAmount' : 'statementDate', params: { line } }]);
    if (amount <= 0) return [];
    const text = others.join(' · ').slice(0, 500);
    // Two that are alike on one day are two: the second is told from the first by its number.
    const alike = `${bookedOn} ${amount} ${own ?? ''} ${text}`;
    const no = (seen.get(alike) ?? 0) + 1;
    seen.set(alike, no);
    const fingerprint = createHash('sha256').update(`${alike} ${no}`).digest('base64url');
    return [{ line, bookedOn, amount, currency: own, text, fingerprint }];
  });
}

/** "1.234,56", "1,234.56", "1 234,56 €", "-25" in minor units; null when it is no amount. */
export function readAmount(written: string, currency: string): number | null {
  const plain = written
    .replace(/[\s\u00a0\u202f']/g, '')
    .replace(/^[A-Z]{3}|[A-Z]{3}$|[€$£]/g, '')
    .replace(/^\+/, '')
    .replace('\u2212', '-');
  const [, before, digits = '', after] = /^(-?)(\d[\d.,]*)(-?)$/.exec(plain) ?? [];
  // In groups of three, or without groups; the other sign, or the only one that is there, parts off the decimals.
  const grouped = /^(\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)(?:(?!\2)[.,](\d+))?$/.exec(digits);
  const [, whole, , part = ''] = grouped ?? /^(\d+)()(?:[.,](\d+))?$/.exec(digits) ?? [];
  const most = minorDigits(currency);
  if (whole === undefined || /[^0]/.test(part.slice(most))) return null;
  const minor = Number(whole.replace(/[.,]/g, '') + part.padEnd(most, '0').slice(0, most));
  if (!Number.isSafeInteger(minor) || minor > 2_000_000_000) return null;
  return before || after ? -minor : minor;
}

/** "2026-05-26", "26/05/2026", "26.05.26"; the day stands before the month. Null when it is no day. */
export function readDay(written: string): Temporal.PlainDate | null {
  const iso = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ].*)?$/.exec(written.trim());
  const local = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2}|\d{4})(?: .*)?$/.exec(written.trim());
  const [year, month, day] = iso ? iso.slice(1) : local ? [local[3], local[2], local[1]] : [];
  if (!year) return null;
  try {
    return Temporal.PlainDate.from(
      { year: Number(year) + (year.length === 2 ? 2000 : 0), month: Number(month), day: Number(day) },
      { overflow: 'reject' },
    );
  } catch {
    return null;
  }
}

/** A reference or a text without all that people and banks change in it: case, spaces, signs. */
export const plainReference = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** Who can be paid for: one registration, or those of a delegation under its one reference. */
export interface Payer {
  reference: string;
  name: string;
  /** Minor units: what is still to come. */
  due: number;
  /** In the order in which money for several is spread. */
  registrations: { id: string; due: number }[];
}

/** What a line pays for: `found` has the one whose reference it names; `several` and `none` say why nobody was taken. */
export interface Match {
  line: BankLine;
  kind: 'exact' | 'less' | 'more' | 'several' | 'currency' | 'noted' | 'none';
  found: Payer | null;
  /** How the money is spread over the registrations of whoever was found. */
  parts: { id: string; amount: number }[];
}

/**
 * What each line pays for. `noted` are the fingerprints of lines that were noted before; who is named twice owes less the second
 * time.
 */
export function matchLines(
  lines: readonly BankLine[],
  payers: readonly Payer[],
  currency: string,
  noted: ReadonlySet<string>,
): Match[] {
  const byReference = new Map(payers.map((one) => [plainReference(one.reference), one]));
  const lengths = [...new Set([...byReference.keys()].map((reference) => reference.length))];
  const left = new Map(payers.flatMap(({ registrations }) => registrations.map(({ id, due }) => [id, due] as const)));
  return lines.map((line): Match => {
    const nobody = (kind: Match['kind']) => ({ line, kind, found: null, parts: [] });
    if (noted.has(line.fingerprint)) return nobody('noted');
    const [found, other] = named(plainReference(line.text), byReference, lengths);
    if (!found) return nobody('none');
    if (other) return nobody('several');
    if (line.currency && line.currency !== currency) return nobody('currency');
    const due = found.registrations.reduce((sum, { id }) => sum + (left.get(id) ?? 0), 0);
    const given = parts(found, line.amount, left);
    for (const { id, amount } of given) left.set(id, (left.get(id) ?? 0) - amount);
    return { line, kind: line.amount === due ? 'exact' : line.amount < due ? 'less' : 'more', found, parts: given };
  });
}

// Every stretch of the text that has the length of a reference is looked up: the cost is the text's length, not the number of references.
function named(text: string, byReference: ReadonlyMap<string, Payer>, lengths: readonly number[]): Payer[] {
  const found = new Set<Payer>();
  for (const length of lengths)
    for (let at = 0; at + length <= text.length; at++) {
      const one = byReference.get(text.slice(at, at + length));
      if (one) found.add(one);
    }
  return [...found];
}

// Money for several goes to each as far as they owe, in order; what is over goes to the last. The parts come to `amount`.
function parts(payer: Payer, amount: number, left: ReadonlyMap<string, number>): { id: string; amount: number }[] {
  let over = amount;
  const given = payer.registrations.map(({ id }) => {
    const part = Math.max(0, Math.min(left.get(id) ?? 0, over));
    over -= part;
    return { id, amount: part };
  });
  const last = given.at(-1);
  if (last) last.amount += over;
  return given.filter((part) => part.amount > 0);
}
