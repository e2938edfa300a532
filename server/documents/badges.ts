import { qrPath } from '../door/pass.ts';
import { A4, type Canvas, newCanvas } from '../typesetting.ts';
import { LAYOUTS, type Layout, type LayoutName } from './rules.ts';

export interface Badge {
  name: string;
  organisation: string;
  country: string;
  /** The category or role in words, and its place among those of the event: which colour it has. */
  role: string;
  colour: number;
  /** As they are written: "EN · FR". */
  languages: string;
  /** What its code says to the door. */
  pass: string;
}

const MM = A4.width / 210;
// Dark enough for white letters on each of them (WCAG 2.2, 4.5 : 1); the word says the same.
const COLOURS = ['#0c4a54', '#8a2f0a', '#3a3f8f', '#1e5b2a', '#7a1f57', '#5c4708', '#333a40', '#0b5394'];

/** Badges on sheets, in the order given. `onSheet` hears after each sheet how many are drawn. */
export async function badgesPdf(
  badges: readonly Badge[],
  { layout, event, language, created }: { layout: LayoutName; event: string; language: string; created: Temporal.Instant },
  onSheet: (drawn: number) => Promise<void> | void = () => {},
): Promise<Buffer> {
  const sheet: Layout = LAYOUTS[layout];
  const size = { width: sheet.page.width * MM, height: sheet.page.height * MM };
  const canvas = await newCanvas({ title: event, language, created, size });
  const perSheet = sheet.across * sheet.down;
  const left = (sheet.page.width - sheet.across * sheet.badge.width) / 2;
  const top = (sheet.page.height - sheet.down * sheet.badge.height) / 2;
  for (const [n, badge] of badges.entries()) {
    const at = n % perSheet;
    if (n > 0 && at === 0) {
      await onSheet(n);
      canvas.page();
    }
    const x = (left + (at % sheet.across) * sheet.badge.width) * MM;
    const y = (top + Math.floor(at / sheet.across) * sheet.badge.height) * MM;
    const width = sheet.badge.width * MM;
    const height = sheet.badge.height * MM;
    if (sheet.cut) canvas.box({ x, y, width, height }, { line: '#b8c0c7' });
    drawBadge(canvas, badge, event, { x, y, width, height });
  }
  await onSheet(badges.length);
  return canvas.end();
}

interface Room {
  x: number;
  y: number;
  width: number;
  height: number;
}

// A badge is read from two metres, a name first; everything is in proportion to its height, an A6 badge twice a card.
function drawBadge(canvas: Canvas, badge: Badge, event: string, { x, y, width, height }: Room): void {
  const unit = Math.min(height / 54, (width / 86) * 1.1);
  const edge = 3.2 * unit;
  const inner = width - 2 * edge;
  canvas.write(event, { x: x + edge, y: y + 2.4 * unit, width: inner, size: 2.7 * unit, colour: '#4d5a66', most: 1 });
  const nameAt = y + (height > width ? 0.2 : 0.15) * height;
  const size = nameSize(canvas, badge.name, { width: inner, unit, lines: height > width ? 3 : 2 });
  const taken = canvas.write(badge.name, { x: x + edge, y: nameAt, width: inner, size, bold: true, most: 3 });
  const code = 15 * unit;
  const strip = 8 * unit;
  const beside = height > width ? inner : inner - code - edge;
  let line = nameAt + taken + unit;
  const organisationSize = canvas.fitting(badge.organisation, [4.6 * unit, 4 * unit, 3.4 * unit], { width: beside, lines: 2 });
  line += canvas.write(badge.organisation, { x: x + edge, y: line, width: beside, size: organisationSize, most: 2 });
  canvas.write(badge.country, { x: x + edge, y: line, width: beside, size: 3.4 * unit, colour: '#4d5a66', most: 1 });
  const foot = y + height - strip;
  drawCode(canvas, badge.pass, { x: x + width - edge - code, y: foot - unit - code, side: code });
  canvas.box({ x, y: foot, width, height: strip }, { fill: COLOURS[badge.colour % COLOURS.length] ?? '#333a40' });
  const words = { y: foot + 1.5 * unit, size: 3.6 * unit, colour: '#ffffff', bold: true, most: 1 };
  canvas.write(badge.role, { ...words, x: x + edge, width: inner * 0.68 });
  canvas.write(badge.languages, { ...words, x: x + edge + inner * 0.7, width: inner * 0.3 });
}

/** As large as it fits on one line; smaller on several. */
function nameSize(canvas: Canvas, name: string, { width, unit, lines }: { width: number; unit: number; lines: number }): number {
  const inUnits = (sizes: readonly number[]) => sizes.map((one) => one * unit);
  const one = canvas.fitting(name, [...inUnits([9, 8, 7, 6]), 0], { width, lines: 1, bold: true });
  return one || canvas.fitting(name, inUnits([6, 5.2, 4.6, 4, 3.4]), { width, lines, bold: true });
}

/** A code as squares in one path, its quiet zone within `side`. */
export function drawCode(canvas: Canvas, text: string, { x, y, side }: { x: number; y: number; side: number }): void {
  const { path, size } = qrPath(text);
  canvas.path(path, { x, y, scale: side / size, colour: '#000000' });
}
