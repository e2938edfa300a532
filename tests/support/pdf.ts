import { inflateSync } from 'node:zlib';

/** The words of each page of a PDF that pdfkit made, in the order of writing: what is to be read, by its fonts' own tables. */
export function pdfWords(pdf: Buffer): string[][] {
  const objects = objectsOf(pdf);
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b(?!s)/.test(head));
  return pages.map(({ head }) => {
    const resources = refIn(objects, head, 'Resources')?.head ?? '';
    const fonts = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', ref = '']) => [
        name,
        lettersOf(objects, objects.get(ref)?.head ?? ''),
      ]),
    );
    return wordsIn(refIn(objects, head, 'Contents')?.stream?.toString('latin1') ?? '', fonts);
  });
}

/** What each page of it draws, as it stands in the file: operators of ISO 32000 §8. */
export function pdfDrawing(pdf: Buffer): string[] {
  const objects = objectsOf(pdf);
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b(?!s)/.test(head));
  return pages.map(({ head }) => refIn(objects, head, 'Contents')?.stream?.toString('latin1') ?? '');
}

/** The same as one text a page. */
export const pdfText = (pdf: Buffer): string[] => pdfWords(pdf).map((words) => words.join(' '));

interface PdfObject {
  head: string;
  stream?: Buffer;
}

function objectsOf(pdf: Buffer): Map<string, PdfObject> {
  const text = pdf.toString('latin1');
  const objects = new Map<string, PdfObject>();
  for (const match of text.matchAll(/^(\d+) 0 obj\n/gm)) {
    const from = match.index + match[0].length;
    const streamAt = text.indexOf('stream\n', from);
    const endAt = text.indexOf('endobj', from);
    if (streamAt === -1 || streamAt > endAt) {
      objects.set(match[1] ?? '', { head: text.slice(from, endAt) });
      continue;
    }
    const head = text.slice(from, streamAt);
    const length = Number(/\/Length (\d+)/.exec(head)?.[1]);
    const raw = pdf.subarray(streamAt + 7, streamAt + 7 + length);
    objects.set(match[1] ?? '', { head, stream: head.includes('FlateDecode') ? inflateSync(raw) : raw });
  }
  return objects;
}

const refIn = (objects: Map<string, PdfObject>, head: string, key: string) =>
  objects.get(new RegExp(`/${key} (\\d+) 0 R`).exec(head)?.[1] ?? '');

/** What each glyph stands for: the ranges of the font's ToUnicode table. */
function lettersOf(objects: Map<string, PdfObject>, head: string): Map<number, string> {
  const letters = new Map<number, string>();
  const table = refIn(objects, head, 'ToUnicode')?.stream?.toString('latin1') ?? '';
  for (const [, from = '', , list = ''] of table.matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/gi))
    for (const [n, [, hex = '']] of [...list.matchAll(/<([0-9a-f ]*)>/gi)].entries())
      letters.set(Number.parseInt(from, 16) + n, Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'));
  return letters;
}

function wordsIn(content: string, fonts: Map<string, Map<number, string>>): string[] {
  const spoken = /\/ActualText \(((?:\\[\s\S]|[^\\)])*)\)[^>]*>> BDC[\s\S]*?EMC|\bBT\n([\s\S]*?)\nET\b/g;
  return [...content.matchAll(spoken)].map(([, actual, block = '']) => {
    if (actual !== undefined) return utf16(actual);
    const font = fonts.get(/\/(F\d+) [\d.]+ Tf/.exec(block)?.[1] ?? '');
    const glyphs = [...block.matchAll(/\[([^\]]*)\] TJ/g)].flatMap(([, shown = '']) => [...shown.matchAll(/<([0-9a-f]+)>/gi)]);
    return glyphs
      .flatMap(([, hex = '']) => (hex.match(/.{4}/g) ?? []).map((glyph) => font?.get(Number.parseInt(glyph, 16)) ?? '�'))
      .join('');
  });
}

const ESCAPED: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function utf16(written: string): string {
  const bytes = Buffer.from(
    written.replace(/\\([\s\S])/g, (_, sign: string) => ESCAPED[sign] ?? sign),
    'latin1',
  );
  return bytes.subarray(0, 2).toString('hex') === 'feff'
    ? bytes.subarray(2).swap16().toString('utf16le')
    : bytes.toString('latin1');
}
