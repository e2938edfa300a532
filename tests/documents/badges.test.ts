import { describe, expect, it } from 'vitest';
import { type Badge, badgesPdf } from '../../server/documents/badges.ts';
import { LAYOUT_NAMES, LAYOUTS } from '../../server/documents/rules.ts';
import { pdfText, pdfWords } from '../support/pdf.ts';

const created = Temporal.Instant.from('2026-05-01T09:00:00Z');
const badge = (more: Partial<Badge> = {}): Badge => ({
  name: 'Delegate One',
  organisation: 'City of Example',
  country: 'Spain',
  role: 'Speaker',
  colour: 1,
  languages: 'EN · FR',
  pass: 'https://convivium.example.org/pass/abc',
  ...more,
});

describe('a badge', () => {
  it('says who, of where, as what, and which languages', async () => {
    const pdf = await badgesPdf([badge()], { layout: 'card', event: 'Congress', language: 'en', created });
    expect(pdfText(pdf)).toEqual(['Congress Delegate One City of Example Spain Speaker EN · FR']);
  });

  it('writes names of any script as they are read', async () => {
    const names = ['ماجدة القاضي', '창원시 담당자', 'Łucja Żółć-Ñandú'];
    const pdf = await badgesPdf(
      names.map((name) => badge({ name, organisation: name })),
      { layout: 'a6', event: 'Congress', language: 'en', created },
    );
    const words = pdfWords(pdf).map((page) => page.slice(1, 3));
    expect(words).toEqual([
      ['القاضي', 'ماجدة'],
      ['창원시', '담당자'],
      ['Łucja', 'Żółć-Ñandú'],
    ]);
  });

  it.each(LAYOUT_NAMES)('fills sheets of %s', async (layout) => {
    const { across, down, page, badge: size } = LAYOUTS[layout];
    expect([across * size.width <= page.width, down * size.height <= page.height]).toEqual([true, true]);
    const pdf = await badgesPdf(
      Array.from({ length: 11 }, (_, n) => badge({ name: `Delegate ${n + 1}` })),
      { layout, event: 'Congress', language: 'en', created },
    );
    const pages = pdfText(pdf);
    expect(pages).toHaveLength(Math.ceil(11 / (across * down)));
    expect(pages.join(' ').match(/Delegate \d+/g)).toEqual(Array.from({ length: 11 }, (_, n) => `Delegate ${n + 1}`));
  });

  it('is the same to the byte when it is made again', async () => {
    const make = () => badgesPdf([badge()], { layout: 'a4-8', event: 'Congress', language: 'en', created });
    expect((await make()).equals(await make())).toBe(true);
  });
});
