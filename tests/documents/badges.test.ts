import { decodeQR } from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { type Badge, badgesPdf } from '../../server/documents/badges.ts';
import { LAYOUT_NAMES, LAYOUTS } from '../../server/documents/rules.ts';
import { pdfDrawing, pdfText, pdfWords } from '../support/pdf.ts';

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
      ['ماجدة', 'القاضي'],
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

  it.each(LAYOUT_NAMES)('prints a code on %s that a camera reads', async (layout) => {
    const passes = [1, 2, 3].map((n) => `https://convivium.example.org/pass/${String(n).repeat(38)}`);
    const pdf = await badgesPdf(
      passes.map((pass) => badge({ pass })),
      { layout, event: 'Congress', language: 'en', created },
    );
    expect(pdfDrawing(pdf).flatMap(codesIn)).toEqual(passes);
  });
});

const SCALE = 4;

/** The codes on a page: each a path of squares of one unit, drawn under a transform of its own. */
function codesIn(drawing: string): string[] {
  return [...drawing.matchAll(/ cm\n((?:(?:\d+ \d+ [ml]|h)\n){20,})/g)].map(([, path = '']) => {
    const runs = [...path.matchAll(/^(\d+) (\d+) m\n(\d+) \d+ l\n\d+ (\d+) l\n/gm)].map((run) => run.slice(1).map(Number));
    // The quiet zone on the right and below is as wide as on the left.
    const side = (Math.max(...runs.map(([, , right = 0]) => right)) + (runs[0]?.[0] ?? 0)) * SCALE;
    const data = new Uint8Array(side * side * 3).fill(255);
    for (const [left = 0, top = 0, right = 0, bottom = 0] of runs)
      for (let y = top * SCALE; y < bottom * SCALE; y++)
        data.fill(0, (y * side + left * SCALE) * 3, (y * side + right * SCALE) * 3);
    return decodeQR({ width: side, height: side, data });
  });
}
