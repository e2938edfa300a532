import { z } from 'zod';
import { minorDigits } from '../../web/locales/format.ts';

const MOST = 100_000_000;

/** An amount as it is typed, "250" or "250.50", in minor units of the currency. A comma is as good as a point. */
export function amount(currency: string) {
  const digits = minorDigits(currency);
  const pattern = new RegExp(digits === 0 ? '^(\\d{1,9})$' : `^(\\d{1,9})(?:[.,](\\d{1,${digits}}))?$`);
  return z
    .string()
    .max(40)
    .transform((text, context) => {
      const [, whole, part = ''] = pattern.exec(text.replace(/[\s\u00a0\u202f]/g, '')) ?? [];
      const minor = whole === undefined ? Number.NaN : Number(whole + part.padEnd(digits, '0'));
      if (minor <= MOST) return minor;
      context.addIssue({ code: 'custom', params: { code: 'amount', example: digits === 0 ? '250' : '250.50', currency } });
      return z.NEVER;
    });
}

/** Minor units as they are typed: 25000 → "250", 25050 → "250.50". */
export function typedAmount(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  return (minor / 10 ** digits).toFixed(minor % 10 ** digits === 0 ? 0 : digits);
}
