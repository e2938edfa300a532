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
  return [...content.matchAll(/\bBT\n([\s\S]*?)\nET\b/g)].map(([, block = '']) => {
    const font = fonts.get(/\/(F\d+) [\d.]+ Tf/.exec(block)?.[1] ?? '');
    // A word is shown in parts where a glyph stands higher or lower.
    const parts = [...block.matchAll(/\[([^\]]*)\] TJ/g)].flatMap(([, shown = '']) => [...shown.matchAll(/<([0-9a-f]+)>/gi)]);
    const word = parts.flatMap(([, hex = '']) =>
      (hex.match(/.{4}/g) ?? []).map((glyph) => font?.get(Number.parseInt(glyph, 16)) ?? '�'),
    );
    // Glyphs stand as they are seen; what is read from the right is turned back.
    return (/\p{Script=Arabic}/u.test(word.join('')) ? word.toReversed() : word).join('');
  });
}
