import { createRequire } from 'node:module';

// Pages in many scripts. A document's text is cut into runs of one script each; every run is set in a font that has its letters, and
// words that are read from the right stand in their order from the right.

const require = createRequire(import.meta.url);
const font = (name: string, file: string) => require.resolve(`@expo-google-fonts/${name}/${file}`);
const FONTS = {
  latin: font('noto-sans', '400Regular/NotoSans_400Regular.ttf'),
  latinBold: font('noto-sans', '700Bold/NotoSans_700Bold.ttf'),
  arabic: font('noto-sans-arabic', '400Regular/NotoSansArabic_400Regular.ttf'),
  korean: font('noto-sans-kr', '400Regular/NotoSansKR_400Regular.ttf'),
};
type FontName = keyof typeof FONTS;

interface Word {
  text: string;
  font: FontName;
  rightToLeft: boolean;
  width: number;
}

export interface Sheet {
  /** A heading of the document or of a part. */
  heading(text: string, size?: number): void;
  /** Text of any length and scripts, a paragraph a line. */
  text(text: string, options?: { size?: number; soft?: boolean; bold?: boolean }): void;
  /** A name and its value. */
  fact(name: string, value: string): void;
  space(points?: number): void;
  /** The finished document. */
  end(): Promise<Buffer>;
}

const MARGIN = 56;
const WIDTH = 595.28 - 2 * MARGIN;
const BOTTOM = 841.89 - MARGIN;

/** An A4 document to write on from the top down. `created` makes two of the same content the same bytes. */
export async function newSheet({
  title,
  language,
  created,
}: {
  title: string;
  language: string;
  created: Temporal.Instant;
}): Promise<Sheet> {
  const { default: Pdf } = await import('pdfkit');
  const document = new Pdf({
    size: 'A4',
    margin: MARGIN,
    lang: language,
    info: { Title: title, CreationDate: new Date(created.epochMilliseconds) },
    pdfVersion: '1.7',
    displayTitle: true,
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<Buffer>((resolve) => document.on('end', () => resolve(Buffer.concat(chunks))));
  let y = MARGIN;

  const measured = (text: string, size: number, bold: boolean): Word => {
    const name = fontOf(text, bold);
    document.font(FONTS[name]).fontSize(size);
    return { text, font: name, rightToLeft: isRightToLeft(text), width: document.widthOfString(text) };
  };
  const line = (words: Word[], size: number, colour: string, space: number) => {
    if (y + size * 1.5 > BOTTOM) {
      document.addPage();
      y = MARGIN;
    }
    const fromRight = words.length > 0 && words.filter((word) => word.rightToLeft).length > words.length / 2;
    const total = words.reduce((sum, word) => sum + word.width, 0) + space * Math.max(0, words.length - 1);
    let x = fromRight ? MARGIN + WIDTH - total : MARGIN;
    for (const word of inVisualOrder(words, fromRight)) {
      document.font(FONTS[word.font]).fontSize(size).fillColor(colour).text(word.text, x, y, { lineBreak: false });
      x += word.width + space;
    }
    y += size * 1.5;
  };
  const set = (text: string, size: number, colour: string, bold: boolean) => {
    const space = size * 0.26;
    for (const paragraph of text.split('\n')) {
      let row: Word[] = [];
      let width = 0;
      for (const part of paragraph
        .split(/\s+/)
        .filter(Boolean)
        .flatMap((one) => pieces(one, size))) {
        const word = measured(part, size, bold);
        if (row.length > 0 && width + space + word.width > WIDTH) {
          line(row, size, colour, space);
          row = [];
          width = 0;
        }
        width += (row.length > 0 ? space : 0) + word.width;
        row.push(word);
      }
      line(row, size, colour, space);
    }
  };
  return {
    heading(text, size = 16) {
      y += size * 0.4;
      set(text, size, '#0c4a54', true);
      y += size * 0.2;
    },
    text: (text, { size = 10.5, soft = false, bold = false } = {}) => set(text, size, soft ? '#4d5a66' : '#18222b', bold),
    fact(name, value) {
      set(name, 8.5, '#4d5a66', false);
      set(value, 10.5, '#18222b', true);
      y += 3;
    },
    space(points = 8) {
      y += points;
    },
    end() {
      document.end();
      return ended;
    },
  };
}

/** Words too long for a line (an address, a hash, Korean or Chinese without spaces) are cut where a line may end. */
function pieces(word: string, size: number): string[] {
  const most = Math.max(8, Math.floor(WIDTH / (size * 0.75)));
  if (word.length <= most) return [word];
  const letters = Array.from(word);
  return Array.from({ length: Math.ceil(letters.length / most) }, (_, n) => letters.slice(n * most, (n + 1) * most).join(''));
}

function fontOf(text: string, bold: boolean): FontName {
  if (/[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'korean';
  if (/\p{Script=Arabic}/u.test(text)) return 'arabic';
  return bold ? 'latinBold' : 'latin';
}

const isRightToLeft = (text: string) => /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text);

/** Runs of words that are read from the right are turned; in a line of such, the runs between them keep their own order. */
function inVisualOrder(words: Word[], fromRight: boolean): Word[] {
  const runs: Word[][] = [];
  for (const word of words) {
    const last = runs.at(-1);
    if (last && last[0]?.rightToLeft === word.rightToLeft) last.push(word);
    else runs.push([word]);
  }
  const turned = runs.map((run) => (run[0]?.rightToLeft ? run.toReversed() : run));
  return (fromRight ? turned.toReversed() : turned).flat();
}
