import { describe, expect, it } from 'vitest';
import { COUNTRIES } from '../../web/locales/countries.ts';
import {
  countryName,
  formatDate,
  formatDateRange,
  formatInstant,
  formatMoment,
  formatMoney,
  formatNumber,
  languageName,
  languageWithin,
  minorDigits,
} from '../../web/locales/format.ts';

// Intl puts several kinds of spaces and dashes; the reader sees one.
const plain = (text: string) => text.replace(/\s+/g, ' ').replace(/[–—]/g, '-').replace(/ ?- ?/g, '-');
const at = Temporal.Instant.from('2026-05-26T07:00Z');

describe('what a reader reads', () => {
  it('writes money in minor units, without zeros that say nothing', () => {
    expect(plain(formatMoney(12050, 'EUR', 'en'))).toBe('€120.50');
    expect(plain(formatMoney(12000, 'EUR', 'en'))).toBe('€120');
    expect(plain(formatMoney(12050, 'EUR', 'fr'))).toBe('120,50 €');
    expect(plain(formatMoney(900, 'JPY', 'en'))).toContain('900');
    expect([minorDigits('EUR'), minorDigits('JPY'), minorDigits('BHD')]).toEqual([2, 0, 3]);
  });

  it('writes moments in their zone, the day before the month', () => {
    expect(formatInstant(at, 'en', 'Europe/Madrid')).toContain('26 May 2026');
    expect(formatInstant(at, 'en', 'Europe/Madrid', 'time')).toBe('09:00');
    expect(formatInstant(at, 'fr', 'America/Sao_Paulo', 'time')).toBe('04:00');
    expect(formatMoment(at, 'Europe/Madrid', 'en')).toMatch(/09:00 CEST$/);
    expect(formatDate(Temporal.PlainDate.from('2026-03-29'), 'es')).toBe('29 de marzo de 2026');
  });

  it('says once what two ends of a range share', () => {
    expect(plain(formatDateRange(at, at.add({ hours: 72 }), 'en', 'Europe/Madrid'))).toBe('26-29 May 2026');
    expect(plain(formatDateRange(at, at.add({ hours: 2 }), 'en', 'Europe/Madrid', 'dateTime'))).toContain('09:00-11:00');
  });

  it('groups numbers as the language does', () => {
    expect(formatNumber(12345, 'en')).toBe('12,345');
    expect(plain(formatNumber(12345, 'pt'))).toBe('12 345');
  });

  it('names every country and language in the four languages', () => {
    for (const language of ['en', 'fr', 'es', 'pt'])
      expect(COUNTRIES.filter((code) => countryName(code, language) === code)).toEqual([]);
    expect(new Set(COUNTRIES).size).toBe(249);
    expect([languageName('ca', 'fr'), languageWithin('ca', 'fr'), languageName('pt', 'pt')]).toEqual([
      'Catalan',
      'catalan',
      'Português',
    ]);
    expect(countryName('??', 'en')).toBe('??');
  });
});
