import type { DocumentKind, OnPaper } from '../../db/tables/documents.ts';
import { formatInstant } from '../../web/locales/format.ts';
import { isLanguage, type Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { A4, type Canvas, newCanvas } from '../typesetting.ts';
import { drawCode } from './badges.ts';
import { codeShown, fill, type Values } from './rules.ts';

/** A document to be printed: as it was issued, or would be. */
export interface Paper {
  kind: DocumentKind;
  code: string;
  language: string;
  content: OnPaper;
  issuedAt: Temporal.Instant;
  /** What is not kept with it: of a passport. */
  values?: Values;
}

export interface Printed {
  /** Of the words around it: the installation's languages. */
  language: Language;
  zone: string;
  installation: string;
  publicUrl: string;
}

const MARGIN = 64;
const WIDTH = A4.width - 2 * MARGIN;
const LETTERS: readonly DocumentKind[] = ['participation', 'visa'];

/** Documents one after another, each on a page of its own. `onPage` hears how many are drawn. */
export async function papersPdf(
  papers: readonly Paper[],
  made: Printed & { title: string; created: Temporal.Instant },
  onPage: (drawn: number) => Promise<void> | void = () => {},
): Promise<Buffer> {
  const canvas = await newCanvas({ title: made.title, language: papers[0]?.language ?? made.language, created: made.created });
  for (const [n, paper] of papers.entries()) {
    if (n > 0) canvas.page();
    drawPaper(canvas, paper, made);
    await onPage(n + 1);
  }
  return canvas.end();
}

function drawPaper(canvas: Canvas, { kind, code, content, issuedAt, values = {}, language }: Paper, made: Printed): void {
  const centred = !LETTERS.includes(kind);
  const body = fill(content.body, values);
  const at = (y: number, size: number, more: { bold?: boolean; colour?: string; most?: number } = {}) => ({
    x: MARGIN,
    y,
    width: WIDTH,
    size,
    centred,
    ...more,
  });
  canvas.box({ x: 0, y: 0, width: A4.width, height: 10 }, { fill: '#0c4a54' });
  let y = 56;
  y += canvas.write(content.occasion, at(y, 12, { colour: '#4d5a66', most: 3 }));
  y += centred ? 90 : 40;
  const size = canvas.fitting(content.title, [30, 26, 22, 18], { width: WIDTH, lines: 2, bold: true });
  y += canvas.write(content.title, at(y, centred ? size : 20, { bold: true, colour: '#0c4a54' }));
  y += centred ? 44 : 20;
  if (centred) {
    const large = canvas.fitting(content.recipient, [28, 24, 20, 16], { width: WIDTH, lines: 3, bold: true });
    y += canvas.write(content.recipient, at(y, large, { bold: true })) + 14;
  }
  y = canvas.flow(body, at(y, centred ? 15 : 11.5), { top: 56, bottom: A4.height - 250 }) + 36;
  y += canvas.write(formatInstant(issuedAt, language, made.zone, 'date'), at(y, 11.5)) + 8;
  canvas.write(content.signed, at(y, 12, { bold: true, most: 3 }));
  const t = translator(isLanguage(language) ? language : made.language);
  const foot = A4.height - 128;
  drawCode(canvas, `${made.publicUrl}/verify/${code}`, { x: MARGIN - 8, y: foot, side: 84 });
  const beside = { x: MARGIN + 88, width: WIDTH - 88, size: 9, colour: '#4d5a66' };
  canvas.write(t('documents.paper.code', { code: codeShown(code) }), { ...beside, y: foot + 14, bold: true, colour: '#18222b' });
  canvas.write(t('documents.paper.verify', { url: `${made.publicUrl}/verify` }), { ...beside, y: foot + 30, most: 2 });
  canvas.write(made.installation, { ...beside, y: foot + 58, most: 1 });
}
