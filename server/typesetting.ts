import { createRequire } from 'node:module';
import { asDrawn, byScript, fromRight, fromTheLeft, runsOf, type Script, SPACES } from './scripts.ts';

// Pages in many scripts. A document's text is cut into runs of one script each; every run is set in a font that has its letters, and
// words that are read from the right stand in their order from the right.

const require = createRequire(import.meta.url);
const font = (name: string, file: string) => require.resolve(`@expo-google-fonts/${name}/${file}`);
const FONTS = {
  latin: font('noto-sans', '400Regular/NotoSans_400Regular.ttf'),
  latinBold: font('noto-sans', '700Bold/NotoSans_700Bold.ttf'),
  arabic: font('noto-sans-arabic', '400Regular/NotoSansArabic_400Regular.ttf'),
  hebrew: font('noto-sans-hebrew', '400Regular/NotoSansHebrew_400Regular.ttf'),
  thai: font('noto-sans-thai', '400Regular/NotoSansThai_400Regular.ttf'),
  korean: font('noto-sans-kr', '400Regular/NotoSansKR_400Regular.ttf'),
};
type FontName = keyof typeof FONTS;

interface Word {
  text: string;
  width: number;
}

interface Line {
  words: Word[];
  fromRight: boolean;
}

export interface Writing {
  x: number;
  y: number;
  width: number;
  size: number;
  bold?: boolean;
  colour?: string;
  centred?: boolean;
  /** At most this many lines; the last one ends in an ellipsis where there was more. */
  most?: number;
}

/** A page to put things on anywhere. Lengths are points (1/72 inch), from the upper left corner. */
export interface Canvas {
  /** Text of any scripts, a paragraph a line, broken at `width`. Answers its height. */
  write(text: string, at: Writing): number;
  /** The same over as many pages as it takes, each used from `top` to `bottom`. Answers where it ends on the last one. */
  flow(text: string, at: Writing, pages: { top: number; bottom: number }): number;
  /** The largest of `sizes` at which every word fits into `width` and the text into `lines`; the smallest where none does. */
  fitting(text: string, sizes: readonly number[], room: { width: number; lines: number; bold?: boolean }): number;
  /** A path of SVG, its unit `scale` points. */
  path(path: string, at: { x: number; y: number; scale: number; colour?: string }): void;
  box(at: { x: number; y: number; width: number; height: number }, look: { fill?: string; line?: string }): void;
  page(): void;
  /** The finished document. */
  end(): Promise<Buffer>;
}

export interface Sheet {
  /** A heading of the document or of a part. */
  heading(text: string, size?: number): void;
  /** Text of any length and scripts, a paragraph a line. */
  text(text: string, options?: { size?: number; soft?: boolean; bold?: boolean }): void;
  /** A name and its value. */
  fact(name: string, value: string): void;
  space(points?: number): void;
  /** Quantities beside one another: a bar a row, with its name before it and its figure after it. */
  bars(rows: readonly { name: string; figure: string; value: number }[]): void;
  /** The finished document. */
  end(): Promise<Buffer>;
}

export interface Made {
  title: string;
  language: string;
  /** Makes two of the same content the same bytes. */
  created: Temporal.Instant;
}

export const A4 = { width: 595.28, height: 841.89 };
const MARGIN = 56;
const WIDTH = A4.width - 2 * MARGIN;
const BOTTOM = A4.height - MARGIN;
const LINE = 1.5;
/** Of Noto Sans: from the top of a line to its baseline. */
const ASCENT = 1.069;
// Of a row of bars: its height, and the room of names and figures.
const [BAR, NAMES, FIGURES] = [16, 170, 60];
const INK = '#18222b';

// Reading the tables of a font takes longer than all else that a page does: a thousand documents read them once. What pdfkit made of a
// font it takes again in the place of a file; what a document uses of it is the document's own.
const opened = new Map<string, unknown>();

function keepOpened(document: object): void {
  const { _fontFamilies: families } = document as { _fontFamilies?: Record<string, { font: unknown } | undefined> };
  for (const name of Object.keys(FONTS)) {
    const font = families?.[name]?.font;
    if (font) opened.set(name, font);
  }
}

// What a glyph stands for is written down by whoever asked for it first. At its end a document asks for parts of glyphs (the dots of a
// colon), which stand for nothing: the next one would say of its full stops that they do.
function forgetGlyphs(): void {
  for (const font of opened.values()) Object.assign(font as object, { _glyphs: {} });
}

/** A document of pages of one size, A4 upright when nothing is said, without margins. */
export async function newCanvas({ title, language, created, size = A4 }: Made & { size?: typeof A4 }): Promise<Canvas> {
  const { default: Pdf } = await import('pdfkit');
  const document = new Pdf({
    size: [size.width, size.height],
    margin: 0,
    lang: language,
    info: { Title: title, CreationDate: new Date(created.epochMilliseconds) },
    pdfVersion: '1.7',
    displayTitle: true,
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<Buffer>((resolve) => document.on('end', () => resolve(Buffer.concat(chunks))));
  for (const [name, file] of Object.entries(FONTS)) document.registerFont(name, (opened.get(name) ?? file) as string);

  const widthOf = (text: string, name: FontName, points: number) => document.font(name).fontSize(points).widthOfString(text);
  const measured = (text: string, points: number, bold: boolean): Word => {
    const widths = byScript(text).map((run) => widthOf(run.text, fontOf(run.script, bold), points));
    return { text, width: widths.reduce((sum, width) => sum + width, 0) };
  };
  const spaceOf = (points: number) => points * 0.26;
  const linesOf = (text: string, { width, size: points, bold = false }: { width: number; size: number; bold?: boolean }) =>
    text.split('\n').flatMap((paragraph) => {
      const right = fromRight(paragraph, language);
      const lines: Line[] = [{ words: [], fromRight: right }];
      let taken = 0;
      for (const part of paragraph
        .split(SPACES)
        .filter(Boolean)
        .flatMap((one) => (measured(one, points, bold).width <= width ? [one] : pieces(one, width, points)))) {
        const word = measured(part, points, bold);
        if (lines.at(-1)?.words.length && taken + spaceOf(points) + word.width > width) {
          lines.push({ words: [], fromRight: right });
          taken = 0;
        }
        taken += (taken > 0 ? spaceOf(points) : 0) + word.width;
        lines.at(-1)?.words.push(word);
      }
      return lines;
    });
  const line = (
    { words, fromRight: right }: Line,
    { x, y, width, size: points, colour = INK, centred = false, bold }: Writing,
  ) => {
    const runs = runsOf(words.map((word) => word.text).join(' '), right).map((run) => {
      const [name, drawn] = [fontOf(run.script, bold ?? false), asDrawn(run)];
      return { ...run, name, drawn, width: run.space ? spaceOf(points) : widthOf(drawn, name, points) };
    });
    const total = runs.reduce((sum, run) => sum + run.width, 0);
    const places = new Map<object, number>();
    let at = x + (centred ? (width - total) / 2 : right ? width - total : 0);
    for (const run of fromTheLeft(runs)) {
      places.set(run, at);
      at += run.width;
    }
    // Written in the order of reading, which is that of who copies or hears it; each stands where it is to be seen.
    for (const run of runs) {
      if (run.space) continue;
      // Joined letters share glyphs, so that what a reader hears or copies is said apart (ISO 32000-1, 14.9.4).
      const apart = run.drawn !== run.text || run.level % 2 === 1;
      if (apart) document.markContent('Span', { actual: run.text });
      // On one baseline, whatever the fonts take for their letters' height.
      document
        .font(run.name)
        .fontSize(points)
        .fillColor(colour)
        .text(run.drawn, places.get(run) ?? x, y + points * ASCENT, { lineBreak: false, baseline: 'alphabetic' });
      if (apart) document.endMarkedContent();
    }
  };
  return {
    write(text, at) {
      const lines = linesOf(text, at);
      const shown = at.most !== undefined && lines.length > at.most ? lines.slice(0, at.most) : lines;
      if (shown.length < lines.length) shown.at(-1)?.words.push(measured('…', at.size, at.bold ?? false));
      for (const [n, one] of shown.entries()) line(one, { ...at, y: at.y + n * at.size * LINE });
      return shown.length * at.size * LINE;
    },
    flow(text, at, { top, bottom }) {
      let { y } = at;
      for (const one of linesOf(text, at)) {
        if (y + at.size * LINE > bottom) {
          document.addPage();
          y = top;
        }
        line(one, { ...at, y });
        y += at.size * LINE;
      }
      return y;
    },
    fitting(text, sizes, { width, lines, bold = false }) {
      const fits = (points: number) =>
        text.split(SPACES).every((word) => measured(word, points, bold).width <= width) &&
        linesOf(text, { width, size: points, bold }).length <= lines;
      return sizes.find(fits) ?? sizes.at(-1) ?? 10;
    },
    path(path, { x, y, scale, colour = INK }) {
      document.save().translate(x, y).scale(scale).path(path).fill(colour).restore();
    },
    box({ x, y, width, height }, { fill, line: stroke }) {
      if (fill) document.rect(x, y, width, height).fill(fill);
      if (stroke) document.lineWidth(0.5).rect(x, y, width, height).stroke(stroke);
    },
    page: () => void document.addPage(),
    end() {
      keepOpened(document);
      document.end();
      forgetGlyphs();
      return ended;
    },
  };
}

/** An A4 document to write on from the top down. */
export async function newSheet(made: Made): Promise<Sheet> {
  const canvas = await newCanvas(made);
  let y = MARGIN;
  const set = (text: string, size: number, colour: string, bold: boolean) => {
    y = canvas.flow(text, { x: MARGIN, y, width: WIDTH, size, colour, bold }, { top: MARGIN, bottom: BOTTOM });
  };
  return {
    heading(text, size = 16) {
      y += size * 0.4;
      set(text, size, '#0c4a54', true);
      y += size * 0.2;
    },
    text: (text, { size = 10.5, soft = false, bold = false } = {}) => set(text, size, soft ? '#4d5a66' : INK, bold),
    fact(name, value) {
      set(name, 8.5, '#4d5a66', false);
      set(value, 10.5, INK, true);
      y += 3;
    },
    space(points = 8) {
      y += points;
    },
    bars(rows) {
      const most = Math.max(1, ...rows.map(({ value }) => value));
      for (const { name, figure, value } of rows) {
        if (y + BAR > BOTTOM) {
          canvas.page();
          y = MARGIN;
        }
        const length = Math.max(0.5, (Math.max(0, value) / most) * (WIDTH - NAMES - FIGURES));
        canvas.write(name, { x: MARGIN, y, width: NAMES - 8, size: 9, most: 1 });
        canvas.box({ x: MARGIN + NAMES, y: y + 2, width: length, height: 9 }, { fill: '#0c7489' });
        canvas.write(figure, { x: MARGIN + NAMES + length + 6, y, width: FIGURES, size: 9, most: 1 });
        y += BAR;
      }
    },
    end: () => canvas.end(),
  };
}

// A language without spaces breaks its lines between words all the same.
const segmenters = { word: new Intl.Segmenter('und', { granularity: 'word' }), letter: new Intl.Segmenter() };

/** Words too long for a line (an address, a hash, Korean, Chinese or Thai without spaces) are cut where a line may end. */
function pieces(word: string, width: number, size: number): string[] {
  const most = Math.max(8, Math.floor(width / (size * 0.75)));
  if (word.length <= most) return [word];
  const cut: string[] = [];
  const add = (part: string) => {
    const last = cut.at(-1);
    if (last !== undefined && last.length + part.length <= most) cut[cut.length - 1] = last + part;
    else cut.push(part);
  };
  for (const { segment } of segmenters.word.segment(word))
    if (segment.length <= most) add(segment);
    else for (const { segment: letter } of segmenters.letter.segment(segment)) add(letter);
  return cut;
}

const fontOf = (script: Script, bold: boolean): FontName => (script === 'latin' && bold ? 'latinBold' : script);
