import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchLines, type Payer, readAmount, readDay, readStatement } from '../../server/registrations/bank-statement.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const payer = (reference: string, dues: number[]): Payer => ({
  reference,
  name: reference,
  due: dues.reduce((sum, due) => sum + due, 0),
  registrations: dues.map((due, at) => ({ id: `${reference}-${at}`, due })),
});

describe('a bank statement', () => {
  it('is read as a Spanish bank writes it: lines before the header, semicolons, decimal commas, money out passed over', () => {
    const text = [
      'Cuenta;ES00 0000 0000',
      '',
      'Fecha operación;Fecha valor;Concepto;Importe;Saldo',
      '26/05/2026;26/05/2026;TRANSF CONGRE-AB2CD3EF AYTO DE GIJON;1.250,00;9.000,00',
      '27/05/2026;27/05/2026;COMISION;-3,50;8.996,50',
    ].join('\r\n');
    const lines = readStatement(bytes(`\ufeff${text}`), 'EUR');
    expect(lines.map(({ line, bookedOn, amount, text }) => [line, bookedOn.toString(), amount, text])).toEqual([
      [4, '2026-05-26', 125_000, 'TRANSF CONGRE-AB2CD3EF AYTO DE GIJON'],
    ]);
  });

  it('is read with credit and debit in columns of their own, and with its currency', () => {
    const lines = readStatement(
      bytes('Date,Debit,Credit,Currency,Details\n2026-05-26,,"1,250.00",EUR,x\n2026-05-26,10.00,,EUR,y\n'),
      'EUR',
    );
    expect(lines.map(({ amount, currency, text }) => [amount, currency, text])).toEqual([[125_000, 'EUR', 'x']]);
  });

  it('says which line cannot be read', () => {
    const read = (row: string) => () => readStatement(bytes(`Date;Amount;Text\n2026-05-26;10,00;a\n${row}\n`), 'EUR');
    expect(read('31/02/2026;10,00;b')).toThrow(
      expect.objectContaining({ errors: [{ path: 'file', code: 'statementDate', params: { line: 3 } }] }),
    );
    expect(read('2026-05-26;ten;b')).toThrow(
      expect.objectContaining({ errors: [{ path: 'file', code: 'statementAmount', params: { line: 3 } }] }),
    );
  });

  it('tells two movements that are alike apart, and knows each again in another statement', () => {
    const once = readStatement(bytes('Date;Amount;Text\n2026-05-26;10,00;a\n2026-05-26;10,00;a\n'), 'EUR');
    const again = readStatement(bytes('Amount;Text;Date\n10,00;a;26.05.2026\n10,00;a;26.05.2026\n5,00;a;26.05.2026\n'), 'EUR');
    expect(new Set(once.map((line) => line.fingerprint)).size).toBe(2);
    expect(again.slice(0, 2).map((line) => line.fingerprint)).toEqual(once.map((line) => line.fingerprint));
  });

  it.each([
    ['1.234,56', 'EUR', 123_456],
    ['1,234.56', 'EUR', 123_456],
    ['1 234,56 €', 'EUR', 123_456],
    ['250', 'EUR', 25_000],
    ['1.250', 'EUR', 125_000],
    ['12,5', 'EUR', 1_250],
    ['-3,50', 'EUR', -350],
    ['3,50-', 'EUR', -350],
    ['EUR 10.00', 'EUR', 1_000],
    ['1,234', 'JPY', 1_234],
    ['1.234.567,89', 'EUR', 123_456_789],
    ['10,005', 'EUR', 1_000_500],
    ['1,2,3.4.5', 'EUR', null],
    ['abc', 'EUR', null],
    ['', 'EUR', null],
  ])('reads the amount %s %s', (text, currency, minor) => {
    expect(readAmount(text, currency)).toBe(minor);
  });

  it('reads back every amount however it is grouped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_999_999_999 }), fc.constantFrom('en', 'de', 'fr'), (minor, locale) => {
        const text = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(minor / 100);
        return readAmount(text, 'EUR') === minor;
      }),
    );
  });

  it.each([
    ['2026-05-26', '2026-05-26'],
    ['20260526', '2026-05-26'],
    ['26/05/2026', '2026-05-26'],
    ['26.5.26', '2026-05-26'],
    ['2026-05-26T10:00:00', '2026-05-26'],
    ['05/26/2026', null],
    ['29/02/2026', null],
    ['soon', null],
  ])('reads the day %s', (text, day) => {
    expect(readDay(text)?.toString() ?? null).toBe(day);
  });
});

describe('what a line pays for', () => {
  const line = (amount: number, text: string, no = 1) => ({
    line: no,
    bookedOn: Temporal.PlainDate.from('2026-05-26'),
    amount,
    text,
    fingerprint: `${no}`,
  });
  const payers = [payer('CONGRE-AB2CD3EF', [25_000]), payer('CONGRE-ZZZZ2222', [25_000, 30_000])];
  const kinds = (lines: ReturnType<typeof line>[], noted: string[] = []) =>
    matchLines(lines, payers, 'EUR', new Set(noted)).map(({ kind, parts }) => [kind, parts.map(({ amount }) => amount)]);

  it('is found however people copy the reference', () => {
    expect(kinds([line(25_000, 'pago congre ab2c d3ef gracias')])).toEqual([['exact', [25_000]]]);
    expect(kinds([line(25_000, 'CONGRE-AB2CD3EX')])).toEqual([['none', []]]);
    expect(kinds([line(25_000, 'CONGRE-AB2CD3EF CONGRE-ZZZZ2222')])).toEqual([['several', []]]);
    expect(matchLines([{ ...line(25_000, 'CONGRE-AB2CD3EF'), currency: 'USD' }], payers, 'EUR', new Set())[0]?.kind).toBe(
      'currency',
    );
    expect(kinds([line(25_000, 'CONGRE-AB2CD3EF')], ['1'])).toEqual([['noted', []]]);
  });

  it('spreads the money of a delegation over its people, and what is over goes to the last', () => {
    expect(kinds([line(55_000, 'CONGRE-ZZZZ2222')])).toEqual([['exact', [25_000, 30_000]]]);
    expect(kinds([line(26_000, 'CONGRE-ZZZZ2222')])).toEqual([['less', [25_000, 1_000]]]);
    expect(kinds([line(60_000, 'CONGRE-ZZZZ2222')])).toEqual([['more', [25_000, 35_000]]]);
  });

  it('owes less after each line', () => {
    expect(
      kinds([line(25_000, 'CONGRE-ZZZZ2222', 1), line(30_000, 'CONGRE-ZZZZ2222', 2), line(1, 'CONGRE-ZZZZ2222', 3)]),
    ).toEqual([
      ['less', [25_000]],
      ['exact', [30_000]],
      ['more', [1]],
    ]);
  });

  it('never loses or makes money', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50_000 }), { maxLength: 8 }),
        fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 1, maxLength: 5 }),
        (amounts, dues) => {
          const matches = matchLines(
            amounts.map((amount, no) => line(amount, 'CONGRE-AB2CD3EF', no)),
            [payer('CONGRE-AB2CD3EF', dues)],
            'EUR',
            new Set(),
          );
          const sum = matches.flatMap(({ parts }) => parts).reduce((total, { amount }) => total + amount, 0);
          return (
            sum === amounts.reduce((total, amount) => total + amount, 0) &&
            matches.every(({ parts }) => parts.every(({ amount }) => amount > 0))
          );
        },
      ),
    );
  });
});
