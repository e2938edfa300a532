import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../../server/http/assets.ts';

// WCAG 2.2 contrast of the colour tokens, for every hue that an installation may choose.

const css = readFileSync(path.join(projectFolder(import.meta.dirname), 'web/client/tokens.css'), 'utf8');
const blocks = [...css.matchAll(/([^{}]+)\{([^{}]*--ink:[^{}]*)\}/g)].map(([, selector = '', body = '']) => ({
  selector: selector.trim(),
  body,
}));
const light = tokens(blocks[0]?.body);
const dark = { ...light, ...tokens(blocks[1]?.body) };

const TEXT: [string, string][] = [
  ...pairs(['ink', 'soft', 'accent', 'accent-strong', 'wrong'], ['ground', 'paper', 'tint']),
  ...pairs(['ink', 'soft', 'accent', 'accent-strong'], ['accent-tint']),
  ...pairs(['ink', 'wrong'], ['wrong-tint']),
  ...pairs(['ink', 'right'], ['right-tint']),
  ...pairs(['ink', 'warn'], ['warn-tint']),
  ...pairs(['on-deep', 'on-deep-soft', 'spark'], ['deep', 'deep-raised']),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['on-spark', 'spark'],
  ['paper', 'ink'],
];
// Borders of controls, rings of focus, bars and dots.
const SHAPES: [string, string][] = [...pairs(['edge', 'accent', 'accent-strong', 'wrong', 'warn'], ['ground', 'paper', 'tint'])];

describe('colours', () => {
  it.each([
    ['light', light],
    ['dark', dark],
  ])('keep their contrast in %s whatever the hue of the accent', (_name, theme) => {
    const low: string[] = [];
    for (let hue = 0; hue < 360; hue += 5) {
      const of = (name: string) => luminance(theme[name] ?? '', hue);
      const check = (list: [string, string][], least: number) => {
        for (const [a, b] of list) {
          const ratio = contrast(of(a), of(b));
          if (!(ratio >= least)) low.push(`${a} on ${b} at hue ${hue}: ${ratio.toFixed(2)} < ${least}`);
        }
      };
      check(TEXT, 4.5);
      check(SHAPES, 3);
    }
    expect(low).toEqual([]);
  });

  it('are the same in the dark that the device wishes and the dark that the reader chose', () => {
    expect(blocks.map((block) => block.selector.split('\n').at(-1)?.trim())).toEqual([
      ':root',
      ':root:not([data-theme="light"])',
      ':root[data-theme="dark"]',
    ]);
    expect(tokens(blocks[2]?.body)).toEqual(tokens(blocks[1]?.body));
  });

  it('would be found wanting', () => {
    expect(contrast(luminance('oklch(1 0 0)', 0), luminance('oklch(0 0 0)', 0))).toBeCloseTo(21, 1);
    expect(contrast(luminance('oklch(0.7 0.02 200)', 0), luminance('oklch(1 0 0)', 0))).toBeLessThan(4.5);
  });
});

function pairs(front: string[], back: string[]): [string, string][] {
  return front.flatMap((a) => back.map((b): [string, string] => [a, b]));
}

function tokens(body = ''): Record<string, string> {
  return Object.fromEntries(
    [...body.matchAll(/--([a-z-]+):\s*(oklch\([^;]*\));/g)].map(([, name = '', value = '']) => [
      name,
      value.replace(/\s+/g, ' '),
    ]),
  );
}

// OKLCH to linear sRGB (Björn Ottosson, 2020), clipped as a screen would; then relative luminance (WCAG 2.2).
function luminance(colour: string, accentHue: number): number {
  const [, l, c, h] = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+|var\(--accent-hue\))/.exec(colour) ?? [];
  const lightness = Number(l);
  const angle = ((h?.startsWith('var') ? accentHue : Number(h)) * Math.PI) / 180;
  const [a, b] = [Number(c) * Math.cos(angle), Number(c) * Math.sin(angle)];
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const [red, green, blue] = [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ].map((value) => Math.min(1, Math.max(0, value)));
  return 0.2126 * (red ?? Number.NaN) + 0.7152 * (green ?? Number.NaN) + 0.0722 * (blue ?? Number.NaN);
}

function contrast(a: number, b: number): number {
  const [high, low] = a > b ? [a, b] : [b, a];
  return (high + 0.05) / (low + 0.05);
}
